"""The limits by which a claim passes or fails, chosen by hand where nothing else is said."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What decides about a claim.

    Example:
        `Limits(least_support=0.8)` holds claims closer to the words of their quotes.
    """

    least_support: float = 0.77
    """Of the mean of the cosine with the quote, or a part of it, and of the share of the claim's words that it has.
    Chosen on the articles of `benchmarks/claims.jsonl` that are marked as tuned on."""
    likely: tuple[float, float] = (4.0, 1.5)
    """A reader's answer is taken at its word if it is so far above "not here", and others are so far behind: for a name
    that stands only near the quote. Chosen on the same articles."""
    sure: tuple[float, float] = (6.0, 3.0)
    """The same for a name that the quote holds."""
    few_words: int = 2
    """So few content words make no statement; they may only repeat the short answer."""
    least_repeated: int = 6
    """A sentence of so many content words, of which few are different, goes in a circle, as small models do."""
    least_variety: float = 0.7
    """Few are different if their share is below this."""
    least_verdict: float = 0.6
    """A doubt about a name or the meaning goes where a quote supports the claim with this probability by its verdict.
    Chosen on the same articles."""
    least_part_words: int = 6
    """The parts of a quote that a claim is compared with are not shorter."""
    most_parts: int = 12
    """A claim is compared with so many parts of a quote."""


STANDARD_LIMITS = Limits()
