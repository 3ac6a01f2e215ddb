"""Hostile characters, numbers and dates go through every entrance of the package without harm."""

import pytest

from benchmarks.faults import entrances


@pytest.mark.parametrize(("name", "text"), entrances.texts().items(), ids=list(entrances.texts()))
def test_a_hostile_text_is_read_without_harm(name, text):
    assert entrances.problems(text) == []


def test_the_checks_see_what_is_left():
    assert entrances.left("医\u2066改\x00\ud800\n") == ["0", "2066", "d800"]


def test_the_checks_see_a_ledger_that_does_not_replay():
    cleaned = entrances.clean.text(entrances.PAGE)
    assert entrances.replayed(entrances.PAGE + "外", cleaned) != cleaned.text
