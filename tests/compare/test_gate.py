"""The gate: five pages are cases; a sound corpus of 31 provinces may be compared."""

import numpy as np
import pandas as pd
import pytest

from yigai import compare

INFERENTIAL = ("keyness interval", "share interval", "similarity interval", "regional finding")
GENRES = ("plan", "notice", "news", "reply", "report")


def corpus(rows, chars=None):
    """Documents from (region, genre, level, year) rows, with one sentence each."""
    table = pd.DataFrame(rows, columns=["region", "genre", "level", "year"])
    table.insert(0, "doc", [f"d{place:04d}" for place in range(len(table))])
    table["chars_clean"] = chars or 3000
    text = [f"第{place}份文件推进县域医共体建设和分级诊疗。" for place in range(len(table))]
    return table, pd.DataFrame({"doc": table["doc"], "text": text})


# Region, genre, level, year and length as on the five seed pages.
FIVE = corpus(
    [
        ("sichuan", "reply", "county", "2021"),
        ("sichuan", "meeting report", "province", "2023"),
        ("liaoning", "Q&A news", "prefecture", "2019"),
        ("hunan", "feature", "county", "2021"),
        ("shanxi", "plan", "prefecture", "2024"),
    ],
    [1700, 2000, 1200, 1100, 5800],
)


def provinces(documents, genre=lambda region, number: "plan", year=lambda region, number: "2023"):
    return corpus(
        [
            (f"p{region:02d}", genre(region, number), "province", year(region, number))
            for region in range(31)
            for number in range(documents)
        ]
    )


def refused(case):
    gate = compare.gate(*case)
    return [name for name in compare.STATEMENTS if not compare.allows(gate, name)]


def test_five_seed_pages_are_cases_and_nothing_inferential_is_allowed():
    gate = compare.gate(*FIVE)
    assert refused(FIVE) == [
        "regional contrast",
        *[s for s in compare.STATEMENTS if s in INFERENTIAL],
    ]
    assert compare.verdict(gate) == "cases are compared, not provinces"
    severity = gate.set_index("check")["severity"]
    for check in (
        "region × genre",
        "region × level",
        "region × year",
        "like documents",
        "largest document",
    ):
        assert severity[check] == "refuse"


@pytest.mark.parametrize("documents", [2, 5, 12])
def test_a_sound_corpus_of_31_provinces_is_allowed_everything(documents):
    assert refused(provinces(documents)) == []


def test_a_sound_corpus_over_several_years_and_genres_is_allowed():
    mixed = provinces(6, genre=lambda r, n: GENRES[n % 3], year=lambda r, n: str(2019 + n))
    assert refused(mixed) == []


def test_randomly_spread_years_are_not_confounding():
    rng = np.random.default_rng(7)
    years = rng.integers(2019, 2025, size=(31, 4)).astype(str)
    assert refused(provinces(4, year=lambda r, n: years[r, n])) == []


def test_one_document_a_region_stands_side_by_side_without_intervals():
    case = provinces(1)
    gate = compare.gate(*case)
    assert set(refused(case)) == set(INFERENTIAL)
    assert compare.verdict(gate) == "documents of regions stand side by side, without intervals"
    assert (gate["check"] == "region: p00").any()


@pytest.mark.parametrize("documents", [1, 2, 5])
@pytest.mark.parametrize("kinds", [2, 5], ids=["two genres", "five genres"])
def test_one_genre_a_region_is_refused(documents, kinds):
    confounded = provinces(documents, genre=lambda r, n: GENRES[r % kinds])
    assert set(INFERENTIAL) | {"regional contrast"} <= set(refused(confounded))


def test_one_year_a_region_is_refused():
    assert "regional finding" in refused(provinces(4, year=lambda r, n: str(2015 + r % 8)))


def test_a_region_with_one_document_is_refused_alone():
    rows = [(f"p{r}", "plan", "province", "2023") for r in range(6) for _ in range(5)]
    gate = compare.gate(*corpus([*rows, ("lonely", "plan", "province", "2023")]))
    assert compare.allows(gate, "keyness interval", region="p1")
    assert not compare.allows(gate, "keyness interval", region="lonely")
    assert compare.allows(gate, "regional contrast", region="lonely")


def test_one_document_that_is_half_of_the_corpus_is_refused():
    table, sentences = provinces(2)
    table.loc[0, "chars_clean"] = table["chars_clean"].sum()
    assert "regional contrast" in refused((table, sentences))


def test_documents_of_unknown_region_are_counted_out_and_named():
    table, sentences = provinces(3)
    table.loc[:2, "region"] = "unknown"
    gate = compare.gate(table, sentences).set_index("check")
    assert gate.loc["regions", "finding"] == "30"
    assert gate.loc["regions", "severity"] == "warn"
    assert "3 of 93 documents" in gate.loc["regions", "detail"]


def test_missing_genres_are_a_warning_never_a_pass():
    table, sentences = provinces(3)
    gate = compare.gate(table.assign(genre=""), sentences).set_index("check")
    assert gate.loc["region × genre", "severity"] == "warn"


def test_text_repeated_in_two_regions_is_a_warning():
    table, sentences = provinces(3)
    copied = sentences.assign(text="全面推进紧密型县域医疗卫生共同体建设。")
    gate = compare.gate(table, copied).set_index("check")
    assert gate.loc["repeated sentences", ["finding", "severity"]].tolist() == ["1.00", "warn"]


def test_an_unknown_statement_is_an_error_that_lists_the_known():
    with pytest.raises(KeyError, match="regional contrast"):
        compare.allows(compare.gate(*FIVE), "p-values")


def test_columns_of_the_contract():
    assert list(compare.gate(*FIVE).columns) == ["check", "finding", "severity", "detail"]


def test_order_of_documents_does_not_matter():
    table, sentences = provinces(4, genre=lambda r, n: GENRES[(r * n) % 4])
    shuffled = table.sample(frac=1, random_state=3).reset_index(drop=True)
    pd.testing.assert_frame_equal(compare.gate(table, sentences), compare.gate(shuffled, sentences))


def test_empty_and_single_corpora_are_refused_without_a_crash():
    for size in (0, 1):
        rows = [("hunan", "plan", "province", "2023")][:size]
        assert "case comparison" in refused(corpus(rows))


def test_cases_are_named_by_place_and_year():
    table = pd.DataFrame(
        {"doc": ["a", "b", "c"], "county": ["利州区", "", ""], "city": ["广元市", "营口市", ""],
         "province": ["四川省", "辽宁省", ""], "year": ["2021", "2019", ""]}
    )  # fmt: skip
    assert compare.names(table) == ["利州区 2021", "营口市 2019", "(c)"]


def test_units_are_cases_on_five_pages_and_regions_on_a_sound_corpus():
    assert len(set(compare.units(FIVE[0], compare.gate(*FIVE)).values())) == 5
    sound = provinces(3)
    assert len(set(compare.units(sound[0], compare.gate(*sound)).values())) == 31
