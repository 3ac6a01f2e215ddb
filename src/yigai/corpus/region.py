"""Where a document belongs: what its text is about or who issued it, never where it was found.

Every place named in title, body, issuer lines and signatures votes with a weight; a province needs
a clear majority, an anchor (title, issuer, own words such as 我区, or a site code that agrees) and
no sign of a national document. The county or prefecture comes from the deepest anchor that fits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from yigai import places
from yigai.corpus.view import View
from yigai.corpus.votes import (
    EARLY,
    ORGAN,
    STATION,
    Vote,
    codes,
    narrowed,
    numbers,
    own_words,
    tally,
    votes,
)
from yigai.places import Place

NATIONAL_ISSUER = re.compile(
    r"^(?:中共中央|国务院|国家[\u4e00-\u9fff]{2,12}(?:委|局|部|办公室)|[^省市县区州]{0,3}(?:卫生健康委|财政部|民政部|教育部|人力资源社会保障部|国家卫生|"
    r"国家医保|中央|全国人民代表大会|全国人大|工业和信息化部|中华人民共和国))"
)
TO_PROVINCES = re.compile(r"各省、自治区、直辖市")
ENOUGH, SHARE, LED = 1.9, 0.6, 0.4
Span = tuple[int, int, str]  # start and end in the view, and the station of the name


@dataclass(frozen=True, slots=True)
class Region:
    """The place of a document with the span that shows it best, or none and the reason."""

    place: Place | None
    rule: str
    confidence: float
    spans: dict[str, tuple[Span, ...]]


def national(view: View, totals: dict[str, float], anchored: bool) -> bool:
    """Judge whether a document speaks for the whole country."""
    head = view.text[:600]
    if TO_PROVINCES.search(head) and not anchored:
        return True
    titles = view.of("title")
    if titles and NATIONAL_ISSUER.search(titles[0].text.strip()) and "关于" in titles[0].text:
        return True
    many = len([total for total in totals.values() if total >= 1]) >= 5
    return many and not anchored and max(totals.values()) < 0.75 * sum(totals.values())


def region_of(view: View) -> Region:
    r"""Decide the place of a document, or that none can be named.

    >>> from yigai import clean
    >>> from yigai.corpus.view import view_of
    >>> region_of(view_of(clean.text("资兴市深入推进综合医改\n近年来,资兴市组建医共体。"))).place.code
    '431081'
    """
    own = own_words(view.subject)
    sure = narrowed(list(votes(view)), view)
    sure += [*codes(view, own), *numbers(view, own)]
    totals = tally(sure, lambda place: place.province)
    if not totals or not any(totals.values()):
        return Region(None, "no place named", 0.0, {})
    top = next(iter(totals))
    inside = [(vote, place) for vote, place in sure if place.province == top]
    anchors = [(vote, place) for vote, place in inside if vote.station != "body"]
    lead = [pair for pair in anchors if pair[0].weight >= 5]
    if national(view, totals, bool(lead)):
        return Region(None, "speaks for the whole country", 0.0, {})
    share = totals[top] / sum(totals.values())
    # a text that says 本市 on every page and names one city once is that city's
    enough = 0.9 if sum(own.values()) >= 2 and share > 0.9 else ENOUGH
    leads = any(vote.weight == STATION["title"] for vote, _ in lead)
    if totals[top] < enough or share < (LED if leads else SHARE):
        return Region(None, "no place prevails", share, {})
    if not lead and not focused(view, inside, own):
        if not written_out(view, sure, top):
            return Region(None, "places are named in passing", share, {})
        place = deepest(inside, lead, own)
        return Region(place, "only path", 0.6, spans_of(inside, place))
    place = deepest(inside, lead, own)
    return Region(
        place,
        "title" if lead else "body",
        round(min(0.99, 0.5 + share / 2), 2),
        spans_of(inside, place),
    )


def focused(view: View, inside: Sequence[tuple[Vote, Place]], own: dict[str, int]) -> bool:
    """Judge without title or issuer: the text speaks of itself, or names the place first and often."""
    strong = [pair for pair in inside if pair[0].weight >= 1]
    spoken = sum(own.values())
    country = len(re.findall("全国|我国|国家", view.subject))
    first = bool(strong) and strong[0][0].mention.start < EARLY
    if spoken >= 2 and strong and (first or len(strong) >= 2 or spoken >= country):
        return True
    bodies = [vote for vote, _ in strong if ORGAN.match(view.text, vote.mention.end)]
    at_once = bool(strong) and strong[0][0].mention.start < 160
    return bool(bodies) and len(strong) >= 3 and at_once and len(strong) >= country * 0.6


EVENT = re.compile(r"(?:在|于|赴|到|地点|地址|位于|来自|[:：])\s?[:：]?\s?$")


def written_out(view: View, sure: Sequence[tuple[Vote, Place]], top: str) -> bool:
    """Judge whether one county or city written out early, 江西省上栗县, is the only place a page tells of.

    The place of an event is none; nor is an example in a text that speaks more of the country.
    """
    if any(vote.weight >= 1 and place.province != top for vote, place in sure):
        return False
    branch = [place for _, place in sure if place.province == top and place.city]
    if len({place.path for place in branch}) != 1:
        return False
    country = len(re.findall("全国|我国|国家", view.subject))
    opening = min((row.start for row in view.of("body")), default=0)
    return len(branch) + 1 > country and any(
        above.weight >= 1
        and place.level == "province"
        and below.mention.start == above.mention.end
        and above.mention.start - opening < EARLY
        and not EVENT.search(view.text[: above.mention.start][-6:])
        for (above, place), (below, _) in pairwise(sure)
    )


def deepest(
    inside: Sequence[tuple[Vote, Place]], lead: Sequence[tuple[Vote, Place]], own: dict[str, int]
) -> Place:
    """Choose the level: the issuer's or title's own place, else the branch that holds most of the votes."""
    top = places.province(inside[0][1].province)
    if lead:
        return agreed(lead, top)
    here = top
    for level in ("prefecture", "county"):
        depth = len(here.path)
        below = [
            (vote, place)
            for vote, place in inside
            if place.within(here) and len(place.path) > depth
        ]
        totals = tally(below, step_down(depth))
        if not totals:
            break
        best = next(iter(totals))
        alone = totals[best] / sum(totals.values())
        said = sum(vote.weight for vote, place in inside if place == here)
        speaks_above = said > totals[best] and own[level] <= own[here.level] + 1
        speaks_above |= own[here.level] > 2 * own[level] + 1 and (
            own[level] == 0 or said >= totals[best]
        )
        if alone < SHARE or totals[best] < 1.0 or speaks_above:
            break
        here = next(place_down(place, depth + 1) for _, place in below if best in place.path)
    return here


def step_down(depth: int) -> Callable[[Place], str]:
    """Give what reads the name at a depth of a place's path."""
    return lambda place: place.path[depth]


