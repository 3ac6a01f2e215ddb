"""Drawings on a page: what draws comes through, what acts does not, words are masked and in one language."""

from pathlib import Path

import pytest
from lxml import html

from yigai.publish import drawings

VECTORS = Path(__file__).with_name("vectors.txt").read_text("utf-8").splitlines()
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 300 100">'


def drawn(inside, lang="en"):
    found = drawings.drawing(f"{HEAD}{inside}</svg>", lang, lambda text: text.replace("何庆光", "何××"))
    return found and str(found.html)


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        ('<path d="M 0 0 L 1 1 z" style="fill: #0072b2; stroke: #fff"/>', '<path d="M 0 0 L 1 1 z" fill="#0072b2" stroke="#fff"></path>'),
        ('<text style="font-size: 9px; text-anchor: end" x="50" y="5">医改</text>', '<text x="50" y="5" font-size="9" text-anchor="end">医改</text>'),
        ('<defs><path id="a1" d="M0 0"/></defs><use xlink:href="#a1" x="3"/>', '<use href="#a1" x="3"></use>'),
        ('<g clip-path="url(#c1)"><rect width="3"/></g>', '<g clip-path="url(#c1)"><rect width="3"></rect></g>'),
    ],
    ids=["a path", "a text", "a local reference", "a clip"],
)
def test_what_draws_comes_through(inside, kept):
    assert kept in drawn(inside)


@pytest.mark.parametrize(
    "inside",
    [
        '<rect onclick="alert(1)"/>', '<use xlink:href="https://evil.example/#a"/>', '<use href="javascript:alert(1)"/>', '<rect style="fill: url(https://evil.example)"/>',
        '<rect fill="url(//evil.example)"/>', '<g style="background:url(x)" class="top skip" id="main"><text>a</text></g>', '<text x="1&quot; onload=&quot;x">a</text>',
    ],
)  # fmt: skip
def test_what_acts_or_asks_does_not(inside):
    found = drawn(inside)
    for element in html.fragment_fromstring(found, create_parent="div").iter():
        assert not [name for name in element.attrib if name.startswith("on") or name in {"style", "class"}]
    assert "evil" not in found and "javascript" not in found


@pytest.mark.parametrize("inside", ['<image href="data:image/png;base64,AAAA"/>', "<foreignObject/>", '<a href="x"/>', "<script>1</script>", "<animate/>"])
def test_what_is_no_drawing_is_left_to_the_picture(inside):
    assert drawn(inside) is None


def test_words_of_vectors_are_only_words():
    from markupsafe import escape

    for vector in VECTORS:
        safe = "".join(sign for sign in vector if sign >= " ")
        found = drawn(f"<text>{escape(safe)}</text>")
        assert [element.tag for element in html.fragment_fromstring(found, create_parent="div").iter()] == ["div", "svg", "text"]


def test_names_are_masked():
    assert "何××" in drawn("<text>联系人何庆光</text>") and "何庆光" not in drawn("<text>联系人何庆光</text>")


def test_a_caption_leaves_the_drawing_for_the_page():
    inside = '<g class="caption" data-en="n = 5 documents, 4 regions." data-zh="五份"><text x="3" y="80">n = 5</text></g>'
    for lang, said in (("en", "n = 5 documents, 4 regions."), ("zh", "五份")):
        found = drawings.drawing(f"{HEAD}<rect/>{inside}</svg>", lang, str)
        assert found.caption == said and "n = 5" not in found.html and 'viewBox="0 0 300 68"' in found.html


def test_a_longer_label_widens_the_drawing():
    assert 'viewBox="0 0 300 100"' in drawn('<text style="font-size: 9px; text-anchor: end" x="80" y="9">甲</text>')
    assert 'viewBox="-' in drawn('<text style="font-size: 9px; text-anchor: end" x="40" y="9">Lizhou District, a reply</text>')


@pytest.mark.parametrize("text", ["", "<svg", "<svg/>", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e99 1"/>', '<html xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'])
def test_broken_drawings_are_none(text):
    assert drawings.drawing(text, "en", str) is None
