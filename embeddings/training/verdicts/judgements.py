"""What the verdict network learns: a claim or question, evidence, and how much it supports, refutes or neither."""

from dataclasses import dataclass

from embeddings.windows import Window, Windower

Target = tuple[float, float, float]
"""Probabilities of supports, refutes, neither; they sum to 1."""
SUPPORTS: Target = (1.0, 0.0, 0.0)
REFUTES: Target = (0.0, 1.0, 0.0)
NEITHER: Target = (0.0, 0.0, 1.0)
OTHERWISE: Target = (0.0, 0.65, 0.35)
"""Something else is told in its place, which mostly rules the claim out: a newspaper that names one place means it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A claim or yes/no question with evidence and its title ('' where it has none), and what is to be said of them."""

    claim: str
    title: str
    evidence: str
    target: Target


@dataclass(frozen=True, slots=True)
class Feature:
    """What the network sees of a judgement."""

    window: Window
    target: Target


def featurize(judgement: Judgement, windower: Windower) -> Feature | None:
    """Return the judgement as the network sees it, or None without evidence; what does not fit is cut off."""
    claim = judgement.claim.rstrip(".")
    (windows,) = windower.cut(claim, [judgement.title], [judgement.evidence])
    return Feature(windows[0], judgement.target) if windows else None
