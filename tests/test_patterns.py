"""Regular expressions are linear on attacks read off them; the large sizes are in `python -m benchmarks.faults.patterns`."""

import pytest

from benchmarks.faults import patterns

ROOMS = ("coding", "compare", "corpus", "places", "privacy", "topics")


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(patterns, "PATIENCE", 0.5)


def test_the_patterns_are_found():
    assert len(patterns.patterns()) > 300


@pytest.mark.parametrize("room", ROOMS)
def test_no_pattern_of_a_room_is_more_than_linear(room):
    listed = [one for one in patterns.patterns() if one.module.split(".")[1] == room]
    assert listed
    assert [slow.found.source for slow in patterns.slow_ones(listed, (4096, 8192))] == []


@pytest.mark.parametrize("source", [r"\s+$", r"\d+个", "<!--.*?-->", "(?:a|b)*c", r"(\d{4})(?!.*\d{4})"])
def test_a_pattern_that_is_quadratic_is_caught(source):
    found = patterns.Found("made.up", source, 0)
    assert list(patterns.slow_ones([found], (8192, 16384, 32768)))


@pytest.mark.parametrize("source", [r"(?<!\d)\d{1,9}个", r"[，。]", r"[一二三]{1,3}、"])
def test_a_pattern_that_is_linear_is_not(source):
    assert not list(patterns.slow_ones([patterns.Found("made.up", source, 0)], (8192, 16384, 32768)))
