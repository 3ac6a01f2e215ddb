"""Score the coding on the hand-coded reference, hold the floors, write the evidence sheets."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

from yigai import coding

HERE = Path(__file__).resolve().parent
SHEETS = HERE.parents[1] / "docs" / "methodology"


def read(name: str) -> pd.DataFrame:
    """A table beside this file, every cell text."""
    return pd.read_csv(HERE / name, dtype=str, keep_default_na=False)


def measured() -> pd.DataFrame:
    """Scores on the reference (in sight while the rules were written) and on the fresh batches."""
    reference = read("reference.csv")
    seen = coding.score(reference, coding.code(reference["text"].tolist()))
    other = read("independent_reader.csv")
    met = coding.score(other, coding.code(other["text"].tolist()))
    fresh = read("fresh.csv").astype({"n": int, "coded": int, "hits": int, "precision": float, "recall": float, "f1": float})
    names = {"set": "development sentences, in sight of the rules", "set_zh": "开发所用句子，规则可见"}
    others = {"set": "laws and reports of the second independent reading, met by the rules", "set_zh": "第二次独立编码的法规与报告，规则已见"}
    return pd.concat([fresh, seen.assign(**names), met.assign(**others)], ignore_index=True)


def agreed() -> pd.DataFrame:
    """Agreement of the two readers of the reference, code by code."""
    first = read("reference.csv")
    first = first.assign(unit=[str(number) for number in range(1, len(first) + 1)])
    return coding.agreement(first, read("second_reader.csv"))


def fallen(scores: pd.DataFrame) -> list[str]:
    """The floors that are no longer held."""
    held = scores[scores["set"].str.startswith("development")].set_index(["field", "code"])["f1"]
    floors = read("floors.csv")
    return [
        f"{row.field} {row.code}: {held[row.field, row.code]:.3f} is below its floor {row.floor}"
        for row in floors.itertuples()
        if held[row.field, row.code] < float(row.floor)
    ]


def main() -> int:
    """Print, check, and write when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", action="store_true", help="write docs/methodology")
    asked = parser.parse_args()
    scores = measured()
    print(scores[scores["code"] == "all"].drop(columns="set_zh").to_string(index=False))
    print(agreed().to_string(index=False))
    if asked.sheets:
        SHEETS.mkdir(parents=True, exist_ok=True)
        for lang in ("en", "zh"):
            for name, text in coding.sheets(scores, agreed=agreed(), lang=lang).items():
                (SHEETS / name).write_text(text, encoding="utf-8")
    lost = fallen(scores)
    print("\n".join(lost) or "all floors held")
    return int(bool(lost))


if __name__ == "__main__":
    sys.exit(main())
