"""Which place a page proves, where an injected string stands for its name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yigai.places import Mention, Place, Proof

# Evidence is counted in points; a name is restored with a clear lead, never from one weak sign.
_NEEDED, _LEAD, _OFFICIAL = 4.0, 1.5, 5.5
_OWN_WORDS = "the page speaks of its"
# Mainland documents name these as partners, 港澳台, and are not about them.
_PARTNERS = ("71", "81", "82")
# What the page says of itself weighs more than a path it happens to mention (菏泽牡丹 names flowers).
_WEIGHT = {"full path": 1.0, "licence": 1.0, "siblings": 2.0}
_OWN = re.compile("(?:我|本|全|副|[，。、；：“（\n])([省市区县州旗])(?:(?<=[我本全].)(?![场域间别级长委])|(?<=副.)长|(?<![我本全副].)(?:委|政府|长|人大|政协|卫|医保|财政))")
# A county's page says 全省 and 全市 of those above it; a province's page does not say 全县.
_SPEAKS = {"县": 4.0, "旗": 4.0, "区": 4.0, "市": 2.5}
_SUFFIX = {"省": "省", "市": "市", "区": "区", "县": "县", "州": "州", "旗": "旗"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A name for a slot: the wording, its share of belief, the evidence, and what else was thought of."""

    name: str
    confidence: float
    evidence: str
    candidates: tuple[str, ...] = ()


def verdicts(body: str, page: str, strings: Sequence[str], *, frame: str = "") -> dict[str, Verdict]:
    """For each injected string of a page, most frequent first, the place name it replaced.

    ``body`` is the document, ``page`` everything, furniture included, ``frame`` its source and footer lines. One string that is written in
    two ways stands for one place in its short and its full name (seed 000: 利州区 and 广元市利州区).
    """
    scores = _scores(body, page, frame)
    ranked = sorted(scores.items(), key=lambda item: (-item[1][0], item[0].code))
    if not ranked:
        return {s: Verdict("", 0.0, "no place is proven in the page") for s in strings}
    best, (points, grounds) = ranked[0]
    rivals = [score for place, (score, _) in ranked[1:] if place.name not in best.path]
    lead = points - (rivals[0] if rivals else 0.0)
    others = tuple(f"{place.name} {score:.1f}" for place, (score, _) in ranked[:4])
    official = points >= _OFFICIAL and lead >= 0.5
    own = any(g.startswith(_OWN_WORDS) for g in grounds)
    sure = official or (points >= _NEEDED and lead >= _LEAD and (own or (len(grounds) > 1 and _owned(body) in ("", "省"))))
    confidence = min(0.98, 0.6 + 0.08 * lead) if sure else 0.3
    evidence = "; ".join(grounds)
    out = {strings[0]: Verdict(best.name if sure else "", confidence, evidence, others)}
    for other in strings[1:]:
        out[other] = Verdict(_second_name(best, body, other) if sure else "", confidence - 0.05, evidence, others)
    return out


def _second_name(place: Place, body: str, string: str) -> str:
    """What a second string stands for: the place above, where the first one follows it, or the full name."""
    above = place.city if place.level == "county" else place.province
    if not above or above == place.name:
        return place.name
    return above if re.search(re.escape(string) + "[:：]?" + re.escape(place.name), body) else above + place.name


def _scores(body: str, page: str, frame: str) -> dict[Place, tuple[float, list[str]]]:
    from yigai import places

    scores: dict[Place, tuple[float, list[str]]] = {}

    def add(place: Place, points: float, ground: str) -> None:
        before, grounds = scores.get(place, (0.0, []))
        scores[place] = (before + points, [*grounds, ground] if ground not in grounds else grounds)

    mentions = places.mentions(body)
    for proof in _distinct(places.proof(page)):
        add(proof.place, _WEIGHT.get(proof.rule, 6.0) * proof.confidence, f"{proof.rule}: {proof.quote}")
    for place, quote, count in _surviving_stems(mentions, body):
        add(place, 2.0 + min(count, 4) * 0.5, f"{quote} survives {count} times without its suffix")
    for place, points in _framed(frame):
        add(place, points, f"the source or footer line names {place.name}")
    named = {place.name for m in mentions for place in m.candidates if place.current}
    for place in list(scores):
        above = [name for name in place.path[:-1] if name in named]
        if above:
            add(place, 1.0, f"{above[-1]} above it is named")
    for place, points, quote in _above(mentions):
        add(place, points, f"{quote} lie in it")
    usual = _owned(body)
    kept = {}
    for place, (points, grounds) in scores.items():
        fits = bool(usual) and place.name.endswith(_SUFFIX[usual])
        absent = place.name not in body
        if absent or points >= _OFFICIAL:
            kept[place] = (points + 1.5 * fits, [*grounds, f"{_OWN_WORDS} 我{usual}"] if fits else grounds)
    return kept


def _framed(frame: str) -> list[tuple[Place, float]]:
    """The county or city that a page's source and footer lines name in full; two of a level share its weight."""
    from yigai import places

    whole = [
        place for m in places.mentions(frame) for place in m.candidates
        if place.current and place.name == m.text and place.level in ("county", "prefecture")
    ]  # fmt: skip
    unique = {p.code: p for p in whole}
    levels = Counter(p.level for p in unique.values())
    return [(p, 3.0 / levels[p.level]) for _, p in sorted(unique.items())] if max(levels.values(), default=0) <= 2 else []


def _owned(body: str) -> str:
    """The kind of place a page speaks of as its own: 县 where it says 我县, 副县长, 县委.

    >>> _owned("我县深化改革。"), _owned("全市各县，市场监管")
    ('县', '市')
    """
    own = Counter(_OWN.findall(body))
    return max(own, key=lambda word: (own[word] * _SPEAKS.get(word, 1.0), word)) if own else ""


def _distinct(proofs: Sequence[Proof]) -> list[Proof]:
    """One proof a rule and place."""
    seen: dict[tuple[str, Place], Proof] = {}
    for proof in proofs:
        seen.setdefault((proof.rule, proof.place), proof)
    return list(seen.values())


def _surviving_stems(mentions: Sequence[Mention], body: str) -> list[tuple[Place, str, int]]:
    """Places of which the text has the bare name and never the whole one."""
    counts = Counter(m.text for m in mentions)
    found = []
    for text, candidates in {m.text: m.candidates for m in mentions}.items():
        current = [p for p in candidates if p.current and p.name != text and p.name not in body and p.code[:2] not in _PARTNERS]
        # a bare name of two places of one level proves neither
        if current and len({p.level for p in current}) == len(current):
            found += [(p, text, counts[text]) for p in current[:2]]
    return found


def _above(mentions: Sequence[Mention]) -> list[tuple[Place, float, str]]:
    """Places that other places of the text lie in, the more of them the surer."""
    from yigai import places

    children: dict[Place, set[str]] = {}
    for mention in mentions:
        current = [p for p in mention.candidates if p.current]
        if len(current) == 1:
            for code in (current[0].code[:4] + "00", current[0].code[:2] + "0000"):
                above = places.by_code(code)
                if above is not None and above != current[0]:
                    children.setdefault(above, set()).add(current[0].name)
    return [(above, min(len(names), 4) * 0.75, "、".join(sorted(names)[:4])) for above, names in children.items()]
