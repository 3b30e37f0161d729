"""What can go wrong with an article before it reaches the library.

ValueError
├── ArticleError   the article's own values cannot be used
└── LoadError      a source, or one entry of it, cannot be read as an article
"""


class ArticleError(ValueError):
    """An article with values that cannot be kept, such as no text."""


class LoadError(ValueError):
    """A source that cannot be read: `source` names the file, and the line where there are many."""

    def __init__(self, source: str, reason: str) -> None:
        """Keep the two parts; the message is both."""
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason

    def __reduce__(self) -> tuple[type["LoadError"], tuple[str, str]]:
        """Be copied to other processes with both parts: exceptions are copied with their message alone."""
        return LoadError, (self.source, self.reason)
