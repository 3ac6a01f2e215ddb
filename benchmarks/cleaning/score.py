"""Compare a cleaner's output with the truth: per kind, per number, per character."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

import opencc

from benchmarks.cleaning.cells import TrueEdit, edits
from benchmarks.cleaning.compose import Sample

T2S = opencc.OpenCC("t2s")
# A run that is left alone may still have been widened with the rest of its line.
FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
NUMBER = re.compile(r"\d+(?:\.\d+)?%?")


@dataclass(frozen=True)
class Score:
    """What a cleaner did to one page."""

    right: Counter[str]
    changed: Counter[str]
    total: Counter[str]
    harm: int
    f1: float
    numbers_exact: bool
    failures: tuple[tuple[str, str, str, str], ...]


def alignment(clean: str, output: str) -> list[int]:
    """Return for each character of the truth its place in the output, -1 when it is not there.

    >>> alignment("医保局", "医x局")
    [0, -1, 2]
    """
    places = [-1] * len(clean)
    clean_lines, output_lines = clean.splitlines(keepends=True), output.splitlines(keepends=True)
    matcher = SequenceMatcher(None, clean_lines, output_lines, autojunk=False)
    starts, out_starts = offsets(clean_lines), offsets(output_lines)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        left, right = "".join(clean_lines[i1:i2]), "".join(output_lines[j1:j2])
        if tag == "equal":
            for k in range(len(left)):
                places[starts[i1] + k] = out_starts[j1] + k
        elif left and right:
            inner = SequenceMatcher(None, left, right, autojunk=False)
            for a, b, n in inner.get_matching_blocks():
                for k in range(n):
                    places[starts[i1] + a + k] = out_starts[j1] + b + k
    return places


def offsets(lines: list[str]) -> list[int]:
    """Return where each line starts."""
    found = [0]
    for line in lines:
        found.append(found[-1] + len(line))
    return found


def score(sample: Sample, output: str) -> Score:
    """Return the score of one output."""
    clean = sample.clean
    output = output.strip("\n")
    places = alignment(clean, output)
    matched = sum(p >= 0 for p in places)
    right: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    failures: list[tuple[str, str, str, str]] = []
    for edit in edits(sample.cells):
        if edit.kind == "layout" or (edit.kind == "width" and edit.after == ""):
            continue
        total[edit.kind] += 1
        got = between(places, output, edit)
        if mended(edit, places, output, got) if edit.kind != "title" else told_once(sample, output):
            right[edit.kind] += 1
            changed[edit.kind] += 1
            continue
        changed[edit.kind] += got is not None and edit.after != "" and altered(edit, got)
        around = clean[max(0, edit.clean_start - 8) : edit.clean_end + 6]
        failures.append((edit.kind, edit.before.strip(), got if got is not None else "…", around))
    return Score(
        right=right,
        changed=changed,
        total=total,
        harm=spoiled(sample, places),
        f1=2 * matched / max(1, len(clean) + len(output)),
        numbers_exact=NUMBER.findall(output) == NUMBER.findall(clean),
        failures=tuple(failures),
    )


def between(places: list[int], output: str, edit: TrueEdit) -> str | None:
    """Return what the output has where an edit belongs, None when its neighbours are lost."""
    if edit.clean_start > len(places):
        return None
    left = -1 if edit.clean_start == 0 else places[edit.clean_start - 1]
    right = len(output) if edit.clean_end >= len(places) else places[edit.clean_end]
    if (left < 0 and edit.clean_start) or right < 0:
        return None
    return output[left + 1 : right]


def mended(edit: TrueEdit, places: list[int], output: str, got: str | None) -> bool:
    """Return whether an edit came out right; script is judged apart from the note behind it."""
    if not edit.after:
        line = edit.before.strip()
        return not any(look in output for look in (line, core(line), T2S.convert(core(line))))
    inside = places[edit.clean_start : edit.clean_end]
    if edit.kind in ("script", "width"):
        return all(p >= 0 for p in inside)
    if edit.kind == "pinyin":
        return got is not None and "(" not in got and "（" not in got
    return got == edit.after


def altered(edit: TrueEdit, got: str) -> bool:
    """Return whether something else stands there than before, in either script or width."""
    return T2S.convert(got.translate(FOLD)) not in (T2S.convert(edit.before.translate(FOLD)), edit.after)


def told_once(sample: Sample, output: str) -> bool:
    """Return whether the output has the title as often as the text."""
    title = sample.clean.split("\n")[0]
    return output.count(title) == sample.clean.count(title)


def core(line: str) -> str:
    """Return the longest Chinese stretch of a furniture line: widths may have changed around it."""
    return max(re.findall(r"[一-龥]+", line) or [line], key=len) if len(line) > 12 else line


def spoiled(sample: Sample, places: list[int]) -> int:
    """Return how many stretches that no dirt had touched came out different."""
    at = count = 0
    previous = True
    for cell in sample.cells:
        for k in range(len(cell.clean)):
            lost = at + k < len(places) and places[at + k] < 0 and not cell.kinds and cell.clean != "\n"
            count += lost and previous
            previous = not lost
        at += len(cell.clean)
    return count


def false_edits(clean: str, output: str) -> list[tuple[str, str]]:
    """Return the stretches of a clean text that a cleaner changed.

    >>> false_edits("头部企业", "第一企业")
    [('头部', '第一')]
    """
    clean, output = clean.strip("\n"), output.strip("\n")
    if clean == output:
        return []
    found = []
    pairs = list(zip(clean.splitlines(), output.splitlines(), strict=False))
    if len(clean.splitlines()) != len(output.splitlines()):
        pairs = [(clean, output)]
    for left, right in pairs:
        if left != right:
            codes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
            found += [(left[a:b], right[c:d]) for tag, a, b, c, d in codes if tag != "equal"]
    return found
