"""How much of a source is taken in: against files and pages that would fill the memory or never end."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused; a refused source is a `LoadError` that names the limit."""

    file_bytes: int = 100_000_000
    """Largest file, after unpacking where it comes from a zip."""
    unpacked_bytes: int = 1_000_000_000
    """All that one zip may unpack to, zips within it included."""
    unpacked_files: int = 20_000
    pages: int = 5_000
    """Pages of one PDF."""
    scan_pages: int = 300
    """Pages of one file that are pictures, and read by OCR."""
    scan_seconds: float = 1_800.0
    """How long the pictures of one file may take; the rest are left out."""
    picture_pixels: int = 100_000_000
    """Dots of one picture."""
    download_bytes: int = 20_000_000
    download_seconds: float = 30.0
    feed_articles: int = 200
    """Articles that are followed from one feed."""
    private_addresses: bool = False
    """Whether pages may come from this machine or its network; for tests, and for those who know why."""


STANDARD_LIMITS = Limits()


def format_bytes(count: int) -> str:
    """Return a size as people write it, such as 100 MB."""
    return f"{count / 1_000_000:,.0f} MB" if count >= 1_000_000 else f"{count:,} bytes"
