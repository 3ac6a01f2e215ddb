"""Read a damaged run back to GBK bytes: every original that the byte tool would have shown like this.

The tool cut the bytes at a full-width mark (A3xx) it found across a character border. So the character
before the cut lost its second byte to the mark, the mark's second byte leads the next character, and
everything up to the next ASCII byte (or the next cut) is shifted by one byte.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from yigai.clean.slips_gbk import byte_forms, gbk, leads, mark_forms, trails, unmapped_after
from yigai.clean.slips_model import PageModel

ORPHAN = "?\ufffd"  # what a converter prints for a byte it cannot place
HOLE = "□"  # a digit that was swallowed and is still unknown
BEAM = 50
UNLIKELY = 9.0  # and a character this far behind the best one for its place is not tried
HOPELESS = 14.0  # a reading this far behind does not catch up
NO_FLOOR = float("-inf")
LONGEST = 48  # tokens looked at after a cut
SETTLED = 4  # aligned tokens after which the shift is over
KEPT_ASCII = -5.0  # the converters met so far swallow the ASCII sign after a stray lead byte
SWALLOWED_NEWLINE = -5.0
SWALLOWED_BRACKET = -1.0
WRONG_SCRIPT = -5.0
NOTE_AGREES, NOTE_DIFFERS = 4.0, -10.0
NOTE_MISSING, NOTE_UNUSUAL = -6.0, -3.0
LITERAL_MARK = -5.5  # ordinary text does write ?! and ???, more often than official texts show
NOTE = re.compile(r"\(([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,6})\)")
BROKEN_TAG = re.compile(r"/?[A-Za-z]{1,6} ?/?>")
TAG = "<"  # stands for a reading where a token is the rest of a tag
BROKEN_NOTE = re.compile(r"([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,6})\)")


@dataclass(frozen=True)
class Token:
    """One sign of the shown text, or a whole pinyin note."""

    text: str
    start: int
    end: int
    reading: str = ""


@dataclass(frozen=True)
class Setting:
    """What the document says about itself: its script and which characters it annotates."""

    traditional: bool
    notes: frozenset[str]
    bare: frozenset[str]
    seen: frozenset[str]


class Path(NamedTuple):
    """One way of reading the tokens so far (a named tuple: thousands are made for each run)."""

    score: float
    # lead byte that waits for its second one, 0 when aligned, -n when it is the lost second byte
    # of a pair that started with n and has no character
    pending: int
    history: tuple[int, ...]
    out: str
    until: int  # tokens up to here belong to the damaged run
    kept: int = 0  # and as many characters of `out` are what stood there
    formed: str = ""  # last character put together from shifted bytes, while its note may follow


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of one line from `start`: signs, and pinyin notes as wholes.

    >>> [t.text for t in tokens("F(xiàn)在", 0, 8)]
    ['F', '(xiàn)', '在']
    """
    found: list[Token] = []
    while start < end and len(found) < LONGEST:
        # a shifted byte before a note may have swallowed its bracket: 績(jī) shows as ?jī)
        cut = found and found[-1].text in ORPHAN
        note = NOTE.match(text, start, end) or (cut and BROKEN_NOTE.match(text, start, end))
        tag = cut and BROKEN_TAG.match(text, start, end)  # 使用。”</P> shows as 使用?！?/P>
        stop = note.end() if note else tag.end() if tag else start + 1
        found.append(Token(text[start:stop], start, stop, note[1] if note else TAG if tag else ""))
        start = stop
    return found


def script_cost(char: str, setting: Setting, model: PageModel) -> float:
    """Return the cost of a character in the other script than the document's."""
    if char in setting.seen or not "一" <= char <= "龥":
        return 0.0
    if not setting.traditional:
        return WRONG_SCRIPT if ord(char) in model.general.simplified else 0.0
    return WRONG_SCRIPT if char in model.general.simplified_only else 0.0


