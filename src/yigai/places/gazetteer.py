"""The list of places: administrative codes since 1981, their names, short names and successors."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PEOPLES = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 "
    "达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 鄂温克 德昂 保安 裕固 独龙 鄂伦春 各"
)
AUTONOMOUS = re.compile(
    r"(.{2,12}?)(?:(?:"
    + "|".join(sorted(PEOPLES.split(), key=len, reverse=True))
    + r")族?){0,5}自治([区州县旗])"
)
PLAIN = re.compile(r"(.{2,12}?)(?:特别行政区|行政区|地区|林区|特区|矿区|新区|[省市县区旗盟])")
# 阿拉善盟 and 前郭尔罗斯 are said whole or in these short forms, which no suffix rule yields.
SHORT = {
    "前郭尔罗斯蒙古族自治县": "前郭",
    "科尔沁左翼中旗": "科左中旗",
    "科尔沁左翼后旗": "科左后旗",
    "科尔沁右翼前旗": "科右前旗",
    "科尔沁右翼中旗": "科右中旗",
    "黔西南布依族苗族自治州": "黔西南州",
    "锡林郭勒盟": "锡盟",
    "新疆生产建设兵团": "兵团",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A province, prefecture or county: its code, name and what stands above it."""

    code: str
    name: str
    level: str
    province: str
    city: str
    county: str
    until: str = ""
    successors: tuple[str, ...] = ()

    @property
    def current(self) -> bool:
        """Whether the unit still exists."""
        return not self.until

    @property
    def path(self) -> tuple[str, ...]:
        """The names from the province down."""
        return tuple(name for name in (self.province, self.city, self.county) if name)

    def within(self, other: "Place") -> bool:
        """Whether this place lies in the other one or is it.

        >>> named("利州区")[0].within(named("四川")[0])
        True
        """
        return self.path[: len(other.path)] == other.path


def stem(name: str) -> str:
    """Give the name without the kind of unit, or '' when one character would remain.

    >>> stem("利州区"), stem("阿坝藏族羌族自治州"), stem("内蒙古自治区"), stem("茂县")
    ('利州', '阿坝', '内蒙古', '')
    """
    match = AUTONOMOUS.fullmatch(name) or PLAIN.fullmatch(name)
    return match[1] if match else ""


def short_forms(name: str) -> Iterator[str]:
    """Give the forms in which a name is said: whole, bare, and 恩施州, 景宁县.

    >>> list(short_forms("恩施土家族苗族自治州"))
    ['恩施土家族苗族自治州', '恩施', '恩施州']
    """
    yield name
    if bare := stem(name):
        yield bare
        match = AUTONOMOUS.fullmatch(name)
        if match and match[2] in "州县旗":
            yield bare + match[2]
    if name in SHORT:
        yield SHORT[name]


def level_of(code: str) -> str:
    """Read the level from the zeros of a code.

    >>> level_of("140000"), level_of("140300"), level_of("431081")
    ('province', 'prefecture', 'county')
    """
    return (
        "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
    )


def place_of(row: dict[str, str]) -> Place:
    """Read one row of the table."""
    level = level_of(row["code"])
    return Place(
        row["code"],
        row["name"],
        level,
        row["province"],
        row["city"] if level != "province" else "",
        row["name"] if level == "county" else "",
        row["until"],
        tuple(filter(None, row["successors"].split(";"))),
    )


@cache
def everywhere() -> tuple[Place, ...]:
    """Give every place, those in use first."""
    table = files("yigai").joinpath("data", "places", "places.csv").read_text(encoding="utf-8")
    return tuple(place_of(row) for row in csv.DictReader(table.splitlines()))


@cache
def code_index() -> dict[str, Place]:
    """Map a code to its place, the one in use before the older ones."""
    index: dict[str, Place] = {}
    for place in everywhere():
        known = index.setdefault(place.code, place)
        if not known.current and known.until < place.until:
            index[place.code] = place
    return index


@cache
def name_index() -> dict[str, tuple[Place, ...]]:
    """Map whole and short names to places: in use first, provinces before cities before counties."""
    rank = {"province": 0, "prefecture": 1, "county": 2}
    index: dict[str, list[Place]] = {}
    for place in everywhere():
        for form in dict.fromkeys(short_forms(place.name)):
            index.setdefault(form, []).append(place)
    return {
        form: tuple(
            sorted(
                answering(form, found),
                key=lambda place: (not place.current, -int(place.until or 0), rank[place.level]),
            )
        )
        for form, found in index.items()
    }


def answering(form: str, found: list[Place]) -> list[Place]:
    """Drop a past unit where its heir, the place around it or a unit in use answers to the same name.

    >>> [place.code for place in named("广元")], [place.code for place in named("资兴市")]
    (['510800'], ['431081'])
    """
    current = [place for place in found if place.current]
    if current and any(place.name != form for place in found if not place.current):
        found = [place for place in found if place.current or place.name == form]
    codes = {place.code for place in current} | {
        place.code[:4] for place in current if place.level == "prefecture"
    }
    return [
        place
        for place in found
        if place.current
        or not codes.intersection((*place.successors, *(code[:4] for code in place.successors)))
    ]


def by_code(code: str) -> Place | None:
    """Find the place of a code of 2, 4 or 6 digits, in use or not.

    >>> by_code("510802").name, by_code("14").name, by_code("110103").successors
    ('利州区', '山西省', ('110101',))
    """
    if not re.fullmatch(r"(?:[0-9]{2}){1,3}", code, re.ASCII):
        return None
    full = code.ljust(6, "0")
    # 北京 and the units under a province directly (直辖) have no prefecture of their own
    return code_index().get(full) or (
        code_index().get(full[:2] + "0000") if full.endswith("00") else None
    )


def named(name: str) -> tuple[Place, ...]:
    """Find every place of a name, with or without its suffix, those in use first.

    >>> [place.code for place in named("资兴市")], len(named("朝阳区")) > 1, named("无此地")
    (['431081'], True, ())
    """
    return name_index().get(name, ())
