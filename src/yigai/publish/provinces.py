"""Provinces on a schematic map: one tile each, near where it lies; and place names in Latin letters."""

from __future__ import annotations

from functools import cache

from yigai.publish.words import Pair

#: slug, Chinese short name, English name, column, row.
TILES: tuple[tuple[str, str, str, int, int], ...] = (
    ("heilongjiang", "黑龙江", "Heilongjiang", 8, 0),
    ("neimenggu", "内蒙古", "Inner Mongolia", 5, 1), ("jilin", "吉林", "Jilin", 8, 1),
    ("xinjiang", "新疆", "Xinjiang", 0, 2), ("gansu", "甘肃", "Gansu", 3, 2), ("ningxia", "宁夏", "Ningxia", 4, 2),
    ("beijing", "北京", "Beijing", 6, 2), ("tianjin", "天津", "Tianjin", 7, 2), ("liaoning", "辽宁", "Liaoning", 8, 2),
    ("qinghai", "青海", "Qinghai", 1, 3), ("shaanxi", "陕西", "Shaanxi", 4, 3), ("shanxi", "山西", "Shanxi", 5, 3),
    ("hebei", "河北", "Hebei", 6, 3), ("shandong", "山东", "Shandong", 7, 3),
    ("xizang", "西藏", "Xizang", 0, 4), ("sichuan", "四川", "Sichuan", 2, 4), ("chongqing", "重庆", "Chongqing", 3, 4),
    ("hubei", "湖北", "Hubei", 4, 4), ("henan", "河南", "Henan", 5, 4), ("anhui", "安徽", "Anhui", 6, 4),
    ("jiangsu", "江苏", "Jiangsu", 7, 4), ("shanghai", "上海", "Shanghai", 8, 4),
    ("yunnan", "云南", "Yunnan", 2, 5), ("guizhou", "贵州", "Guizhou", 3, 5), ("hunan", "湖南", "Hunan", 4, 5),
    ("jiangxi", "江西", "Jiangxi", 5, 5), ("zhejiang", "浙江", "Zhejiang", 7, 5),
    ("guangxi", "广西", "Guangxi", 3, 6), ("guangdong", "广东", "Guangdong", 4, 6), ("fujian", "福建", "Fujian", 6, 6),
    ("taiwan", "台湾", "Taiwan", 8, 6),
    ("hainan", "海南", "Hainan", 3, 7), ("macao", "澳门", "Macao", 4, 7), ("hongkong", "香港", "Hong Kong", 5, 7),
)  # fmt: skip
#: Letters of GB/T 2260 for each tile of the English map.
LETTERS = {
    "heilongjiang": "HL", "neimenggu": "NM", "jilin": "JL", "xinjiang": "XJ", "gansu": "GS", "ningxia": "NX", "beijing": "BJ",
    "tianjin": "TJ", "liaoning": "LN", "qinghai": "QH", "shaanxi": "SN", "shanxi": "SX", "hebei": "HE", "shandong": "SD",
    "xizang": "XZ", "sichuan": "SC", "chongqing": "CQ", "hubei": "HB", "henan": "HA", "anhui": "AH", "jiangsu": "JS",
    "shanghai": "SH", "yunnan": "YN", "guizhou": "GZ", "hunan": "HN", "jiangxi": "JX", "zhejiang": "ZJ", "guangxi": "GX",
    "guangdong": "GD", "fujian": "FJ", "taiwan": "TW", "hainan": "HI", "macao": "MO", "hongkong": "HK",
}  # fmt: skip
_SUFFIXES = (
    ("自治县", "Autonomous County"), ("自治州", "Autonomous Prefecture"), ("自治区", ""), ("特别行政区", ""),
    ("地区", "Prefecture"), ("新区", "New Area"), ("省", ""), ("市", ""), ("区", "District"), ("县", "County"),
    ("旗", "Banner"), ("盟", "League"), ("州", "Prefecture"), ("镇", "Town"), ("乡", "Township"),
)  # fmt: skip


@cache
def province(name: str) -> tuple[str, Pair] | None:
    """Slug and names of the province that ``name`` is, by slug or Chinese name; None for no province.

    >>> province("辽宁省")
    ('liaoning', Pair(en='Liaoning', zh='辽宁'))
    """
    for slug, zh, en, _, _ in TILES:
        if name and (name == slug or name.startswith(zh)):
            return slug, Pair(en, zh)
    return None


@cache
def place(name: str) -> Pair:
    """A place name with its reading in Latin letters for the English edition.

    >>> place("利州区").en, place("资兴市").en, place("陕西省").en
    ('Lizhou District', 'Zixing', 'Shaanxi')
    """
    if found := province(name):
        return Pair(found[1].en, name)
    for suffix, english in _SUFFIXES:
        stem = name.removesuffix(suffix)
        if stem != name and len(stem) > 1:
            return Pair(f"{_latin(stem)} {english}".strip(), name)
    return Pair(_latin(name), name)


def _latin(name: str) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(name)).capitalize() if name and not name.isascii() else name
