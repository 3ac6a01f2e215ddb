"""A fitted model that was kept as tables is the model that was fitted, to the last bit."""

from dataclasses import fields

import numpy as np
import pandas as pd
import pytest

from yigai import store, topics


def kept(model, texts, key):
    """The model after a stay in the cache, and the passages it came with."""
    found = pd.DataFrame({"doc": [str(n) for n in range(len(texts))], "passage": 0, "text": texts})
    packed = topics.packed(model, found)
    again, passages = topics.unpacked(store.cached(key, lambda: packed))
    assert passages.equals(found)
    return again


def assert_same(one, other):
    for field in fields(topics.Topics):
        left, right = getattr(one, field.name), getattr(other, field.name)
        if isinstance(left, np.ndarray):
            assert left.dtype == right.dtype, field.name
            assert left.tolist() == right.tolist(), field.name
        elif isinstance(left, pd.DataFrame):
            pd.testing.assert_frame_equal(left, right, check_exact=True, check_column_type=False, check_index_type=False)
        else:
            assert left == right, field.name


@pytest.mark.parametrize("number", [0, 3], ids=["the panel decides", "three"])
def test_a_kept_model_is_the_fitted_one(planted, tmp_path, monkeypatch, number):
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path))
    texts, _ = planted(3, texts=60)
    model = topics.cluster([*texts, "。"], number)
    assert -1 in model.labels
    assert_same(kept(model, [*texts, "。"], "a" * 64), model)


def test_a_model_of_one_topic_without_a_panel_is_kept_too(tmp_path, monkeypatch):
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path))
    texts = ["医保支付改革", "双向转诊"]
    model = topics.cluster(texts)
    assert_same(kept(model, texts, "b" * 64), model)
