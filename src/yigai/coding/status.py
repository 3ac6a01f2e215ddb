"""Status of a sentence: is it reported as achieved, aimed at, planned, ruled, or only told?

Genre decides modality more than region does, so the status is read from the sentence's own
verbs, and never from the kind of document it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from yigai.coding.lexicon import STRONG
from yigai.coding.scan import Hit

STATUSES = ("achieved", "target", "rule", "plan", "background")
# "到2023年底已建成" reports, "到2025年建成" aims: only these turn a dated goal into a report.
_PROMISES = ("plan", "target", "rule")
_NOWHERE = 10**9
_PAST = ("已", "已经", "截至", "截止", "累计")


class Marks(NamedTuple):
    """What the markers of one sentence say: strength of each status, the status they settle, narration."""

    weight: dict[str, int]
    settled: str
    told: bool
    past: bool  # says itself that it reports
    leads: bool  # reports before it orders


def marks(hits: Sequence[Hit]) -> Marks:
    """The marks of one sentence, read off its hits once.

    >>> from yigai.coding.scan import scan
    >>> marks(scan("已建成5个中心。")).settled
    'achieved'
    """
    weight = dict.fromkeys(STATUSES, 0)
    first, firm = dict.fromkeys(STATUSES, _NOWHERE), dict.fromkeys(STATUSES, _NOWHERE)
    said: list[str] = []  # the words that report
    told = False
    for target, heavy, cue, start, _ in hits:
        if target in weight:
            weight[target] = max(weight[target], heavy)
            first[target] = min(first[target], start)
            if heavy >= STRONG:
                firm[target] = min(firm[target], start)
            if target == "achieved":
                said.append(cue)
        elif target == "told":
            told = True
    dated = any(cue in _PAST for cue in said)
    settled = _certain(weight, past=dated, reports=firm["achieved"] < firm["plan"])
    past = dated or any(cue.endswith("了") for cue in said)
    return Marks(weight, settled, told, past, first["achieved"] < first["plan"])


def _certain(weight: dict[str, int], *, past: bool, reports: bool) -> str:
    """The status a strong marker of the sentence settles, '' when none does.

    Order: basis or problem, duty, dated goal, report (unless a plan comes first).
    """
    if weight["background"] >= STRONG and weight["rule"] < STRONG:
        return "background"
    if weight["rule"] >= STRONG:
        return "rule"
    if weight["target"] >= STRONG and not past:
        return "target"
    if weight["achieved"] >= STRONG and (weight["plan"] < STRONG or reports or past):
        return "achieved"
    return "plan" if weight["plan"] >= STRONG and not weight["target"] else ""


def decide(found: Marks, *, lean: str = "") -> str:
    """The one status of a sentence; without any marker it orders something: a plan.

    `lean` is what the document mostly does (see `leaning`): it settles sentences that carry no
    strong marker of their own. A named actor or a bare year before the verb narrates (内江市组建…,
    seed 001 quotes twelve cities so); a plan orders without naming who has done it.

    >>> from yigai.coding.scan import scan
    >>> [decide(marks(scan(text))) for text in ("到2025年，县域内就诊率达到90%。", "已建成5个中心。", "不得举债。")]
    ['target', 'achieved', 'rule']
    """
    narrated = found.told and lean != "plan" and found.weight["plan"] < STRONG
    return found.settled or ("achieved" if narrated else _unmarked(found, lean))


def leaning(sentences: Iterable[Marks]) -> str:
    """What a document mostly does: achieved, plan, or '' when mixed; an unmarked order counts half.

    A report and a plan write the same bare clause (完善运行机制), so the neighbours decide
    (seed 003 reports, 002 and 004 plan).
    """
    reports = promises = 0.0
    for found in sentences:
        reports += found.settled == "achieved"
        promises += found.settled in _PROMISES
        promises += 0.5 * (not found.settled and found.weight["plan"] > 0)
    if reports + promises < 4:
        return ""
    return "achieved" if reports > 2 * promises else "plan" if promises > 2 * reports else ""


def running(sentences: Iterable[Marks]) -> list[str]:
    """For every sentence what the last two clearly marked ones before it agree on, else ''.

    A reply reports first and promises afterwards (seed 000), so within a mixed document the
    sentences just before decide.
    """
    recent: list[str] = []
    local: list[str] = []
    for found in sentences:
        local.append(recent[-1] if len(recent) > 1 and recent[-1] == recent[-2] else "")
        if found.settled:
            recent.append("plan" if found.settled in _PROMISES else found.settled)
    return [status if status in ("achieved", "plan") else "" for status in local]


def aimed(sentences: Sequence[Marks], passages: Sequence[int]) -> list[bool]:
    """For every sentence whether it goes on with a dated goal opened before it in its paragraph.

    After 到2025年… the next sentence still tells what is to be reached (服务能力明显增强), until one promises,
    rules or reports by its own words; a bare order in between (强化队伍建设) stays an order.
    """
    going, last = False, -1
    found: list[bool] = []
    for mark, passage in zip(sentences, passages, strict=True):
        ends = mark.past or mark.weight["plan"] >= STRONG or mark.settled in ("rule", "background")
        going = going and passage == last and not ends
        found.append(going and (mark.weight["target"] > 0 or not mark.weight["plan"]))
        going = going or mark.settled == "target"
        last = passage
    return found


def _unmarked(found: Marks, lean: str) -> str:
    """Status of a sentence without a strong marker: figures first, then outcome words, then orders."""
    weight = found.weight
    ordered = weight["plan"] > 0 and not (found.leads and weight["achieved"])
    if lean == "achieved" and not weight["background"]:
        return "achieved"
    if weight["target"] and (lean == "plan" or ordered or not weight["achieved"]):
        return "target"
    if weight["achieved"] and lean != "plan" and weight["plan"] < STRONG and not ordered:
        return "achieved"
    if weight["background"] and not ordered:
        return "background"
    return "plan"
