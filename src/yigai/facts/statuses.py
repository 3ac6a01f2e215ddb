"""Statuses: whether what is said has been achieved, is planned, is a target or a rule, or is only background."""

from __future__ import annotations

import re
from functools import lru_cache

from yigai.facts.moments import Clock

STATUSES = ("achieved", "plan", "target", "rule", "background")
HEDGE = re.compile(r"力争|争取|探索|鼓励|努力|预计|原则上|适当|逐步|有条件的|结合实际|有望|可以|拟(?!定|合)|(?<![许不认])可(?=[按根向以由组设建增])")

RULE = re.compile(
    r"应当|必须|不能(?:超过|低于|少于|高于)|不得(?!不)|严禁|一律|须(?=[经在于有具])|(?<![适反供相对响回效顺])应(?=[不有在按达设由为至具配当符建承])|处[^,。;]{0,12}罚款|并处|罚款|"
    r"标准为|按照?[^,。;]{0,16}标准|(?:报销|支付|补助|补贴|起付|封顶|缴费|筹资)(?:比例|标准|线|限额)(?:为|是|分别为|按)|每[人户名床](?:每[年月次])?[^,。;]{0,6}(?:补助|补贴|奖励|不低于|不超过|不少于|\d[\d.~-]*元)|按每[^,。;]{1,10}?\d[\d.]*元|(?:押金|收费|价格|自付|起付线|限价)[^,。;]{0,8}不得?(?:超过|高于)|(?:结余|留用|用于|提取|分配)[^,。;]{0,12}比例[^,。;]{0,4}不(?:得)?(?:低于|超过|高于|少于)|一次性(?:奖励|补助|补贴)|(?<!已)(?<!累计)给予[^,。;]{0,12}\d[万亿]?元的?(?:奖励|补助|补贴|补偿)|按[^,。;]{0,12}标准|每[年月](?:补助|补贴|增发|发给)\d"
)
RATE_RULE = re.compile(r"费标准为|(?:报销|支付|补助|补偿)(?:比例|标准)(?:为|是|分别为)\d")
BACKGROUND = re.compile(r"(?<![较比与于由从])(?:以前(?!瞻)|改革前|原来|过去(?!的?[一二两三四五六七八九十几\d]{1,4}年)|此前)|曾经")  # 较改革前提高 is a result
# What only a report of results says.
DONE = re.compile(
    r"已(?!有之)|累计(?![^,。;]{0,4}不)|截至|截止|同比|去年|上年|过去一年|一年来|以来|业已|先后|成功|(?:完成|实现|达到|建立|建|成立|组建|实施|开展|推行|形成|出台|启动|投入|拿出|获得?|荣获|打造|培育|引进|制定|解决|提高|降低|惠及|吸引)了|"
    r"获批|获评|荣获|获(?=[“\u4e00-\u9fff]{1,20}奖)|入选|跃居|名列|目前|现有|共有|完成率|开工率|到位资金|圆满|成为|被[^,。;]{1,12}(?:确定|评)为|位居|位列|居全国|全部(?:完成|兑现|开诊|按期|建成|办理|搬入)|首次|"
    r"创[^,。;]{0,8}(?:新高|历史)|(?:增|升|降|提升|下降|提高|上升|增加)至|[由从][^,。;]{1,24}(?:提高|上升|增加|提升|下降|降低|缩短|压缩|减少|扩大|增长|降|升)[至到]|如期|按期|新晋|落地见效|取得[^,。;]{0,10}(?:成效|突破|进展)|"
    r"相继|在全国推广|排名[^,。;]{0,4}第|通过[^,。;]{0,12}验收|经验[^,。;]{0,12}推广|走在前列|圆了|结束了|成效[明显显著]|均突破|实现就业|稳定消除|平稳运营|建成投产|投入使用|揭牌|下线|连续[两三四五六七八九十\d]{1,2}年[^,。;]{0,4}(?:控制|保持|稳定|位居|名列|增长|下降|提高|居|获)"
)
# A measured change without 以上 or 左右 is a result, unless an aim governs it.
MEASURED = re.compile(r"(?:增长|下降|提高|上升|降低|提升|减少|回落)(?:了)?\d[\d.]*(?:%|个百分点|倍|‰)(?!以[上下]|左右|以内|及以上)|(?:率|占比|比例|比重|满意度|人次)(?:为|达)\d[\d.]*(?:%|‰|分|万)(?!以[上下]|左右|以内)")
# What governs everything after it in the sentence.
GOVERNING_AIM = re.compile(r"力争|争取(?![^,。;]{0,16}(?:资金|国债|债券|专项债))|确保|目标(?=[是为:就]|任务是)|预期目标|主要目标|计划到|实现[^,。;]{0,6}目标")
# 本科以上, 二级及以上 are no floors.
SUFFIX_AIM = re.compile(r"(?<![级科士专职称历中高初及])(?:及?以[上下]|左右|以内)(?![一-鿿]{0,3}(?:医院|机构|职称|学历|综合|公立|党|的?人才|的?县|农业|园|公司|企业|项目|老年|人群|儿童|的?患者|人员|单位|城市|党政|机关|政府|学校|部门))")
STRONG_AIM = re.compile(r"[≥≤]|不低于|不少于|不得?超过|不高于|至少|控制在|全覆盖|降至?到|提高到|提升到|增加到|达到[^,。;]{0,3}\d|(?:超过?|突破)(?=\d)")
# 将甲院、乙院接入平台 puts 将 before its object: nothing lies ahead.
OBJECT = r"(?!于|在|全|逐|继续|进一步|陆续|分批|率先|会|要)[^,。;]{3,40}(?:接入|并入|划归|整合|融入|延伸|上划)"
AHEAD = re.compile(rf"(?<!行动)(?<!专项)(?<!工程)(?<!培[育养])(?<!提升)(?<!扶持)(?<!招[生聘])计划(?=投资|投入|新[建增改]|建设|总投资|安排|[一二两三四五\d]年)|(?<![一-鿿]近)将(?!近|军|[^,。;]{{0,20}}(?:纳入|作为|列为|下放)|{OBJECT})|拟(?!定|合)|预计(?=\d|到|20|[^,。;]{0,8}(?:前|底))|今后|未来|下一步|即将|有望|下一年|明年|年底前|(?:月|年)(?:底|末)?前")
EXPECTED = re.compile(r"预计")
AIMED = re.compile(r"力争|争取|确保|目标")
# “以前看病要两天,现在…”: what was, up to the word that turns to what is.
FORMERLY = re.compile(r"^(?:[^“。]{0,20}“)?\s?(?:以前(?!瞻)|从前|改革前|过去(?!的?[一二两三四五六七八九十几\d]{1,4}年))(?:(?!现在|如今|目前|改革后|已经?|今年)[^。])*$")
FLOOR = re.compile(r"至少|不少于|不低于")
# 参保率稳定在97%以上 reports; in a sentence of plans it aims.
HELD = re.compile(r"(?:稳定|保持|维持)在|达(?![到标])(?=\d)")
STOCK = re.compile(r"共有|拥有|现有|累计")
# The size of a project that is not yet built is planned, however plainly it is stated (seed 003).
PROJECT = re.compile(r"建筑面积|总投资|占地|(?:设置|设计|规划|编制)床位")
UNBUILT = re.compile(r"预计|建成后|拟建|计划建|将建|在建|正在建设|建设项目")
IMPERATIVE = re.compile(
    r"^(?:十?[一二三四五六七八九十]是|\d{1,2}[.、]|[((][一二三四五六七八九十\d]{1,3}[))]|同时|并|要|将|应|还将)?(?:[一-鿿]{0,2}地)?(?:[一-鿿]{0,4}?)(?:继续|全面|积极|大力|加快|扎实|持续|深入|着力|重点|统筹|进一步|切实|有序|稳步|因地制宜|一体|聚焦[^,]{1,14},)*"
    r"(?:支持|鼓励|推动|推进|加快|加强|完善|实施|开展|建设|建立|健全|打造|培育|培养|改造|抓好|做好|办好|做实|做大|做优|做强|遴选|选派|落实|优化|深化|提高|提升|强化|制定|发展|争创|构建|探索|引导|促进|改扩建|再建|布局|启动|扩大|力促|抓实|抓紧|创建|"
    r"设立|设置|推广|聚焦|安排|组织|发挥|严格|规范|筹集|保障|壮大|改善|用好|健全|加大|瞄准|坚持|巩固|扛牢|新建|新改建|新改扩建|新培育|招募|采取|为|提标|树立|维修|整治|治理|免费|织密|筑牢|擦亮|升级|抢抓|抓|做|增强|拓展|畅通|规划|谋划|整合|盘活|破解|激发|高水平|高质量|突出|紧盯|完成|积极|延续|拓宽|严守|全力|每[个县市区年])"
)
SUBJECT_COUNT = re.compile(r"^[^,。;]{0,6}?\d[\d.]*[万亿千百]*[余多]?(?:个|家|所|名|户|项|件|条|部|人|座)[^,。;\d]{2,20}(?:全部|达到|实现|完成|通过|获|建成|开诊|运营|投用|晋升|搬|落户|落地|启动|面向|如期|按期|列入|入选|开放)")


