"""The codebook is whole: every class exists, every code can fire, crosswalks name real codes."""

import re

import pytest

from yigai.coding.codebook import codebook
from yigai.coding.evidence import cues_of
from yigai.coding.lexicon import compile_lexicon, is_frame, weights
from yigai.coding.scan import LONGEST, scan

BOOK = codebook()
CUES = [
    (item.key, cue)
    for item in BOOK.dimensions
    for code in item.codes
    for cue in (*code.strong, *code.weak)
] + [(item.key, cue) for item in BOOK.instruments for cue in item.cues]


def test_fourteen_dimensions_and_seventeen_instruments():
    assert (len(BOOK.dimensions), len(BOOK.instruments)) == (14, 17)


def test_every_class_a_frame_names_exists():
    compile_lexicon(BOOK)  # an unknown class raises KeyError
    for _, cue in CUES:
        for name in re.findall(r"<(\w+)>", cue):
            assert name in BOOK.classes


def test_words_hold_no_stray_pattern_signs():
    assert [cue for _, cue in CUES if not is_frame(cue) and re.search(r"[\\^$*?\[\]{}]", cue)] == []


def test_no_word_is_longer_than_the_matcher_looks():
    words = [word for _, cue in weights() for part in re.split(r" ~\d+\+? ", cue) for word in part.split("|")]
    assert max(map(len, words)) <= LONGEST


def test_no_cue_stands_twice_in_a_dimension():
    for item in BOOK.dimensions:
        cues = [cue for code in item.codes for cue in code.strong]
        assert len(cues) == len(set(cues)), item.key


def test_every_strong_word_fires_unless_masked():
    dead = []
    for item in BOOK.dimensions:
        for code in item.codes:
            for cue in code.strong:
                if not is_frame(cue) and not cue.startswith("<"):
                    hits = [hit for hit in scan(cue) if hit.target == item.key]
                    dead += [] if hits else [(item.key, cue)]
    assert dead == []


def test_crosswalks_name_real_codes():
    known = {item.key for item in (*BOOK.dimensions, *BOOK.instruments)}
    known |= {code.code for item in BOOK.dimensions for code in item.codes}
    for name, walk in BOOK.crosswalks.items():
        if name != "note":
            for codes in walk.values():
                for code in codes:
                    assert code.removeprefix("instrument:") in known


def test_every_definition_stands_in_both_languages():
    for item in (*BOOK.dimensions, *BOOK.instruments):
        assert item.definition and item.definition_zh and item.include and item.exclude


def test_unknown_code_error_names_the_valid_ones():
    with pytest.raises(KeyError, match="ORG"):
        BOOK.dimension("XXX")


def test_no_cue_holds_what_parts_a_cell():
    assert [cue for _, cue in weights() if re.search("[;@]", cue)] == []  # cells are read back at ';' and '@'


def test_every_cue_can_be_read_back_from_a_cell():
    for key, cue in CUES:
        assert cues_of(f"AAA:x@0-1;{key}:{cue}@2-5", key) == [(cue, 2, 5)]


def test_every_meaning_stands_in_both_languages():
    for item in (*BOOK.dimensions, *BOOK.instruments):
        assert all((item.definition_zh, item.include, item.include_zh, item.exclude, item.exclude_zh)), item.key
    assert [item.key for item in BOOK.dimensions if not item.known_errors_zh] == []
    assert [item.key for item in BOOK.statuses if not item.definition_zh] == []