def place_down(place: Place, depth: int) -> Place:
    """Give the unit above a place, or the place, at a depth of the path."""
    if len(place.path) <= depth:
        return place
    return next(
        found for found in places.named(place.path[depth - 1]) if found.path == place.path[:depth]
    )


def agreed(lead: Sequence[tuple[Vote, Place]], top: Place) -> Place:
    """Follow the anchors down as long as they agree: the heaviest first, deeper ones within it."""
    ranked = sorted(lead, key=lambda pair: (-pair[0].weight, pair[0].mention.start))
    here = ranked[0][1]
    ends = {vote.mention.end for vote, place in lead if place == here}
    several = (
        here.level == "province" and len({other.path[:2] for _, other in lead if other.city}) > 1
    )
    for vote, place in ranked[1:]:
        follows = vote.mention.start in ends
        if place.within(here) and (follows or (vote.weight >= 6 and not several)):
            here, ends = place, ends | {vote.mention.end}
    return here


def spans_of(inside: Sequence[tuple[Vote, Place]], place: Place) -> dict[str, tuple[Span, ...]]:
    """Find for each level the words that name it, the weightiest first."""
    found: dict[str, tuple[Span, ...]] = {}
    levels = (
        ("province", place.path[:1]),
        ("city", (place.province, place.city) if place.city else ()),
        ("county", place.path if place.county else ()),
    )
    for level, path in levels:
        said = sorted(
            (vote for vote, other in inside if path and other.path == path),
            key=lambda vote: (-vote.weight, vote.mention.start),
        )
        if said:
            found[level] = tuple(
                (vote.mention.start, vote.mention.end, vote.station) for vote in said
            )
    return found