# In six provincial reports (2025) figures such as 727 or 62.7 under an imperative verb are results 48 times of 63,
# round ones 39 of 111: plans are drawn up in round numbers. Read only where nothing else speaks.
UNROUND = re.compile(r"(?<![\d.])(?:\d+\.\d*[1-9]|(?!20\d\d年)\d{2,}[1-9]|\d{2,}[1-46-9]0)(?=[万亿千百]?[余多]?(?:个|家|所|名|人|项|件|条|座|处|户|亿|万|%|公里|亩|台|部|张|套|例|支|种|场|门|间|公顷|宗|米))")
ODD = re.compile(r"(?<![\d.])\d?\d[1-46-9](?=[万亿千百]?(?:个|家|所|名|人|项|件|条|座|处|户))")
RESULT_VERB = re.compile(r"^[^\d]{0,4}(?:新增|新创建|惠及|办结|签订|入驻|制定|出台|获评|获批|建成)")


def ahead_of(when: str, kind: str, clock: Clock) -> str:
    """Whether a date lies ahead of the document: 'future', 'planned' (ahead, but no deadline), 'past' or '' when it cannot be told.

    >>> ahead_of("2025", "deadline", Clock(2024)), ahead_of("2021", "", Clock(2021)), ahead_of("2020", "point", Clock(2021))
    ('future', '', 'past')
    """
    years = re.findall(r"\d{4}", when)
    year = years[-1] if years else ""
    if kind == "cut-off":
        return "past"
    if kind == "since" and year and int(year) <= clock.year:
        return ""  # 从2023年起,加强…: begun, and still a plan or a report as its words say
    if year and clock.year:
        month = re.search(r"^\d{4}-(\d{2})(?:-\d{2})?$", when)
        same = int(year) == clock.year
        if same and month and clock.month and kind == "point":
            return "past" if int(month[1]) <= clock.month else "future"
        later = int(year) > clock.year
        if same:
            return "future" if kind == "deadline" else ""
        return "past" if not later else "future" if kind in ("", "deadline") else "planned"
    if kind == "deadline":
        return "future"
    return "past" if year and kind == "point" and int(year) < 2025 and not clock.year else ""


