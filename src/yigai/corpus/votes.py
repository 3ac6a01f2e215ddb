"""What each name in a page counts for the place of the document.

A name in the title, the issuer's line or a signature is an anchor; one in the body counts by what
stands around it: 北京日报 printed it, 三明's experience is borrowed, experts come from 上海.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from yigai import places
from yigai.corpus.view import Row, View
from yigai.places import Mention, Place, stem
from yigai.places.proofs import issuers, site_codes

# Names of media that carry a city's name: where a report was printed says nothing of what it is about.
MEDIA = re.compile(
    r"[\u4e00-\u9fff]{0,4}(?:日报|晚报|晨报|早报|商报|时报|都市报|新闻网|新闻|网|电视台|广播|在线|之窗|之声|发布(?=[：:，。 ”）)]|$)|客户端|报社|周刊|报道|论坛|出版社)"
)
BORROWED = re.compile(
    r"[^，。；！？\n]{0,12}(?:经验|模式|做法|样本|样板|启示|医改经验|案例|等地|等省|等城市)"
)
# Those who come to help: the page is about where they come to.
HELPERS = re.compile(
    r"[^，。；！？\n]{0,6}(?:专家|名医|医疗队|院士|教授|医生团队|协和|华西|湘雅|大学|学院|援)"
)
STUDYING = re.compile(
    r"(?:学习|借鉴|推广|复制|赴|考察|参观|调研|来自|前往|支援|援助|对口|转诊到|到|跑|去)[^，。；！？\n]{0,6}$"
)
VISITED = re.compile(r"(?:学习|借鉴|推广|复制|考察|参观)[^，。；！？\n]{0,6}$")  # in a title
CASE = re.compile(r"[^，。；！？\n]{0,10}为(?:例|个案|样本)")  # 以湖南省蓝山县为例
MEETS = re.compile(
    r"[^，。；！？\n]{0,2}(?:表示|召开|举行|举办|开幕|闭幕|发布|成立|启动|宣布|接受)"
)
DATELINE = re.compile(r"(?:新华社|中新社|人民网|本报|中新网|新华网|央广网|电)[^，。；！？\n]{0,6}$")
# 北京1月24日电 is where a report was filed, 广西南宁 530021 where its author works.
ADDRESS = re.compile(
    r"[^，。；！？\n]{0,3}(?:[0-9]{1,2}月[0-9]{1,2}日(?:电|讯|消息)|[\s,，]{0,3}[0-9]{6}(?![0-9]))"
)
ORGAN = re.compile(
    r"[^，。；、！？\n“”《》]{0,12}?(?:人民政府|政府|委员会|人大|人民代表大会|政协|党委|市委|省委|县委|区委|厅|局|办公室|卫健委|医保局|领导小组|政府办)"
)
CARE = re.compile(
    r"[^，。；、！？\n“”《》]{0,10}?(?:医院|卫生院|医疗集团|医共体|医联体|卫生服务中心)"
)
OVERSEAS = ("710000", "810000", "820000")  # named beside the mainland (港澳台), not as the subject
OWN = {
    "province": re.compile(r"我省|全省|本省|省委省政府|省委、省政府|全区各族|我自治区|全自治区"),
    "prefecture": re.compile(
        r"我市|全市|本市|市委市政府|市委、市政府|我州|全州|州委|我盟|该市|市人民政府|市政府|市卫[生健]"
    ),
    "county": re.compile(
        r"我区|我县|全县|本县|该县|县委|县政府|县人民政府|区委|区政府|区人民政府|我旗|全旗|区卫[生健]|县卫[生健]|全区"
    ),
}
STATION = {"title": 8.0, "issuer": 7.0, "signature": 6.0, "case": 6.0, "site code": 6.0}
READ_AT_MOST = 200_000  # characters; a page that names no place by then is not searched further
NAMES_AT_MOST = 3_000
EARLY = 250  # characters of the body in which a document says where it is at home


@dataclass(frozen=True, slots=True)
class Vote:
    """One name in the text and what it counts."""

    mention: Mention
    weight: float
    station: str


def own_words(text: str) -> dict[str, int]:
    """Count how often a text speaks of its own province, city or county.

    >>> own_words("我区成立医联体,区卫健局牵头,全市推广")
    {'province': 0, 'prefecture': 1, 'county': 2}
    """
    return {level: len(pattern.findall(text)) for level, pattern in OWN.items()}


def cited_spans(text: str) -> list[tuple[int, int]]:
    """Find what stands within 《》: titles of other documents."""
    return [match.span() for match in re.finditer(r"《[^《》\n]{1,80}》", text)]


def weight_of(text: str, mention: Mention, early: bool, cited: Sequence[tuple[int, int]]) -> float:
    """Weigh one name by what stands around it.

    The report of another province printed by 北京日报, a hospital in Beijing that helps, the
    experience of 三明: such names do not make the document theirs.
    """
    if mention.candidates[0].code in OVERSEAS:
        return 0.25
    before, start, end = (
        text[max(0, mention.start - 12) : mention.start],
        mention.start,
        mention.end,
    )
    if MEDIA.match(text, end) or DATELINE.search(before) or ADDRESS.match(text, end):
        return 0.0
    if before.endswith("在") and MEETS.match(text, end):
        return 0.5
    if BORROWED.match(text, end) or HELPERS.match(text, end) or STUDYING.search(before):
        return 0.25
    if any(low <= start < high for low, high in cited):
        return 0.5
    if ORGAN.match(text, end):
        return 2.0 if early else 1.3
    if CARE.match(text, end):
        return 0.5
    return 1.5 if early else 1.0


def votes(view: View) -> Iterator[Vote]:
    """Let every place named in title, body and issuer lines vote."""
    found = places.mentions(view.text[:READ_AT_MOST])[:NAMES_AT_MOST]
    found = sorted([*found, *short_in_title(view, found)], key=lambda mention: mention.start)
    cited = cited_spans(view.text)
    bodies = {row.start: order for order, row in enumerate(view.of("body"))}
    last = len(bodies) - 1
    opening = min(bodies, default=0)
    for before, mention in zip((None, *found), found, strict=False):
        row = view.row_at(mention.start)
        if row is None:
            continue
        if row.role == "title":
            yield from title_vote(view, mention, row, before)
        elif row.role == "body":
            order = bodies[row.start]
            weight = weight_of(view.text, mention, mention.start - opening < EARLY, cited)
            if CASE.match(view.text, mention.end):
                yield Vote(mention, STATION["case"], "case")
            elif is_signature(row, mention, view.text) and (order < 6 or order > last - 6):
                yield Vote(mention, STATION["signature"], "signature")
            else:
                yield Vote(mention, weight, "body")
        elif is_issuer(row, mention, view.text):
            yield Vote(mention, STATION["issuer"] if row.role == "meta" else 2.0, "issuer")


ISSUER = re.compile(r"(?:机构|机关|单位|部门|来源|来自|主办|公开)[^|。]{0,12}$")


def short_in_title(view: View, found: Sequence[Mention]) -> Iterator[Mention]:
    """Find the bare name of a county in the title when it is also a common word and the body names it in full.

    南开医改 in the title is 南开区 when the body says 南开区.
    """
    taken = {position for mention in found for position in range(mention.start, mention.end)}
    full = {mention.text: mention.candidates for mention in found if len(mention.text) > 2}
    for row in view.of("title")[:1]:
        for name, candidates in full.items():
            bare = stem(name)
            at = row.text.find(bare) if bare else -1
            if at >= 0 and not taken.intersection(
                range(row.start + at, row.start + at + len(bare))
            ):
                start = row.start + at
                yield Mention(start, start + len(bare), bare, candidates)


def is_issuer(row: Row, mention: Mention, text: str) -> bool:
    """Judge whether a name in a line of furniture is that of the body that issued the page."""
    return (
        row.role in ("meta", "footer")
        and bool(ISSUER.search(row.text[: mention.start - row.start]))
        and bool(ORGAN.match(text, mention.end))
        and not MEDIA.match(text, mention.end)
    )


def title_vote(view: View, mention: Mention, row: Row, before: Mention | None) -> Iterator[Vote]:
    """Weigh a name in the title: the one that leads, and what follows on it, count most."""
    if (
        MEDIA.match(view.text, mention.end)
        and "政府" not in row.text[mention.end - row.start :][:8]
    ):
        return
    if ADDRESS.match(view.text, mention.end) or DATELINE.search(
        view.text[row.start : mention.start]
    ):
        return
    head = view.text[
        row.start : before.start if before and before.end == mention.start else mention.start
    ]
    leads = not re.search(r"[\u4e00-\u9fff]{4}", head) or head.rstrip().endswith(
        ("—", "：", "|", "］", "】")
    )
    weight = STATION["title"] if leads else 5.0
    if HELPERS.match(view.text, mention.end) or VISITED.search(
        view.text[row.start : mention.start]
    ):
        weight = 0.25
    elif BORROWED.match(view.text, mention.end) and not leads:
        weight = 1.5
    yield Vote(mention, weight, "title")


def is_signature(row: Row, mention: Mention, text: str) -> bool:
    """Judge whether a short line is the name of the body that signs."""
    return (
        len(row.text.strip()) <= 30
        and mention.start - row.start <= 2
        and bool(
            re.fullmatch(
                r".{0,26}(?:政府|委员会|局|厅|办公室|委|小组|人大常委会)[\s\d年月日]{0,14}",
                row.text.strip(),
            )
        )
    )


def candidates_of(mention: Mention, provinces: Iterable[str]) -> tuple[Place, ...]:
    """Keep the places of a shared name that the known provinces allow, those in use first."""
    known = set(provinces)
    fits = (
        tuple(place for place in mention.candidates if place.province in known)
        or mention.candidates
    )
    current = tuple(place for place in fits if place.current)
    return current or fits


def one_of(fits: Sequence[Place]) -> Place | None:
    """Choose among places of one name: the only one, or the larger one that surrounds the rest."""
    if not fits:
        return None
    first = fits[0]
    if not first.current:  # the last of several past units of one name, if they are one place's
        heirs = {heir for place in fits for heir in place.successors}
        one_place = all(place.province == first.province for place in fits) or len(heirs) == 1
        return first if one_place else None
    if all(place.within(first) or place.successors == first.successors != () for place in fits):
        return first
    if first.level != "county" and all(place.level == "county" for place in fits[1:]):
        return first  # 资阳 is said of the prefecture, of 益阳's district only with its suffix
    if first.level == "province":
        return first
    return None


def tally(sure: Iterable[tuple[Vote, Place]], key: Callable[[Place], str]) -> dict[str, float]:
    """Add the weights under a key of the place, each repeated name counting less."""
    seen: dict[tuple[str, str], float] = {}
    totals: dict[str, float] = {}
    for vote, place in sure:
        name = key(place)
        if not name:
            continue
        used = seen.get((name, vote.station), 0.0)
        if vote.station == "body":  # the thirtieth mention says little that the tenth did not
            gain = vote.weight / (1 + used / 6)
        else:
            gain = max(0.0, vote.weight - used)
        seen[name, vote.station] = used + gain
        totals[name] = totals.get(name, 0.0) + gain
    return dict(sorted(totals.items(), key=lambda item: (-item[1], item[0])))


def narrowed(cast: Sequence[Vote], view: View) -> list[tuple[Vote, Place]]:
    """Give each name its place: alone, by the name before it, or by the provinces otherwise named."""
    sure: list[tuple[Vote, Place]] = []
    open_votes: list[Vote] = []
    above: tuple[int, Place] | None = None
    for vote in cast:
        fits = candidates_of(vote.mention, ())
        if above and not view.text[above[0] : vote.mention.start].strip():
            fits = (
                tuple(place for place in vote.mention.candidates if place.within(above[1])) or fits
            )
        place = one_of(fits)
        if place is None:
            open_votes.append(vote)
            continue
        sure.append((vote, place))
        above = (vote.mention.end, place)
    totals = tally(sure, lambda place: place.province)
    cities = {place.path[:2] for _, place in sure if place.city}
    for vote in open_votes:
        fits = candidates_of(vote.mention, totals)
        inner = [place for place in fits if place.path[:2] in cities]
        place = one_of(inner or fits) if totals else None
        if place:
            sure.append((vote, place))
    return sorted(sure, key=lambda pair: pair[0].mention.start)


def codes(view: View, own: dict[str, int]) -> Iterator[tuple[Vote, Place]]:
    """Let the code of a government site vote where the text speaks of itself on that level."""
    for proof in site_codes(joined_furniture(view), []):
        if own[proof.place.level] > 0:
            start = view.text.find(proof.quote)
            mention = Mention(start, start + len(proof.quote), proof.quote, (proof.place,))
            yield Vote(mention, STATION["site code"], "site code"), proof.place


def numbers(view: View, own: dict[str, int]) -> Iterator[tuple[Vote, Place]]:
    """Let the province's letter in a document number vote in a text that speaks of its own province."""
    if own["province"] == 0:
        return
    for proof in issuers(view.subject[:3000], []):
        start = max(0, view.text.find(proof.quote))
        yield (
            Vote(
                Mention(start, start + len(proof.quote), proof.quote, (proof.place,)),
                1.5,
                "document number",
            ),
            proof.place,
        )


def joined_furniture(view: View) -> str:
    """Give the lines outside title and body."""
    return "\n".join(row.text for row in view.of("meta", "footer", "promo", "nav"))
