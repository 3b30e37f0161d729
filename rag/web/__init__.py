"""The web pages: a chat over the articles, with every quote one click from its source, and the articles themselves."""

from rag.web.server import describe_danger, start_page
from rag.web.site import build_app

__all__ = ["build_app", "describe_danger", "start_page"]
