"""The site from top to bottom: every page in both languages, its figures, its index, its downloads."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

from yigai import store
from yigai.publish import (
    cases,
    columns,
    downloads,
    evidence,
    markup,
    material,
    notebook,
    search,
    sheets,
    views,
    words,
)
from yigai.publish.addresses import Addresses, Index, anchor, in_language, slug
from yigai.publish.cases import Case
from yigai.publish.leaf import Leaf
from yigai.publish.material import Material
from yigai.publish.render import Printer, thousands
from yigai.publish.words import LANGUAGES, Pair

#: Parts of the site in the order of the menu: address, name.
MENU = (
    ("cases/index.html", Pair("Cases", "案例")),
    ("dimensions/index.html", Pair("Dimensions", "维度")),
    ("numbers/index.html", Pair("Numbers", "数字")),
    ("topics.html", Pair("Topics", "主题")),
    ("terms.html", Pair("Terms", "特征词")),
    ("regions/index.html", Pair("Regions", "地区")),
    ("notebooks/index.html", Pair("Notebooks", "分析笔记")),
    ("methodology/index.html", Pair("Methods", "方法")),
    ("data.html", Pair("Data", "数据")),
)


def site(out: Path) -> Path:
    """Build ``<out>/site`` from the notebooks, tables, texts and manifest in ``out``; returns its folder.

    Raises FileNotFoundError when ``out`` has no documents table, store.Environment when it cannot be written.
    """
    folder = out / "site"
    if folder.exists():
        shutil.rmtree(folder)
    store.write_tree(folder, files(material.read(out)))
    return folder


def files(run: Material) -> Iterator[tuple[str, bytes]]:
    """Every file of the site by its path, in a fixed order."""
    found = cases.cases(run)
    to = _addresses(run, found)
    printer = Printer(MENU, run.manifest, _bound(run))
    for leaf in _leaves(run, found, to):
        for lang in LANGUAGES:
            path = in_language(leaf.path, lang)
            yield path, printer.page(leaf.template, path, lang, leaf.title, leaf.description, leaf.shows)
    yield from _notebook_files(run, found, to, printer)
    yield from assets()
    yield from ((path, script.encode()) for path, script in _search_files(run, found, to))
    yield from downloads.files(run)


def _bound(run: Material) -> Pair | None:
    """What a page says where it shows some of many documents; None where it shows all."""
    if run.whole is None:
        return None
    shown, whole = thousands(len(run.pages)), thousands(run.whole.documents)
    en = f"{shown} of {whole} documents are shown here, some of every region and all that the figures quote;"
    zh = f"此处显示 {whole} 份文档中的 {shown} 份：各地区若干份及图表所引文档；"
    if run.whole.given:
        return Pair(f"{en} the tables hold all of them.", f"{zh}数据表载有全部文档。")
    return Pair(
        f"{en} so do the tables to download. Counts are of all documents; their rows stand in the folder of the run, beside the site.",
        f"{zh}可下载的数据表亦然。计数为全部文档；其余各行见运行结果文件夹（在本站之外）。",
    )


def _addresses(run: Material, found: Sequence[Case]) -> Addresses:
    by_doc = run.of("sentences")
    parts: dict[tuple[str, str], int] = {}
    for one in found:
        if evidence.may_be_split(run.pages[one.doc], by_doc.get(one.doc, [])):
            parts |= _parts(one.doc, evidence.sheets(run.pages[one.doc], by_doc.get(one.doc, [])))
    passages = {(doc, str(row["sentence"])): str(row["passage"]) for doc, rows in by_doc.items() for row in rows}
    indexes = {one.doc: Index(run.pages[one.doc].clean, by_doc.get(one.doc, [])) for one in found}
    return Addresses({one.doc: slug(one.doc) for one in found}, indexes, parts, passages)


def _parts(doc: str, drawn: Sequence[evidence.Sheet]) -> dict[tuple[str, str], int]:
    """The number of the evidence page of each anchor that does not stand on the first one."""
    return {
        (doc, name): number
        for number, sheet in enumerate(drawn[1:], 2)
        for row in sheet.rows
        for name in (*row["names"], f"l-{row['number']}")
    }


def _leaves(run: Material, found: Sequence[Case], to: Addresses) -> Iterator[Leaf]:
    coded = {doc: cases.coded(rows) for doc, rows in run.of("codes").items()}
    by_doc = {one.doc: one for one in found}
    yield from _comparison_leaves(run, found, coded, to)
    yield from _document_leaves(run, found, coded, to)
    yield from _list_leaves(run, by_doc, to)
    yield from sheets.methodology_leaves(_prose_pages(run))
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


def _comparison_leaves(run: Material, found: Sequence[Case], coded: views.Coded, to: Addresses) -> Iterator[Leaf]:
    seen = views.glance_of_all(run.whole, found) if run.whole else views.glance(found, coded, to)
    regions = _regions(run, found)
    shows = {
        "glance": seen, "cases": found, "gate": views.gate(run), "verdict": views.verdict(run), "tiles": views.tiles(run.whole.regions if run.whole else Counter(one.region for one in found), list(regions)),
        "regions": regions, "to": to, "totals": _totals(run), "changes": run.total("changes"),
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
    for row in seen["rows"]:
        entry = words.codebook().get("dimensions", {}).get(row["code"], {})
        saying = [one for one in found if row["code"] in coded.get(one.doc, {})]
        shown = views.some_of_each_region(saying)
        groups = [(one, cases.quotes(coded[one.doc][row["code"]], to, code=row["code"])) for one in shown]
        yield Leaf(
            f"dimensions/{row['code']}.html", "dimension.html", row["name"],
            Pair(f"{row['name'].en}: what each case says, sentence by sentence", f"{row['name'].zh}：各案例原句"),
            {"row": row, "definition": entry.get("definition", ""), "method": sheets.methodology_pages().get(f"dimension_{row['code']}", ""), "groups": groups, "hidden": len(saying) - len(shown), "to": to},
        )  # fmt: skip


def _document_leaves(run: Material, found: Sequence[Case], coded: views.Coded, to: Addresses) -> Iterator[Leaf]:
    """The case page and the evidence pages of each document, one document after the other."""
    rows = {str(row["doc"]): row for row in run.records("documents")}
    names = ("codes", "indicators", "duties", "timeline", "programmes", "matrix", "synopses", "sentences")
    tables = {name: run.of(name) for name in names}
    for place, one in enumerate(found):
        own = {name: table.get(one.doc, []) for name, table in tables.items()}
        drawn = evidence.sheets(run.pages[one.doc], own["sentences"])
        laid = [_Range(row["number"], row["raw_span"]) for sheet in drawn for row in sheet.rows]
        shows = {
            "case": one, "to": to, "flags": [words.flag(name) for name in cases.split(rows[one.doc].get("flags"))],
            "card": cases.card(rows[one.doc], run.pages[one.doc], laid, to),
            "counts": cases.status_counts(own["codes"]), "synopsis": views.synopsis(own["synopses"], to),
            "dense": cases.synopsis(own["codes"], to),
            "most": views.MOST_ENTRIES,
            "dimensions": [
                {"code": code, "name": words.dimension(code), "counts": cases.status_counts(said),
                 "quotes": cases.led(cases.quotes(said, to, code=code), own["matrix"], code)}
                for code, said in coded.get(one.doc, {}).items()
            ],
            "indicators": views.indicators(own["indicators"], to), "duties": views.duties(own["duties"], to),
            "timeline": views.timeline(own["timeline"], to), "programmes": views.programmes(own["programmes"], to),
            "previous": found[place - 1] if place else None,
            "following": found[place + 1] if place + 1 < len(found) else None,
        }  # fmt: skip
        yield Leaf(
            to.case(one.doc), "case.html", Pair(one.title, one.title),
            Pair(f"{one.label.en}: {one.genre.en}, {one.year}", f"{one.label.zh}：{one.genre.zh}，{one.year}"), shows,
        )  # fmt: skip
        yield from _evidence_leaves(run, one, drawn, to)


@dataclass(frozen=True)
class _Range:
    number: int
    raw: tuple[int, int]


def _evidence_leaves(run: Material, one: Case, parts: Sequence[evidence.Sheet], to: Addresses) -> Iterator[Leaf]:
    page = run.pages[one.doc]
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
    pages = views.paged(views.indicators(run.records("indicators"), to))
    for number, rows in enumerate(pages, 1):
        path = f"numbers/{'index' if number == 1 else number}.html"
        yield Leaf(
            path, "numbers.html", Pair("Numbers", "数字") if number == 1 else Pair(f"Numbers, page {number}", f"数字，第 {number} 页"),
            Pair("Every number promised, ruled or reported, with its sentence", "每个承诺、规定或报告的数字及其原句"),
            {"rows": rows, "by_doc": by_doc, "to": to, "number": number, "pages": len(pages)},
        )  # fmt: skip
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


def _regions(run: Material, found: Sequence[Case]) -> dict[str, list[Case]]:
    regions: dict[str, list[Case]] = {}
    for one in found:
        regions.setdefault(one.region, []).append(one)
    return dict(sorted(regions.items()))


def _totals(run: Material) -> dict[str, int]:
    return {name: run.total(name) for name in ("documents", "sentences", "edits", "codes", "indicators")}


def _notebook_files(run: Material, found: Sequence[Case], to: Addresses, printer: Printer) -> Iterator[tuple[str, bytes]]:
    regions = _regions(run, found)
    listing: dict[str, list[tuple[str, str]]] = {lang: [] for lang in LANGUAGES}
    figures: dict[str, bytes] = {}
    wanted: list[tuple[str, str, list[Case]]] = [(name, f"notebooks/{slug(name)}.html", []) for name in run.notebooks if not name.startswith("region_")]
    wanted += [(f"region_{region}", f"regions/{region}.html", inside) for region, inside in regions.items()]
    finder = sheets.Finder(run, to, found)
    known = {stem: target for stem, target in _prose_pages(run).items() if target in {path for _, path, _ in wanted} or "methodology" in target}
    for name, path, inside in wanted:
        for lang in LANGUAGES:
            here = in_language(path, lang)
            book = run.notebooks.get(name, {})
            page = notebook.sheet(book, lang, run.masked, sheets.FromPage(finder, path), partial(markup.with_links, known=known, page=path))
            figures |= {figure.path: figure.data for figure in page.figures}
            title = _sheet_title(page.title, name, inside, lang)
            if not inside:
                listing[lang].append((path, title))
            shows = {"sheet": page, "name": name, "inside": inside, "to": to}
            both = Pair(title, title)
            yield here, printer.page("notebook.html", here, lang, both, both, shows)
    about = Pair("The executed notebooks that measured the corpus", "测量语料的已执行笔记")
    for lang in LANGUAGES:
        here = in_language("notebooks/index.html", lang)
        yield here, printer.page("notebooks.html", here, lang, Pair("Notebooks", "分析笔记"), about, {"list": listing[lang]})
    yield from sorted(figures.items())


def _sheet_title(title: str, name: str, inside: Sequence[Case], lang: str) -> str:
    if not inside:
        return title or name
    region = inside[0].region_name.of(lang)
    colon = "：" if lang == "zh" else ": "
    return title if region in title else f"{region}{colon}{title}" if title else region


def _prose_pages(run: Material) -> dict[str, str]:
    """Where the notebooks and the methodology files stand on the site, by the stem of their file."""
    own = {name: f"notebooks/{slug(name)}.html" for name in run.notebooks if not name.startswith("region_")}
    regions = {name: f"regions/{name.removeprefix('region_')}.html" for name in run.notebooks if name.startswith("region_")}
    return own | regions | sheets.methodology_pages()


def _data_tables(run: Material) -> list[dict[str, Any]]:
    return [
        {
            "name": name, "about": columns.TABLES.get(name, Pair("", "")), "rows": downloads.rows(run, name),
            "excel": downloads.has_excel(run, name), "csv": downloads.has_csv(run, name),
            "columns": [(str(column), columns.heading(str(column)), columns.meaning(str(column))) for column in table],
        }
        for name, table in run.tables.items()
    ]


def _search_files(run: Material, found: Sequence[Case], to: Addresses) -> Iterable[tuple[str, str]]:
    numbers = {one.doc: number for number, one in enumerate(found)}
    entries = [
        search.Entry(str(row["text"]), numbers[str(row["doc"])], to.evidence(str(row["doc"]), anchor(row["passage"], row["sentence"])))
        for row in run.records("sentences")
        if str(row["doc"]) in numbers
    ]
    return search.scripts(entries, [(one.title, one.label.en, one.label.zh, one.year) for one in found])


def assets() -> Iterator[tuple[str, bytes]]:
    """Style, scripts and fonts as the package ships them."""
    package = resources.files("yigai")
    for name in ("icon.svg", "search.js", "site.js", "style.css"):
        yield f"assets/{name}", (package / "templates" / name).read_bytes()
    fonts = package / "data" / "fonts"
    for font in sorted(fonts.iterdir(), key=lambda item: item.name) if fonts.is_dir() else []:
        if font.name.endswith(".woff2"):
            yield "assets/yigai-sans.woff2", font.read_bytes()
            break
