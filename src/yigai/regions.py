"""Regions as a caller names them: by slug or in Chinese, as a list or as the text of one."""

from __future__ import annotations

import json
from collections.abc import Sequence

from yigai import places
from yigai.corpus import BadInput
from yigai.parts import UNKNOWN


def listed(regions: Sequence[str] | str) -> list[str]:
    """The regions as a list, also when `papermill -p regions '["hunan"]'` hands them over as text.

    >>> listed('["liaoning", "湖南"]'), listed("hunan"), listed(["shanxi"]), listed("")
    (['liaoning', '湖南'], ['hunan'], ['shanxi'], [])
    """
    if not isinstance(regions, str):
        return list(regions)
    try:
        named = json.loads(regions)
    except ValueError:
        named = [regions] if regions.strip() else []
    return [str(name) for name in named] if isinstance(named, list) else [str(named)]


def region_slug(name: str) -> str:
    """The slug of a province named by slug or in Chinese.

    Raises BadInput with the valid slugs for any other name.

    >>> region_slug("辽宁"), region_slug("hunan")
    ('liaoning', 'hunan')
    """
    if name == UNKNOWN:
        return name
    try:
        return places.slug(places.province(name).name)
    except KeyError as problem:
        raise BadInput(f"regions: {name}: {problem.args[0]}") from None
