"""Evidence sheets: one page per dimension and instrument family, from codebook and scores, in two editions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from yigai.coding.codebook import Codebook, Dimension, Instrument, Status, codebook
from yigai.coding.wording import EDITIONS, ENGLISH, Wording

_NONE = pd.DataFrame(columns=["field", "code", "n", "first", "second", "both", "alpha", "kappa"])


def sheets(scores: pd.DataFrame, *, agreed: pd.DataFrame = _NONE, lang: str = "en") -> dict[str, str]:
    """The methodology pages of one edition as file name -> Markdown, with an index.

    `scores` has the columns of `score` and `set`, the name of the sentences measured on (`set_zh` names
    them in Chinese); `agreed` is a table of `agreement` of two readers, printed beside precision and
    recall. `lang` is `en` or `zh`; the Chinese edition of `x.md` is called `x.zh.md`.

    >>> sorted(sheets(pd.DataFrame(columns=["set", "field", "code"]), lang="zh"))[:2]
    ['dimension_BEN.zh.md', 'dimension_CAP.zh.md']
    """
    book = codebook()
    found = Measures(scores, agreed, EDITIONS[lang])
    pages = {f"dimension_{item.key}": _dimension(item, found, book) for item in book.dimensions}
    for family in book.families:
        tools = [item for item in book.instruments if item.family == family]
        pages[f"instruments_{family}"] = _family(family, tools, found, book)
    pages["status"] = _status(found, book)
    pages = {"index": _index(pages, found, book)} | pages
    ending = ".md" if lang == "en" else f".{lang}.md"
    return {name + ending: text for name, text in pages.items()}


@dataclass(frozen=True)
class Measures:
    """What is known about the quality of the codes, and the words it is told in."""

    scores: pd.DataFrame
    agreed: pd.DataFrame
    said: Wording = ENGLISH

    def of(self, field: str, code: str) -> str:
        """Both tables of one code as Markdown."""
        said = self.said
        told = (measured(self.scores, field, code, said=said), agreeing(self.agreed, field, code, said=said))
        return "\n".join(filter(None, told))


def _head(title: str, book: Codebook, said: Wording) -> str:
    return f"# {title}\n\n{said.version.format(book.version)}\n"


def _name(item: Dimension | Instrument, said: Wording) -> str:
    return f"{item.key} {item.zh}: {item.en}" if said is ENGLISH else f"{item.key} {item.zh}"


def _line(label: str, text: str, said: Wording) -> str:
    return f"**{label}{said.colon}** {text}\n"


def _meaning(item: Dimension | Instrument, said: Wording) -> list[str]:
    """Definition, include and exclude; the English edition prints the Chinese definition too."""
    zh = _line(EDITIONS["zh"].definition, item.definition_zh, ENGLISH)
    if said is not ENGLISH:
        texts = (item.definition_zh, item.include_zh, item.exclude_zh)
    else:
        texts = (f"{item.definition}\n\n{zh.rstrip()}", item.include, item.exclude)
    labels = (said.definition, said.include, said.exclude)
    define, include, exclude = (_line(label, text, said) for label, text in zip(labels, texts, strict=True))
    return [define, f"{include}\n{exclude}"]


def _cues(label: str, cues: Iterable[str]) -> str:
    found = list(cues)
    shown = ", ".join(f"`{cue}`" for cue in found)
    return f"**{label}** ({len(found)}): {shown}\n" if found else ""


def _table(heads: str, rows: Iterable[Iterable[str]]) -> str:
    lines = [f"| {heads} |", "|" + "---|" * (heads.count("|") + 1)]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


def measured(scores: pd.DataFrame, field: str, code: str, *, said: Wording = ENGLISH) -> str:
    """The measured precision and recall of one code as a Markdown table; says so when there is none."""
    rows = scores[(scores["field"] == field) & (scores["code"] == code)]
    if rows.empty:
        return said.unmeasured + "\n"
    names = rows["set_zh"] if said is not ENGLISH and "set_zh" in rows else rows["set"]
    cells = (
        (name, str(row.n), str(row.coded), f"{row.precision:.2f}", f"{row.recall:.2f}", f"{row.f1:.2f}")
        for name, row in zip(names, rows.itertuples(), strict=True)
    )
    return _table(said.scores, cells)


def _pair(row: object, names: Iterable[str]) -> list[str]:
    """Cells of one row of agreement: counts as they are, alpha and kappa with two digits."""
    values = [getattr(row, name) for name in names]
    return [f"{value:.2f}" if isinstance(value, float) else str(value) for value in values]


def agreeing(agreed: pd.DataFrame, field: str, code: str, *, said: Wording = ENGLISH) -> str:
    """Alpha and kappa of two readers for one code as a Markdown table; '' when none was computed."""
    rows = agreed[(agreed["field"] == field) & (agreed["code"] == code)]
    if rows.empty:
        return ""
    names = ("n", "first", "second", "both", "alpha", "kappa")
    return _table(said.agreement, (_pair(row, names) for row in rows.itertuples()))


def _dimension(item: Dimension, found: Measures, book: Codebook) -> str:
    said = found.said
    parts = [
        _head(_name(item, said), book, said),
        *_meaning(item, said),
        f"## {said.measured}\n\n" + found.of("dimensions", item.key),
        _line(said.errors, item.known_errors if said is ENGLISH else item.known_errors_zh, said),
        _line(said.source, said.origin, said),
        f"## {said.cues}\n",
    ]
    for code in item.codes:
        parts.append(f"### {code.code} {code.zh}\n")
        parts.append(_cues(said.strong, code.strong))
        parts.append(_cues(said.weak, code.weak))
    parts.append(_cues(said.masked, item.mask))
    return "\n".join(filter(None, parts))


def _family(family: str, tools: list[Instrument], found: Measures, book: Codebook) -> str:
    said = found.said
    parts = [_head(said.family.format(family=family, zh=book.families[family]), book, said)]
    for item in tools:
        parts += [
            f"## {_name(item, said)}\n",
            *_meaning(item, said),
            found.of("instruments", item.key),
            _cues(said.one_cue, item.cues),
            _cues(said.hidden, item.mask),
        ]
    return "\n".join(filter(None, [*parts, _line(said.source, said.origin, said)]))


def _modality(item: Status, said: Wording) -> list[str]:
    title = f"{item.key} {item.zh}" if said is ENGLISH else item.zh
    return [
        f"## {title}\n",
        _line(said.definition, item.definition if said is ENGLISH else item.definition_zh, said),
        _cues(said.marked_strong, item.strong),
        _cues(said.marked_weak, item.weak),
        _cues(said.told, item.told),
        _cues(said.hidden, item.mask),
    ]


def _status(found: Measures, book: Codebook) -> str:
    said = found.said
    parts = [_head(said.status, book, said), f"{said.accuracy}\n\n" + found.of("status", "all")]
    for item in book.statuses:
        parts += _modality(item, said)
    return "\n".join(filter(None, parts))


def _index(pages: dict[str, str], found: Measures, book: Codebook) -> str:
    """The list of the pages; links name the English file, which the site resolves in either edition."""
    said = found.said
    links = [f"* [{text.splitlines()[0].removeprefix('# ')}]({name}.md)" for name, text in pages.items()]
    parts = [_head(said.index, book, said), "\n".join(links) + "\n"]
    for field, name in said.fields.items():
        parts.append(f"## {said.all.format(name)}\n\n" + measured(found.scores, field, "all", said=said))
    if not found.agreed.empty:
        names = ("field", "code", "n", "first", "second", "both", "alpha", "kappa")
        rows = (_pair(row, names) for row in found.agreed.itertuples())
        parts += [f"## {said.agreed}\n", said.readers + "\n", _table(" | ".join(names), rows)]
    return "\n".join(parts)