def emit(path: Path, char: str, model: PageModel, *, cost: float = 0.0) -> Path:
    """Return the path with one more character and its probability."""
    symbol = model.general.symbol("0" if char == HOLE else char)
    score = path.score + cost + model.scorer(path.history)(symbol)
    history = (*path.history[-2:], symbol)
    return Path(score, path.pending, history, path.out + char, path.until, path.kept, "")


def form(path: Path, char: str, at: int, model: PageModel, setting: Setting, pending: int) -> Path:
    """Return the path with a character put together from shifted bytes."""
    cost = script_cost(char, setting, model)
    # a site annotates a character always or never: one it annotates needs its note
    if char in setting.notes and char not in setting.bare:
        cost += NOTE_MISSING
    symbol = model.general.symbol(char)
    score = path.score + cost + model.scorer(path.history)(symbol)
    out = path.out + char
    return Path(score, pending, (*path.history[-2:], symbol), out, at + 1, len(out), char)


def also(path: Path, char: str, model: PageModel, *, cost: float = 0.0) -> Path:
    """Return the path with an ASCII sign that the run held besides its characters."""
    made = emit(path, char, model, cost=cost)
    return made._replace(kept=len(made.out))


def starts(path: Path, sign: Token, mark: Token, at: int, model: PageModel, setting: Setting) -> Iterator[Path]:
    """Yield the readings of a stray byte before a mark: a character cut in two."""
    if sign.text not in ORPHAN:
        return
    for pair in mark_forms(mark.text):
        for char in leads(pair[0], model.general):
            yield form(path, char, at + 1, model, setting, pair[1])


def steps(
    path: Path, row: list[Token], at: int, model: PageModel, setting: Setting, *, floor: float = NO_FLOOR
) -> Iterator[Path]:
    """Yield the readings of one token after `path`; those below the floor may be left out."""
    token = row[at]
    if token.reading:
        yield from noted(path, token, at, setting)
        return
    if not path.pending:
        yield literally(path, token.text, model)
        return
    if path.pending < 0:
        for lead in unmapped_after(-path.pending):
            if lead >= 0x81:
                yield from steps(path._replace(pending=lead), row, at, model, setting, floor=floor)
        return
    if token.text in ORPHAN:
        yield from lost(path, row, at, model, setting, floor=floor)
    for shown in byte_forms(token.text):
        char = gbk(path.pending, shown[0])
        if not char:
            continue
        formed = form(path, char, at, model, setting, 0)
        if len(shown) == 1:
            yield formed
        elif shown[1] >= 0x81:
            yield formed._replace(pending=shown[1])
        elif 0x40 <= shown[1] < 0x7F:
            yield also(formed, chr(shown[1]), model)


def literally(path: Path, sign: str, model: PageModel) -> Path:
    """Return the path with a sign taken as it stands."""
    read = emit(path, sign, model)
    if sign in "?？!！":
        return read._replace(score=max(read.score, path.score + LITERAL_MARK))
    return read


def noted(path: Path, token: Token, at: int, setting: Setting) -> Iterator[Path]:
    """Yield the path past a pinyin note, weighed by whether the note fits the character before it."""
    if path.pending:
        return
    if not path.formed:
        yield path
        return
    if token.reading == TAG:
        yield path._replace(until=at + 1, formed="")
        return
    agrees = reads(path.formed, token.reading)
    cost = NOTE_AGREES if agrees else NOTE_DIFFERS
    if path.formed in setting.notes and path.formed not in setting.bare:
        cost -= NOTE_MISSING
    elif path.formed in setting.bare:
        cost += NOTE_UNUSUAL
    yield path._replace(score=path.score + cost, until=at + 1, formed="")


@cache
def reads(char: str, reading: str) -> bool:
    """Return whether a toned reading belongs to a character.

    >>> reads("設", "shè"), reads("現", "shè")
    (True, False)
    """
    from pypinyin import Style, pinyin

    return reading in pinyin(char, style=Style.TONE, heteronym=True)[0]