def hedge(text: str) -> str:
    """The words that soften a statement, in order, joined by a semicolon.

    >>> hedge("力争到2025年再建3个省级重点专科")
    '力争'
    """
    return ";".join(dict.fromkeys(match[0] for match in HEDGE.finditer(text)))


@lru_cache(maxsize=256)  # asked once for every number and date of the sentence
def voice(sentence: str) -> str:
    """How a sentence speaks when its clause says nothing: 'achieved', 'plan' or '' when both are possible.

    >>> voice("推进高水平医院高质量发展,新增8个国家级临床重点专科,提升重症诊治能力"), voice("城镇新增就业48.6万人")
    ('plan', '')
    """
    imperative = IMPERATIVE.search(sentence.strip())
    if DONE.search(sentence) or MEASURED.search(sentence) or (SUBJECT_COUNT.search(sentence) and not imperative):
        return "achieved"
    return "plan" if imperative else ""


def aimed(sentence: str, clause: str, position: int) -> bool:
    """Whether an aim governs the number that ends at `position`: a word for aims before it, or a floor around it."""
    part = sentence[:position]
    tail = part[max(part.rfind(";"), part.rfind("。")) + 1 :]
    listed = len(SUFFIX_AIM.findall(sentence)) >= 3  # a list of floors is a list of targets
    return listed or GOVERNING_AIM.search(tail) is not None or SUFFIX_AIM.search(clause) is not None


