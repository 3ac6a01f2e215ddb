"""Texts to a sparse TF-IDF matrix: words numbered as they are cut, rows by CSR, no list of tokens in between."""

from __future__ import annotations

import multiprocessing
import sys
import threading
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from yigai.topics.numbering import Numbered, numbered
from yigai.topics.words import engine, lexicon, stop_words

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from scipy.sparse import csr_matrix

Span = tuple[int, int]
PIECE = 4_000_000  # characters counted at a time
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Vectors:
    """Word counts of the texts (rows) over the sorted vocabulary (columns)."""

    counts: csr_matrix
    words: tuple[str, ...]


def without(text: str, spans: Sequence[Span]) -> str:
    r"""The text with flagged spans blanked, so that their words stay out of the vocabulary.

    >>> without("医共体某某医院", [(3, 5)])
    '医共体\n\n医院'
    """
    for start, end in spans:
        text = text[:start] + "\n" * (min(end, len(text)) - start) + text[end:]
    return text


def _counts(found: Numbered, n: int) -> Vectors:
    """Counts of the numbered words of `n` texts; columns sorted by word."""
    from scipy.sparse import coo_matrix

    order = sorted(range(len(found.words)), key=found.words.__getitem__)
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    each = np.ones(len(found.ids))
    counts = coo_matrix((each, (found.rows, rank[found.ids])), shape=(n, len(order))).tocsr()
    return Vectors(counts, tuple(found.words[i] for i in order))


def of_tokens(lists: Sequence[Sequence[str]]) -> Vectors:
    """Counts from token lists, one list a text; columns sorted by word.

    >>> of_tokens([["转诊", "医保"], ["转诊", "转诊"]]).counts.toarray().tolist()
    [[1.0, 1.0], [0.0, 2.0]]
    """
    number: dict[str, int] = {}
    ids = [number.setdefault(token, len(number)) for one in lists for token in one]
    rows = np.repeat(np.arange(len(lists), dtype=np.int32), [len(one) for one in lists])
    return _counts(Numbered(rows, np.array(ids, np.int32), list(number)), len(lists))


def count(texts: Sequence[str], *, exclude: Sequence[Sequence[Span]] = (), workers: int = 1) -> Vectors:
    """Content words of the texts counted; the result is the same for any number of `workers` (processes).

    `exclude` gives, text by text, the flagged spans to leave out.
    """
    spared = [without(text, spans) for text, spans in zip(texts, exclude, strict=True)] if exclude else texts
    return _stacked(_side_by_side(_shares(spared, workers)))


