"""Institutions: who belongs to which network, as lead, member or partner, and how many."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from yigai.facts.numerals import fold, worth
from yigai.facts.settings import records

COLUMNS = ("doc", "name", "network", "role", "count", "quote")
READ_KINDS = ("body", "background", "")
KIND = r"(?:人民医院|中心医院|中医医院|中医院|附属医院|医院|保健院|卫生院|社区卫生服务中心|社区卫生服务站|卫生室|疾控中心|疾病预防控制中心|医学院|大学)"
NAME = rf"(?:(?!\d{{1,4}}[家所个名]|[建组]成|分别)[\u4e00-\u9fff\d]){{1,16}}?{KIND}"
INSTITUTION = re.compile(rf"(?:{KIND}|集团|中心|委|局|联盟|协作网)$")
NETWORK = r"(?:紧密型)?(?:城市|县域|县级|[东西南北中上下]{0,4}片区|县\(区\)级)?(?:医联体|医共体|医疗联合体|医疗卫生共同体|医疗集团|专科联盟|互联网医疗联盟|医疗联盟|协作网|联盟|医养联合体|远程(?:会诊|医疗|诊疗)(?:中心|平台))"
LED_BY = re.compile(rf"(?:以(?P<lead>[\u4e00-\u9fff\d()、]{{2,40}}?)为(?:牵头医院|牵头单位|龙头|核心|主体|牵头)|由(?P<by>[\u4e00-\u9fff\d()]{{2,16}}?(?:医院|保健院))牵头)的?(?:[\d两二三四五六]个)?(?P<network>[\u4e00-\u9fff]{{0,8}}{NETWORK}|[\u4e00-\u9fff]{{2,10}}医院)?(?:[((](?P<members>[^()()]{{2,80}})[))])?")
COUNTED = re.compile(rf"(?P<names>(?:{NAME}、){{0,6}}{NAME})?等?(?P<count>\d{{1,4}}|[两二三四五六七八九十]{{1,3}})(?:家|所|个|大(?=[\u4e00-\u9fff]{{0,8}}{NETWORK}))(?P<kind>[\u4e00-\u9fff]{{0,10}}?(?:医院|卫生院|卫生服务中心|卫生室|医疗机构|卫生机构|成员单位|医疗集团|医共体|医联体|医疗联合体|共同体))(?!龙头|牵头|成员|总院|总医院|核心)")
LINKED = re.compile(rf"(?P<one>{NAME})(?:(?P<verb>联通|加入|托管|领办|对口支援|入驻|牵手|合作)|分别与|与)(?:了)?(?P<others>(?:(?!、[\u4e00-\u9fff]{{2,12}}(?:联通|加入|托管))[\u4e00-\u9fff\d、和]){{2,60}})")
PARTNER = re.compile(r"联通|合作|协作|联盟|对口|帮扶|托管|加入|共建|支援")
GROUPED = re.compile(r"(?:组建|成立|建成|形成|设立|推动|推进)了?(?P<names>[\u4e00-\u9fff、和()]{4,40}?)(?P<count>[两二三四五六七八九十\d]{1,3})[个大](?P<network>[\u4e00-\u9fff]{0,6}(?:医共体|医联体|医疗集团|共同体|联合体))")
# 县人民医院医共体, named after who leads it.
NAMED_AFTER = re.compile(r"(?P<lead>(?:(?!依托|推动|支持|以及)[\u4e00-\u9fff]){1,14}?(?:医院|保健院))(?P<network>(?:紧密型|总医院)?(?:医共体|医联体|医疗集团|医疗共同体))(?!成员|牵头|总院|内)")


CUE = re.compile(r"联通|加入|托管|领办|对口支援|入驻|牵手|为牵头|为龙头|为主体|医联体|医共体|医疗集团|联盟|共同体|联合体|协作网|远程(?:会诊|医疗|诊疗)(?:中心|平台)")


def _network_near(folded: str, position: int) -> str:
    found = list(re.finditer(NETWORK, folded))
    before = [match[0] for match in found if match.end() <= position]
    after = [match[0] for match in found if match.start() >= position]
    return (before[-1:] or after[:1] or [""])[0]


def split_names(listed: str) -> list[str]:
    """The names of an enumeration.

    >>> split_names("市第一人民医院、市中医医院和市第二人民医院")
    ['市第一人民医院', '市中医医院', '市第二人民医院']
    """
    return [name for name in (part.strip() for part in re.split(r"、|和|与", listed)) if len(name) >= 3]


def of_sentence(text: str) -> Iterator[dict[str, str]]:
    """The institutions and networks of one sentence.

    >>> rows = list(of_sentence("建成以区中医院为牵头医院的西片区医联体(6家乡镇卫生院、5家民营医院为成员单位)。"))
    >>> [(row["name"], row["network"], row["role"], row["count"]) for row in rows]
    [('区中医院', '西片区医联体', 'lead', '1'), ('乡镇卫生院', '西片区医联体', 'member', '6'), ('民营医院', '西片区医联体', 'member', '5')]
    """
    folded = fold(text)
    covered: list[tuple[int, int]] = []
    for match in LED_BY.finditer(folded):
        network = match["network"] or _network_near(folded, match.end())
        leads = [name for name in split_names(match["lead"] or match["by"]) if INSTITUTION.search(name)]
        if not leads:
            continue
        covered.append(match.span())
        for lead in leads:
            yield {"name": lead, "network": network, "role": "lead", "count": "1"}
        for member in COUNTED.finditer(match["members"] or ""):
            yield {"name": member["kind"], "network": network, "role": "member", "count": f"{worth(member['count']):g}"}
    for match in GROUPED.finditer(folded):
        if match["names"].startswith("以"):  # 以甲、乙为龙头的两个医共体 names its leads
            continue
        covered.append(match.span())
        names = split_names(match["names"])
        for name in names if len(names) == int(worth(match["count"])) else []:
            yield {"name": name, "network": match["network"], "role": "network", "count": "1"}
    yield from _named_after(folded, covered)
    yield from _counted(folded, covered)
    yield from _linked(folded)


# 成立县人民医院医共体: the verb is no part of the name; 和平区 is.
LED_IN = re.compile(r"^.*(?:由|和(?!平|田|顺|政|静|硕|龙|林)|与|及|的|将|对|在|成立|组建|建立|建成|打造|加入|纳入|深化|推进)")
NO_NAME = re.compile(r"(?:^|级|公立|民营|基层|各|所有)医院$")  # 三级医院医联体 names no hospital


def _named_after(folded: str, covered: list[tuple[int, int]]) -> Iterator[dict[str, str]]:
    for match in NAMED_AFTER.finditer(folded):
        lead = LED_IN.sub("", match["lead"])
        if not NO_NAME.search(lead) and not any(start < match.end() and match.start() < end for start, end in covered):
            yield {"name": f"{lead}{match['network']}", "network": match["network"], "role": "network", "count": "1"}


HEADING = re.compile(r"龙头|牵头")
RELATION = re.compile(r"建立了?(?P<what>[\u4e00-\u9fff]{2,8}关系)")  # 与1家省外医院建立了技术合作关系 joins no alliance


def _counted(folded: str, covered: list[tuple[int, int]]) -> Iterator[dict[str, str]]:
    if not re.search(r"[\d两二三四五六七八九十][家所个大]", folded):
        return
    for match in COUNTED.finditer(folded):
        if any(start < match.end() and match.start() < end for start, end in covered):
            continue
        clause = re.split(r"[。;]", folded[match.start() :])[0][:60]
        lead_in = folded[max(0, match.start() - 24) : match.start()]
        role = "lead" if HEADING.search(match["kind"]) else "partner" if PARTNER.search(clause) or PARTNER.search(lead_in) else "member"
        related = RELATION.search(clause.split(",")[0])
        network = related["what"] if related else _network_near(folded, match.start())
        if not network:
            continue
        if match["kind"].endswith(("医共体", "医联体", "医疗集团", "联合体", "共同体")):
            yield {"name": match["kind"], "network": match["kind"], "role": "network", "count": f"{worth(match['count']):g}"}
            continue
        for name in split_names(re.sub(r"^(?:包含了?|包括|分别与|与|由)", "", match["names"] or "")):
            yield {"name": name, "network": network, "role": role, "count": "1"}
        yield {"name": match["kind"], "network": network, "role": role, "count": f"{worth(match['count']):g}"}


def _linked(folded: str) -> Iterator[dict[str, str]]:
    for match in LINKED.finditer(folded):
        if not match["verb"]:
            continue
        others = re.split(r"[,。;:]|开展|进行|建立", match["others"])[0]
        for name in split_names(others):
            if INSTITUTION.search(name) and not name.startswith("的") and not re.search(r"联通|加入|托管", name):
                yield {"name": name, "network": match["one"], "role": "partner", "count": "1"}


def institutions(sentences: pd.DataFrame) -> pd.DataFrame:
    """The institutions of a table of sentences: doc, name, network, role (lead, member, partner, network), count, quote."""
    rows = [
        {"doc": str(row["doc"]), **found, "quote": str(row["text"])}
        for row in records(sentences, ("doc", "kind", "text"))
        if row["kind"] in READ_KINDS and CUE.search(str(row["text"]))
        for found in of_sentence(str(row["text"]))
    ]
    networks: dict[str, list[dict[str, str]]] = {}
    told = []
    for row in rows:
        own = networks.setdefault(row["doc"], [])
        if row["role"] == "network" and named_before(row, own):
            continue
        told.append(row)
        if row["role"] == "network":
            own.append(row)
    return pd.DataFrame(told, columns=list(COLUMNS)).drop_duplicates(ignore_index=True)


def named_before(row: dict[str, str], networks: list[dict[str, str]]) -> bool:
    """Whether a count of networks only counts again those that the document has named (甲、乙两个医共体…; 2个医共体先后…).

    >>> named = [{"name": name, "network": "紧密型医共体", "count": "1"} for name in ("甲集团", "乙医院")]
    >>> named_before({"name": "医共体", "network": "医共体", "count": "2"}, named)
    True
    """
    same = [one for one in networks if one["count"] == "1" and one["network"].endswith(row["network"])]
    return row["count"] != "1" and len(same) == int(row["count"])
