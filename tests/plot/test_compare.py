"""Figures of the comparison: drawn without a warning, twice the same, with n and verdict under them."""

import numpy as np
import pandas as pd
import pytest

from yigai import compare, plot

CASES = ("利州区 2021", "营口市 2019", "阳泉市 2024")
NAMES = dict(zip("abc", CASES, strict=True))
NOTE = "n = 3 documents, 3 regions. Gate: cases are compared, not provinces."


def matrix():
    cells = [("医共体实行统一管理，人、财、物、事统一，成员单位十二家", "achieved"), ("到2025年全覆盖", "target"),
             ("no cue matched (未检出)", "")]  # fmt: skip
    return pd.DataFrame(
        [
            (dim, doc, *cells[(i + j) % 3])
            for i, dim in enumerate(["ORG", "PAY"])
            for j, doc in enumerate("abc")
        ],
        columns=["dimension", "doc", "statement", "status"],
    )


def profile(low=np.nan):
    rows = [("case", doc, label, share, low, low + 0.3, 3, 10, 1)
            for doc in "abc" for label, share in (("ORG", 0.4), ("PAY", 0.0))]  # fmt: skip
    return pd.DataFrame(
        rows, columns=["unit", "name", "label", "share", "low", "high", "count", "n", "documents"]
    )


def key(low=np.nan):
    return pd.DataFrame(
        [
            (name, term, 1.5, low, low + 1, 7, 2, term == "六统一")
            for name in CASES
            for term in ("六统一", "医共体")
        ],
        columns=["region", "term", "log_odds", "low", "high", "count", "documents", "one_document"],
    )


def pairs():
    return pd.DataFrame(
        [(CASES[0], CASES[1], 0.2, np.nan, np.nan), (CASES[0], CASES[2], 0.1, np.nan, np.nan),
         (CASES[1], CASES[2], 0.4, 0.3, 0.5)], columns=["a", "b", "similarity", "low", "high"])  # fmt: skip


def edges():
    tokens = {"1": ["医保", "支付", "药品"], "2": ["医保", "支付"], "3": ["医保", "药品"]}
    return compare.cowords(compare.presence(tokens))


def sensitivity():
    rows = [("baseline", "baseline", "closest pair", "甲", "甲", "yes"), ("lexicon", "no lexicon", "closest pair", "乙", "甲", "no"),
            ("unit", "passages", "closest pair", "", "甲", "")]  # fmt: skip
    return pd.DataFrame(
        rows, columns=["factor", "setting", "conclusion", "value", "baseline", "holds"]
    )


def gate():
    documents = pd.DataFrame(
        {"doc": ["a", "b"], "region": ["hunan", "shanxi"], "genre": ["plan", "news"]}
    )
    return compare.gate(documents, pd.DataFrame({"doc": ["a"], "text": ["推进医改。"]}))


def crosstab():
    rows = [
        ("SI", "ORG", 9, False),
        ("SI", "PAY", 1, True),
        ("DI", "ORG", 0, True),
        ("DI", "PAY", 6, False),
    ]
    return pd.DataFrame(rows, columns=["instrument", "dimension", "count", "small"])


FIGURES = {
    "matrix": lambda: plot.compare.matrix(matrix(), NAMES, labels={"ORG": "组织整合形式"}, note=NOTE),
    "attention": lambda: plot.compare.attention(profile(), NAMES, note=NOTE),
    "attention with intervals": lambda: plot.compare.attention(profile(0.2), NAMES, note=NOTE),
    "forest": lambda: plot.compare.forest(key(), note=NOTE),
    "forest with intervals": lambda: plot.compare.forest(key(0.9), note=NOTE),
    "likeness": lambda: plot.compare.likeness(compare.square(pairs()), pairs=pairs(), note=NOTE),
    "tree": lambda: plot.compare.tree(compare.dendrogram(compare.square(pairs())), note=NOTE),
    "network": lambda: plot.compare.network(edges(), note=NOTE),
    "crosswalk": lambda: plot.compare.crosswalk(profile(), NAMES, note=NOTE),
    "crosstab": lambda: plot.compare.crosstab(crosstab(), note=NOTE),
    "sensitivity": lambda: plot.compare.sensitivity(sensitivity(), note=NOTE),
    "gate": lambda: plot.compare.gate(gate()),
    "reuse": lambda: plot.compare.reuse(
        pd.DataFrame({"doc": ["a"], "share_shared": [0.5], "share_local": [0.2]}), NAMES, note=NOTE
    ),
}  # fmt: skip
each = pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES.keys())


@each
def test_same_bytes_twice_without_a_warning(draw):
    assert plot.svg(draw()) == plot.svg(draw())


@each
def test_the_verdict_stands_under_every_figure(draw):
    caption = draw().get_supxlabel().replace("\n", " ")
    assert "cases are compared, not provinces" in caption


def texts(fig):
    return [text.get_text() for axes in fig.axes for text in axes.texts]


def test_no_cue_is_never_drawn_as_zero_or_absence():
    assert "no cue 未检出" in texts(FIGURES["matrix"]())
    assert "–" in texts(FIGURES["attention"]()) and "0" not in texts(FIGURES["attention"]())


def test_intervals_are_drawn_only_where_there_are_any():
    lines = [len(FIGURES[name]().axes[0].lines) for name in ("forest", "forest with intervals")]
    assert lines[1] == lines[0] + 2
    assert "withheld by the gate" in FIGURES["forest"]().get_supxlabel().replace("\n", " ")


def test_many_cases_are_drawn_narrow_and_the_rest_is_named():
    docs = [f"d{place:03d}" for place in range(80)]
    table = pd.DataFrame(
        {"dimension": "ORG", "doc": docs, "statement": "统一管理", "status": "plan"}
    )
    fig = plot.compare.matrix(table, {doc: doc for doc in docs}, note=NOTE)
    assert fig.get_figwidth() < 20 and "20 more in the table" in fig.get_supxlabel().replace(
        "\n", " "
    )


EMPTY = {
    "attention": lambda: plot.compare.attention(profile().head(0), NAMES, note=NOTE),
    "likeness": lambda: plot.compare.likeness(compare.square(pairs().head(0)), note=NOTE),
    "crosstab": lambda: plot.compare.crosstab(crosstab().head(0), note=NOTE),
}


@pytest.mark.parametrize("draw", EMPTY.values(), ids=EMPTY)
def test_an_empty_table_says_that_nothing_can_be_drawn(draw):
    fig = draw()
    assert texts(fig) == ["nothing to draw 无可绘制"]
    assert plot.svg(fig)


@pytest.mark.parametrize("names", [[], ["a"]])
def test_fewer_than_two_leaves_say_that_nothing_can_be_drawn(names):
    lone = pd.DataFrame(np.eye(len(names)), index=names, columns=names)
    fig = plot.compare.tree(compare.dendrogram(lone), note=NOTE)
    assert [text.get_text() for text in fig.axes[0].texts] == ["nothing to draw 无可绘制"]
    assert "cases are compared" in fig.get_supxlabel().replace("\n", " ")


def test_an_empty_keyness_table_is_an_empty_figure():
    assert plot.svg(plot.compare.forest(key().iloc[:0], note=NOTE))
    assert plot.svg(plot.compare.network(edges().iloc[:0], note=NOTE))
