"""Addresses: stable, ASCII, relative, and quotes lead to their sentence."""

import pytest

from yigai.publish import addresses

SENTENCES = [
    {"doc": "a", "passage": 1, "sentence": 1, "start": 0, "end": 3, "text": "标题一"},
    {"doc": "a", "passage": 2, "sentence": 2, "start": 4, "end": 11, "text": "实行，打包付费"},
]


@pytest.fixture
def to():
    index = addresses.Index("标题一\n实行，打包付费", SENTENCES)
    parts = {("a", "s-1-1"): 1, ("a", "s-2-2"): 2}
    return addresses.Addresses({"a": "a"}, {"a": index}, parts, {("a", "1"): "1", ("a", "2"): "2"})


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param({"doc": "a", "sentence": 1}, "evidence/a.html#s-1-1", id="by the number of the sentence"),
        pytest.param({"doc": "a", "start": 6}, "evidence/a-2.html#s-2-2", id="by a place in the clean text"),
        pytest.param({"doc": "a", "start": float("nan"), "quote": "打包付费"}, "evidence/a-2.html#s-2-2", id="by the words"),
        pytest.param({"doc": "a", "start": -1, "quote": "打包…"}, "evidence/a-2.html#s-2-2", id="by words cut short"),
        pytest.param({"doc": "a", "quote": "实行,打包"}, "evidence/a-2.html#s-2-2", id="by words with half-width marks"),
        pytest.param({"doc": "a", "quote": "没有这句"}, "", id="words that are nowhere lead nowhere"),
        pytest.param({"doc": "b", "quote": "打包付费"}, "", id="an unknown document leads nowhere"),
        pytest.param({"doc": "a", "quote": None}, "", id="no words lead nowhere"),
    ],
)
def test_a_row_leads_to_its_sentence(to, row, expected):
    assert to.sentence(row) == expected


@pytest.mark.parametrize("name", ["../../x", "a/b", "CON ", "医改", "<img src=x>", "A", "", "a" * 300, "\ud800"])
def test_slugs_are_plain_and_different(name):
    made = addresses.slug(name)
    assert made == addresses.slug(name)
    assert made.isascii() and len(made) < 90 and not set(made) & set("/\\.<>\" '")
    assert made != addresses.slug(name + "x")


def test_plain_names_stay():
    assert addresses.slug("003_2413c379a4dd75fe") == "003_2413c379a4dd75fe"


def test_an_anchor_on_the_same_page_is_only_an_anchor():
    assert addresses.relative("cases/a.html#d-PAY", "cases/a.html") == "#d-PAY"
