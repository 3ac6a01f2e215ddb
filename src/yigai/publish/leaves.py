"""The pages of the site that come from tables: which there are, their titles, and what each shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from yigai.publish import cases, columns, downloads, evidence, glances, sheets, views, words
from yigai.publish.addresses import Addresses
from yigai.publish.cases import Case
from yigai.publish.glances import Coded
from yigai.publish.leaf import Leaf
from yigai.publish.material import Material, Page
from yigai.publish.words import Pair


def leaves(run: Material, found: Sequence[Case], to: Addresses) -> Iterator[Leaf]:
    """Every page that a template draws from the tables of several documents, in a fixed order."""
    yield from _comparison_leaves(run, found, to)
    yield from _list_leaves(run, {one.doc: one for one in found}, to)
    yield from sheets.methodology_leaves(sheets.prose_pages(run))
    yield Leaf(
        "changes.html", "changes.html", Pair("What changed since the earlier run", "与上次运行相比的变化"),
        Pair("What this run says otherwise than the one before it", "本次运行与上次运行的不同之处"), {"groups": views.changes(run, found, to)},
    )  # fmt: skip
    yield Leaf(
        "data.html", "data.html", Pair("Data", "数据"),
        Pair("Every table behind the site, with its codebook and checksums", "本站全部数据表、编码说明与校验和"),
        {"tables": _data_tables(run)},
    )  # fmt: skip
    yield Leaf(
        "search.html", "search.html", Pair("Search", "搜索"),
        Pair("Search every sentence of the cleaned texts", "搜索净文中的每个句子"),
    )  # fmt: skip


def _glance(run: Material, found: Sequence[Case], to: Addresses) -> Mapping[str, Any]:
    return glances.glance_of_all(run.whole, found) if run.whole else glances.glance(found, _coded(run), to)


def _coded(run: Material) -> Coded:
    return {doc: cases.coded(rows) for doc, rows in run.of("codes").items()}


def _comparison_leaves(run: Material, found: Sequence[Case], to: Addresses) -> Iterator[Leaf]:
    seen = _glance(run, found, to)
    regions = by_region(found)
    shows = {
        "glance": seen, "cases": found, "gate": views.gate(run), "verdict": views.verdict(run), "tiles": glances.tiles(run.whole.regions if run.whole else Counter(one.region for one in found), list(regions)),
        "regions": regions, "to": to, "totals": _totals(run), "numbers": views.kinds_of_numbers(run.tally("indicators", "class")), "changes": run.total("changes"),
    }  # fmt: skip
    yield Leaf(
        "index.html", "index.html", Pair("How do local health-care reform models differ?", "地方医改模式有何不同？"),
        Pair(
            "Local health-care reform in China compared by region, every number linked to the sentence it was read from",
            "按地区比较中国地方医改，每个数字都链接到原句",
        ),
        shows,
    )  # fmt: skip
    pages = views.paged(found, 1000)
    for number, part in enumerate(pages, 1):
        yield Leaf(
            f"cases/{'index' if number == 1 else f'page-{number}'}.html", "cases.html",
            Pair("Cases", "案例") if number == 1 else Pair(f"Cases, page {number}", f"案例，第 {number} 页"),
            Pair("The documents compared, with genre, level and year", "所比较的文档及其体裁、层级与年份"),
            {**shows, "cases": part, "number": number, "pages": len(pages)},
        )  # fmt: skip
    yield Leaf(
        "regions/index.html", "regions.html", Pair("Regions", "地区"),
        Pair("The regions of the corpus and their cases", "语料所涉地区及案例"), shows,
    )  # fmt: skip
    yield Leaf(
        "dimensions/index.html", "dimensions.html", Pair("Dimensions of reform", "改革维度"),
        Pair("What each reform model consists of, dimension by dimension", "各改革模式的构成，逐一维度"), shows,
    )  # fmt: skip


@dataclass(frozen=True)
class Own:
    """What the pages of one document are made of: nothing else stands on them."""

    case: Case
    card: Mapping[str, Any]
    page: Page
    rows: Mapping[str, list[dict[str, Any]]]
    previous: tuple[str, Pair] | None
    following: tuple[str, Pair] | None


#: The tables that the pages of a document show.
OF_DOCUMENTS = ("codes", "indicators", "duties", "timeline", "programmes", "matrix", "synopses", "sentences")


def own(run: Material, found: Sequence[Case]) -> Iterator[Own]:
    """What the pages of each document are made of, one after the other."""
    cards = {str(row["doc"]): row for row in run.records("documents")}
    tables = {name: run.of(name) for name in OF_DOCUMENTS}
    beside = [None, *((one.doc, one.label) for one in found), None]
    for place, one in enumerate(found):
        rows = {name: table.get(one.doc, []) for name, table in tables.items()}
        yield Own(one, cards[one.doc], run.pages[one.doc], rows, beside[place], beside[place + 2])


def document_leaves(one: Own, to: Addresses) -> Iterator[Leaf]:
    """The case page and the evidence pages of a document."""
    case, rows = one.case, one.rows
    coded = cases.coded(rows["codes"])
    drawn = evidence.sheets(one.page, rows["sentences"])
    laid = [_Range(row["number"], row["raw_span"]) for sheet in drawn for row in sheet.rows]
    shows = {
        "case": case, "to": to, "flags": [words.flag(name) for name in cases.split(one.card.get("flags"))],
        "card": cases.card(one.card, one.page, laid, to),
        "counts": cases.status_counts(rows["codes"]), "synopsis": views.synopsis(rows["synopses"], to),
        "dense": cases.synopsis(rows["codes"], to),
        "most": views.MOST_ENTRIES,
        "dimensions": [
            {"code": code, "name": words.dimension(code), "counts": cases.status_counts(said),
             "quotes": cases.led(cases.quotes(said, to, code=code), rows["matrix"], code)}
            for code, said in coded.items()
        ],
        "indicators": views.indicators(rows["indicators"], to), "duties": views.duties(rows["duties"], to),
        "timeline": views.timeline(rows["timeline"], to), "programmes": views.programmes(rows["programmes"], to),
        "previous": one.previous, "following": one.following,
    }  # fmt: skip
    yield Leaf(
        to.case(case.doc), "case.html", Pair(case.title, case.title),
        Pair(f"{case.label.en}: {case.genre.en}, {case.year}", f"{case.label.zh}：{case.genre.zh}，{case.year}"), shows,
    )  # fmt: skip
    yield from _evidence_leaves(one.page, case, drawn, to)


Making = Callable[[], Iterator[Leaf]]


def shared_leaves(
    run: Material, found: Sequence[Case], to: Addresses, keys: Mapping[str, str]
) -> Iterator[tuple[object, Making]]:
    """What the pages that quote many documents are made of, and how; ``keys`` name what each document's pages are made of."""
    coded = cache(lambda: _coded(run))
    for row in _glance(run, found, to)["rows"]:
        method = sheets.methodology_pages().get(f"dimension_{row['code']}", "")
        yield (row["code"], row["name"], method, list(keys.values())), partial(_dimension_leaf, coded, found, to, row, method)
    pages = views.paged(run.records("indicators"))
    for number, rows in enumerate(pages, 1):
        quoted = [keys.get(doc, doc) for doc in dict.fromkeys(str(row["doc"]) for row in rows)]
        yield ("numbers", number, len(pages), rows, quoted), partial(_numbers_leaf, rows, number, len(pages), found, to)


