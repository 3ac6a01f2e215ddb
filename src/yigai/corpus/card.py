"""The card of a document: what it is, who issued it, where and when, each field with its evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from yigai import clean, places
from yigai.corpus import dates, marks
from yigai.corpus.genre import LABELS, genre_of
from yigai.corpus.region import Region, region_of
from yigai.corpus.view import UNKNOWN, Field, View, view_of
from yigai.corpus.votes import OWN, own_words
from yigai.places import Place

SELF = ("prefecture", "county", "province")
TOWN = re.compile(r"[\u4e00-\u9fff]{2,5}(?:(?<!乡)镇|乡|街道)(?:人民政府|办事处|中心卫生院|卫生院|党委)")
NATION = re.compile(
    r"国务院|国家卫生健康委|国家医保局|国家[\u4e00-\u9fff]{2,10}(?:局|委|部)|中共中央|全国人大|全国人民代表大会|各省、自治区、直辖市"
)


@dataclass(frozen=True, slots=True)
class Card:
    """Every field of a document, with evidence from the raw page; an unknown one has the value ''."""

    title: Field = UNKNOWN
    publisher: Field = UNKNOWN
    genre: Field = UNKNOWN
    level: Field = UNKNOWN
    province: Field = UNKNOWN
    city: Field = UNKNOWN
    county: Field = UNKNOWN
    adcode: Field = UNKNOWN
    published: Field = UNKNOWN
    issued: Field = UNKNOWN
    doc_no: Field = UNKNOWN
    year: Field = UNKNOWN
    cited: tuple[Field, ...] = ()

    @property
    def region(self) -> Place | None:
        """The place of the document, or None when it is national or unknown."""
        return places.by_code(self.adcode.value) if self.adcode.value else None


def card(raw: str) -> Card:
    r"""Read the card of a raw page.

    >>> found = card("资兴市深入推进综合医改工作纪实\n近年来,资兴市积极探索紧密型医共体建设,成效明显。")
    >>> found.county.value, found.city.value, found.adcode.value, found.genre.value, found.published.value
    ('资兴市', '郴州市', '431081', 'feature', '')
    """
    return card_of(clean.text(raw))


def card_of(cleaned: clean.Cleaned, given: Mapping[str, str] | None = None) -> Card:
    """Read the card of a cleaned page; what the researcher gives wins over what the page says."""
    view = view_of(cleaned)
    published, issued = dates.published(view), dates.issued(view)
    doc_no = marks.number(view)
    year = dates.year(view, issued, published, doc_no)
    region = in_force(region_of(view), year.value)
    read = Card(
        title=marks.plain_title(view),
        publisher=marks.publisher(view),
        genre=genre_of(view),
        level=level_of(view, region),
        **place_fields(view, region),
        published=published,
        issued=issued,
        year=year,
        doc_no=doc_no,
        cited=tuple(marks.cited(view)),
    )
    return with_given(read, given or {})


def in_force(region: Region, year: str) -> Region:
    """Write a unit that no longer existed in the year of the document as the unit it had become.

    崇礼县 in a text of 2012 stays; 榆林地区 in a text of 2020, or of no year, is 榆林市.
    """
    place = region.place
    if place is None or place.current or len(place.successors) != 1:
        return region
    if year > place.until or (not year and place.level == "prefecture"):
        return replace(region, place=places.by_code(place.successors[0]))
    return region


def place_fields(view: View, region: Region) -> dict[str, Field]:
    """Write province, city, county and code; what the text does not say comes from the list of places."""
    place = region.place
    if place is None:
        return {}
    names = {"province": place.province, "city": place.city, "county": place.county}
    written = {level: proven(view, region, level, name) for level, name in names.items() if name}
    lowest = written[max(written, key=list(names).index)]
    return written | {"adcode": replace(lowest, value=place.code)}


def proven(view: View, region: Region, level: str, name: str) -> Field:
    """Write a place with the weightiest words of the raw page that say it.

    Where cleaning had to restore the name, the raw page says something else there: the proof is the
    site code or the next mention, never the injected words (seed 000).
    """
    for start, end, station in region.spans.get(level, ()):
        field = view.field(name, start, end, station, region.confidence)
        if station in ("site code", "document number") or name[0] in places.folded(field.evidence):
            return field
    return Field(name, "", -1, -1, "list of places", region.confidence)


def level_of(view: View, region: Region) -> Field:
    """Decide the level: that of the region, a township's by its name, national without one."""
    head = "\n".join(row.text for row in view.of("title", "meta"))
    if match := TOWN.search(head):
        start = view.text.find(match[0])
        return view.field("township", start, start + len(match[0]), "issuer", 0.8)
    if region.place is None:
        return speaks_of_itself(view) or speaks_for_the_country(view, region) or Field("unknown")
    named = place_fields(view, region)["adcode"]
    return replace(named, value=region.place.level, rule="region")


