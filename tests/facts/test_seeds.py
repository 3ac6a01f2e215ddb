"""The five seeds against the project's own reading of them (seed_indicators.csv): floors that only rise."""

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from yigai import clean, facts, passages

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"
PUBLISHED = {"000": "2021-12-08", "001": "2023-10-26", "002": "2019-12-26", "004": "2024-02-29"}


@cache
def sentences():
    pages = sorted(SEEDS.glob("*.txt"))
    return pd.concat(
        [passages.table(page.name[:3], clean.text(page.read_bytes().decode("utf-8"))) for page in pages],
        ignore_index=True,
    )


@cache
def read():
    return facts.indicator_table(sentences(), published=PUBLISHED)


@cache
def expected():
    with (HERE / "seed_indicators.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def same_amount(row, case):
    high = float(case["value_max"]) if case["value_max"] else None
    return (
        row["doc"] == case["doc"]
        and row["value"] == float(case["value"])
        and row["unit"] == case["unit"]
        and (pd.isna(row["value_max"]) if high is None else row["value_max"] == high)
    )


def bigrams(name):
    return {name[at : at + 2] for at in range(len(name) - 1)} or {name}


def same_name(one, other):
    if one in other or other in one:
        return bool(one and other)
    return len(bigrams(one) & bigrams(other)) * 2 >= min(len(bigrams(one)), len(bigrams(other)))


def same_fields(row, case):
    dated = row["when"][:4] == case["when"][:4] if case["when"] else row["dated"] in ("", "document")
    return dated and same_name(row["indicator"], case["indicator"]) and row["comparator"] == case["comparator"] and row["status"] == case["status"]


def scores():
    printed = read()[~read()["class"].isin(["derived", "date"])]
    left = printed.to_dict("records")
    required = [case for case in expected() if case["class"] == "hard"]
    amounts = fields = excused = 0
    for case in expected():
        at = [row for row in left if same_amount(row, case)]
        if not at:
            continue
        row = max(at, key=lambda row: (same_fields(row, case), same_name(row["indicator"], case["indicator"])))
        left.remove(row)
        if case["class"] == "hard":
            amounts += 1
            fields += same_fields(row, case)
        else:
            excused += 1
    total = len(required) + len(printed) - excused
    return 2 * amounts / total, 2 * fields / total


def test_value_and_unit_hold_their_floor():
    assert scores()[0] >= 0.97


def test_all_five_fields_hold_their_floor():
    assert scores()[1] >= 0.9


def implied():
    """Derived counts and dates that a reader lists beside the printed numbers (seed_derived.csv), and those we list."""
    with (HERE / "seed_derived.csv").open(encoding="utf-8", newline="") as file:
        wanted = [(row["doc"], float(row["value"]), row["unit"], row["when"][:4]) for row in csv.DictReader(file)]
    ours = read()[read()["class"].isin(["derived", "date"])]
    return Counter(wanted), Counter(zip(ours["doc"], ours["value"], ours["unit"], ours["when"].str[:4], strict=True))


def test_derived_counts_and_dates_hold_their_floor():
    wanted, ours = implied()
    assert 2 * (wanted & ours).total() / (wanted.total() + ours.total()) >= 0.85


def test_every_quote_resolves_in_its_sentence():
    texts = {(row.doc, row.text) for row in sentences().itertuples()}
    for row in read().itertuples():
        assert row.quote in row.context
        assert (row.doc, row.context) in texts


def duties():
    table = facts.duties(sentences())
    return table[table["doc"] == "004"]


def test_the_plan_has_26_tasks_with_77_units():
    assert (duties()["task"].nunique(), len(duties())) == (26, 77)
    assert duties()["role"].value_counts().to_dict() == {"support": 39, "co-lead": 20, "lead": 17, "member": 1}


@pytest.mark.parametrize(
    ("task", "units"),
    [
        ("提升卫生健康人才能力", [("市卫健委", "lead"), ("市教育局", "support"), ("市财政局", "support"), ("市人社局", "support")]),
        ("加强区域医疗中心建设", [("市发展改革委", "co-lead"), ("市财政局", "co-lead"), ("市卫健委", "co-lead")]),
        ("激活创新发展动力", [("市科技局", "co-lead"), ("市卫健委", "co-lead"), ("市财政局", "support"), ("市市场监督管理局", "support")]),
        ("推进中医药事业高质量发展", [("阳泉市中医药工作领导小组各成员单位", "member")]),
        ("加强基层医疗卫生机构管理", [("市卫健委", "lead")]),
    ],
    ids=["the first named leads", "leads by own duty", "leads and support", "members of a group", "one unit"],
)
def test_units_of_a_task(task, units):
    own = duties()[duties()["task"] == task]
    assert list(zip(own["unit"], own["role"], strict=True)) == units


def programmes(doc):
    table = facts.programmes(sentences())
    own = table[table["doc"] == doc]
    return list(zip(own["name"], own["expanded"], own["expansion"], strict=True))


def test_six_unifications_are_expanded_where_the_text_does_and_nowhere_else():
    assert ("六统一", "yes", "行政、人员、资金、业务、绩效和药品") in programmes("002")
    assert ("六统一", "no", "") in programmes("004")


def test_three_different_five_centres_stay_apart():
    assert len([said for name, _, said in programmes("004") if name == "五大中心" and said]) == 3


def test_the_network_of_seed_000_is_expanded_from_the_next_passage():
    said = {name: said for name, _, said in programmes("000")}["一网一平台四中心"]
    assert said.endswith("区域影像中心、区域检验中心、区域心电诊断中心")


def test_consistency_checks_of_the_seeds():
    table = facts.checks(sentences())
    found = {(row.doc, row.announced, row.found, row.verdict) for row in table.itertuples()}
    assert {("000", 28.0, 28.0, "agrees"), ("000", 11.0, 11.0, "agrees"), ("002", 4.0, 3.0, "differs"), ("004", 10.0, 10.0, "agrees")} <= found


def test_members_of_both_alliances_are_counted():
    table = facts.institutions(sentences())
    members = table[(table["doc"] == "000") & (table["role"] == "member") & table["network"].isin(["东片区医联体", "西片区医联体"])]
    assert members["count"].astype(float).sum() == 28
    leads = table[(table["doc"] == "000") & (table["role"] == "lead")]
    assert list(leads["name"]) == ["利州区第一人民医院", "利州区中医院"]


def test_the_calendar_of_the_plan():
    table = facts.timeline(sentences(), published=PUBLISHED)
    own = table[(table["doc"] == "004") & (table["kind"] == "deadline")]
    assert {"2025", "2027", "2030", "2035"} <= set(own["when"])
    assert set(own["status"]) == {"target"}
