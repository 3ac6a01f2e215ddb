"""ASCII names of the 34 provinces: papermill escapes Chinese parameters, folders dislike them."""

from yigai.places.gazetteer import Place, by_code, named

SLUGS = {
    "110000": "beijing",
    "120000": "tianjin",
    "130000": "hebei",
    "140000": "shanxi",
    "150000": "neimenggu",
    "210000": "liaoning",
    "220000": "jilin",
    "230000": "heilongjiang",
    "310000": "shanghai",
    "320000": "jiangsu",
    "330000": "zhejiang",
    "340000": "anhui",
    "350000": "fujian",
    "360000": "jiangxi",
    "370000": "shandong",
    "410000": "henan",
    "420000": "hubei",
    "430000": "hunan",
    "440000": "guangdong",
    "450000": "guangxi",
    "460000": "hainan",
    "500000": "chongqing",
    "510000": "sichuan",
    "520000": "guizhou",
    "530000": "yunnan",
    "540000": "xizang",
    "610000": "shaanxi",
    "620000": "gansu",
    "630000": "qinghai",
    "640000": "ningxia",
    "650000": "xinjiang",
    "710000": "taiwan",
    "810000": "hongkong",
    "820000": "macao",
}
ALIASES = {
    "inner-mongolia": "150000",
    "innermongolia": "150000",
    "nei-mongol": "150000",
    "nmg": "150000",
    "tibet": "540000",
    "hong-kong": "810000",
    "xianggang": "810000",
    "macau": "820000",
    "aomen": "820000",
}
CODES = {slug: code for code, slug in SLUGS.items()} | ALIASES


def province(name: str) -> Place:
    """Find a province by slug, name, short name or code; a KeyError lists the valid slugs.

    >>> province("liaoning").name, province("陕西").code, province("210000").name, province("tibet").name
    ('辽宁省', '610000', '辽宁省', '西藏自治区')
    """
    key = name.strip()
    code = CODES.get(key.lower().replace("_", "-"), key)
    found = by_code(code) or next(
        (place for place in named(key) if place.level == "province"), None
    )
    if found is None or found.level != "province":
        raise KeyError(f"{name}: not a province; valid: {', '.join(sorted(SLUGS.values()))}")
    return found


def slug(name: str) -> str:
    """Give the ASCII name of a province.

    >>> slug("辽宁"), slug("陕西省"), slug("山西"), slug("内蒙古自治区")
    ('liaoning', 'shaanxi', 'shanxi', 'neimenggu')
    """
    return SLUGS[province(name).code]
