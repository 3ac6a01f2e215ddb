"""Status of a sentence: is it reported as achieved, aimed at, planned, ruled, or only told?

Genre decides modality more than region does, so the status is read from the sentence's own
verbs, clause by clause, and never from the kind of document it stands in.
"""

from __future__ import annotations

from collections.abc import Sequence

from yigai.coding.lexicon import STRONG
from yigai.coding.scan import Hit

ORDER = ("background", "rule", "target", "achieved", "plan")  # the first with a strong cue wins


def weigh(hits: Sequence[Hit]) -> dict[str, int]:
    """Strength of each status: the weights of its different cues added up."""
    found: dict[str, dict[str, int]] = {}
    for hit in hits:
        if hit.target in ORDER:
            found.setdefault(hit.target, {})[hit.cue] = hit.weight
    return {status: sum(cues.values()) for status, cues in found.items()}


def decide(hits: Sequence[Hit], text: str) -> str:
    """The one status of a sentence, '' when nothing speaks for any.

    >>> from yigai.coding.scan import scan
    >>> decide(scan("到2025年，县域内就诊率达到90%以上。"), "")
    'target'
    """
    weights = weigh(hits)
    for status in ORDER:
        if weights.get(status, 0) >= STRONG:
            return status
    return max(weights, key=lambda status: (weights[status], -ORDER.index(status)), default="")
