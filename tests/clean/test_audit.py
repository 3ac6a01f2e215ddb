"""Audit tables and the ablation, on pages one can hold in the head."""

import pandas as pd
import pytest

from yigai import clean

NOTED = "醫(yī)療衛(wèi)生體制改革，醫(yī)保、醫(yī)藥聯(lián)動(dòng)，分級診療。"
OTHER = "營(yíng)養(yǎng)餐進(jìn)學(xué)校園，學(xué)生餐費(fèi)減免，蔬菜配送。"
PAGES = {"a": clean.text(NOTED), "b": clean.text(OTHER), "c": clean.text("自201410月起,道路养护提速。")}
EDITS = pd.concat([clean.edits_table(doc, page) for doc, page in PAGES.items()], ignore_index=True)


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [(0, 0, 0.0, 1.0), (10, 10, 0.722467, 1.0), (0, 10, 0.0, 0.277533), (8, 10, 0.490162, 0.943318)],
    ids=["no case, no knowledge", "all right is not certainty", "none right", "Wilson 1927 by hand"],
)
def test_wilson(right, n, low, high):
    assert clean.audit.wilson(right, n) == pytest.approx((low, high), abs=1e-5)


def test_kinds_counts_pieces_of_dirt_by_document():
    kinds = clean.audit.kinds(EDITS)
    assert kinds.loc["a", "pinyin"] == 6
    assert kinds.loc["c", "lost"] == 1
    assert kinds.loc["c", "pinyin"] == 0


def test_a_compound_edit_counts_under_both_kinds():
    both = EDITS.iloc[:1].assign(kind="slip+script")
    assert clean.audit.kinds(both).loc["a"].to_dict() == {"script": 1, "slip": 1}


def test_accounts_balance():
    accounts = clean.audit.accounts(PAGES).set_index("doc")
    assert accounts.loc["c", "chars_raw"] + 1 == accounts.loc["c", "chars_clean"]
    assert accounts["pinyin notes"].sum() == 0


def test_the_same_seed_draws_the_same_sheet():
    sheets = [clean.audit.sample(EDITS, PAGES, size=6, random_state=3) for _ in range(2)]
    pd.testing.assert_frame_equal(*sheets)
    assert (sheets[0]["verdict"] == "").all()


def test_a_wrong_verdict_widens_the_interval():
    sheet = clean.audit.sample(EDITS, PAGES, size=6)
    judged = sheet.assign(verdict=["wrong", *[""] * (len(sheet) - 1)])
    assert clean.audit.precision(EDITS, judged)["wrong"].sum() == 1


def test_notes_make_unlike_pages_alike():
    similar = clean.ablation.similarity(PAGES).set_index(["variant", "a", "b"])["cosine"]
    assert similar["all rules", "a", "b"] == 0
    assert similar["without pinyin", "a", "b"] > 0.1
    assert similar["raw pages", "a", "b"] > 0.1


def test_the_words_responsible_are_the_notes():
    effects = clean.ablation.effects(clean.ablation.similarity(PAGES)).set_index("variant")
    assert "ng" in effects.loc["without pinyin", "tokens"]


def test_decisions_of_a_table_win():
    raw = "患者由市头部人民医院收治，用药合理。"
    table = pd.DataFrame([{"page": "", "start": 4, "end": 6, "decision": "keep", "after": "", "reason": "as printed"}])
    assert "头部人民医院" in clean.text(raw, overrides=clean.overrides(table)).text


def test_an_unknown_decision_is_an_error():
    with pytest.raises(ValueError, match="keep, replace"):
        clean.overrides(pd.DataFrame([{"page": "", "start": 0, "end": 1, "decision": "maybe", "after": ""}]))
