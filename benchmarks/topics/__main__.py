"""Score the topics: `python -m benchmarks.topics [--data FOLDER]` writes benchmarks/topics/results.csv.

*Labelled*: normalised mutual information with the classes of a labelled set, beside the usual methods in the
same run, and stability as mean pairwise adjusted Rand index over five seeds. *Planted*: corpora of known
topics, and the same words shuffled over their texts. *Tokens*: share of texts on which the fast segmenter gives
jieba's tokens. The labelled sets may not be redistributed: FOLDER (default: the data beside the
project) holds news_dev/news10.csv and news_dev/csldcp.csv, and what is not there is left out and said.

The graphs and widths of `yigai.topics.partition` were chosen on news10 and on draws 0 to 3 of ten csldcp
classes; the draws called `fresh` hold classes that stood in none of those.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import os
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

HERE = Path(__file__).parent
DATA = Path(os.environ.get("YIGAI_DATA", HERE.parents[2] / "shared" / "data"))
SEEDS = range(5)
# classes of csldcp that stood in no draw the method was chosen on
UNSEEN = [
    "中医学/中药学",
    "中国语言文学",
    "交通运输工程",
    "信息与通信工程",
    "光学工程",
    "公共管理",
    "军事学",
    "农业工程",
    "农林经济管理",
    "冶金工程",
    "动力工程及工程热物理",
    "化学/化学工程与技术",
    "历史学",
    "土木工程",
    "地球物理学",
    "地理学",
    "基础医学/临床医学",
    "天文学",
    "建筑学",
    "数学",
    "机械工程",
    "材料科学与工程",
    "林学/林业工程",
    "植物保护",
    "水产",
    "测绘科学与技术",
    "环境科学与工程",
    "理论经济学",
    "电子科学与技术",
    "电气工程",
    "石油与天然气工程",
    "社会学",
    "纺织科学与工程",
    "艺术学",
]
Row = tuple[str, str, str, float]


def chunks(text: str, size: int = 200) -> list[str]:
    """Passages of about `size` characters that end with a sentence."""
    found, open_ = [], ""
    for sentence in re.findall(r"[^。！？；]+[。！？；]*[”」』]?", text):
        open_ += sentence
        if len(open_) >= size:
            found.append(open_)
            open_ = ""
    return [*found, open_] if len(open_) >= 40 else found


def labelled(folder: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Name, texts and classes of each labelled set that is there."""
    news, abstracts = folder / "news_dev/news10.csv", folder / "news_dev/csldcp.csv"
    if news.exists():
        table = pd.read_csv(news)
        yield "news, full texts", table["text"].tolist(), table["label"].tolist()
        cut = [
            (piece, label)
            for text, label in zip(table["text"], table["label"], strict=True)
            for piece in chunks(text)
        ]
        yield "news, passages", [p for p, _ in cut], [label for _, label in cut]
    if abstracts.exists():
        table = pd.read_csv(abstracts)
        random = np.random.default_rng(2026)
        for name in ("fresh a", "fresh b"):
            ten = random.choice(UNSEEN, 10, replace=False)
            some = table[table["label"].isin(ten)]
            yield f"abstracts, {name}", some["text"].tolist(), some["label"].tolist()


def methods(texts: Sequence[str], k: int) -> dict[str, Callable[[int], np.ndarray]]:
    """The project and the usual ways on the same matrix; each takes a seed."""
    from sklearn.cluster import KMeans
    from sklearn.decomposition import NMF, TruncatedSVD
    from sklearn.preprocessing import normalize

    from yigai.topics import cluster, vectors

    matrix = vectors.tfidf(vectors.kept(vectors.count(texts)))

    def svd(seed: int) -> np.ndarray:
        rows = normalize(TruncatedSVD(50, random_state=seed).fit_transform(matrix))
        return KMeans(k, n_init=10, random_state=seed).fit_predict(rows)

    return {
        "yigai": lambda seed: cluster(texts, k, random_state=seed).labels,
        "SVD 50 + KMeans, ten starts": svd,
        "NMF": lambda seed: NMF(k, init="nndsvda", max_iter=300, random_state=seed).fit_transform(matrix).argmax(1),
        "KMeans on TF-IDF": lambda seed: KMeans(k, n_init=1, random_state=seed).fit_predict(matrix),
    }


