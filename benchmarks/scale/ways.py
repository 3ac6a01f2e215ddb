"""Ways of doing what the project does: the plain notebook, its usual relatives, and the project."""

from __future__ import annotations

import importlib.util
import statistics
import time
import warnings
from collections.abc import Callable, Sequence

ROUNDS = 3
TOPICS = 10
Way = Callable[[list[str]], object]


def plain(texts: list[str]) -> object:
    """What a notebook does today."""
    import jieba
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None).fit_transform(texts)


def one_core(texts: list[str]) -> object:
    """The project in one process."""
    from yigai.topics import vectors

    return vectors.tfidf(vectors.count(texts))


def two_cores(texts: list[str]) -> object:
    """The project with two worker processes."""
    from yigai.topics import vectors

    return vectors.tfidf(vectors.count(texts, workers=2))


def plain_kmeans(texts: list[str]) -> object:
    """jieba, TfidfVectorizer, KMeans."""
    from sklearn.cluster import KMeans

    return KMeans(TOPICS, n_init=10, random_state=0).fit_predict(plain(texts))


def plain_nmf(texts: list[str]) -> object:
    """jieba, TfidfVectorizer, NMF."""
    from sklearn.decomposition import NMF

    return NMF(TOPICS, random_state=0, init="nndsvd", max_iter=400).fit_transform(plain(texts)).argmax(axis=1)


def project(texts: list[str]) -> object:
    """topics.cluster with that number of topics: the consensus and its stability over resamples."""
    from yigai import topics

    return topics.cluster(texts, TOPICS)


def bertopic(texts: list[str]) -> object:
    """BERTopic with its own TF-IDF embedding."""
    import jieba
    from bertopic import BERTopic
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
    from sklearn.pipeline import make_pipeline

    cut = {"tokenizer": jieba.lcut, "token_pattern": None}
    embedding = make_pipeline(TfidfVectorizer(**cut), TruncatedSVD(100, random_state=0))
    return BERTopic(embedding_model=embedding, vectorizer_model=CountVectorizer(**cut)).fit_transform(texts)


def gensim(texts: list[str]) -> object:
    """jieba, LDA of gensim."""
    import jieba
    from gensim.corpora import Dictionary
    from gensim.models import LdaModel

    cut = [jieba.lcut(text) for text in texts]
    words = Dictionary(cut)
    return LdaModel([words.doc2bow(one) for one in cut], TOPICS, id2word=words, random_state=0)


WORDS: tuple[Way, ...] = (plain, one_core, two_cores)
CLUSTERS: tuple[Way, ...] = (plain_kmeans, plain_nmf, project, bertopic, gensim)
#: Packages a way needs that the project does not.
NEEDS = {"bertopic": "bertopic", "gensim": "gensim"}


def compared(ways: Sequence[Way], texts: list[str]) -> dict[str, float | str]:
    """Median seconds of each way on the same texts, interleaved; what is not installed says so."""
    import jieba

    jieba.setLogLevel(60)
    jieba.initialize()
    there = [way for way in ways if importlib.util.find_spec(NEEDS.get(way.__name__, "yigai"))]
    taken: dict[str, list[float]] = {way.__name__: [] for way in there}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for way in there:
            way(texts[:60])
        for _ in range(ROUNDS):
            for way in there:
                begun = time.monotonic()
                way(texts)
                taken[way.__name__].append(time.monotonic() - begun)
    medians: dict[str, float | str] = {name: round(statistics.median(seconds), 3) for name, seconds in taken.items()}
    return medians | {way.__name__: "not installed" for way in ways if way not in there}
