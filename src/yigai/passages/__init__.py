r"""passages: the units of analysis, a tree of headings, passages and sentences with exact offsets.

A *passage* is a paragraph of the clean text (in a plan: one numbered item); a *sentence* is a stretch of a
passage that ends with 。；！？ outside brackets. Headings open a path; duty lines, background and
boilerplate are named, so that nobody counts a byline or a responsibility line as a policy.

    >>> for s in split("某市医改方案\n一、工作任务\n1.优化布局。组建医共体；推进转诊。（责任单位：市卫健委）"):
    ...     print(s.passage, s.sentence, s.kind, s.heading_path, s.text)
    1 1 heading  某市医改方案
    2 2 heading 一、工作任务 一、工作任务
    3 3 heading 一、工作任务/1.优化布局 1.优化布局。
    3 4 body 一、工作任务/1.优化布局 组建医共体；
    3 5 body 一、工作任务/1.优化布局 推进转诊。
    3 6 duty 一、工作任务/1.优化布局 （责任单位：市卫健委）
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from yigai.passages import kinds, outline
from yigai.passages.sentences import spans

if TYPE_CHECKING:
    import pandas as pd

    from yigai.clean import Cleaned

__all__ = ["COLUMNS", "KINDS", "Sentence", "bodies", "split", "table"]

KINDS = ("body", "heading", "duty", "background", "boilerplate")
COLUMNS = ("doc", "passage", "sentence", "heading_path", "kind", "text",
           "start", "end", "raw_start", "raw_end")  # fmt: skip
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One unit of coding; `sentence` counts through the whole text, `text[start:end]` is the sentence."""

    passage: int
    sentence: int
    heading_path: str
    kind: str
    text: str
    start: int
    end: int


class _Paragraph(NamedTuple):
    start: int
    text: str


def _paragraphs(text: str) -> list[_Paragraph]:
    """Visible lines, trimmed, each with its offset."""
    lines = ((m.start(), m[0]) for m in _LINE.finditer(text))
    return [
        _Paragraph(start + len(line) - len(line.lstrip()), line.strip()) for start, line in lines if line.strip()
    ]


def split(text: str) -> list[Sentence]:
    r"""Sentences of a clean text in order; every visible character lies in exactly one of them.

    >>> [s.kind for s in split("关于建议的复函\n黄某代表：\n首先感谢您的关心。我区成立了医联体。")]
    ['heading', 'background', 'background', 'body']
    """
    paragraphs = _paragraphs(text)
    lines = [paragraph.text for paragraph in paragraphs]
    path = outline.Path()
    found: list[Sentence] = []
    for at, (offset, paragraph) in enumerate(paragraphs):
        for begin, end, kind in _walk(lines, at, path):
            found.append(Sentence(at + 1, len(found) + 1, str(path), kind, paragraph[begin:end],
                                  offset + begin, offset + end))  # fmt: skip
    return found


def _walk(lines: Sequence[str], at: int, path: outline.Path) -> Iterator[tuple[int, int, str]]:
    """Sentences of one paragraph with their kind, while the path opens and closes."""
    text, before = lines[at], ""
    line = kinds.of_line(lines, at)
    if line:
        yield 0, len(text), line
        return
    outline.close_spoken(path)
    cuts = spans(text)
    for order, (begin, end) in enumerate(cuts):
        sentence = text[begin:end]
        kind = kinds.of_sentence(sentence, before=before, late=at >= len(lines) - 3)
        if kind == "body" and outline.opens(lines, at, sentence, path, first=order == 0, alone=len(cuts) == 1):
            kind = "heading"
        yield begin, end, kind
        before = sentence


def table(doc: str, cleaned: Cleaned) -> pd.DataFrame:
    """Contract table `sentences` of one document, with the clean and the raw span of each sentence."""
    import pandas as pd

    rows = [
        (doc, s.passage, s.sentence, s.heading_path, s.kind, s.text, s.start, s.end,
         *cleaned.to_raw(s.start, s.end))
        for s in split(cleaned.text)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def bodies(sentences: pd.DataFrame) -> pd.DataFrame:
    """Passages as texts, one row a passage that has body sentences: doc, passage, heading_path, text, start, end."""
    body = sentences[sentences["kind"] == "body"]
    return body.groupby(["doc", "passage"], sort=False, as_index=False).agg(
        heading_path=("heading_path", "first"), text=("text", "".join), start=("start", "min"), end=("end", "max")
    )
