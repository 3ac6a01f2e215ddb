"""Every page of the site: links lead somewhere, both editions agree, nothing acts, nothing leaks."""

import re
from itertools import pairwise
from pathlib import PurePosixPath
from urllib.parse import unquote

import pytest
from lxml import html

from yigai import publish
from yigai.publish import words

VOID_SCHEMES = ("https:", "http:", "javascript:", "data:", "//")


@pytest.fixture(scope="module")
def pages(site):
    return {str(path.relative_to(site)): html.parse(str(path)).getroot() for path in sorted(site.rglob("*.html"))}


def test_each_page_has_both_editions(pages):
    english = {path for path in pages if not path.startswith("zh/")}
    assert {path.removeprefix("zh/") for path in pages if path.startswith("zh/")} == english
    for path, page in pages.items():
        assert page.get("lang") == ("zh-Hans" if path.startswith("zh/") else "en")


def test_every_link_leads_to_a_file_and_an_anchor(site, pages):
    ids = {path: {element.get("id") for element in page.iter() if element.get("id")} for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        for element in page.xpath("//*[@href or @src]"):
            target = element.get("href") or element.get("src")
            file, _, anchor = target.partition("#")
            file = unquote(file.partition("?")[0])
            place = str(PurePosixPath(path).parent / file) if file else path
            parts = []
            for part in PurePosixPath(place).parts:
                parts = parts[:-1] if part == ".." else [*parts, part]
            place = "/".join(parts)
            if not (site / place).is_file() or (anchor and unquote(anchor) not in ids.get(place, ())):
                broken.append((path, target))
    assert not broken


def test_pages_ask_no_other_host_and_carry_no_script(pages):
    for path, page in pages.items():
        for element in page.iter():
            names = [name for name in element.attrib if name.startswith("on") or name == "style"]
            assert not names, (path, names)
            for name in ("href", "src", "action"):
                assert not (element.get(name) or "").startswith(VOID_SCHEMES), path
        assert [element.get("src") for element in page.iter("script") if not element.get("src")] == []
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy and "unsafe" not in policy[0]


def test_headings_are_in_order_under_one_title(pages):
    for path, page in pages.items():
        levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels.count(1) == 1 and levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)


def test_pages_are_named_described_and_their_ids_unique(pages):
    titles = {}
    for path, page in pages.items():
        assert page.findtext(".//title").strip()
        assert page.xpath("//meta[@name='description']/@content")[0].strip(), path
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        titles.setdefault((path.startswith("zh/"), page.findtext(".//title")), []).append(path)
    assert not [paths for paths in titles.values() if len(paths) > 1]


def test_figures_have_words(pages):
    drawings = [drawing for page in pages.values() for drawing in page.xpath("//figure//*[local-name()='svg']")]
    assert drawings and all(drawing.get("role") == "img" and drawing.get("aria-label") is not None for drawing in drawings)
    assert all(image.get("alt") for page in pages.values() for image in page.iter("img"))
    assert all(figure.find("figcaption").text_content().strip() for page in pages.values() for figure in page.iter("figure") if figure.find("figcaption") is not None)


def test_a_figure_is_text_in_the_language_of_its_edition(pages):
    english, chinese = (pages[f"{edition}notebooks/01_clean.html"].text_content() for edition in ("", "zh/"))
    assert "no cue" in english and "未检出" not in english and "n = 3 documents, 3 regions. Gate" in english
    assert "未检出" in chinese and "no cue" not in chinese and "n = 3 份文档，3 个地区。可比性检验" in chinese


def test_the_english_edition_has_no_chinese_labels(pages):
    for path, page in pages.items():
        if not path.startswith("zh/") and "methodology" not in path:
            texts = page.xpath("//nav//text() | //h2//text()[not(ancestor::*[@lang='zh-Hans'])] | //label//text() | //button//text() | //th[@scope='col']//text()[not(ancestor::*[@lang='zh-Hans'])]")
            assert not [text for text in texts if re.search("[\u4e00-\u9fff]", text)], path


def test_changes_since_the_earlier_run_are_shown(pages):
    rows = pages["changes.html"].xpath("//tbody/tr")
    assert len(rows) == 3 and pages["changes.html"].xpath("//a[@href='cases/000.html#d-ORG']")
    assert pages["index.html"].xpath("//main//a[@href='changes.html']")
    assert "新增文档" in pages["zh/changes.html"].text_content()


def test_tables_of_pandas_lose_their_row_numbers_and_gaps(runs, tmp_path):
    frame = __import__("pandas").DataFrame({"doc": ["003", "000"], "value": [1.0, None]})
    made = publish.site(runs(tmp_path, outputs=[{"output_type": "display_data", "data": {"text/html": frame._repr_html_()}}]))
    table = html.parse(str(made / "notebooks/01_clean.html")).getroot().xpath("//div[@class='output']//table")[-1]
    assert [[cell.text_content() for cell in row] for row in table.iter("tr")] == [["doc", "value"], ["003", "1.0"], ["000", "–"]]


