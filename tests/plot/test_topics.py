"""plot.topics: the figures say what their tables say."""

import pandas as pd

from yigai import plot

TRIED = pd.DataFrame({
    "topics": [2, 3], "stability": [0.9, 0.6], "exclusivity": [0.8, 0.7], "coherence": [0.2, -0.1],
    "plateau": [True, False], "chosen": [True, False],
})  # fmt: skip
TABLE = pd.DataFrame({"topic": [0, 1], "label": ["医保、支付", "转诊"], "verdict": ["stable", "one document"]})
COUNTS = pd.DataFrame({"a": [3, 0], "b": [1, 2]}, index=pd.Index([0, 1], name="topic"))


def test_the_panel_shows_every_number_and_the_choice():
    fig = plot.topics.panel(TRIED, "2 topics; plateau 2")
    axes = fig.axes[0]
    assert axes.get_legend().get_texts()[0].get_text().startswith("stability")
    assert "2 topics" in fig.get_supxlabel()


def test_documents_carry_counts_and_verdicts():
    fig = plot.topics.documents(COUNTS, TABLE, {"a": "甲市 2021", "b": "乙县 2023"})
    axes = fig.axes[0]
    assert sorted(text.get_text() for text in axes.texts) == ["1", "2", "3"]
    assert [tick.get_text()[-1] for tick in axes.get_yticklabels()] == ["●", "◐"]


def test_no_topic_says_so():
    fig = plot.topics.documents(COUNTS.head(0), TABLE.head(0), {"a": "甲市 2021", "b": "乙县 2023"})
    assert [text.get_text() for text in fig.axes[0].texts] == ["nothing to draw 无可绘制"]
    assert plot.svg(fig)


def test_an_empty_panel_is_drawn():
    assert plot.svg(plot.topics.panel(TRIED.head(0), "no stable number of topics")).startswith("<svg")
