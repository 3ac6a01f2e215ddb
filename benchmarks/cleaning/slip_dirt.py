"""Slip the bytes of a traditional GBK text as the tool did: cut at marks found across a border."""

import random
import re

MARKS = (b"\xa3\xac", b"\xa3\xbf", b"\xa3\xa1", b"\xa3\xba", b"\xa3\xbb", b"\xa3\xa8", b"\xa3\xa9")


def shown(piece: bytes) -> str:
    r"""Return what a converter prints for a piece that may start or end inside a character.

    >>> shown(bytes.fromhex("C6BDA8D44F")), shown(b"\x8c"), shown(b"\xb112")
    ('平ㄔO', '?', '?2')
    """
    out: list[str] = []
    at = 0
    while at < len(piece):
        if piece[at] < 0x81:
            out.append(chr(piece[at]) if piece[at] < 0x80 else "?")
            at += 1
            continue
        pair = piece[at : at + 2]
        try:
            out.append(pair.decode("gbk") if len(pair) == 2 else "?")
        except UnicodeDecodeError:
            out.append("?")
        at += 2
    return "".join(out)


def borders(line: str) -> list[tuple[int, bytes]]:
    r"""Return the byte offsets in a line where a mark is found across a character border.

    >>> borders("臨床重點專科建設")
    [(9, b'\xa3\xbf')]
    """
    data = line.encode("gbk")
    starts = set()
    at = 0
    for char in line:
        starts.add(at)
        at += len(char.encode("gbk"))
    found = []
    for mark in MARKS:
        for m in re.finditer(re.escape(mark), data):
            if m.start() not in starts:
                found.append((m.start(), mark))
    return sorted(found)


def slip(line: str, at: int, mark: bytes) -> str:
    """Return the line as shown after a cut at byte `at`; the tool also cuts at the marks that follow.

    >>> slip("十大精品專科，52個", 9, bytes.fromhex("A3BF"))
    '十大精品?？?，52個'
    """
    data = line.encode("gbk")
    head, rest = data[:at], data[at + 2 :]
    pieces = re.split(rb"(\xa3\xac|\xa3\xbf|\xa3\xa1)", rest)
    return shown(head) + mark.decode("gbk") + "".join(shown(piece) for piece in pieces)


def choose(lines: list[str], rate: float, rng: random.Random) -> list[tuple[int, int, bytes]]:
    """Return some of the places of a text where the tool could have cut: (line, byte, mark)."""
    places = [(i, at, mark) for i, line in enumerate(lines) for at, mark in borders(line)]
    return [place for place in places if rng.random() < rate]