def test_weights(site):
    for path in site.rglob("*.html"):
        assert path.stat().st_size < (1_000_000 if path.name == "index.html" else 3_000_000)


def test_every_number_of_a_table_leads_to_its_sentence(pages):
    for path in ("numbers/index.html", "zh/numbers/index.html", "cases/000.html"):
        cells = pages[path].xpath("//table[contains(@class,'figures')]//td[@class='n']")
        assert cells and all("#s-" in cell.find("a").get("href") for cell in cells)


def test_a_cell_of_the_matrix_leads_to_quotes(pages):
    links = pages["index.html"].xpath("//td[contains(@class,'cell')]/a/@href")
    assert "cases/003.html#d-PAY" in links
    section = pages["cases/003.html"].xpath("//h3[@id='d-PAY']/..")[0]
    assert section.xpath(".//a[contains(@href,'#s-')]")


def test_the_editions_speak_their_language(pages):
    assert "阅读网页" not in pages["notebooks/01_clean.html"].text_content()
    assert "Reading the pages" not in pages["zh/notebooks/01_clean.html"].text_content()
    assert words.dimension("PAY").zh in pages["zh/index.html"].text_content()


def test_sentences_and_edits_have_anchors_in_both_columns(pages):
    page = pages["evidence/000.html"]
    assert page.get_element_by_id("s-2-2").text_content().startswith("我区自2014年10月")
    assert page.get_element_by_id("r-2-2").text_content().startswith("我区自201410月")
    repaired = page.get_element_by_id("s-2-2").xpath(".//a[@class='fix']")
    assert [link.text for link in repaired] == ["年", "利州区"]
    assert page.get_element_by_id(repaired[1].get("href")[1:]).text == "大发体育在线:"


def test_nothing_of_the_building_machine_or_of_private_persons_is_shown(site, run):
    for path in site.rglob("*"):
        if path.suffix in {".html", ".js", ".csv", ".json", ".svg"}:
            text = path.read_text("utf-8")
            assert not re.search(r"/home/|/tmp/|" + re.escape(str(run)), text), path
            assert "何庆光" not in text and "3301234" not in text, path


def test_equal_runs_give_equal_bytes(site, runs, tmp_path):
    again = publish.site(runs(tmp_path))
    first = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    second = {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()}
    assert first == second


def test_a_long_document_is_split_and_its_links_follow(runs, tmp_path, monkeypatch):
    from yigai.publish import evidence

    monkeypatch.setattr(evidence, "LARGEST", 3000)
    line = "推进医共体打包付费。"
    pages = {"long": ((f"长文\n{(line * 3 + chr(10)) * 40}", f"长文\n{(line * 3 + chr(10)) * 40}", ""),)}
    made = publish.site(runs(tmp_path, pages))
    assert (made / "evidence/long-3.html").is_file()
    last = html.parse(str(made / "dimensions/PAY.html")).getroot().xpath("//a[contains(@href,'#s-')]/@href")[-1]
    file, _, anchor = last.partition("#")
    assert html.parse(str(made / "dimensions" / file)).getroot().get_element_by_id(anchor) is not None


def test_a_ledger_that_does_not_replay_is_said_on_the_page(runs, tmp_path):
    made = publish.site(runs(tmp_path, change=lambda tables: tables | {"edits": tables["edits"].assign(after="假")}))
    assert "does not rebuild" in (made / "evidence/003.html").read_text("utf-8")


def test_missing_tables_and_notebooks_leave_whole_pages(runs, tmp_path):
    made = publish.site(runs(tmp_path, change=lambda tables: {"documents": tables["documents"], "sentences": tables["sentences"]}))
    assert (made / "index.html").is_file() and (made / "terms.html").is_file()


def test_a_page_without_line_ends_is_cut_into_rows_and_stays_light(runs, tmp_path):
    raw = "推进醫共体打包付费。" * 3000
    pieces = (("长文\n", "长文\n", ""), *((("推进", "推进", ""), ("醫", "医", "script"), ("共体打包付费。", "共体打包付费。", "")) * 3000))
    made = publish.site(runs(tmp_path, {"long": pieces}))
    parts = sorted(made.glob("evidence/*.html"))
    assert all(path.stat().st_size < 3_000_000 for path in parts)
    assert sum(len(html.parse(str(path)).getroot().xpath("//div[starts-with(@id, 'l-')]")) for path in parts) > 5
    ids = [name for path in parts for name in html.parse(str(path)).getroot().xpath("//@id") if name.startswith(("s-", "r-", "e-"))]
    assert len(ids) == len(set(ids)) == 3 * 3000 + 2 and len(raw) == 30_000


def test_texts_that_are_not_there_leave_whole_pages(runs, tmp_path):
    out = runs(tmp_path)
    for folder in ("clean", "raw"):
        (out / folder / "003.txt").unlink()
    page = html.parse(str(publish.site(out) / "cases/003.html")).getroot()
    assert page.xpath("//section[@aria-labelledby='d-PAY']")