def _dimension_leaf(
    coded: Callable[[], Coded], found: Sequence[Case], to: Addresses, row: Mapping[str, Any], method: str
) -> Iterator[Leaf]:
    code, name = row["code"], row["name"]
    entry = words.codebook().get("dimensions", {}).get(code, {})
    saying = [one for one in found if code in coded().get(one.doc, {})]
    shown = views.some_of_each_region(saying)
    groups = [(one, cases.quotes(coded()[one.doc][code], to, code=code)) for one in shown]
    yield Leaf(
        f"dimensions/{code}.html", "dimension.html", name,
        Pair(f"{name.en}: what each case says, sentence by sentence", f"{name.zh}：各案例原句"),
        {"row": row, "definition": entry.get("definition", ""), "method": method, "groups": groups, "hidden": len(saying) - len(shown), "to": to},
    )  # fmt: skip


def _numbers_leaf(
    rows: Sequence[Mapping[str, Any]], number: int, pages: int, found: Sequence[Case], to: Addresses
) -> Iterator[Leaf]:
    yield Leaf(
        f"numbers/{'index' if number == 1 else number}.html", "numbers.html",
        Pair("Numbers", "数字") if number == 1 else Pair(f"Numbers, page {number}", f"数字，第 {number} 页"),
        Pair("Every number promised, ruled or reported, with its sentence", "每个承诺、规定或报告的数字及其原句"),
        {"rows": views.indicators(rows, to), "by_doc": {one.doc: one for one in found}, "to": to, "number": number, "pages": pages},
    )  # fmt: skip


