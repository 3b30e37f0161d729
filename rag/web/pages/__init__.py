"""The pages of the site; each builds its own part, and the frame leads from one to another."""

from rag.web.pages.articles import ArticlesPage
from rag.web.pages.chat import ChatPage
from rag.web.pages.evaluation import EvaluationPage
from rag.web.pages.settings import SettingsPage

__all__ = ["ArticlesPage", "ChatPage", "EvaluationPage", "SettingsPage"]
