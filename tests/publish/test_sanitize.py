"""What passes to the site: text, tables and drawings, nothing that acts."""

import base64
import re
import struct
import zlib
from pathlib import Path

import pytest

from yigai.publish import markup, notebook, sanitize

VECTORS = Path(__file__).with_name("vectors.txt").read_text("utf-8").splitlines()
ACTING = re.compile(r"<(?:script|iframe|object|embed|svg|math|img|video|form|input|style|link|meta|base)\b|\son\w+\s*=\s*[\"'\w]|javascript:", re.IGNORECASE)


def tags_of(html):
    return re.findall(r"<[^<>]*>", html)


@pytest.mark.parametrize("vector", VECTORS)
def test_no_vector_leaves_a_tag_that_acts(vector):
    for clean in (sanitize.output_html, sanitize.prose_html):
        assert not any(ACTING.search(tag) for tag in tags_of(clean(vector)))


@pytest.mark.parametrize("vector", VECTORS)
def test_no_vector_acts_as_a_drawing(vector):
    drawn = sanitize.drawing(f'<svg xmlns="http://www.w3.org/2000/svg">{vector}</svg>') or b""
    assert b"<script" not in drawn and b"alert" not in re.sub(rb">[^<]*<", b"><", drawn)


def test_tables_keep_their_shape():
    html = "<table><thead><tr><th>城市</th></tr></thead><tbody><tr><td>营口</td></tr></tbody></table>"
    assert sanitize.output_html(html) == html


def test_outputs_lose_links_and_prose_keeps_https():
    assert sanitize.output_html('<a href="https://spam.example">赌</a>') == "赌"
    assert 'href="https://doi.org/1"' in sanitize.prose_html('<a href="https://doi.org/1">源</a>')
    assert "href" not in sanitize.prose_html('<a href="http://spam.example">赌</a>')


@pytest.mark.parametrize(
    "svg",
    [
        '<rect onclick="alert(1)"/>',
        '<a href="javascript:alert(1)"><rect/></a>',
        '<image href="http://spam.example/x.png"/>',
        '<image href="data:image/svg+xml,spam"/>',
        '<use href="http://spam.example/x.svg#a"/>',
        '<rect fill="url(http://spam.example/x)"/>',
        '<style>@import url(http://spam.example)</style>',
        "<metadata>/home/li/x</metadata>",
        "<foreignObject><p>x</p></foreignObject>",
    ],
)
def test_drawings_reach_nobody(svg):
    drawn = sanitize.drawing(f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{svg}</svg>')
    assert not re.search(rb"spam|alert|home|foreign", drawn)


def test_drawings_keep_what_they_draw():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><defs><path id="a" d="M0 0"/></defs><use href="#a" fill="url(#g)"/></svg>'
    assert sanitize.drawing(svg).decode() == svg


def test_a_heat_map_keeps_its_raster_without_metadata():
    inside = base64.b64encode(png((b"tEXt", b"Software\0/home/li/x"))).decode()
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="data:image/png;base64,{inside}"/></svg>'
    assert base64.b64encode(png()) in sanitize.drawing(svg)


@pytest.mark.parametrize("text", ["", "no svg", "<svg", "<html/>", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'])
def test_what_is_no_drawing_is_left_out(text):
    assert sanitize.drawing(text) is None


def png(*extra):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    body = [(b"IHDR", struct.pack(">IIBBBBB", 2, 1, 8, 0, 0, 0, 0)), *extra, (b"IDAT", zlib.compress(b"\0ab")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in body)


def test_pictures_lose_their_metadata():
    kept = sanitize.picture(base64.b64encode(png((b"tEXt", b"Software\0/home/li/x"), (b"tIME", b"1234567"))).decode())
    assert kept == png()
    assert sanitize.png_size(kept) == (2, 1)


@pytest.mark.parametrize("text", ["", "%%%", base64.b64encode(b"GIF89a").decode()])
def test_what_is_no_picture_is_left_out(text):
    assert sanitize.picture(text) is None


def sheet(cells, lang="en"):
    return notebook.sheet({"cells": cells}, lang, lambda text: text, markup.NoFinder())


def output(**data):
    return [{"cell_type": "code", "metadata": {}, "source": "", "outputs": [{"output_type": "display_data", "data": data}]}]


@pytest.mark.parametrize("mime", ["application/javascript", "application/vnd.jupyter.widget-view+json", "application/pdf", "text/latex", "image/jpeg"])
def test_other_types_of_output_are_left_out(mime):
    assert sheet(output(**{mime: "alert(1)"})).blocks == []


def test_headings_go_down_one_level_at_a_time():
    page = sheet([{"cell_type": "markdown", "metadata": {}, "source": "# 题\n\n## 一\n\n#### 深\n\n# 二"}])
    assert page.title == "题"
    assert [(level, text) for level, text, _ in page.outline.entries] == [(2, "一"), (3, "深"), (2, "二")]


def test_equal_headings_get_different_anchors():
    page = sheet([{"cell_type": "markdown", "metadata": {}, "source": "# 题\n\n## 一\n\n## 一"}])
    assert len({anchor for _, _, anchor in page.outline.entries}) == 2


@pytest.mark.parametrize(("lang", "kept"), [("en", "English"), ("zh", "中文")])
def test_a_tagged_cell_stands_in_its_edition_only(lang, kept):
    cells = [
        {"cell_type": "markdown", "metadata": {"tags": [f"lang-{tag}"]}, "source": text}
        for tag, text in (("en", "English"), ("zh", "中文"))
    ]
    assert [markup.text_of(block["html"]).strip() for block in sheet(cells, lang).blocks] == [kept]


def test_warnings_are_not_published():
    cell = {"cell_type": "code", "metadata": {}, "source": "", "outputs": [{"output_type": "stream", "name": "stderr", "text": "/home/li/x.py: Warning"}]}
    assert sheet([cell]).blocks == []


def test_the_chinese_edition_names_columns_and_values():
    html = "<table><thead><tr><th>doc</th><th>status</th><th>quote</th></tr></thead><tbody><tr><td>000</td><td>plan</td><td>plan</td></tr></tbody></table>"
    found = markup.fragment(html, markup.Outline(), markup.NoFinder(), "zh")
    assert re.findall(r">([^<>]+)<", found) == ["文档", "状态", "引文", "000", "计划", "plan"]


class Known(markup.NoFinder):
    def quoted(self, text, row):
        return "e.html#s-1-1" if text == "原句在此" else ""

    def counted(self, row, column):
        return f"c.html#{row[0]}-{column}"


def test_a_count_links_to_what_it_counts():
    html = "<table><thead><tr><th>doc</th><th>ORG</th><th>PAY</th></tr></thead><tbody><tr><th>000</th><td>8</td><td>0</td></tr></tbody></table>"
    found = markup.fragment(html, markup.Outline(), Known())
    assert '<a href="c.html#000-ORG">8</a>' in found and ">0</td>" in found


def test_a_number_links_where_its_row_quotes():
    html = "<table><tbody><tr><td>原句在此</td><td>90</td></tr></tbody></table>"
    found = markup.fragment(html, markup.Outline(), Known())
    assert '<a href="e.html#s-1-1" data-ref="e 1.1">90</a>' in found
