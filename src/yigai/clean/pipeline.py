"""The rules of cleaning in their order, and the one function that carries them out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter

from yigai.clean import (
    adverts,
    brand,
    gbk,
    layout,
    lines,
    quotes,
    readings,
    regional,
    script,
    spun,
    titles,
    verify,
    width,
    wording,
    wraps,
)
from yigai.clean.draft import Draft
from yigai.clean.ledger import APPLIED, Change, Cleaned, Edit, Override

Rule = Callable[[Draft], Iterable[Change]]


# Order is data. Slips come before pinyin and script, because a slip's bytes are traditional and the note
# beside it is evidence; wording needs simplified text; furniture goes last, because it is evidence for all.
RULES: tuple[tuple[str, Rule], ...] = (
    ("invisible", layout.invisible),
    ("entities", layout.entities),
    ("markup", layout.markup),
    ("slips", gbk.repairs),
    ("pinyin", readings.removals),
    ("script", script.conversions),
    ("regional", regional.restorations),
    ("spaces", layout.spaces),
    ("breaks", layout.breaks),
    ("wraps", wraps.joins),
    ("repeats", wraps.repeats),
    ("adverts", adverts.removals),
    ("place", brand.restorations),
    ("year", wording.lost_years),
    ("swaps", wording.swaps),
    ("spun", spun.restorations),
    ("spelt", wording.spelt),
    ("masked", wording.masked_words),
    ("doubled", wording.doubled_marks),
    ("quotes", quotes.repairs),
    ("narrow", width.narrowed),
    ("width", width.restorations),
    ("beside", layout.beside_marks),
    ("suffix", titles.suffixes),
    ("furniture", lines.removals),
)


def text(raw: str, *, rules: Sequence[tuple[str, Rule]] = RULES, overrides: Iterable[Override] = ()) -> Cleaned:
    r"""The clean text of a raw page, with the ledger of every edit.

    >>> clean = text("醫療、醫保、醫藥三醫聯動改革方案\n自201410月起,深化醫藥衛生體制改革。")
    >>> print(clean.text)
    医疗、医保、医药三医联动改革方案
    自2014年10月起，深化医药卫生体制改革。
    >>> clean.raw().startswith("醫療")
    True
    """
    draft = _run(raw, rules)
    for _ in range(3 if draft.edits else 0):
        again = _run(draft.text, rules)
        if again.text == draft.text:
            break
        draft = draft.revise(_as_changes(again.edits))
    draft = _overridden(draft, overrides)
    draft = draft.flag(verify.integrity(draft))
    flags = (*draft.flags, *verify.source_line(draft))
    edits = sorted((*draft.edits, *draft.noted), key=_in_order) if draft.noted else draft.edits
    return Cleaned(draft.text, tuple(edits), flags, draft.lines)


_in_order = attrgetter("start", "end", "status")


def _run(raw: str, rules: Sequence[tuple[str, Rule]]) -> Draft:
    draft = Draft(raw=raw, text=raw, lines=lines.label(raw))
    for name, rule in rules:
        if name == "furniture":
            draft = draft.relined(lines.retold(draft))
        draft = draft.revise(rule(draft))
    return draft


def _as_changes(edits: Iterable[Edit]) -> list[Change]:
    return [
        Change(e.start, e.end, e.after, e.kind, e.rule, e.confidence, e.evidence) for e in edits if e.status == APPLIED
    ]


def _overridden(draft: Draft, overrides: Iterable[Override]) -> Draft:
    """The draft after the reader's decisions about this page."""
    page = ""
    for o in overrides:
        page = page or hashlib.sha256(draft.raw.encode("utf-8", "surrogatepass")).hexdigest()
        if page.startswith(o.page):
            start, end = draft.spans.from_raw(o.start, o.end)
            wanted = draft.raw[o.start : o.end] if o.after is None else o.after
            draft = draft.revise([Change(start, end, wanted, "override", "reader", 1.0, o.reason)])
    return draft