@lru_cache(maxsize=256)  # several dates of one clause ask the same
def status(sentence: str, span: tuple[int, int], position: int, *, ahead: str = "", default: str = "") -> str:
    """The status of the clause at `span`: rules, then dates, then its own words, then its sentence, then its section.

    `position` is the end of the number, `ahead` '' (no date), 'future', 'planned' or 'past', `default` the section's status.

    >>> status("截至11月底,今年占比达68.23%", (7, 17), 17), status("到2020年达到90%以上", (0, 13), 11, ahead="future")
    ('achieved', 'target')
    >>> status("每年选派5-10名骨干", (0, 11), 9)
    'plan'
    """
    clause = sentence[span[0] : span[1]]
    if BACKGROUND.search(clause) or FORMERLY.match(sentence[:position]):
        return "background"
    if RULE.search(clause) or RATE_RULE.search(sentence[: span[1]]) or re.search(r"应当|必须|严禁", sentence):
        return "rule"
    if ahead == "future":
        stock = STOCK.search(clause) and not (STRONG_AIM.search(clause) or GOVERNING_AIM.search(sentence))
        return "achieved" if stock else "target"
    if ahead == "planned":
        return "target" if aimed(sentence, clause, position) or STRONG_AIM.search(clause) else "plan"
    done = DONE.search(clause) is not None
    if done and not GOVERNING_AIM.search(clause):
        return "achieved"
    if ahead == "past" and not AHEAD.search(sentence[: span[1]]):
        return "achieved"
    aim = aimed(sentence, clause, position)
    said = voice(sentence) or ("plan" if IMPERATIVE.search(clause) or FLOOR.search(sentence) else "")
    if PROJECT.search(clause) and UNBUILT.search(sentence):
        return "plan"
    if default == "achieved":
        return "achieved"
    if aim and (GOVERNING_AIM.search(sentence[:position]) or len(SUFFIX_AIM.findall(sentence)) >= 3):
        return "target"
    if AHEAD.search(clause) or (AHEAD.search(sentence[: span[1]]) and said != "achieved"):
        return "target" if aim or STRONG_AIM.search(clause) else "plan"
    if HELD.search(clause) and said != "plan" and default != "plan":
        return "achieved"
    if aim and (said != "achieved" or default in ("plan", "rule")):
        return "target"
    if said == "plan" and default == "" and UNROUND.search(clause) and not FLOOR.search(sentence) and not re.search(r"不低于|不少于|至少|控制在|不得?超过|不高于|提高到|降到", clause):
        return "achieved"
    if STRONG_AIM.search(clause) and (said == "plan" or default == "plan" or re.search(r"[≥≤]|不低于|不少于|至少|控制在|不得?超过|不高于", clause)):
        return "target"
    if MEASURED.search(clause) and default != "plan":
        return "achieved"
    if default:
        return default
    if said == "plan" and (UNROUND.search(sentence) or (RESULT_VERB.search(clause) and ODD.search(sentence))):
        return "achieved"
    if said == "" and SUFFIX_AIM.search(sentence) and STRONG_AIM.search(clause + sentence):
        return "target"
    return said or ("plan" if HEDGE.search(clause) else "achieved")
