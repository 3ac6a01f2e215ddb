"""The byte pairs of GBK as a byte tool meets them: what a sign may have been, what a stray byte may become."""

from functools import cache

from yigai.clean.slips_model import UNKNOWN, CharModel


@cache
def gbk(first: int, second: int) -> str:
    """Return the character of a byte pair, empty when the pair has none.

    >>> gbk(0x8C, 0xA3), gbk(0xB1, 0x31)
    ('專', '')
    """
    if second < 0x40:
        return ""
    try:
        char = bytes((first, second)).decode("gbk")
    except UnicodeDecodeError:
        return ""
    return char if len(char) == 1 else ""


@cache
def byte_forms(sign: str) -> tuple[bytes, ...]:
    """Return the bytes a shown sign may have had: its own, and those of its full-width twin."""
    forms = [sign.encode("gbk", "ignore")]
    if "!" <= sign <= "~":
        forms.append(bytes((0xA3, ord(sign) + 0x80)))
    if sign == " ":
        forms.append(b"\xa1\xa1")
    return tuple(form for form in forms if form)


def mark_forms(sign: str) -> tuple[bytes, ...]:
    r"""Return the two bytes of a full-width mark as the tool matched it.

    >>> mark_forms(","), mark_forms("？"), mark_forms("科")
    ((b'\xa3\xac',), (b'\xa3\xbf',), ())
    """
    if len(sign) != 1:
        return ()
    pairs = (form for form in byte_forms(sign) if len(form) == 2 and form[0] == 0xA3)
    return tuple(pairs) if not sign.isalnum() else ()


@cache
def leads(second: int, model: CharModel) -> tuple[str, ...]:
    """Return the characters with this second byte, those the model has met."""
    made = (gbk(first, second) for first in range(0x81, 0xFF))
    return tuple(char for char in made if char and model.symbol(char) != UNKNOWN)


@cache
def trails(first: int, model: CharModel) -> tuple[tuple[int, str, int], ...]:
    """Return the second bytes a converter cannot place alone, with the characters and symbols they make."""
    made = ((second, gbk(first, second)) for second in range(0x80, 0xFF))
    known = ((b, char, model.symbol(char)) for b, char in made if char)
    return tuple(row for row in known if row[2] != UNKNOWN)


@cache
def unmapped_after(lead: int) -> tuple[int, ...]:
    """Return the second bytes with which `lead` has no character in GBK."""
    return tuple(b for b in range(0x40, 0xFF) if b != 0x7F and not gbk(lead, b))
