"""GBK byte slips: marks matched across a character border by a byte tool, and the text that stood there.

``臨床重點??平ㄔO`` was 臨床重點專科建設 (8CA3 BFC6 BDA8 D44F): the tool saw A3BF, a full-width question
mark, inside 專科, cut there, and each piece was decoded alone. The repair is a noisy-channel search: all
byte readings that would have been shown like this, weighed by a character model, the pinyin notes, the
balance of the quotes, the script and the dates of the same document.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from yigai.clean.slips_bytes import HOLE, NOTE, Path, Setting, Token, read_back, tokens
from yigai.clean.slips_digits import dates_of, digit_readings
from yigai.clean.slips_model import PageModel, model, page_model

# A stray byte, then a full-width mark (perhaps folded). Cheap: most pages hold no such pair.
ANCHOR = re.compile(r"[?\ufffd](?=[,?!:;()，？！：；（）％%])")
MASK = re.compile(r"[?\ufffd]{5,}")  # a counter or a clock that lost its font, not a slip
PRIOR = {True: -4.0, False: -12.0}  # log odds that such a pair is a slip: in traditional pages, in others
# A run of marks alone may be an excited writer: it needs a page that was slipped elsewhere.
BARE = re.compile(r"[?!,:;()？！，：；（）\ufffd]+")
ALONE = -9.0
ANNOTATED = 4  # characters with notes make a page one of those sites'
MOST, SPARSE = 40, 60  # more stray bytes than this, or than one in so many signs, are no slips
REACH = 240  # signs of the line looked at on either side
TEMPERATURE = 1.05  # the character model is a little surer than it has a right to be
ACCEPTED = 0.77
SHOWN = 0.02  # candidates below this share are not worth a reader's time
UNBALANCED = -4.0
PAIRS = (("“", "”"), ("《", "》"), ("（(", "）)"), ("【", "】"), ("〔", "〕"))
SENSELESS = -8.0  # mean log probability of a character below which no reading is text
CONTEXT = 12


@dataclass(frozen=True)
class Slip:
    """A place that may hold a slip: a stray byte and the mark after it."""

    start: int
    end: int
    run: str
    context: str


@dataclass(frozen=True)
class Repair:
    """A reading of a damaged run; `before` keeps the pinyin note that was glued to it."""

    start: int
    end: int
    before: str
    after: str
    confidence: float
    evidence: str
    status: str
    candidates: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Reading:
    """One original of a run: its text, where it ends in the line, and why it is believed."""

    after: str
    stop: int
    whole: str
    score: float
    per_character: float
    grounds: tuple[str, ...]


def find(text: str) -> list[Slip]:
    """Return the places where a stray byte stands before a full-width mark.

    >>> [slip.run for slip in find("臨床重點??平ㄔO、人才")]
    ['??']
    >>> find("这是为什么?我们不知道。")
    []
    """
    if "?" not in text and "\ufffd" not in text:
        return []
    return [
        Slip(m.start(), m.end() + 1, text[m.start() : m.end() + 1], around(text, m.start(), m.end() + 1))
        for m in ANCHOR.finditer(text)
    ]


def repair(text: str) -> list[Repair]:
    """Return the readings of all damaged runs of a text, in order, applied or only proposed.

    >>> [(r.before, r.after, r.status) for r in repair("臨床重點??平ㄔO、人才隊伍建設和公共衛生服務")]
    [('??平ㄔO', '專科建設', 'applied')]
    >>> repair("真的??我不信!!")
    []
    """
    slips = find(text)
    if not slips:
        return []
    masks = [(m.start(), m.end()) for m in MASK.finditer(text)]
    slips = [slip for slip in slips if not any(a <= slip.start < b for a, b in masks)]
    if not slips or len(slips) > max(MOST, len(text) // SPARSE):
        return []
    setting = setting_of(text)
    page = page_model(NOTE.sub("", undamaged(text)))
    found = read_all(text, slips, setting, page, doubt=0.0)
    if len(setting.notes) >= ANNOTATED or any(is_sure(text, r) for r in found):
        return found
    bare = [Slip(r.start, r.end, r.before, "") for r in found if BARE.fullmatch(r.before)]
    doubted = read_all(text, bare, setting, page, doubt=ALONE)
    return sorted([r for r in found if not BARE.fullmatch(r.before)] + doubted, key=lambda r: r.start)


def is_sure(text: str, found: Repair) -> bool:
    """Return whether a repair shows that the page was slipped: shifted signs, or a quote it closes."""
    if found.status != "applied":
        return False
    if not BARE.fullmatch(found.before):
        return True
    line = text[text.rfind("\n", 0, found.start) + 1 : found.start]
    return unbalanced(line) > unbalanced(line + found.after)


def read_all(text: str, slips: list[Slip], setting: Setting, page: PageModel, *, doubt: float) -> list[Repair]:
    """Return the readings of the runs at `slips`, none of them overlapping."""
    dates = dates_of(text)
    repairs: list[Repair] = []
    done = 0
    for slip in slips:
        if slip.start < done:
            continue
        found = repair_at(text, slip.start, setting, page, dates, doubt=doubt)
        if found:
            repairs.append(found)
            done = found.end
    return repairs


def undamaged(text: str) -> str:
    """Return the text without the signs after each stray byte, which prove nothing."""
    return re.sub(ANCHOR.pattern + r"[^\n]{1,24}", "\n", text)


def setting_of(text: str) -> Setting:
    """Return the script of a document and the characters it annotates, always or never."""
    charmodel = model()
    noted = {text[m.start() - 1] for m in NOTE.finditer(text) if m.start()}
    bare = {m[1] for m in re.finditer(r"([一-龥])(?!\()", text)} if noted else set()
    seen = Counter(text)
    traditional = sum(n for char, n in seen.items() if ord(char) in charmodel.simplified)
    plain = sum(n for char, n in seen.items() if char in charmodel.simplified_only)
    return Setting(traditional > plain, frozenset(noted), frozenset(bare), frozenset(seen))


def repair_at(
    text: str, start: int, setting: Setting, page: PageModel, dates: frozenset[str], *, doubt: float
) -> Repair | None:
    """Return the reading of the run that starts at `start`, or nothing when it reads best as it stands."""
    line_start = max(text.rfind("\n", 0, start) + 1, start - REACH)
    line_end = text.find("\n", start, start + REACH)
    line = text[line_start : line_end if line_end >= 0 else start + REACH]
    ranked = rank(line, start - line_start, setting, page, dates, doubt=doubt)
    best = ranked[0][0] if ranked else None
    if best is None:
        return None
    share = ranked[0][1]
    return Repair(
        start=start,
        end=line_start + best.stop,
        before=text[start : line_start + best.stop],
        after=best.after,
        confidence=round(share, 6),
        evidence=" ".join(best.grounds),
        status=status_of(best, share),
        candidates=tuple((r.after, round(p, 6)) for r, p in ranked if r is not None and p >= SHOWN)[:5],
    )


def status_of(best: Reading, share: float) -> str:
    """Return whether a reading is applied, only proposed, or refused as no sensible text."""
    if best.per_character < SENSELESS or HOLE in best.after:
        return "refused"
    return "applied" if share >= ACCEPTED else "flagged"


def rank(
    line: str, start: int, setting: Setting, page: PageModel, dates: frozenset[str], *, doubt: float
) -> tuple[tuple[Reading | None, float], ...]:
    """Return the readings of a run with their shares, best first; None stands for "no slip here"."""
    row = tokens(line, start, len(line))
    history = page.general.encode("\n" + NOTE.sub("", line[:start])[-CONTEXT:])[-3:]
    paths, literal = read_back(row, history, page, setting, whole=row[-1].end == len(line) < REACH)
    readings: dict[str, Reading] = {}
    for path in paths:
        for reading in readings_of(path, line, start, row, dates, doubt=doubt):
            known = readings.get(reading.whole)
            if known is None or known.score < reading.score:
                readings[reading.whole] = reading
    return shares(readings.values(), literal.score + UNBALANCED * unbalanced(line), PRIOR[setting.traditional])


def readings_of(
    path: Path, line: str, start: int, row: list[Token], dates: frozenset[str], *, doubt: float
) -> Iterator[Reading]:
    """Yield the readings of one path: one, or one for each digit that may have been swallowed."""
    stop = row[path.until - 1].end
    rest = line[stop:]
    grounds = (hex_of(path.out[: path.kept]), *(("note " + row[path.until - 1].text,) if row[path.until - 1].reading else ()))
    for filled in digit_readings(path.out[: path.kept], rest, dates):
        whole = line[:start] + filled.after + rest
        yield Reading(
            after=filled.after,
            stop=stop,
            whole=whole,
            score=path.score + filled.log_weight + (doubt if BARE.fullmatch(line, start, stop) else 0.0)
            + UNBALANCED * unbalanced(whole),
            per_character=path.score / max(1, len(path.out)),
            grounds=(*grounds, *filled.grounds),
        )


def shares(
    readings: Iterable[Reading], literal: float, prior: float
) -> tuple[tuple[Reading | None, float], ...]:
    """Return the readings and "no slip" with their posterior shares, best first."""
    scored: list[tuple[float, str, Reading | None]] = [(literal, "", None)]
    scored += [(r.score + prior, r.whole, r) for r in readings]
    scored.sort(key=lambda item: (-item[0], item[1]))
    top = scored[0][0]
    weights = [math.exp((score - top) / TEMPERATURE) for score, _, _ in scored[:40]]
    total = sum(weights)
    return tuple((r, w / total) for (_, _, r), w in zip(scored, weights, strict=False))


def unbalanced(line: str) -> int:
    """Return how many quotes and brackets of a line have no partner.

    >>> unbalanced("他说：“好。"), unbalanced("（一）《办法》")
    (1, 0)
    """
    lost = 0
    for left, right in PAIRS:
        open_ = 0
        for char in line:
            if char in left:
                open_ += 1
            elif char in right:
                lost += open_ == 0
                open_ = max(0, open_ - 1)
        lost += open_
    return lost


def hex_of(text: str) -> str:
    """Return the GBK bytes of a reading, the evidence a reader can check.

    >>> hex_of("專科")
    '8CA3 BFC6'
    """
    return " ".join(char.encode("gbk").hex().upper() for char in text if not char.isascii() and char != HOLE)


def around(text: str, start: int, end: int) -> str:
    """Return a span with the signs before and after it."""
    return text[max(0, start - CONTEXT) : end + CONTEXT]
