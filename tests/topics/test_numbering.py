"""numbering and counts: the words counted are the tokens of each text, whoever counts them."""

import os
import random
import sys

import pytest

from yigai.topics import numbering, vectors, words

RUNS = ("无障碍PCR与PCR", "a_b-c1医共体d.e", "a\0b医共体PCR\0DRG", "PCR DRG\nICU", "PCR+DRG占3.5%-4.2%，5G+医疗", "IPv6、CT/MRI与X-ray检查", "DRG，DRG。C++、e-mail: a@b.c", "㐀医PCR", "\ud800医共体\udc00PCR", "", "2024-02-29 T+0 1a a_b-c.d+e%f&g#h")


def expected(texts):
    """The counts from the tokens of each text."""
    return vectors.of_tokens([words.tokens(text) for text in texts])


def alike(one, other):
    return one.words == other.words and (one.counts != other.counts).nnz == 0


@pytest.mark.parametrize("text", RUNS)
def test_counted_words_are_jiebas_content_words(text):
    found = numbering.numbered([text])
    counted = sorted(found.words[number] for number in found.ids)
    assert counted == sorted(words.tokens(text))
    assert words.tokens(text) == [token for token in words.reference(text) if words.is_content(token)]


def test_counts_are_those_of_the_tokens_on_made_runs():
    dice = random.Random(7)
    pieces = [*"医共体改革，。 35.%+-#&_aB院的㐀\0", "PCR", "DRG", "T恤", "C++", "5G", "2024-02-29"]
    texts = ["".join(dice.choice(pieces) for _ in range(dice.randrange(40))) for _ in range(2000)]
    assert alike(vectors.count(texts), expected(texts))


def test_without_the_fast_twin_jieba_counts(monkeypatch):
    monkeypatch.setattr(numbering, "engine", lambda: None)
    assert alike(vectors.count(RUNS), expected(RUNS))


def test_pieces_change_nothing(monkeypatch):
    whole = vectors.count(RUNS)
    monkeypatch.setattr(vectors, "PIECE", 20)
    assert alike(vectors.count(RUNS), whole)


def test_counts_have_sorted_columns_each_once():
    counts = vectors.count(["转诊医保转诊", "医保", ""]).counts
    assert counts.has_canonical_format
    assert counts.indptr.tolist() == [0, 2, 3, 3]


@pytest.mark.parametrize("workers", [2, 3, 9])
def test_counts_do_not_depend_on_the_number_of_processes(workers):
    texts = [*RUNS, "推进紧密型县域医共体建设", "完善分级诊疗制度，PCR"]
    alone, shared = vectors.count(texts), vectors.count(texts, workers=workers)
    assert shared.words == alone.words
    assert (shared.counts != alone.counts).nnz == 0


def test_threads_count_where_no_fork_is_safe(monkeypatch):
    monkeypatch.setattr(vectors, "_may_fork", lambda: False)
    assert alike(vectors.count(RUNS, workers=3), vectors.count(RUNS))


def test_a_killed_process_loses_nothing(monkeypatch):
    monkeypatch.setattr(vectors, "_report", lambda to, share: os._exit(9))
    monkeypatch.setattr(vectors, "_may_fork", lambda: sys.platform == "linux")
    texts = ["推进紧密型县域医共体建设", "完善分级诊疗制度"]
    assert vectors.count(texts, workers=2).words == vectors.count(texts).words


def test_no_texts_no_processes():
    assert vectors.count([], workers=4).words == ()
