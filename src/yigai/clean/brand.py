"""Injected strings in place of a place name: found by repetition, mended by proof from the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from yigai.clean.chars import HAN
from yigai.clean.ledger import APPLIED, FLAGGED, Change, Draft

_PIECE = re.compile(rf"[{HAN}A-Za-z0-9·]{{3,16}}")
_COLON = "[:：]?"
# Nouns that follow a place name in official text.
_INSTITUTION = re.compile(
    "(?:人民政府|政府|人大|政协|党委|市委|县委|区委|省委|委员会|卫生|卫健|医保|医疗|发展|发改|财政|民政|人力|公安|教育|科技|自然|生态|住建|住房|交通|水利|农业|商务|文化|文旅|退役|应急|审计|市场|统计|信访|司法|检察|法院|纪委|监委|组织部|宣传部"
    "|第[一二三四五六七八九十]|中心|中医|妇幼|疾控|疾病|人民|医院|全|各|的|城|地区|行政|境内|范围|内|辖|进一步|深化|关于|国民|经济|远程|医共体|医联体|家庭|公立|基层|县域|大|高新|开发区|健康|[省市县区]|统一|综合|\\d)"
)
_BEFORE = "在由成为对到与和及向从于是即、，。；：（(“《\n自给把全将经据按推动结合作以建设保障实现落实责成印发关于加强共同服务支持领导位处住来驻回离使让请"


@dataclass(frozen=True, slots=True)
class Injected:
    """A string that a site's owner put in, and where it stands in the text."""

    text: str
    spans: tuple[tuple[int, int], ...]


def injected(draft: Draft) -> tuple[Injected, ...]:
    """Strings of the spam lines that also stand inside the document, longest first."""
    spans = draft.spans()
    spam = [draft.text[slice(*spans.from_raw(x.start, x.end))] for x in draft.lines if x.role == "spam"]
    pieces = Counter(p for line in spam for p in dict.fromkeys(_PIECE.findall(line)))
    found = []
    taken: set[int] = set()
    for piece in sorted(pieces, key=lambda p: (-len(p), p)):
        hits = [m.span() for m in re.finditer(re.escape(piece) + _COLON, draft.text)]
        hits = [h for h in hits if h[0] not in taken and not _in_spam(draft, spans, h)]
        taken.update(i for low, high in hits for i in range(low, high))
        if hits:
            found.append(Injected(piece, tuple(hits)))
    return tuple(found)


def _in_spam(draft: Draft, spans: object, hit: tuple[int, int]) -> bool:
    return any(
        x.role == "spam" and low <= hit[0] and hit[1] <= high
        for x in draft.lines
        for low, high in [spans.from_raw(x.start, x.end)]  # type: ignore[attr-defined]
    )


def restorations(draft: Draft) -> Iterator[Change]:
    """Injected strings replaced by the place the page proves, or flagged with candidates."""
    strings = injected(draft)
    if not strings:
        return
    names = _names(draft, strings)
    for string in strings:
        for start, end in string.spans:
            name, confidence, evidence = names.get(string.text, ("", 0.0, "no place is proven in the page"))
            slot = bool(_INSTITUTION.match(draft.text, end)) or draft.text[start - 1 : start] in _BEFORE
            status = APPLIED if name and slot else FLAGGED
            yield Change(start, end, name or draft.text[start:end], "place", "injected_string", confidence, evidence, status)


def _names(draft: Draft, strings: tuple[Injected, ...]) -> dict[str, tuple[str, float, str]]:
    from yigai import places

    proofs = places.proof(draft.raw)
    if not proofs:
        return {}
    best = max(proofs, key=lambda p: (p.confidence, p.place.code))
    place = best.place
    short = place.name
    full = f"{place.city}{place.name}" if place.level == "county" else place.name
    evidence = f"{best.rule}: {best.quote}"
    if len(strings) == 1:
        return {strings[0].text: (short, 0.9, evidence)}
    ordered = sorted(strings, key=lambda s: (-len(s.spans), s.text))
    return {ordered[0].text: (short, 0.9, evidence), ordered[1].text: (full, 0.85, evidence)}
