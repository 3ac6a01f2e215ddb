"""Every rule by its cases: what it mends, and what it must leave alone."""

import json
from pathlib import Path

import pytest

from yigai import clean

CASES = Path(__file__).parent / "cases"
ALL = [
    pytest.param(case, id=f"{path.stem}: {case['says']}",
                 marks=[pytest.mark.xfail(strict=True, reason=case["fails"])] if "fails" in case else [])
    for path in sorted(CASES.glob("*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
]  # fmt: skip


def lines(text):
    return "\n".join(text) if isinstance(text, list) else text


@pytest.mark.parametrize("case", ALL)
def test_case(case):
    cleaned = clean.text(lines(case["in"]))
    assert cleaned.text == lines(case.get("out", case["in"]))
    for kind in case.get("flags", []):
        assert kind in {f.kind for f in cleaned.flags} | {e.kind for e in cleaned.edits if e.status != "applied"}
