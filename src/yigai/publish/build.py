"""The site from top to bottom: every page in both languages, its figures, its index, its downloads."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import Any

from yigai import store
from yigai.publish import (
    cases,
    downloads,
    evidence,
    kept,
    markup,
    material,
    notebook,
    search,
    sheets,
)
from yigai.publish.addresses import Addresses, Index, anchor, in_language, slug
from yigai.publish.cases import Case
from yigai.publish.leaf import Leaf
from yigai.publish.leaves import by_region, document_leaves, leaves, own, shared_leaves
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
    yield from _printed(leaves(run, found, to), printer)
    keys = {one.case.doc: kept.key((printer.made_of, one)) for one in own(run, found)}
    for one in own(run, found):
        yield from kept.files(keys[one.case.doc], lambda: _printed(document_leaves(one, to), printer))  # noqa: B023 (called at once)
    for made_of, make in shared_leaves(run, found, to, keys):
        yield from kept.files(kept.key((printer.made_of, made_of)), lambda: _printed(make(), printer))  # noqa: B023
    shown = kept.key((keys, run.names))
    yield from _notebook_files(run, found, to, printer, shown)
    yield from assets()
    yield from kept.files(kept.key(("search", shown)), lambda: _search_files(run, found, to))
    yield from downloads.files(run)


def _printed(pages: Iterable[Leaf], printer: Printer) -> Iterator[tuple[str, bytes]]:
    """The pages in both editions."""
    for leaf in pages:
        for lang in LANGUAGES:
            path = in_language(leaf.path, lang)
            yield path, printer.page(leaf.template, path, lang, leaf.title, leaf.description, leaf.shows)


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


@dataclass(frozen=True)
class _Wanted:
    """One page of a notebook to be made: the notebook's name, the page's place, the cases of its region."""

    name: str
    path: str
    inside: Sequence[Case] = ()


def _notebook_files(
    run: Material, found: Sequence[Case], to: Addresses, printer: Printer, shown: str
) -> Iterator[tuple[str, bytes]]:
    """The pages of the notebooks with their figures and their list; ``shown`` names all that is shown of documents."""
    wanted = [_Wanted(name, f"notebooks/{slug(name)}.html") for name in run.notebooks if not name.startswith("region_")]
    wanted += [_Wanted(f"region_{region}", f"regions/{region}.html", inside) for region, inside in by_region(found).items()]
    finder = cache(lambda: sheets.Finder(run, to, found))
    known = {stem: target for stem, target in sheets.prose_pages(run).items() if target in {one.path for one in wanted} or "methodology" in target}
    figures: dict[str, bytes] = {}
    for lang in LANGUAGES:
        listing = []
        for one in wanted:
            book = run.notebooks.get(one.name, {})
            name = kept.key((shown, printer.made_of, json.dumps(book, sort_keys=True), one, lang, known))
            draw = partial(_notebook_page, one, book, lang, partial(_sheet, run, finder, known), printer, to)
            (_, title), page, *drawn = kept.files(name, draw)
            yield page
            figures |= dict(drawn)
            if not one.inside:
                listing.append((one.path, title.decode()))
        about = Pair("The executed notebooks that measured the corpus", "测量语料的已执行笔记")
        here = in_language("notebooks/index.html", lang)
        yield here, printer.page("notebooks.html", here, lang, Pair("Notebooks", "分析笔记"), about, {"list": listing})
    yield from sorted(figures.items())


def _sheet(
    run: Material, finder: Callable[[], sheets.Finder], known: Mapping[str, str], book: Mapping[str, Any], path: str, lang: str
) -> notebook.Sheet:
    return notebook.sheet(book, lang, run.masked, sheets.FromPage(finder(), path), partial(markup.with_links, known=known, page=path))


def _notebook_page(
    one: _Wanted, book: Mapping[str, Any], lang: str, sheet: Callable[..., notebook.Sheet], printer: Printer, to: Addresses
) -> Iterator[tuple[str, bytes]]:
    """The title of a notebook in one edition, its page, and the figures that are files."""
    page = sheet(book, one.path, lang)
    title = _sheet_title(page.title, one.name, one.inside, lang)
    yield "", title.encode()
    here = in_language(one.path, lang)
    shows = {"sheet": page, "name": one.name, "inside": one.inside, "to": to}
    yield here, printer.page("notebook.html", here, lang, Pair(title, title), Pair(title, title), shows)
    yield from ((figure.path, figure.data) for figure in page.figures)


def _sheet_title(title: str, name: str, inside: Sequence[Case], lang: str) -> str:
    if not inside:
        return title or name
    region = inside[0].region_name.of(lang)
    colon = "：" if lang == "zh" else ": "
    return title if region in title else f"{region}{colon}{title}" if title else region


def _search_files(run: Material, found: Sequence[Case], to: Addresses) -> Iterator[tuple[str, bytes]]:
    numbers = {one.doc: number for number, one in enumerate(found)}
    entries = [
        search.Entry(str(row["text"]), numbers[str(row["doc"])], to.evidence(str(row["doc"]), anchor(row["passage"], row["sentence"])))
        for row in run.records("sentences")
        if str(row["doc"]) in numbers
    ]
    scripts = search.scripts(entries, [(one.title, one.label.en, one.label.zh, one.year) for one in found])
    yield from ((path, script.encode()) for path, script in scripts)


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
