"""Derived rows: numbers a reader takes from words: 全部 is 100 %, 3家和4家 are 7, “人、财、物、事” are four, 五大中心 are five."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from yigai.facts import names
from yigai.facts.naming import clause_of
from yigai.facts.numerals import worth
from yigai.facts.programmes import mentions, parts
from yigai.facts.quantities import find

HAN = "一二两三四五六七八九十"


@dataclass(frozen=True)
class Derived:
    """A number that words imply: where they stand, what it counts, its worth and unit, and of whom where that is said."""

    start: int
    end: int
    name: str
    value: float
    unit: str
    who: str = ""
    comparator: str = "="


WHOLE = re.compile(r"全部(?P<verb>纳入|接入|达到|完成|实现|配备|建成|开展|参加|执行|设立|设置|开通|取消|覆盖)(?P<what>[^,。;:、]{0,24})|(?<![健、个])(?P<cover>全覆盖)(?=[,。;:)”]|$|的目标|工程)")
EVERY = re.compile(
    r"所有(?P<who>[\u4e00-\u9fff()]{2,14}?(?:机构|医院|卫生院|卫生室|中心|县|乡镇|行政村))(?:都|均|基本|全部)(?:要|应当?|须|必须|能)?"
    r"(?P<what>(?:达到|落实|建立|建成|设立|设置|开展|配备|接入|实现|提供|加入|纳入)[\u4e00-\u9fff]{2,20})"
)


def wholes(folded: str) -> Iterator[Derived]:
    """全部 and 全覆盖 as 100 %, unless the clause has a share of its own.

    >>> [(one.name, one.value, one.unit) for one in wholes("5个医疗集团全部接入远程会诊中心")]
    [('医疗集团全部接入远程会诊中心', 100.0, '%')]
    """
    for match in WHOLE.finditer(folded):
        first = max(folded.rfind(mark, 0, match.start()) for mark in ",。;:") + 1
        clause = folded[first : match.end()]
        if "%" in clause:
            continue
        owner = owner_of(folded, first, match.start())
        said = "覆盖率" if match["cover"] else f"全部{match['verb']}{match['what']}"
        if owner and not re.search(r"\d", owner):
            yield Derived(match.start(), match.end(), f"{owner}{said}", 100.0, "%")
    for match in EVERY.finditer(folded):
        yield Derived(match.start("who") - 2, match.end(), f"{match['who']}{match['what']}", 100.0, "%")


def owner_of(folded: str, first: int, position: int) -> str:
    """Whose span, share or cover it is: the name in quotes right before, else the phrase before, else that of the clause above.

    >>> text = "推动胸痛、卒中“两大中心”全覆盖"
    >>> owner_of(text, 0, 13), owner_of("将公立医院支出,全部纳入", 8, 8)
    ('两大中心', '公立医院支出')
    """
    if folded[position - 1 : position] == "”":
        return folded[folded.rfind("“", 0, position) + 1 : position - 1]
    own = re.sub(r"^.{0,200}?\d{1,9}(?:个|家|所|名|项)|^.{0,200}(?:将|推动|推进|做到)(?=.{2})|(?:首次|均|已|应当)$", "", folded[first:position])
    own = re.sub(r"(?:率先|基本|全部|全面)?实现|[“”]", "", own)
    return names.left_phrase(own).lstrip("、") or names.strip_edges(re.sub(r"^.{0,60}将", "", re.split(r"[,。;:]", folded[:first].rstrip(","))[-1][-60:]))


MEMBERSHIP = re.compile(r"成员|包含|包括|组成|组建|构成")
SUMMED = re.compile(r"^(?P<noun>[\u4e00-\u9fff]{2,16}?)(?:、[\u4e00-\u9fff]{2,16}等|、|和|及|以及|与)$")


def sums(folded: str) -> Iterator[Derived]:
    """The total of institutions listed as members by kind, where no total is printed.

    >>> [(one.name, one.value) for one in sums("包含了市医院等3家公立医院、某镇卫生院等4家基层机构")]
    [('成员单位合计', 7.0)]
    """
    if not MEMBERSHIP.search(folded):
        return
    counts = [one for one in find(folded) if one.unit in ("家", "所") and one.value_max is None]
    runs: list[list[int]] = []
    for at, one in enumerate(counts):
        previous = counts[at - 1] if at else None
        joined = previous is not None and previous.unit == one.unit and SUMMED.match(folded[previous.end : one.start]) is not None
        if joined:
            runs[-1].append(at)
        else:
            runs.append([at])
    for run in runs:
        total = sum(counts[at].value for at in run)
        if len(run) > 1 and not any(one.value == total for one in counts):
            yield Derived(counts[run[0]].start, counts[run[-1]].end, "成员单位合计", total, counts[run[0]].unit)


LISTED = re.compile(r"“(?P<items>[^“”,。;:、]{1,6}(?:、[^“”,。;:、]{1,6}){1,6})”(?P<what>统一管理|一体化管理|统一|一体化)")


def listed(folded: str) -> Iterator[Derived]:
    """How many things in quotes are put under one roof.

    >>> [(one.name, one.value, one.unit) for one in listed("实行“人、财、物、事”统一管理")]
    [('统一管理事项', 4.0, '项')]
    """
    for match in LISTED.finditer(folded):
        yield Derived(match.start(), match.end(), f"{match['what']}事项", float(match["items"].count("、") + 1), "项")


GROUP = re.compile(rf"^(?P<count>[{HAN}]{{1,2}})(?P<kind>大|个|统一)")
KIND_OF = re.compile(r"等(?P<kind>[\u4e00-\u9fff]{2,8})$")
AWARDED = re.compile(r"(?:入选|入围|获评|荣获|位列|跻身|列入)[^,。;:]{0,12}$")
THINGS = frozenset("网站库室馆院线甲乙")


def named(folded: str) -> Iterator[Derived]:
    """What a named group counts: 五大中心 are five, 六统一 six things, 一网一平台四中心 one, one and four.

    >>> [(one.name, one.value, one.unit) for one in named("打造“一网一平台四中心”,落实“六统一”")]
    [('网(一网一平台四中心)', 1.0, '个'), ('平台(一网一平台四中心)', 1.0, '个'), ('中心(一网一平台四中心)', 4.0, '个'), ('六统一', 6.0, '项')]
    """
    for mention in mentions(folded):
        if AWARDED.search(folded, max(0, mention.start - 16), mention.start):  # 入选全国十大考古新发现
            continue
        group = GROUP.match(mention.name)
        members = parts(mention.name)
        if len(members) > 1:
            things = max(members)[0] > 1 and all(len(noun) > 1 or noun in THINGS for _, noun in members)
            for count, noun in members if things else ():
                yield Derived(mention.start, mention.end, f"{noun}({mention.name})", float(count), "个")
        elif group and mention.count > 1 and (group["kind"] != "个" or counts_things(mention.name, folded[mention.end : mention.end + 10])):
            kind = KIND_OF.search(folded, max(0, mention.start - 12), mention.start)  # 检验、影像等资源共享五大中心
            name = f"{kind['kind'] if kind else ''}{mention.name}"
            yield Derived(mention.start, mention.end, name, float(mention.count), "项" if group["kind"] == "统一" else "个")


ADDENDS = re.compile(r"(?<=[(“])\d{1,2}(?:个|大|所|家)?[\u4e00-\u9fff]{1,8}(?:\+[\dN]\d?(?:个|大|所|家)?[\u4e00-\u9fff]{1,10}){1,5}(?=[)”])")
ADDEND = re.compile(r"(?P<count>\d{1,2})(?:个|大|所|家)?(?P<noun>[\u4e00-\u9fff]{1,8})")


def addends(folded: str) -> Iterator[Derived]:
    """What a pattern of sums counts where its figures have their nouns: 1核+2翼+N大专科医院 are one and two.

    >>> [(one.name, one.value) for one in addends("打造“1+2+N”(1核+2翼+N大专科医院)的格局")]
    [('核(1核+2翼+N大专科医院)', 1.0), ('翼(1核+2翼+N大专科医院)', 2.0)]
    """
    for match in ADDENDS.finditer(folded) if "+" in folded else ():
        for part in ADDEND.finditer(match[0]):
            yield Derived(match.start(), match.end(), f"{part['noun']}({match[0]})", float(part["count"]), "个")


TOWN = r"(?:(?<!乡)镇|乡(?!镇))"  # 中心乡镇和偏远乡镇 are kinds, not names
TOWNS = re.compile(rf"(?:[\u4e00-\u9fff]{{2,6}}{TOWN}(?:、|和|及)){{1,11}}[\u4e00-\u9fff]{{2,6}}?{TOWN}(?:等)?(?P<what>(?:中心)?(?:乡镇)?卫生院)")


def towns(folded: str) -> Iterator[Derived]:
    """How many named townships a hospital each is meant of.

    >>> [(one.name, one.value) for one in towns("加强甲县巨城镇、张庄镇和乙县西烟镇中心卫生院建设")]
    [('中心卫生院', 3.0)]
    """
    for match in TOWNS.finditer(folded) if "卫生院" in folded else ():
        count = len(re.split(r"、|和|及", match[0]))
        if "等" not in match[0]:  # an open list
            yield Derived(match.start(), match.end(), match["what"], float(count), "个")


# Formulas of doctrine (两个维护, 四个意识) count nothing one could check.
DOCTRINE = re.compile(rf"^[{HAN}]个(?:意识|自信|维护|确立|务必|坚持|毫不动摇|革命|不|只|过|必须|严禁|一律|第一|最|专项|转变|共同体|确保|更加|聚焦|方面|层面|维度|文明|百年|全面|阶段性|依赖)")
HEADS = re.compile(r"(?:样板|高地|机制|平台|中心|体系|行动|基地|工程|计划|提升|一批|抓手|圈|板块|领域|廊道)$")


def counts_things(name: str, after: str) -> bool:
    """Whether a name with 个 counts parts of a programme.

    >>> counts_things("六个样板", "进一步"), counts_things("四个意识", ""), counts_things("五个一工程", "”奖")
    (True, False, False)
    """
    return HEADS.search(name) is not None and DOCTRINE.match(name) is None and not re.match(r"”?(?:[\u4e00-\u9fff]{0,4}奖)", after)


SPAN = re.compile(rf"(?<![第近前\d{HAN}])(?P<count>[{HAN}]|\d{{1,2}})年(?:期?深度)?(?P<what>行动计划|行动|攻坚行动|攻坚|合作)")
# What stands right before it: a name in quotes, or the words after the verb of doing.
DOING = re.compile(r"^.{0,40}(?:实施|开展|深化|推进|启动|落实|完成|夺取|本次|此次|是|为(?!民)|以(?!人)|的|和(?!谐)|、)")


def programme(folded: str, match: re.Match[str]) -> str:
    """The printed name of a programme of years, '' when only its span is named (三年行动目标).

    >>> text = "实施能力提升三年行动"
    >>> programme(text, SPAN.search(text))
    '能力提升三年行动'
    """
    before = folded[max(0, match.start() - 30) : match.start()]
    quoted = re.search(r"“([^“”]{2,16})”$", before)
    plain = re.search(r"(?<![\u4e00-\u9fff、])[\u4e00-\u9fff、]{0,30}$", before)
    own = quoted[1] if quoted else DOING.sub("", plain[0]) if plain else ""
    started = re.search(r"(?:开展|实施)$", before) is not None
    return f"{own}{match[0]}" if len(own) >= 2 or started else ""


TIERS = re.compile(r"(?P<count>[二三四五])级(?!医院|医疗机构|医师|以上|及|甲|公立|综合|查房|手术|专科|中医|诊疗)(?P<what>[\u4e00-\u9fff]{0,12}?网络)")
EACH = re.compile(r"一个?(?P<per>行政村|建制村|村|乡镇|乡|镇|县|街道|社区)(?:建有|建成|建|设|配备|有)?一(?P<unit>所|个|名|家)(?P<what>[\u4e00-\u9fff]{2,8}?)(?=[”,。;、的]|$)")
ROW = re.compile(rf"(?<![第\d{HAN}])连续(?P<count>[{HAN}]|\d{{1,2}})年(?P<what>[^,。;:]{{0,10}}?(?:末位|不合格|不达标|垫底|靠后))")
POINTS = re.compile(rf"(?<![第\d{HAN}])(?P<count>[{HAN}])(?:个|大|项)(?P<what>(?:重[要点大]|关键|核心|基本)?(?:抓手|支柱|支点|圈层|梯队))")
PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = ((SPAN, "年"), (TIERS, "级"), (EACH, ""), (ROW, "年"), (POINTS, "个"))


def worded(folded: str) -> Iterator[Derived]:
    """Spans of programmes, tiers of networks, one of each kind a place, and years in a row, as their words say.

    >>> [(one.name, one.value, one.unit) for one in worded("实施能力提升三年行动,健全县乡村三级急救转诊网络")]
    [('能力提升三年行动', 3.0, '年'), ('急救转诊网络', 3.0, '级')]
    """
    for pattern, unit in PATTERNS:
        for match in pattern.finditer(folded):
            said = match.groupdict()
            what = programme(folded, match) if pattern is SPAN else f"连续{match['what']}" if pattern is ROW else match["what"]
            if what:
                yield Derived(match.start(), match.end(), what, worth(said.get("count") or "一"), unit or match["unit"])


PLACE_NAME = r"[\u4e00-\u9fff]{1,6}?[市县区旗](?:[\u4e00-\u9fff]{2,8}医院)?"
BEFORE_PLACES = re.compile(r"^(?:[到在即]?.{0,4}[年月](?:底|末)?前?|力争|争取|确保|支持|推动|推进|促进|由|即){1,3}")
REACHED = re.compile(r"创建|建成|达到|争创|入选|获评")
JOINT = re.compile(rf"(?P<names>(?:{PLACE_NAME}、){{0,5}}{PLACE_NAME}(?:和|、|与){PLACE_NAME})(?:争取|力争|全部|均|要)?(?P<verb>创建成?为?|建成|达到|争创|入选|获评)(?P<what>[\u4e00-\u9fff]{{2,24}})")


def joint(folded: str) -> Iterator[Derived]:
    """How many named places or hospitals are to reach one thing together.

    >>> [(one.name, one.value, one.unit) for one in joint("平定县和盂县创建成全国示范县,力争甲县人民医院、乙县中医医院达到三级医院水平")]
    [('全国示范县', 2.0, '个'), ('三级医院水平', 2.0, '家')]
    """
    for match in JOINT.finditer(folded) if REACHED.search(folded) else ():
        count = len(re.split(r"和|、|与", match["names"]))
        who = BEFORE_PLACES.sub("", match["names"])
        # from the verb on: a date may stand right before the names (2025年前平定县和盂县)
        yield Derived(match.start("verb"), match.end(), match["what"], float(count), "家" if "医院" in who else "个", who)


LED = re.compile(r"以[\u4e00-\u9fff]{2,20}?为(?:牵头|龙头|核心|主体)[\u4e00-\u9fff]{0,6}的[\u4e00-\u9fff]{0,8}?(?P<what>医联体|医共体|医疗集团|联合体|共同体)")


def led(folded: str) -> Iterator[Derived]:
    """How many networks a sentence names, each by its leading institution.

    >>> [(one.name, one.value) for one in led("建成以甲医院为牵头医院的东片区医联体和以乙医院为牵头医院的西片区医联体")]
    [('医联体', 2.0)]
    """
    named = list(LED.finditer(folded)) if folded.count("为") > 1 else []
    if len(named) > 1 and len({match["what"] for match in named}) == 1:
        yield Derived(named[0].start(), named[-1].end(), named[0]["what"], float(len(named)), "个")


LEVEL = re.compile(r"(?P<what>[\u4e00-\u9fff]{2,24}?)(?:应当?|须|要|已|均|都)*不(?:得|应)?低于(?P<base>[\u4e00-\u9fff]{2,24}?平均[\u4e00-\u9fff]{0,6}水平)")


def levels(folded: str) -> Iterator[Derived]:
    """What may not fall below an average: at least 100 % of it.

    >>> [(one.name, one.comparator, one.value) for one in levels("公共卫生科室人员收入不低于所在医疗机构人员平均工资水平")]
    [('公共卫生科室人员收入相当于所在医疗机构人员平均工资水平', '>=', 100.0)]
    """
    for match in LEVEL.finditer(folded) if "低于" in folded else ():
        yield Derived(match.start(), match.end(), f"{match['what']}相当于{match['base']}", 100.0, "%", comparator=">=")


READERS: tuple[Callable[[str], Iterator[Derived]], ...] = (wholes, sums, listed, named, addends, towns, led, levels, worded, joint)
# One look before ten readers: most sentences imply no number.
MAY = re.compile(rf"[镇乡][\u4e00-\u9fff]{{0,4}}卫生院|\+|为(?:牵头|龙头|核心|主体)|低于|全部|全覆盖|所有|成员|包含|包括|组[成建]|构成|“|[{HAN}\d]年|级|一[所个名家]|连续|[{HAN}][个大]|共建|[市县区旗](?:[\u4e00-\u9fff]{{2,8}}医院)?[和、与]")


def find_derived(folded: str) -> list[Derived]:
    """The numbers that the words of a sentence imply, in its order.

    >>> find_derived("推进医共体建设。")
    []
    """
    if not MAY.search(folded):
        return []
    return sorted((one for reader in READERS for one in reader(folded)), key=lambda one: (one.start, one.end))


# 将…支出全部纳入政府预算安排 is how things are done from now on, in whatever mood it is told (seed 003).
TO_DO = re.compile(r"围绕打造|进一步|需要?再|还要")
NO_RULE = re.compile(r"已|到(?:19|20)\d\d年|力争|争取|目标")  # a floor that is reached, or aimed at by a date
ARRANGED = re.compile(r"全部纳入[^,。;:]{0,12}(?:预算|考核|管理|范围|目录|支付)")


def ruled(folded: str, one: Derived, status: str) -> str:
    """The status of a derived row: a standing arrangement and a threshold of exit are rules.

    >>> ruled("支出全部纳入政府预算安排", Derived(2, 12, "支出", 100.0, "%"), "achieved")
    'rule'
    """
    said = folded[one.start : one.end]
    floor = one.comparator != "=" and not NO_RULE.search(folded[: one.end])
    if floor or ARRANGED.search(said) or ROW.match(said):
        return "rule"
    first, stop = clause_of(folded, one.start, one.end)
    return "plan" if status == "achieved" and TO_DO.search(folded[first:stop]) else status