def _of_share(texts: Sequence[str]) -> Vectors:
    """Counts of the texts, a piece at a time: tokens of some megabytes are held, never those of all."""
    pieces = _shares(texts, 1 + sum(map(len, texts)) // PIECE)
    return _stacked([_counts(numbered(piece), len(piece)) for piece in pieces])


def _shares(texts: Sequence[str], most: int) -> list[Sequence[str]]:
    """The texts in order, in at most so many shares of about as many characters.

    >>> _shares(["甲乙", "丙", "丁"], 2)
    [['甲乙'], ['丙', '丁']]
    """
    ends = np.cumsum([len(text) for text in texts])
    cuts = [0, *np.searchsorted(ends, np.arange(1, most) * (ends[-1] / most), side="left") + 1, len(texts)] if len(texts) else [0]
    return [texts[a:b] for a, b in pairwise(map(int, cuts)) if a < b]


def _stacked(parts: Sequence[Vectors]) -> Vectors:
    """The counts of all parts, rows in order, over the words of all."""
    from scipy.sparse import csr_matrix

    if len(parts) == 1:
        return parts[0]
    words = tuple(dict.fromkeys(sorted(chain.from_iterable(part.words for part in parts))))  # each part is sorted
    rank = {word: at for at, word in enumerate(words)}
    # the columns of a part keep their order: its rows stay sorted
    columns = [np.array([rank[word] for word in part.words], np.int32)[part.counts.indices] for part in parts]
    sizes = [np.diff(part.counts.indptr) for part in parts]
    ends = np.cumsum(np.concatenate([[0], *sizes]), dtype=np.int64)
    data = np.concatenate([np.empty(0), *(part.counts.data for part in parts)])
    cells = (data, np.concatenate([np.empty(0, np.int32), *columns]), ends)
    return Vectors(csr_matrix(cells, shape=(len(ends) - 1, len(words))), words)


def _side_by_side(shares: Sequence[Sequence[str]]) -> list[Vectors]:
    """Each share counted in a process of its own, the first one here; in threads where no fork is safe."""
    for read in (engine, stop_words, lexicon):
        read()  # once, before the others begin
    if len(shares) > 1 and not _may_fork():
        with ThreadPoolExecutor(len(shares)) as threads:
            return list(threads.map(_of_share, shares))
    begun = [(share, *_forked(share)) for share in shares[1:]]
    found = [_of_share(share) for share in shares[:1]]
    return found + [_received(*one) for one in begun]


def _may_fork() -> bool:
    """Whether a fork is safe: no other thread may hold a lock, and the process may have children.

    A forked process has the texts and the dictionaries already; a fresh one takes a second to begin. Threads
    share them too, but only half of the work (rjieba, Arrow) is done without the lock of the interpreter.
    """
    here = multiprocessing.current_process()
    return sys.platform == "linux" and threading.active_count() == 1 and not here.daemon


def _forked(share: Sequence[str]) -> tuple[Connection, BaseProcess]:
    fork = multiprocessing.get_context("fork")
    mine, theirs = fork.Pipe(duplex=False)
    process = fork.Process(target=_report, args=(theirs, share), daemon=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # idle threads of BLAS hold no lock
        process.start()
    theirs.close()
    return mine, process


def _report(to: Connection, share: Sequence[str]) -> None:
    to.send(_of_share(share))


def _received(share: Sequence[str], end: Connection, process: BaseProcess) -> Vectors:
    """What a process sends back; where it was killed, its share is done here."""
    try:
        found: Vectors = end.recv()
    except EOFError:
        return _of_share(share)
    finally:
        end.close()
        process.join()
    return found


def omitting(vectors: Vectors, omit: Callable[[str], object]) -> Vectors:
    """The counts without the words that `omit` names.

    >>> omitting(of_tokens([["四川", "转诊"]]), {"四川"}.__contains__).words
    ('转诊',)
    """
    keep = [i for i, word in enumerate(vectors.words) if not omit(word)]
    return Vectors(vectors.counts[:, keep].tocsr(), tuple(vectors.words[i] for i in keep))


def kept(vectors: Vectors, *, least: int = 2, most: float = 0.5) -> Vectors:
    """Words that stand in at least `least` texts and at most the share `most` of them.

    In a small corpus a share means little: a word goes for being common only from 20 texts on.
    """
    n = vectors.counts.shape[0]
    texts = np.bincount(vectors.counts.indices, minlength=len(vectors.words))
    keep = np.flatnonzero((texts >= least) & ((texts <= most * n) | (n < 20)))
    return Vectors(vectors.counts[:, keep].tocsr(), tuple(vectors.words[i] for i in keep))


def _log(counts: Floats, long: Floats) -> Floats:
    return 1 + np.log(counts)


def _root(counts: Floats, long: Floats) -> Floats:
    return np.sqrt(counts)


def _saturating(counts: Floats, long: Floats) -> Floats:
    return counts * 2.2 / (counts + 1.2 * (0.25 + 0.75 * long))


# how much a word counts that stands in a text again and again: logarithm (Salton and Buckley 1988), root, or
# saturation by the length of the text (BM25; Robertson and Zaragoza 2009). No one is best at every length.
WEIGHTINGS: tuple[Callable[[Floats, Floats], Floats], ...] = (_log, _root, _saturating)


def tfidf(vectors: Vectors, weighting: Callable[[Floats, Floats], Floats] = _log) -> csr_matrix:
    """TF-IDF with damped counts, smoothed document frequency and rows of length one.

    With the default weighting the same numbers as `TfidfTransformer(sublinear_tf=True)` of scikit-learn.
    `weighting` takes the counts, and the length of each count's text over the mean length.
    """
    from scipy.sparse import diags

    weighted = vectors.counts.astype(np.float64)
    n = weighted.shape[0]
    texts = np.bincount(weighted.indices, minlength=weighted.shape[1])
    length = np.asarray(weighted.sum(axis=1)).ravel()
    long = np.repeat(length / max(float(length.mean()) if n else 0.0, 1e-12), np.diff(weighted.indptr))
    weighted.data = weighting(weighted.data, long)
    weighted.data *= (np.log((1 + n) / (1 + texts)) + 1)[weighted.indices]
    size: Floats = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1))).ravel()
    return (diags(1 / np.where(size > 0, size, 1)) @ weighted).tocsr()
