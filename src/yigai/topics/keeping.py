"""A fitted model as tables, so that it can be kept and taken again without a pickle."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pandas as pd

from yigai.topics.model import Topics


def packed(model: Topics, passages: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The model and the passages it was fitted on as tables; :func:`unpacked` gives both back.

    passages: a row a text, with its topic and similarity; fits: a row a topic; centres: a row a topic and word;
    panel: a row a number of topics tried; whole: one row.
    """
    fits = pd.DataFrame({
        "terms": [json.dumps(words, ensure_ascii=False) for words in model.terms],
        "nearest": [json.dumps(texts) for texts in model.nearest],
        "stability": model.stability,
        "documents": list(model.documents),
        "verdict": list(model.verdicts),
        "id": list(model.ids),
    })  # fmt: skip
    centres = [(topic, word, weight) for topic, centre in enumerate(model.centres) for word, weight in centre.items()]
    return {
        "passages": passages.assign(label=model.labels, similarity=model.similarity),
        "fits": fits,
        "centres": pd.DataFrame(centres, columns=["topic", "word", "weight"]),
        "panel": model.panel,
        "whole": pd.DataFrame({"rand": [model.rand], "verdict": [model.verdict]}),
    }


def unpacked(tables: Mapping[str, pd.DataFrame]) -> tuple[Topics, pd.DataFrame]:
    """The model and its passages from the tables of :func:`packed`."""
    placed, fits, centres = tables["passages"], tables["fits"], tables["centres"]
    weights: list[dict[str, float]] = [{} for _ in range(len(fits))]
    for topic, word, weight in zip(centres["topic"], centres["word"], centres["weight"], strict=True):
        weights[topic][word] = weight
    model = Topics(
        labels=placed["label"].to_numpy(),
        terms=tuple(tuple(json.loads(words)) for words in fits["terms"]),
        similarity=placed["similarity"].to_numpy(),
        nearest=tuple(tuple(json.loads(texts)) for texts in fits["nearest"]),
        stability=fits["stability"].to_numpy(),
        rand=tables["whole"]["rand"].item(),
        documents=tuple(fits["documents"].tolist()),
        verdicts=tuple(fits["verdict"]),
        verdict=tables["whole"]["verdict"].item(),
        panel=tables["panel"],
        centres=tuple(weights),
        ids=tuple(fits["id"].tolist()),
    )
    return model, placed.drop(columns=["label", "similarity"])