def speaks_of_itself(view: View) -> Field | None:
    """Read the level of a page of no known place from its own words: 全县, 县委, 我县."""
    own = own_words(view.subject)
    level = max(SELF, key=lambda one: own[one])
    if own[level] < 3 or own[level] < 2 * max(own[one] for one in SELF if one != level):
        return None
    match = OWN[level].search(view.text)
    return view.field(level, match.start(), match.end(), "own words", 0.5) if match else None


ACTS = re.compile(
    rf"(?<!落实)(?<!贯彻)(?<!按照)(?<!根据)(?<!执行)(?:{NATION.pattern})(?!.{{0,8}}曾)[^，。；《》\n]{{0,24}}?(?:发布|印发|公布|召开|举行|介绍|表示|出台|推出|部署|通过|主任|局长|部长|司长|发言人|消息)"
)
ADDRESSED = re.compile(r"各省、自治区、直辖市|全国各族人民")
COUNTRY = re.compile(r"全国(?!百强|文明|卫生[城县]|第|先进|首)|我国|中国(?!共产党|特色|式)")


def speaks_for_the_country(view: View, region: Region) -> Field | None:
    """Read that a page is national: from its issuer, whom it addresses, who acts in its opening, or how often it says 我国.

    A page that only mentions 国务院 in passing is of no known level.
    """
    body = view.of("body")
    beside = [*body[:4], *body[4:][-8:]]  # whom it addresses, who signs it; amid the text stand headings
    head = [*view.of("title", "meta"), *(row for row in beside if len(row.text) <= 40)]
    for row in head:
        if match := NATION.search(row.text):
            return view.field(
                "national", row.start + match.start(), row.start + match.end(), "issuer", 0.8
            )
    for pattern, reach in ((ADDRESSED, 1500), (ACTS, 400)):
        if match := pattern.search(view.text[:reach]):
            return view.field("national", match.start(), match.end(), "opening", 0.7)
    said = list(COUNTRY.finditer(view.text[:3000]))
    if said and (len(said) >= 3 or region.rule == "speaks for the whole country"):
        return view.field("national", said[0].start(), said[0].end(), "speaks of the country", 0.5)
    return None


def with_given(read: Card, given: Mapping[str, str]) -> Card:
    """Let the researcher's fields win; a place given anew replaces the whole path.

    >>> with_given(Card(), {"adcode": "510802"}).city.value
    '广元市'
    """
    own = {
        name: Field(value, "", -1, -1, "sources.csv", 1.0)
        for name, value in given.items()
        if name
        in {field.name for field in fields(Card)}
        - {"cited", "province", "city", "county", "adcode"}
        and value
    }
    if day := (given.get("issued") or given.get("published")):
        own["year"] = Field(day[:4], "", -1, -1, "sources.csv", 1.0)
    place = given_place(given)
    if place:
        path = {
            "province": place.province,
            "city": place.city,
            "county": place.county,
            "adcode": place.code,
        }
        own |= {
            name: Field(value, "", -1, -1, "sources.csv" if value else "", 1.0)
            for name, value in path.items()
        }
        if not given.get("level"):
            own["level"] = Field(place.level, "", -1, -1, "sources.csv", 1.0)
    return replace(read, **own) if own else read  # type: ignore[arg-type]


def given_place(given: Mapping[str, str]) -> Place | None:
    """Find the place that the given fields name, the smallest unit first."""
    if place := places.by_code(given.get("adcode", "")):
        return place
    chain = [
        name for name in (given.get("province"), given.get("city"), given.get("county")) if name
    ]
    chain = chain or [given.get("region", "")]
    options: tuple[Place, ...] = ()
    for name in chain:
        try:
            found: tuple[Place, ...] = (places.province(name),)
        except KeyError:
            found = places.named(name)
        inner = tuple(place for place in found if any(place.within(above) for above in options))
        options = inner if options else found
        if not options:
            return None
    paths = {place.code for place in options if place.current} or {place.code for place in options}
    return options[0] if len(paths) == 1 or (options and options[0].level == "province") else None


def genre_label(genre: str) -> str:
    """Give the Chinese name of a genre."""
    return LABELS[genre]
