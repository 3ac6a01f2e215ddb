import importlib.util
from pathlib import Path

import pytest

from yigai import clean
from yigai.corpus.region import region_of
from yigai.corpus.view import view_of

spec = importlib.util.spec_from_file_location(
    "region_cases", Path(__file__).with_name("region_cases.py")
)
cases = importlib.util.module_from_spec(spec)
spec.loader.exec_module(cases)


def region(text):
    return region_of(view_of(clean.text(text)))


@pytest.mark.parametrize(
    ("claim", "text", "path"), cases.PLACED, ids=[case[0] for case in cases.PLACED]
)
def test_the_place_of_a_document_is_found(claim, text, path):
    found = region(text)
    assert found.place is not None, found.rule
    assert "/".join(found.place.path) == path


@pytest.mark.parametrize(
    ("claim", "text"), cases.UNPLACED, ids=[case[0] for case in cases.UNPLACED]
)
def test_no_place_is_named_where_none_is_proven(claim, text):
    assert region(text).place is None
