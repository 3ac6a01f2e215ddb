"""Templates to pages: escaping always on, links relative, both languages from one template."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from yigai.publish import addresses, columns, sayings, words
from yigai.publish.addresses import in_language, relative
from yigai.publish.words import Pair

#: Folders that both editions share; every other address is of a page and has an edition.
SHARED = ("assets/", "data/")


class Printer:
    """The templates with the site's menu, ready to print pages."""

    def __init__(self, menu: Sequence[tuple[str, Pair]], manifest: Mapping[str, Any], bound: Pair | None = None) -> None:
        self._templates = Environment(
            loader=PackageLoader("yigai", "templates"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self._templates.globals |= {
            "say": _say, "said": _said, "some": _some, "href": _href, "menu": menu, "manifest": manifest, "bound": bound, "signs": words.STATUS_SIGNS,
            "status_name": _status_name, "chips": _chip, "field_heading": columns.heading,
        }  # fmt: skip
        #: What stands on every page beside what it shows.
        self.made_of = (*((name, manifest.get(name)) for name in ("yigai", "parameters", "packages", "accounting")), bound)
        self._templates.filters |= {"t": _in_language, "thousands": thousands, "readable": readable, "ref": addresses.reference}

    def page(
        self, template: str, path: str, lang: str, title: Pair, description: Pair, shows: Mapping[str, Any]
    ) -> bytes:
        """One page of one edition as bytes."""
        plain = path.removeprefix(f"{lang}/") if lang != "en" else path
        html = self._templates.get_template(template).render(
            **shows, lang=lang, path=path, plain=plain, title=title, description=description,
            section=PurePosixPath(plain).parts[0],
        )  # fmt: skip
        return html.encode("utf-8", "replace")


def thousands(value: int) -> str:
    r"""A count with thin spaces between thousands.

    >>> thousands(12345)
    '12\u202f345'
    """
    return f"{value:,}".replace(",", "\u202f")


def readable(value: object) -> str:
    """A value as indented JSON."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)


@pass_context
def _say(context: Context, en: str, zh: str) -> str:
    return zh if context["lang"] == "zh" else en


@pass_context
def _said(context: Context, text: object) -> str:
    """Words of the run in the language of the edition."""
    return sayings.said(str(text), context["lang"])


@pass_context
def _some(context: Context, count: int, one: str, many: str, zh: str) -> str:
    """A count with its noun."""
    noun = zh if context["lang"] == "zh" else one if count == 1 else many
    return f"{thousands(count)} {noun}"


@pass_context
def _in_language(context: Context, pair: Pair) -> str:
    return pair.of(context["lang"])


@pass_context
def _status_name(context: Context, status: str) -> str:
    return words.value("status", status).of(context["lang"])


@pass_context
def _chip(context: Context, status: str) -> Markup:
    """A status as a coloured sign with its name."""
    return _chip_in(status, context["lang"])


@cache
def _chip_in(status: str, lang: str) -> Markup:
    return Markup('<span class="st st-{}"><span aria-hidden="true">{}</span> {}</span>').format(
        status.replace(" ", "-"), words.STATUS_SIGNS.get(status, "·"), words.value("status", status).of(lang)
    )


@pass_context
def _href(context: Context, target: str, lang: str = "") -> str:
    """The link to a page of the same edition (or of ``lang``), or to a shared file."""
    if target.startswith("#"):
        return target
    shared = target.startswith(SHARED)
    return relative(target if shared else in_language(target, lang or context["lang"]), context["path"])
