"""The measurements of scale: nothing measured is lost half way, pages are put back, copies of a part are other pages."""

import json

import pytest

from benchmarks.scale import __main__ as scale
from benchmarks.scale import corpus, page, process, repeated
from yigai.corpus import fingerprint, reposts
from yigai.corpus.reposts import Print

FULL = process.Measured(20.0, 36.0, 900, 430, "", 0.1)._asdict()


@pytest.fixture
def results(tmp_path, monkeypatch):
    monkeypatch.setattr(scale, "RESULTS", tmp_path / "results.json")
    return lambda: json.loads((tmp_path / "results.json").read_text())


def test_each_size_is_kept_and_measured_again_takes_its_own_place(results):
    for one in ({"pages": 10_000, "full": FULL | {"cpu": 360.0}}, {"pages": 1000, "full": FULL}, {"pages": 1000, "full": FULL | {"cpu": 45.0}}):
        scale.keep_size("load", one)
    assert [(one["pages"], one["full"]["cpu"]) for one in results()["load"]] == [(1000, 45.0), (10_000, 360.0)]
    assert results()["growth of cpu, load"] == [0.903]


def test_a_run_stopped_half_way_can_be_shown(results):
    scale.keep_size("load", {"pages": 1000, "full": FULL, "changed": FULL | {"cpu": 3.6}})
    scale.keep_size("load", {"pages": 10_000, "full": FULL | {"others": 30.0}})
    shown = "\n".join(page.lines(results()))
    assert "| 1,000 | 20 | 36 | 36.0 | 900 | 3.6 | 10.0% |" in shown
    assert "| 10,000 \\* | 20 | 36 | 3.6 | 900 |  |  |" in shown


def test_a_changed_page_is_put_back(tmp_path):
    pages = corpus.write(tmp_path, 3)
    before = (pages / "page0000001.txt").read_bytes()
    with pytest.raises(KeyError), scale.changed(pages, 1):
        assert (pages / "page0000001.txt").read_bytes().startswith(before)
        assert (pages / "page0000001.txt").read_bytes() != before
        raise KeyError("stopped")
    assert (pages / "page0000001.txt").read_bytes() == before


def test_copies_of_a_page_are_no_reposts_of_it_and_as_many_keys():
    text = corpus.page(1, corpus.paragraphs())
    kept = fingerprint(text)
    copies = [repeated.salted(kept, number) for number in range(4)]
    assert [tuple(map(len, Print.of(one))) for one in copies] == [tuple(map(len, Print.of(kept)))] * 4
    assert len(reposts([text, text], [copies[0], copies[0]])) == 2
    assert not len(reposts([text] * 4, copies))


def test_a_measured_command_tells_what_it_took_and_what_it_said():
    took = process.run(["python3", "-c", "print(sum(range(3 * 10**6)))"], {})
    assert took.said == "4499998500000\n"
    assert 0 < took.cpu <= took.seconds + 1
