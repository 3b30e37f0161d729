"""What can go wrong, in words for the person who asked. The command line and the page show the message alone.

Exception
├── DatelineError
│   ├── SettingsError         a setting is unknown or has an impossible value
│   ├── HomeError             the home folder cannot be used
│   │   └── HomeLockedError   another process is using it
│   ├── BackupError           a backup cannot be written, or not be restored
│   ├── IndexServerError      the server of an index does not answer, or is of another version
│   ├── ClusterError          the cluster for bulk work cannot be used
│   ├── BrokenIndexError      an index cannot be used, though it can be rebuilt
│   ├── IndexMismatchError    the index was made with another encoder
│   ├── UnknownArticleError   no article has this id
│   ├── QuestionError         the question cannot be answered as it stands
│   │   └── ScopeError        it is asked of articles that there are none of
│   ├── ChatModelError        the chat model did not answer
│   ├── RequestError          a program asked for what cannot be done
│   ├── ConversationError     a conversation that was kept is not there
│   ├── FollowError           a feed or a folder cannot be followed, a question not be watched
│   ├── CaseFileError         a file of cases holds mistakes
│   └── RunError              a run of an evaluation cannot be started, resumed or compared
├── ArticleError, LoadError   (corpus)
└── ModelLoadError            (embeddings)
"""

import shlex
import sys
from collections.abc import Sequence

from corpus.errors import ArticleError, LoadError
from embeddings.errors import ModelLoadError


class DatelineError(Exception):
    """A failure with a message that says what happened, to which value, and what to do."""


class SettingsError(DatelineError):
    """A setting is unknown or has an impossible value."""


class HomeError(DatelineError):
    """The home folder cannot be used."""


class HomeLockedError(HomeError):
    """Another process is using the home folder."""


class BackupError(DatelineError):
    """A backup cannot be written, or not be restored; nothing was changed."""


class IndexServerError(DatelineError):
    """The server of an index does not answer, or is of another version; what is left to do waits in the journal."""


class ClusterError(DatelineError):
    """The cluster for bulk work cannot be used, or failed; what was reported as added is kept."""


class BrokenIndexError(DatelineError):
    """An index cannot be read or written; `python -m rag reindex` rebuilds it from the catalog."""


class IndexMismatchError(DatelineError):
    """The index was made with another encoder than the one in the settings."""


class UnknownArticleError(DatelineError):
    """No article has this id, or this version."""

    def __init__(self, article_id: str, version: int | None = None) -> None:
        """Name the id, and the version if one was asked for."""
        asked = f" and the version {version}" if version else ""
        command = "list --all" if version else "list"
        super().__init__(f"no article has the id {article_id!r}{asked}: `python -m rag {command}` shows them")


class QuestionError(DatelineError, ValueError):
    """The question cannot be answered as it stands."""


class ScopeError(QuestionError):
    """A question is asked of articles that there are none of."""


class ChatModelError(DatelineError):
    """The chat model did not answer; the message is a whole sentence."""


class ConversationError(DatelineError):
    """A conversation that was kept is not there."""


class RequestError(DatelineError):
    """A program asked for what cannot be done; the message says why, whatever the reason was."""


class FollowError(DatelineError):
    """A feed or a folder cannot be followed, or is not; the same of a watched question."""


class CaseFileError(DatelineError):
    """A file of cases holds mistakes; the message has a line for each."""

    def __init__(self, problems: Sequence[str]) -> None:
        """List the problems."""
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class RunError(DatelineError):
    """A run of an evaluation cannot be started, resumed or compared."""


def tell_install(*packages: str) -> str:
    """Return the command that installs packages where this process finds them, whatever `pip` the shell has."""
    return shlex.join([sys.executable, "-m", "pip", "install", *packages])


USER_ERRORS = (DatelineError, ArticleError, LoadError, ModelLoadError)
"""Everything whose message is meant for the user."""
