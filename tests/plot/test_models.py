"""Figures of the models: every tie, date and duty drawn or counted as left out, for one case and for two hundred."""

import pandas as pd
import pytest

from yigai import plot
from yigai.plot import models

NOTE = "Gate: cases are compared, not provinces."
STATUSES = ("achieved", "target", "plan", "rule", "background", "")


def names(n):
    return {f"d{i:03}": f"案例{i} 2021" for i in range(n)}


def timeline(n):
    rows = [
        (doc, when, f"到{when}年建成{i}个中心", status)
        for i, doc in enumerate(names(n))
        for when, status in (("2020", "achieved"), ("2020-01", "plan"), ("2025", "target"))
    ]
    return pd.DataFrame(rows, columns=["doc", "when", "what", "status"])


def duties(n):
    rows = [
        (doc, f"一/{k}", f"任务{k}", unit, role)
        for doc in names(n)
        for k in range(3)
        for unit, role in (("市卫健委", "lead"), (f"市{k}局", "support"), ("市医保局", "co-lead"))
    ]
    return pd.DataFrame(rows, columns=["doc", "task_path", "task", "unit", "role"])


def tightness(n):
    rows = [(doc, i % 5, "", STATUSES[i % 5] if i % 5 else "") for i, doc in enumerate(names(n))]
    return pd.DataFrame(rows, columns=["doc", "step", "label", "status"])


def institutions(n):
    rows = [
        (doc, name, network, role, count, "引文")
        for doc in names(n)
        for name, network, role, count in (
            ("县人民医院", "东片区医联体", "lead", "1"), ("乡镇卫生院", "东片区医联体", "member", "4"),
            ("县中医院", "西片区医联体", "lead", "1"), ("乡镇卫生院", "西片区医联体", "member", "6"),
            ("省人民医院", "县人民医院", "partner", "1"), ("省人民医院", "县中医院", "partner", "1"),
        )
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["doc", "name", "network", "role", "count", "quote"])


FIGURES = {
    "calendar": lambda n: models.calendar(timeline(n), names(n), note=NOTE),
    "gantt": lambda n: models.gantt(timeline(n), names(n), note=NOTE),
    "ladder": lambda n: models.ladder(tightness(n), names(n), note=NOTE),
    "responsibilities": lambda n: models.responsibilities(duties(n), names(n), note=NOTE),
    "unit_network": lambda n: models.unit_network(duties(n), note=NOTE),
    "institution_network": lambda n: models.institution_network(institutions(n), names(n), note=NOTE),
}  # fmt: skip


@pytest.mark.parametrize("n", [0, 1, 31])
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_drawn_the_same_twice_with_n_and_verdict(name, n):
    drawn = plot.svg(FIGURES[name](n))
    assert drawn == plot.svg(FIGURES[name](n))
    said = plot.canvas.said(FIGURES[name](n))
    assert "n = " in said
    assert NOTE in said


@pytest.mark.parametrize("name", [name for name in FIGURES if name != "unit_network"])
def test_two_hundred_cases_are_capped_and_the_rest_is_counted(name):
    fig = FIGURES[name](200)
    assert fig.get_figheight() < 32
    assert "In the table only:" in plot.canvas.said(fig)


@pytest.mark.parametrize("name", FIGURES)
def test_one_case_leaves_nothing_out(name):
    assert "In the table only:" not in plot.canvas.said(FIGURES[name](1))


@pytest.mark.parametrize("name", ["calendar", "gantt"])
def test_a_private_name_is_masked_before_it_is_drawn(name):
    table = pd.DataFrame([("d000", "2025", "患者何庆光说", "target")], columns=["doc", "when", "what", "status"])
    assert "何庆光" not in plot.svg(getattr(models, name)(table, names(1)))


def test_no_two_hubs_of_a_case_share_a_row_and_no_case_runs_into_the_next():
    rows = [({"case": case, "hub": f"{case}{hub}", "institution": "省医院", "count": 1}, (case, "省医院", "")) for case in "甲乙" for hub in range(6)]
    right, left, headings = models.ties._heights(rows)
    for case in "甲乙":
        heights = [y for (owner, _), y in left.items() if owner == case]
        assert len({round(y, 3) for y in heights}) == 6
        assert min(abs(a - b) for a in heights for b in heights if a != b) >= 1
    assert max(y for (owner, _), y in left.items() if owner == "甲") < headings["乙"]
    assert min(y for (owner, *_), y in right.items() if owner == "乙") > headings["乙"]


def test_a_counted_kind_is_one_point_a_hub_and_a_named_one_a_point_a_case():
    links = models.institution_links(institutions(1), names(1))
    ends = [models.ties._end(row) for row in links.to_dict("records")]
    assert len({end for end in ends if end[1] == "乡镇卫生院"}) == 2
    assert len({end for end in ends if end[1] == "省人民医院"}) == 1


def test_units_that_share_tasks_are_counted_by_document_and_task():
    shared = models.co_tasks(duties(2)).set_index(["one", "other"])["tasks"]
    assert shared[("市医保局", "市卫健委")] == 6
    assert shared[("市0局", "市卫健委")] == 2
