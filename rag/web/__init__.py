"""The web pages: a chat over the articles, with every quote one click from its source, and the articles themselves."""

from rag.web.server import serve_page
from rag.web.site import build_app

__all__ = ["build_app", "serve_page"]
