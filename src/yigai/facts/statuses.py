"""Statuses: whether what is said has been achieved, is planned, is a target or a rule, or is only background."""

from __future__ import annotations

import re

STATUSES = ("achieved", "plan", "target", "rule", "background")
HEDGES = ("力争", "争取", "探索", "鼓励", "努力", "预计", "原则上", "适当", "逐步", "有条件的", "结合实际", "有望", "可以", "拟")
HEDGE = re.compile("|".join(HEDGES) + r"|(?<![许不认])可(?=[按根向以])")

RULE = re.compile(r"应当|必须|不得|严禁|一律|须(?=[经在于有具])|(?<![适反供相对响回效顺])应(?=[不有在按达设由为至具配当符建])|处[^,。;]{0,12}罚款|并处|标准为|按照?[^,。;]{0,16}标准|按每|给予[^,。;]{0,14}(?:补助|补贴|奖励|奖补)|(?:报销|支付|补助|补贴|起付|封顶|缴费|筹资)(?:比例|标准|线|限额)(?:为|是|分别为|按)")
BACKGROUND = re.compile(r"以前|过去(?!一年|五年)|原来|此前|改革前|曾经|长期以来|仍面临|(?:从|由)[^,。;]{0,20}$")
DONE = re.compile(
    r"已(?!有之)|累计|截至|截止|同比|去年|上年|过去一年|一年来|以来|期间共|业已|先后|成功|完成了|实现了|达到了|(?<!目)(?:建|成立|组建|完成|实施|开展|推行|形成|出台|启动|投入|拿出|获得?|荣获)了|"
    r"获批|获评|荣获|入选|跃居|名列|目前|现有|共有|拥有|增长率?为|占比达|完成率|惠及|到位资金|同期|顺利|圆满|全面建成|成为|被[^,。;]{1,12}(?:确定|评)为|位居|位列|全部完成|首次|高于全国|低于全国|再创|创[^,。;]{0,6}新高|提升至|下降至|增至|由[^,。;]{1,14}(?:提高|上升|增加|提升|下降|降低)[至到]"
)
AIM = re.compile(r"力争|争取|确保|目标|达到|(?<=[\d%万亿个家所名人项张元次])(?:及?以上|左右|以内)|不低于|不少于|不得?超过|至少|控制在|全覆盖|保持在|稳定在|不超过|提高[到至]|提升[到至]|降[到至]|增加[到至]|下降到|超过")
AHEAD = re.compile(r"将(?=[^,。;]{0,16})(?!近)|拟|预计|计划(?!》|的|生育|单列)|今后|未来|下一步|即将|有望|规划(?=建设|新增)|力争|争取|确保|目标|下一年|明年|年底前|(?:月|年)(?:底|末)?前")
PLANNED = re.compile(
    r"^(?:[^,。;:]{0,8}?(?:要|将|应|继续|全面|积极|大力|加快|扎实|持续|深入|着力|重点|统筹|支持|鼓励|推动|推进|加强|完善|实施|开展|建设|建立|健全|打造|培育|培养|新建|改造|抓好|做好|办好|做实|遴选|选派|落实|优化|深化|提高|提升|强化|制定|发展|争创|构建|探索|引导|促进|改扩建|再建|布局|启动|做强|做优|扩大|增加|力促|抓实|创建|设立|设置|推广|聚焦|安排|组织|发挥|广泛|严格|规范|筹集|发放|完成|保障))"
)
NEW = re.compile(r"^(?:[^,。;:]{0,6}?)(?:新增|获批|建成|完成|入选|荣获|出台|组建|成立|引进|投入|发放|惠及|签约|实现|达成|转化|吸引|办结|查处|减税|接待)")


def hedge(text: str) -> str:
    """The words that soften a statement, in order, joined by a semicolon.

    >>> hedge("力争到2025年再建3个省级重点专科")
    '力争'
    """
    return ";".join(dict.fromkeys(match[0] for match in HEDGE.finditer(text)))


def status(clause: str, sentence: str, *, ahead: str = "", default: str = "") -> str:
    """The status of one clause: its own words first, then its date, then its sentence, then the section's default.

    `ahead` is '' (no date), 'future' or 'past'.

    >>> status("占比达68.23%", "截至11月底,今年占比达68.23%"), status("达到90%以上", "到2020年达到90%以上", ahead="future")
    ('achieved', 'target')
    >>> status("每年选派5-10名骨干", "每年选派5-10名骨干")
    'plan'
    """
    if BACKGROUND.search(clause) and re.search(r"以前|改革前|原来|过去|曾经", clause):
        return "background"
    if RULE.search(clause) or re.search(r"应当|必须|不得(?!不)|严禁|一律", sentence):
        return "rule"
    done, aimed = DONE.search(clause), AIM.search(clause)
    if ahead == "future":
        return "target" if aimed or AIM.search(sentence) or ahead else "plan"
    if done:
        return "achieved"
    if ahead == "past":
        return "achieved"
    if AHEAD.search(clause) or (AHEAD.search(sentence) and not DONE.search(sentence)):
        return "target" if aimed else "plan"
    if DONE.search(sentence) and default in ("", "achieved"):
        return "achieved"
    if default == "achieved":
        return "achieved"
    if aimed and not re.search(r"^(?:[^\d]{0,30})(?:超过|达到)\d", clause):
        return "target"
    if default:
        return "target" if aimed else default
    if PLANNED.search(clause) and not NEW.search(clause):
        return "plan"
    if PLANNED.search(sentence) and not NEW.search(sentence) and not NEW.search(clause):
        return "plan"
    return "achieved"
