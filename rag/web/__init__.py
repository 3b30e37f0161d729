"""The web pages: a chat over the articles, with every quote one click from its source, and the articles themselves."""

from rag.web.server import describe_danger, start_listening, start_page
from rag.web.serving.logs import log_as_json
from rag.web.site import build_app

__all__ = ["build_app", "describe_danger", "log_as_json", "start_listening", "start_page"]
