"""What inside a page proves a place: registered codes, numbers, publisher lines, full paths, siblings."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from yigai.places.gazetteer import Place, by_code
from yigai.places.mentions import Mention, folded, mentions

# The one-character names of the provinces in licence numbers and document numbers.
LETTERS = {
    "京": "110000",
    "津": "120000",
    "冀": "130000",
    "晋": "140000",
    "蒙": "150000",
    "辽": "210000",
    "吉": "220000",
    "黑": "230000",
    "沪": "310000",
    "苏": "320000",
    "浙": "330000",
    "皖": "340000",
    "闽": "350000",
    "赣": "360000",
    "鲁": "370000",
    "豫": "410000",
    "鄂": "420000",
    "湘": "430000",
    "粤": "440000",
    "桂": "450000",
    "琼": "460000",
    "渝": "500000",
    "川": "510000",
    "蜀": "510000",
    "黔": "520000",
    "贵": "520000",
    "滇": "530000",
    "云": "530000",
    "藏": "540000",
    "陕": "610000",
    "秦": "610000",
    "甘": "620000",
    "陇": "620000",
    "青": "630000",
    "宁": "640000",
    "新": "650000",
}
# 青政发 is also Qingdao's, 宁政发 Nanjing's, 云 贵 新 甘 begin cities too: no proof in a document number.
SHARED_LETTERS = frozenset("青宁云贵新甘吉黑苏")
SITE_CODE = re.compile(r"标识码[^0-9A-Za-z]{0,4}([0-9]{6})[0-9]{4}(?![0-9])")
FILING = re.compile(r"公网安备[^0-9]{0,4}([0-9]{6})[0-9]{6,8}(?![0-9])")
ICP = re.compile(f"([{''.join(LETTERS)}])[A-Z0-9-]{{0,6}}\\s?ICP\\s?[备证]", re.IGNORECASE)
NUMBER = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{1,12})\s?[〔\[【((﹝]\s?(?:19|20)[0-9]{2}\s?[〕\]】))﹞]\s?(?:第\s?)?[0-9]{1,5}\s?号"
)
PROVINCE_NUMBER = re.compile(
    f"([{''.join(sorted(set(LETTERS) - SHARED_LETTERS))}])(?:委|政|府|卫|办|医改|医保|人社|财|发改|厅|教|民)[\u4e00-\u9fff]{{0,6}}"
    r"\s?[〔\[【((﹝]\s?(?:19|20)[0-9]{2}\s?[〕\]】))﹞]\s?(?:第\s?)?[0-9]{1,5}\s?号"
)
PUBLISHER = re.compile(
    r"(?:发布机构|发文机关|发文单位|发布单位|制发机关|公开责任部门|主办单位|主办|承办单位|信息来源|文章来源|稿件来源|来源|来自)"
    r"\s?[::]?[\s|]{0,4}([^\s|]{2,40})"
)
ORGAN = re.compile(
    r"[^,。;,;::\s]{0,14}(?:政府|委员会|委|局|厅|办公室|办|医院|党委|人大|政协|管理局)"
)


@dataclass(frozen=True, slots=True)
class Proof:
    """A place, the rule that proves it, and the words it was read from."""

    place: Place
    rule: str
    quote: str
    start: int
    end: int
    confidence: float


def evidence(
    place: Place | None, rule: str, match: re.Match[str], confidence: float
) -> Iterator[Proof]:
    """Give a proof if the code is one of a place."""
    if place:
        yield Proof(place, rule, match[0], match.start(), match.end(), confidence)


def site_codes(text: str, found: list[Mention]) -> Iterator[Proof]:
    """Read the registered code of a government site, whose first six digits are the administrative code.

    >>> [p.place.name for p in site_codes("政府网站标识码5108020014", [])]
    ['利州区']
    """
    for match in SITE_CODE.finditer(text):
        yield from evidence(by_code(match[1]), "site code", match, 0.99)


def filings(text: str, found: list[Mention]) -> Iterator[Proof]:
    """Read the number under which the local police filed the site.

    >>> [p.place.name for p in filings("川公网安备 51080202000001号", [])]
    ['利州区']
    """
    for match in FILING.finditer(text):
        yield from evidence(by_code(match[1]), "filing number", match, 0.9)


def licences(text: str, found: list[Mention]) -> Iterator[Proof]:
    """Read the province of an ICP licence: where the site is registered, not what its pages are about.

    >>> [p.place.name for p in licences("蜀ICP备08108490号-1", [])]
    ['四川省']
    """
    for match in ICP.finditer(text):
        yield from evidence(by_code(LETTERS[match[1]]), "licence", match, 0.6)


def issuers(text: str, found: list[Mention]) -> Iterator[Proof]:
    """Read the issuer's letters of a document number, alone or against the places the text names.

    >>> [p.place.name for p in proof("阳泉市文件 阳政发〔2024〕3号") if p.rule == "document number"]
    ['阳泉市']
    """
    for match in PROVINCE_NUMBER.finditer(text):
        yield from evidence(by_code(LETTERS[match[1]]), "document number", match, 0.8)
    for match in NUMBER.finditer(text):
        first = match[1][0]
        if first in LETTERS and first not in SHARED_LETTERS:
            continue
        named = {
            place
            for mention in found
            for place in mention.candidates[:1]
            if len(mention.candidates) == 1
        }
        fits = sorted(
            (place for place in named if place.name[0] == first), key=lambda place: place.code
        )
        if len({place.path[:2] for place in fits}) == 1:
            yield from evidence(fits[0], "document number", match, 0.85)


def publishers(text: str, found: list[Mention]) -> Iterator[Proof]:
    """Read the place in the name of the body that published the page.

    >>> [p.place.name for p in proof("发文机关: | 阳泉市人民政府 |") if p.rule == "publisher"]
    ['阳泉市']
    """
    for match in PUBLISHER.finditer(text):
        inside = [
            mention
            for mention in found
            if match.start(1) <= mention.start and mention.end <= match.end(1)
        ]
        if inside and ORGAN.match(text, match.start(1)):
            chain = settled(inside[:3])
            if chain:
                yield from evidence(chain, "publisher", match, 0.93)


def settled(chain: list[Mention]) -> Place | None:
    """Read names that stand one after the other as one path; None when two places remain.

    >>> settled(mentions("吉林省长春市朝阳区")).code
    '220104'
    """
    options: tuple[Place, ...] = ()
    for mention in chain:
        inner = tuple(
            place for place in mention.candidates if any(place.within(above) for above in options)
        )
        options = inner or (options if options else mention.candidates)
    best = [place for place in options if place.current] or list(options)
    return (
        best[0]
        if best and (len(best) == 1 or len({place.successors or place.code for place in best}) == 1)
        else None
    )


def chains(text: str, found: list[Mention]) -> Iterator[list[Mention]]:
    """Group names that touch one another, each inside the one before."""
    chain: list[Mention] = []
    for mention in found:
        touching = (
            chain
            and text[chain[-1].end : mention.start].strip() == ""
            and any(
                place.within(above) and place != above
                for place in mention.candidates
                for above in chain[-1].candidates
            )
        )
        if not touching:
            if len(chain) > 1:
                yield chain
            chain = []
        chain = [*chain, mention]
    if len(chain) > 1:
        yield chain


def paths(text: str, found: list[Mention]) -> Iterator[Proof]:
    """Read places written out from the larger to the smaller: 四川省广元市利州区."""
    for chain in chains(text, found):
        start, end = chain[0].start, chain[-1].end
        if place := settled(chain):
            yield Proof(place, "full path", text[start:end], start, end, 0.97)


def siblings(text: str, found: list[Mention]) -> Iterator[Proof]:
    """Infer the prefecture from three and more of its counties named together and no others.

    >>> [p.place.name for p in proof("平定县、盂县和阳泉市矿区先行") if p.rule == "siblings"]
    ['阳泉市']
    """
    seen: dict[str, dict[str, Mention]] = {}
    for mention in found:
        counties = {
            place.code[:4]
            for place in mention.candidates
            if place.current and place.level == "county"
        }
        if len(counties) == 1 and len({place.level for place in mention.candidates}) == 1:
            seen.setdefault(min(counties), {}).setdefault(mention.candidates[0].code, mention)
    strong = [(code, names) for code, names in sorted(seen.items()) if len(names) >= 3]
    if len(strong) == 1 and (above := by_code(strong[0][0])):
        first = next(iter(strong[0][1].values()))
        yield Proof(above, "siblings", text[first.start : first.end], first.start, first.end, 0.75)


RULES: tuple[Callable[[str, list[Mention]], Iterator[Proof]], ...] = (
    site_codes,
    filings,
    publishers,
    paths,
    issuers,
    licences,
    siblings,
)


def proof(text: str) -> list[Proof]:
    """Collect everything in a text that proves a place, the strongest first.

    >>> [(p.place.name, p.rule) for p in proof("四川省广元市利州区 政府网站标识码5108020014 蜀ICP备08108490号-1")]
    [('利州区', 'site code'), ('利州区', 'full path'), ('四川省', 'licence')]
    """
    plain = folded(text)
    found = mentions(text)
    proofs = [item for rule in RULES for item in rule(plain, found)]
    return sorted(proofs, key=lambda item: (-item.confidence, item.start, item.place.code))
