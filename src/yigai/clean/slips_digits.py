"""Which digit did the byte tool swallow? Only the calendar and the same document may answer."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from yigai.clean.slips_bytes import HOLE

# What may stand before the visible rest of a number: (rest, digits and their weights).
CALENDAR: tuple[tuple[re.Pattern[str], dict[str, float]], ...] = (
    # a whole month, year or day lost nothing: 。”10月12日 shows as ?!?10月12日 where no sign was swallowed
    (re.compile(r"(?:1[0-2]月|(?:19|20)\d\d年|(?:[12]\d|3[01])日)"), dict.fromkeys("123456789", 1e-9)),
    (re.compile(r"[0-2]月"), {"1": 1.0}),
    (re.compile(r"月"), dict.fromkeys("123456789", 1 / 9)),
    (re.compile(r"0\d\d年"), {"2": 1.0}),
    (re.compile(r"[89]\d\d年"), {"1": 1.0}),
    (re.compile(r"[01]日"), {"1": 0.35, "2": 0.35, "3": 0.3}),
    (re.compile(r"[2-9]日"), {"1": 0.5, "2": 0.5}),
    (re.compile(r"日"), dict.fromkeys("123456789", 1 / 9)),
    (re.compile(r"[.%％]"), dict.fromkeys("0123456789", 0.1)),
    (re.compile(r"00[%％]"), {"1": 0.9, "2": 0.1}),
    (re.compile(r""), dict.fromkeys("123456789", 1 / 9)),
)
SEEN_TWICE = 3.0  # log weight of a date the document prints elsewhere
DATE = re.compile(r"(?<!\d)\d{1,4}[年月日]")


@dataclass(frozen=True)
class Filled:
    """A reading with its swallowed digit filled in."""

    after: str
    log_weight: float
    grounds: tuple[str, ...]


def dates_of(text: str) -> frozenset[str]:
    """Return the years, months and days a document prints.

    >>> sorted(dates_of("2021年12月13日"))
    ['12月', '13日', '2021年']
    """
    return frozenset(m[0] for m in DATE.finditer(text))


def digit_readings(after: str, rest: str, dates: frozenset[str]) -> Iterator[Filled]:
    """Yield the readings of a run with each digit that fits its hole; the run itself when it has none.

    >>> [f.after for f in digit_readings("。”□", "2月12日", frozenset())]
    ['。”1']
    """
    if HOLE not in after:
        yield Filled(after, 0.0, ())
        return
    if after.count(HOLE) > 1:
        yield Filled(after, -20.0, ())
        return
    hole = after.index(HOLE)
    behind = after[hole + 1 :] + rest
    weights = next(weights for pattern, weights in CALENDAR if pattern.match(behind))
    visible = re.match(r"\d{0,3}[年月日]", behind)
    for digit, weight in sorted(weights.items()):
        date = digit + visible[0] if visible else ""
        known = date in dates
        yield Filled(
            after.replace(HOLE, digit),
            math.log(weight) + (SEEN_TWICE if known else 0.0),
            (f"swallowed {digit}", f"same document: {date}") if known else (f"swallowed {digit}",),
        )