@dataclass(frozen=True)
class _Range:
    number: int
    raw: tuple[int, int]


def _evidence_leaves(page: Page, one: Case, parts: Sequence[evidence.Sheet], to: Addresses) -> Iterator[Leaf]:
    for number, sheet in enumerate(parts, 1):
        name = Pair(f"Evidence: {one.title}", f"证据：{one.title}")
        path = f"evidence/{to.slugs[one.doc]}{f'-{number}' if number > 1 else ''}.html"
        yield Leaf(
            path, "evidence.html", name,
            Pair("The cleaned page beside the raw page, every edit marked", "净文与原始页面对照，标出每处改动"),
            {
                "case": one, "rows": sheet.rows, "legend": evidence.families(page), "page": page, "to": to,
                "part": number, "parts": len(parts), "slug": to.slugs[one.doc],
            },
        )  # fmt: skip


def _list_leaves(run: Material, by_doc: Mapping[str, Case], to: Addresses) -> Iterator[Leaf]:
    yield Leaf(
        "topics.html", "topics.html", Pair("Topics", "主题"),
        Pair("What the passages talk about, with a verdict on each topic", "段落主题及其可靠性判断"),
        {"topics": views.topics(run, to), "by_doc": by_doc, "to": to},
    )  # fmt: skip
    yield Leaf(
        "terms.html", "terms.html", Pair("Terms that set regions apart", "地区特征词"),
        Pair("Keyness of terms by region, with intervals and sentences", "各地区特征词、区间与原句"),
        {"regions": views.terms(run, list(by_doc.values()), to), "verdict": views.verdict(run), "by_doc": by_doc, "to": to},
    )  # fmt: skip


def by_region(found: Sequence[Case]) -> dict[str, list[Case]]:
    """The cases of each region, by its name in addresses."""
    regions: dict[str, list[Case]] = {}
    for one in found:
        regions.setdefault(one.region, []).append(one)
    return dict(sorted(regions.items()))


def _totals(run: Material) -> dict[str, int]:
    return {name: run.total(name) for name in ("documents", "sentences", "edits", "codes", "indicators")}


def _data_tables(run: Material) -> list[dict[str, Any]]:
    return [
        {
            "name": name, "about": columns.TABLES.get(name, Pair("", "")), "rows": downloads.rows(run, name),
            "excel": downloads.has_excel(run, name), "csv": downloads.has_csv(run, name),
            "columns": [(str(column), columns.heading(str(column)), columns.meaning(str(column))) for column in table],
        }
        for name, table in run.tables.items()
    ]
