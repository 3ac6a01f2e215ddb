"""Words from a closed list that the package writes into tables: each has a Chinese pair."""

import re
from pathlib import Path

import pytest

from yigai import clean, coding, facts
from yigai.compare import settings
from yigai.facts import beside, families, labels
from yigai.publish import columns, sayings, words

SEEDS = Path(__file__).parents[2] / "seeds"
FACTS = Path(facts.__file__).parent
CLASSES = ("hard", "derived", "date", "anecdote")
CONCLUSIONS = (
    "closest pair, by words", "least alike pair, by words", "closest pair, by dimensions", "closest pair, by topics", "most achieved",
    "leading dimension: 利州区 2021", "most typical word: 利州区 2021", "holds throughout", "depends on stop words, lexicon, cleaning",
)  # fmt: skip
COMPARABLE = (
    "comparable", "no: status differs", "no: year differs", "no: name and status differ", "no: name and year differ",
    "no: background", "no: derived", "no: a date", "no: undated, as of the document (2023)", "with other targets for 2025..",
)  # fmt: skip
SETTINGS = [said for group in (settings.STOP_WORDS, settings.LEXICON, settings.UNIT, settings.LENGTH) for said in group.values() if said]


def seeds():
    return [clean.text(path.read_text("utf-8", "replace")) for path in sorted(SEEDS.glob("*.txt"))]


def vocabularies():
    yield "settings", [*SETTINGS, *settings._FACTORS.values(), settings.BASELINE, "pages uncleaned", "4 topics", "passages, not sentences + pages uncleaned"]
    yield "rules left out", [f"without rule {rule}" for rule in settings.RULES_LEFT_OUT] + [f"without {rule}" for rule, _ in clean.RULES]
    yield "conclusions", CONCLUSIONS
    yield "comparable", [*COMPARABLE, beside.NO_PARENT, beside.NO_FIGURE]
    yield "reasons in the source of facts", sorted(set(re.findall(r'"(no: [a-z ,]{2,80})"', "".join(path.read_text("utf-8") for path in sorted(FACTS.glob("*.py"))))))
    yield "families", [name for name, _, _ in families.FAMILIES] + ["beds, difference", "cost per admission, change", "other"]
    yield "synopsis", list(labels.ENTRIES)
    yield "verdicts", list(labels.VERDICTS)
    yield "roles", list(labels.ROLES)
    yield "steps", [step.en for step in labels.STEPS]
    yield "no cue", [coding.NO_CUE]
    yield "classes", [words.value("class", name).zh for name in CLASSES]
    yield "dated by", ["document", "sentence", "heading", "deadline"]
    yield "yes and no", ["yes", "no", "True", "False"]


@pytest.mark.parametrize(("name", "vocabulary"), vocabularies(), ids=lambda given: given if isinstance(given, str) else "")
def test_every_word_of_a_vocabulary_is_said_in_chinese(name, vocabulary):
    left = [word for word in vocabulary if re.search("[a-z]{3}", sayings.said(word, "zh"))]
    assert left == [] and vocabulary


def test_what_cleaning_says_of_the_seeds_is_said_in_chinese():
    pages = seeds()
    said = {word for page in pages for edit in page.edits for word in (edit.rule, edit.kind, edit.status)}
    said |= {word for page in pages for flag in page.flags for word in (flag.kind, flag.detail)}
    assert {word for word in said if re.search("[a-z]{3}", sayings.said(word, "zh"))} == set() and len(said) > 20


def test_the_grounds_of_edits_are_said_in_chinese():
    grounds = {edit.evidence for page in seeds() for edit in page.edits}
    ours = {said for said in grounds if re.search(r"\b(?:is|the|note|before|swallowed|survives)\b", said)}
    assert {said for said in ours if re.search(r"\b[a-z]{3,}\b", sayings.said(said, "zh"))} == set() and len(ours) > 20


def test_the_columns_of_facts_have_chinese_heads():
    names = [*beside.COLUMNS, *beside.BENCHMARK, *facts.indicators([]).columns]
    assert [name for name in names if columns.heading(name).zh == name] == []


def test_a_word_of_no_vocabulary_stays():
    assert sayings.said("a word of no list", "zh") == "a word of no list"


def test_every_label_of_the_codebook_has_an_english_pair():
    book = words.codebook()
    chinese = [*book["policy_force"].values(), *(step["zh"] for step in book["tightness"]), *(family["zh"] for family in book["instruments"].values())]
    assert [label for label in chinese if re.search("[\u4e00-\u9fff]", sayings.in_english(label))] == [] and len(chinese) > 10
