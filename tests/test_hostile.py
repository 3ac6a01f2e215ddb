"""Hostile pages: accepted, cleaned or refused with one line; nothing hangs, nothing is lost, nothing runs."""

import gc
import threading
import time

import pytest

from benchmarks.faults import nasty
from yigai import clean, deadline, parts, report, store
from yigai.corpus import Document


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory):
    place = tmp_path_factory.mktemp("hostile")
    said = []
    report.clean_only([nasty.build(place / "nasty")], place / "out", say=said.append)
    return place, said[-1]


def test_every_nasty_file_is_cleaned_or_refused(cleaned):
    place, said = cleaned
    documents, rejected = (store.read_table(place / "out", name) for name in ("documents", "rejected"))
    seen = {name.split("#")[0] for name in [*documents["file"], *rejected["file"]]}
    there = {path.relative_to(place / "nasty").as_posix() for path in (place / "nasty").rglob("[!.]*")}
    files = {nasty_name(name) for name in there} - {"sources.csv", "folder.txt", "sub"}
    assert files - seen == set()
    assert said.startswith(f"{len(documents) + len(rejected)} in = {len(documents)} kept + {len(rejected)} rejected")
    assert not documents["file"].duplicated().any()


def nasty_name(name):
    return name.encode("utf-8", "replace").decode().replace("\n", " ")


def test_a_refusal_is_one_line_with_a_remedy(cleaned):
    rejected = store.read_table(cleaned[0] / "out", "rejected")
    assert (rejected["remedy"].str.len() > 5).all()
    assert not (rejected["reason"] + rejected["remedy"]).str.contains("\n").any()


def test_nothing_of_a_page_is_run_or_read_from_outside(cleaned):
    place, _ = cleaned
    assert not list(place.rglob("PWNED"))
    texts = [path.read_text(encoding="utf-8") for path in (place / "out").glob("*.txt")]
    assert not any("root:" in text for text in texts), "/etc/passwd came in by a link or an entity"
    assert all(path.parent == place / "out" for path in (place / "out").rglob("*"))
    csv = (place / "out" / "documents.csv").read_text(encoding="utf-8-sig")
    assert ",=" not in csv
    assert ",@" not in csv


@pytest.mark.parametrize("shape", nasty.SHAPES)
def test_no_shape_takes_a_page_long(shape):
    text = "某市医改方案\n" + nasty.SHAPES[shape](24_000)
    page = Document("d", "d.txt", "0", "utf-8", text, {})
    begun = time.process_time()
    tables = parts.measure([page])
    assert tables["rejected"].empty
    assert time.process_time() - begun < 5


def test_a_page_that_would_take_for_ever_is_set_aside_and_the_others_measured(monkeypatch):
    whole = clean.text

    def slow(raw, **options):
        while "慢" in raw:
            sum(range(1000))
        return whole(raw, **options)

    monkeypatch.setattr(clean, "text", slow)
    monkeypatch.setattr(parts, "USUAL_SECONDS", 0.1)
    monkeypatch.setenv("YIGAI_PAGE_SECONDS", "1")
    pages = [Document(doc, f"{doc}.txt", doc, "utf-8", f"某市医改方案\n{text}。", {}) for doc, text in ("a甲", "b慢", "c丙")]
    tables = parts.measure(pages)
    assert list(tables["documents"]["doc"]) == ["a", "c"]
    (row,) = tables["rejected"].to_dict("records")
    assert row["file"] == "b.txt"
    assert row["reason"] == "more than 1 s of computing, the limit for one page"
    assert "YIGAI_PAGE_SECONDS" in row["remedy"]


def test_a_deadline_does_not_outlive_its_block():
    with deadline.after(0.05):
        pass
    begun = time.process_time()
    while time.process_time() - begun < 0.2:
        pass


def busy_until_stopped():
    begun = time.process_time()
    try:
        with deadline.after(0.2):
            while time.process_time() - begun < 10:
                try:
                    sum(range(1000))
                except Exception:
                    continue
    except deadline.OutOfTime:
        return time.process_time() - begun
    return None


def test_a_deadline_holds_in_a_thread_too(monkeypatch):
    monkeypatch.setattr(deadline, "LOOK", 0.02)
    found = []
    thread = threading.Thread(target=lambda: found.append(busy_until_stopped()))
    thread.start()
    thread.join(30)
    assert found[0] is not None
    assert found[0] < 5


def test_a_deadline_within_another_leaves_it_standing():
    def both():
        with deadline.after(0.3):
            with deadline.after(60):
                sum(range(1000))
            return busy_until(5)

    with pytest.raises(deadline.OutOfTime):
        both()


def busy_until(seconds):
    begun = time.process_time()
    while time.process_time() - begun < seconds:
        sum(range(1000))


@pytest.mark.parametrize(("given", "seconds"), [("inf", 60), ("", 60), ("5", 5), ("-1", 60), ("soon", 60)])
def test_the_limit_for_a_page_comes_from_the_environment(monkeypatch, given, seconds):
    monkeypatch.setenv("YIGAI_PAGE_SECONDS", given)
    assert deadline.page_seconds() == seconds


class Slow:
    def __del__(self):
        busy_until(0.4)


def test_a_deadline_that_falls_into_the_collector_of_garbage_is_not_lost():
    def busy(phase, info):
        busy_until(0.2)

    gc.callbacks.append(busy)
    try:
        with pytest.raises(deadline.OutOfTime), deadline.after(0.1):
            gc.collect()
            busy_until(4)
    finally:
        gc.callbacks.remove(busy)


def test_a_deadline_that_falls_into_a_destructor_is_not_lost():
    begun = time.process_time()
    with pytest.raises(deadline.OutOfTime), deadline.after(0.1):
        Slow()
        busy_until(4)
    assert time.process_time() - begun < 3
