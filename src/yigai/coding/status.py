"""Status of a sentence: is it reported as achieved, aimed at, planned, ruled, or only told?

Genre decides modality more than region does, so the status is read from the sentence's own
verbs, and never from the kind of document it stands in.
"""

from __future__ import annotations

from collections.abc import Sequence

from yigai.coding.lexicon import STRONG
from yigai.coding.scan import Hit

STATUSES = ("achieved", "target", "rule", "plan", "background")
# "到2023年底已建成" reports, "到2025年建成" aims: only these turn a dated goal into a report.
_PAST = ("已", "已经", "截至", "截止", "累计")


def _weights(hits: Sequence[Hit]) -> dict[str, int]:
    """Strength of each status: the weights of its different cues added up, at most one weak."""
    found = dict.fromkeys(STATUSES, 0)
    for hit in hits:
        if hit.target in found:
            found[hit.target] = max(found[hit.target], hit.weight)
    return found


def _first(hits: Sequence[Hit], target: str) -> int:
    """Where the first strong cue of a status stands."""
    return min((h.start for h in hits if h.target == target and h.weight >= STRONG), default=10**9)


def decide(hits: Sequence[Hit]) -> str:
    """The one status of a sentence; a sentence without any marker orders something: a plan.

    Order: basis or problem, duty, dated goal, report (unless a plan comes first), numbered goal,
    outcome, plan.

    >>> from yigai.coding.scan import scan
    >>> [decide(scan(text)) for text in ("到2025年，县域内就诊率达到90%。", "已建成5个中心。", "不得举债。")]
    ['target', 'achieved', 'rule']
    """
    weight = _weights(hits)
    past = any(hit.target == "achieved" and hit.cue in _PAST for hit in hits)
    if weight["background"] >= STRONG and weight["rule"] < STRONG:
        return "background"
    if weight["rule"] >= STRONG:
        return "rule"
    if weight["target"] >= STRONG and not past:
        return "target"
    if weight["achieved"] >= STRONG and (
        weight["plan"] < STRONG or _first(hits, "achieved") < _first(hits, "plan") or past
    ):
        return "achieved"
    return _unmarked(weight)


def _unmarked(weight: dict[str, int]) -> str:
    """Status of a sentence without a clear marker: figures first, then outcome words, then orders."""
    ordered = weight["plan"] > 0
    if weight["target"] and not (weight["achieved"] and not ordered):
        return "target"
    if weight["achieved"] and weight["plan"] < STRONG and not ordered:
        return "achieved"
    if weight["background"] and not ordered:
        return "background"
    return "plan"