def score_labelled(folder: Path) -> Iterator[Row]:
    """NMI and stability of every method on every labelled set."""
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    for name, texts, classes in labelled(folder):
        for method, fit in methods(texts, len(set(classes))).items():
            found = [fit(seed) for seed in SEEDS]
            pairs = [adjusted_rand_score(a, b) for a, b in itertools.combinations(found, 2)]
            yield name, method, "NMI", float(np.mean([normalized_mutual_info_score(classes, f) for f in found]))
            yield name, method, "stability", float(np.mean(pairs))


def planted(
    k: int, seed: int, *, texts: int = 200, own: float = 0.55, words: tuple[int, int] = (30, 90), even: float = 8
) -> list[list[str]]:
    """Token lists of k planted topics, unequal in size (less so the larger `even`), `own` the share of topic words."""
    from yigai.topics import lexicon

    random = np.random.default_rng(seed)
    terms = list(random.permutation(sorted(t for t in lexicon() if t.isalpha() and len(t) > 1)))
    common, pools = terms[:150], [terms[150 + 55 * i : 205 + 55 * i] for i in range(k)]
    sizes = random.dirichlet(np.full(k, even))
    return [
        [str(random.choice(pools[topic] if mine else common)) for mine in random.random(random.integers(*words)) < own]
        for topic in random.choice(k, texts, p=sizes)
    ]


# made after the method was chosen: other sizes, lengths and shares of noise
OTHER_PLANTS: dict[str, dict[str, Any]] = {
    "80 texts": {"texts": 80},
    "400 texts": {"texts": 400},
    "two words in three are noise": {"own": 0.35},
    "texts of 10 to 25 words": {"own": 0.6, "words": (10, 25)},
    "very unequal topics": {"texts": 300, "even": 2},
}


def shuffled(lists: list[list[str]], seed: int) -> list[list[str]]:
    """The same words, shuffled over the texts."""
    words = list(np.random.default_rng(seed).permutation([w for one in lists for w in one]))
    return [[words.pop() for _ in one] for one in lists]


def score_planted() -> Iterator[Row]:
    """Share of planted corpora whose number is found, and of shuffled ones that are refused."""
    for name, numbers, how in [
        ("3 to 12 topics", range(3, 13), {}),
        *((name, range(3, 12, 2), how) for name, how in OTHER_PLANTS.items()),
    ]:
        lists = {k: planted(k, seed=k if not how else 100 + k, **how) for k in numbers}
        found = [_clustered(one).n_topics == k for k, one in lists.items()]
        refused = [_clustered(shuffled(one, k)).verdict.startswith("no stable number") for k, one in lists.items()]
        yield f"planted, {name}", "yigai", "number found", float(np.mean(found))
        yield f"planted, {name}, shuffled", "yigai", "refused", float(np.mean(refused))


def _clustered(lists: list[list[str]]) -> Any:
    from yigai.topics import cluster

    return cluster(["，".join(one) for one in lists])


def score_tokens(folder: Path) -> Iterator[Row]:
    """Share of texts with tokens identical to jieba's."""
    from yigai.topics import reference, segment

    reports = [p.read_text(encoding="utf-8") for p in sorted((folder / "reports_dev").glob("*.txt"))]
    seeds = [p.read_text(encoding="utf-8") for p in sorted((HERE.parents[1] / "seeds").glob("*.txt"))]
    laws = folder / "regulations_dev/regulations.parquet"
    news = [pd.read_csv(path)["text"].astype(str) for path in sorted((folder / "news_dev").glob("*.csv"))]
    texts = [*seeds, *reports, *(pd.read_parquet(laws)["text"] if laws.exists() else ()), *itertools.chain(*news)]
    yield (
        f"{len(texts)} real texts",
        "yigai",
        "identical tokens",
        float(np.mean([segment(t) == reference(t) for t in texts])),
    )


def main() -> None:
    """Run every score and write the table."""
    parser = argparse.ArgumentParser(description="Score the topics")
    parser.add_argument("--data", type=Path, default=DATA)
    folder = parser.parse_args().data
    if not (folder / "news_dev").exists():
        print(f"no labelled sets in {folder}: only planted corpora and the seeds are scored")
    warnings.simplefilter("ignore")
    with (HERE / "results.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("set", "method", "measure", "value"))
        for row in itertools.chain(score_tokens(folder), score_planted(), score_labelled(folder)):
            print(*row)
            writer.writerow((*row[:3], f"{row[3]:.3f}"))
            out.flush()


if __name__ == "__main__":
    main()
