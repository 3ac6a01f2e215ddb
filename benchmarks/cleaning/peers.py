"""The cleaners that are compared: this project, the public ones, and the best chain of them."""

import html
from collections.abc import Callable

import ftfy
import opencc
import trafilatura

from yigai import clean

WIDE = str.maketrans({",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"})
T2S = opencc.OpenCC("t2s")


def yigai(raw: str) -> str:
    """Return what this project makes of a page."""
    return clean.text(raw).text


def nothing(raw: str) -> str:
    """Return the page as found."""
    return raw


def by_ftfy(raw: str) -> str:
    """Return what ftfy's defaults make of it."""
    return ftfy.fix_text(raw)


def by_opencc(raw: str) -> str:
    """Return the page in simplified script."""
    return T2S.convert(raw)


def by_trafilatura(raw: str) -> str:
    """Return the main text, each line given as a paragraph; the page itself when nothing is found."""
    body = "".join(f"<p>{html.escape(line.strip())}</p>" for line in raw.splitlines() if line.strip())
    found = trafilatura.extract(f"<html><body><article>{body}</article></body></html>", favor_precision=True)
    return found or raw


def best_chain(raw: str) -> str:
    """Return the main text in simplified script with full-width marks between Chinese characters."""
    lines = by_opencc(by_trafilatura(raw)).splitlines()
    return "\n".join(line.strip().translate(WIDE) for line in lines if len(line.strip()) > 12 or "。" in line)


CLEANERS: dict[str, Callable[[str], str]] = {
    "yigai": yigai,
    "raw": nothing,
    "ftfy": by_ftfy,
    "OpenCC": by_opencc,
    "trafilatura": by_trafilatura,
    "best chain": best_chain,
}
