"""The web page: a chat over the articles, with every quote one click from its source."""

from rag.web.page import build_app
from rag.web.server import serve_page

__all__ = ["build_app", "serve_page"]