def lost(
    path: Path, row: list[Token], at: int, model: PageModel, setting: Setting, *, floor: float
) -> Iterator[Path]:
    """Yield the readings of a `?` inside a shifted run: a stray byte, an unmapped pair, a swallowed sign."""
    last = at + 1 == len(row)
    # at the end of its piece, or before a note whose bracket it took along
    ends_piece = last or bool(row[at + 1].reading or mark_forms(row[at + 1].text)) or row[at + 1].text in "。、“”"
    likely = model.scorer(path.history)
    made = [(likely(symbol), b, char) for b, char, symbol in trails(path.pending, model.general)]
    least = max(max(made)[0] - UNLIKELY, floor - path.score) if made else 0.0
    for chance, second, char in made:
        if chance < least:  # every further sign costs something, so this reading stays below the floor
            continue
        formed = form(path, char, at, model, setting, 0)
        # the stray byte stood at the end of its piece, or was printed without taking a sign along;
        # 0x80 never leads, so it never takes one
        alone = ends_piece or second == 0x80
        # no number starts with a nought: one that seems to has lost its first digit
        kept = KEPT_ASCII * 2 if not last and row[at + 1].text == "0" else KEPT_ASCII
        yield formed if alone else formed._replace(score=formed.score + kept)
        if last or second == 0x80 or formed.score < floor:
            continue
        yield also(formed, HOLE, model)
        yield also(formed, "\n", model, cost=SWALLOWED_NEWLINE)
        yield also(formed, "(", model, cost=SWALLOWED_BRACKET)  # the balance of the line decides
        if unmapped_after(second)[-1:] > (0x80,):
            yield formed._replace(pending=-second)


def read_back(
    row: list[Token], history: tuple[int, ...], model: PageModel, setting: Setting, *, whole: bool
) -> tuple[list[Path], Path]:
    """Return the readings of a run that starts with a stray byte, best first, and the run taken literally.

    `whole` says that the row reaches the end of its line.
    """
    start = Path(0.0, 0, history, "", 0)
    beam = best_of(list(starts(start, row[0], row[1], 0, model, setting))) if len(row) > 1 else []
    literal = start
    for at in range(min(2, len(row))):
        literal = next(steps(literal, row, at, model, setting))
    at = 2
    while at < len(row) and beam:
        found = list(advance(beam[0], row, at, model, setting))
        floor = max((path.score for path in found), default=NO_FLOOR) - HOPELESS
        found += [new for path in beam[1:] for new in advance(path, row, at, model, setting, floor=floor)]
        beam = best_of(found)
        literal = next(steps(literal, row, at, model, setting))
        at += 1
        if settled(beam, at):
            return [path for path in beam if not path.pending], literal
    done = [path for path in beam if not path.pending]
    if whole:
        return best_of([emit(path, "\n", model) for path in done]), emit(literal, "\n", model)
    return done, literal


def best_of(paths: list[Path]) -> list[Path]:
    """Return the readings worth following, best first."""
    if not paths:
        return []
    floor = max(path.score for path in paths) - HOPELESS
    near = [path for path in paths if path.score >= floor]
    return sorted(near, key=lambda p: (-p.score, p.out))[:BEAM]


def advance(
    path: Path, row: list[Token], at: int, model: PageModel, setting: Setting, *, floor: float = NO_FLOOR
) -> Iterator[Path]:
    """Yield the readings of a token; an aligned stray byte before a mark may start another cut."""
    if path.until > at:  # the mark was read together with its stray byte
        yield path
        return
    yield from steps(path, row, at, model, setting, floor=floor)
    if not path.pending and at + 1 < len(row):
        yield from starts(path, row[at], row[at + 1], at, model, setting)


def settled(beam: list[Path], at: int) -> bool:
    """Return whether every reading near the best one has been aligned for some tokens."""
    near = [path for path in beam if path.score > beam[0].score - 12]
    return all(not path.pending and at - path.until >= SETTLED for path in near)
