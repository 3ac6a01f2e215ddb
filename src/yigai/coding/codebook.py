"""The codebook: dimensions, instruments and word classes as versioned data, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True)
class Code:
    """One sub-code of a dimension with the cues that point to it."""

    code: str
    zh: str
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dimension:
    """One of the fourteen things a reform model consists of."""

    key: str
    zh: str
    en: str
    group: str
    definition: str
    definition_zh: str
    include: str
    exclude: str
    codes: tuple[Code, ...]
    mask: tuple[str, ...] = ()
    known_errors: str = ""
    include_zh: str = ""
    exclude_zh: str = ""
    known_errors_zh: str = ""


@dataclass(frozen=True)
class Instrument:
    """One of the seventeen policy instruments (政策工具), in a supply, environment or demand family."""

    key: str
    zh: str
    en: str
    family: str
    definition: str
    definition_zh: str
    include: str
    exclude: str
    cues: tuple[str, ...]
    mask: tuple[str, ...] = ()
    include_zh: str = ""
    exclude_zh: str = ""


@dataclass(frozen=True)
class Status:
    """One modality of a sentence: achieved, target, plan, rule or background.

    `told` are frames of narration: they give the status when no marker of another one stands by.
    """

    key: str
    zh: str
    definition: str
    strong: tuple[str, ...]
    weak: tuple[str, ...] = ()
    mask: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    definition_zh: str = ""


@dataclass(frozen=True)
class Codebook:
    """The whole codebook: what is coded, by which cues, with definitions in both languages."""

    version: str
    dimensions: tuple[Dimension, ...]
    instruments: tuple[Instrument, ...]
    classes: dict[str, tuple[str, ...]]
    mask: tuple[tuple[str, str], ...]  # what must stand in a sentence before the pattern is tried
    hedges: tuple[str, ...]
    hedge_mask: tuple[str, ...]
    families: dict[str, str]
    statuses: tuple[Status, ...]
    tightness: tuple[dict[str, Any], ...]
    policy_force: dict[int, str]
    crosswalks: dict[str, Any]
    pmc: dict[str, Any]

    def dimension(self, key: str) -> Dimension:
        """The dimension of that key; KeyError names the valid ones.

        >>> codebook().dimension("ORG").zh
        '组织整合形式'
        """
        return _named(self.dimensions, key)

    def instrument(self, key: str) -> Instrument:
        """The policy instrument of that key; KeyError names the valid ones.

        >>> codebook().instrument("SH").en
        'workforce training and recruitment'
        """
        return _named(self.instruments, key)

    def names(self) -> dict[str, str]:
        """Chinese name of every dimension, instrument and status key.

        >>> codebook().names()["DT"]
        '试点示范与推广'
        """
        items: tuple[Dimension | Instrument | Status, ...]
        items = (*self.dimensions, *self.instruments, *self.statuses)
        return {item.key: item.zh for item in items}


def _named(items: tuple[Any, ...], key: str) -> Any:
    found = {item.key: item for item in items}
    if key not in found:
        raise KeyError(f"no code {key!r}; valid: {', '.join(found)}")
    return found[key]


def _dimension(key: str, raw: dict[str, Any]) -> Dimension:
    codes = tuple(
        Code(code, body["zh"], tuple(body.get("strong", ())), tuple(body.get("weak", ())))
        for code, body in raw["codes"].items()
    )
    return Dimension(
        key, raw["zh"], raw["en"], raw["group"], raw["definition"], raw.get("definition_zh", ""),
        raw["include"], raw["exclude"], codes, tuple(raw.get("mask", ())),
        raw.get("known_errors", ""),
        raw.get("include_zh", ""), raw.get("exclude_zh", ""), raw.get("known_errors_zh", ""),
    )  # fmt: skip


def _instrument(key: str, family: str, raw: dict[str, Any]) -> Instrument:
    return Instrument(
        key, raw["zh"], raw["en"], family, raw["definition"], raw.get("definition_zh", ""),
        raw.get("include", ""), raw.get("exclude", ""), tuple(raw["cues"]), tuple(raw.get("mask", ())),
        raw.get("include_zh", ""), raw.get("exclude_zh", ""),
    )  # fmt: skip


def _status(key: str, raw: dict[str, Any]) -> Status:
    strong, weak, mask, told = (tuple(raw.get(name, ())) for name in ("strong", "weak", "mask", "told"))
    return Status(key, raw["zh"], raw["definition"], strong, weak, mask, told, raw.get("definition_zh", ""))


def parse(raw: dict[str, Any]) -> Codebook:
    """A codebook from the mapping in its YAML file."""
    return Codebook(
        version=str(raw["version"]),
        dimensions=tuple(_dimension(key, body) for key, body in raw["dimensions"].items()),
        instruments=tuple(
            _instrument(key, family, body)
            for family, group in raw["instruments"].items()
            for key, body in group["types"].items()
        ),
        classes={name: tuple(words) for name, words in raw["classes"].items()},
        mask=tuple((item["needs"], item["pattern"]) for item in raw["mask"]),
        hedges=tuple(raw["hedges"]),
        hedge_mask=tuple(raw["hedge_mask"]),
        families={family: group["zh"] for family, group in raw["instruments"].items()},
        statuses=tuple(_status(key, body) for key, body in raw["statuses"].items()),
        tightness=tuple(raw["tightness"]),
        policy_force={int(k): v for k, v in raw["policy_force"].items()},
        crosswalks=dict(raw["crosswalks"]),
        pmc=dict(raw["pmc"]),
    )


@cache
def codebook() -> Codebook:
    """The codebook shipped with the package.

    >>> book = codebook()
    >>> len(book.dimensions), len(book.instruments)
    (14, 17)
    """
    text = resources.files("yigai.data").joinpath("codebook.yaml").read_text(encoding="utf-8")
    return parse(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
