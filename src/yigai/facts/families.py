"""Families: which indicators measure the same thing, so that 就诊率 (visits) and 住院率 (admissions) never meet."""

from __future__ import annotations

import re

# family, its normalised Chinese name, what its printed name looks like; the first that matches wins.
FAMILIES: tuple[tuple[str, str, str], ...] = (
    ("admissions within the county, share", "县域内住院率", r"(?:县域|县内|域内|本地|区域内|市域)[^,。;]{0,8}住院(?:就诊)?(?:率|人次占比|量占比|比例)|住院[^,。;]{0,6}(?:县域内|域内)"),
    ("visits within the county, share", "县域内就诊率", r"(?:县域|县内|域内|本地|区域内|市域)[^,。;]{0,10}(?:就诊率|就诊人次占比|就医率|诊疗人次占比|首诊率|就诊比例)"),
    ("primary-care visits, share", "基层诊疗人次占比", r"基层[^,。;]{0,12}(?:诊疗|门急?诊|就诊)[^,。;]{0,10}(?:占比|比例|比重|率)"),
    ("outward referral, share", "外转率", r"(?:外转|转外|转出)[^,。;]{0,6}(?:率|占比|比例|患者)"),
    ("fund spent within the county, share", "医保基金县域内支出率", r"(?:医保|基金)[^,。;]{0,12}(?:县域|域内|县内)[^,。;]{0,8}(?:率|占比|比例)"),
    ("cost per admission", "住院次均费用", r"(?:住院|出院)[^,。;]{0,8}(?:次均|人均|均次)?(?:费用)"),
    ("cost per visit", "门诊次均费用", r"门(?:急)?诊[^,。;]{0,6}费用|次均[^,。;]{0,6}费用"),
    ("satisfaction of patients", "患者满意度", r"(?:患者|群众|病人|居民)[^,。;]{0,8}满意[度率]"),
    ("satisfaction of staff", "职工满意度", r"(?:职工|员工|医务人员)[^,。;]{0,6}满意[度率]"),
    ("satisfaction", "满意度", r"满意[度率]"),
    ("length of stay", "平均住院日", r"住院[日天]"),
    ("reimbursement, share", "报销比例", r"(?:报销|支付|补偿)[^,。;]{0,6}(?:比例|比率|率)"),
    ("insurance coverage", "参保率", r"参保[^,。;]{0,4}率"),
    ("family doctor contracts, share", "家庭医生签约率", r"签约[^,。;]{0,10}(?:率|覆盖率|比例)"),
    ("out-of-pocket, share", "个人卫生支出占比", r"个人[^,。;]{0,6}(?:卫生)?支出[^,。;]{0,8}(?:占比|比重|比例)"),
    ("medicines, share of revenue", "药占比", r"药占比|药品[^,。;]{0,8}占比"),
    ("services, share of revenue", "医疗服务收入占比", r"医疗服务[^,。;]{0,6}收入[^,。;]{0,8}占比"),
    ("surgery, share", "手术占比", r"手术[^,。;]{0,8}(?:占比|比例|率)"),
    ("life expectancy", "人均预期寿命", r"预期寿命"),
    ("health literacy", "健康素养水平", r"健康素养"),
    ("maternal mortality", "孕产妇死亡率", r"孕产妇[^,。;]{0,6}死亡率"),
    ("infant mortality", "婴儿死亡率", r"婴儿[^,。;]{0,6}死亡率"),
    ("child mortality", "5岁以下儿童死亡率", r"儿童[^,。;]{0,6}死亡率"),
    ("premature mortality", "重大慢性病过早死亡率", r"过早死亡率"),
    ("vaccination", "接种率", r"接种[^,。;]{0,4}率"),
    ("managed chronic patients, share", "慢性病管理率", r"(?:高血压|糖尿病|慢性?病|慢病)[^,。;]{0,12}(?:管理|控制|服务)[^,。;]{0,4}率"),
    ("managed elderly, share", "老年人健康管理率", r"老年人?[^,。;]{0,12}(?:管理|服务)[^,。;]{0,4}率"),
    ("standard attainment, share", "达标率", r"(?:标准化|达标|合格)[^,。;]{0,6}(?:率|比例)"),
    ("coverage, share", "覆盖率", r"覆盖率|覆盖面"),
    ("Chinese medicine, share of institutions", "提供中医药服务的机构占比", r"(?:提供|设立|设置|配备|开展|建有|建成)[^,。;]{0,10}(?:中医|国医堂)[^,。;]{0,20}(?:比例|占比|率)|中医馆(?:设置|覆盖|建成)率"),
    ("general practitioners", "全科医生数", r"全科医[生师]"),
    ("physicians", "执业医师数", r"执业(?:\(助理\)|助理)?医师|医师"),
    ("nurses", "注册护士数", r"护士"),
    ("pharmacists", "药师数", r"药师"),
    ("village doctors' allowance", "乡村医生补助", r"(?:乡村医生|村医)[^,。;]{0,12}(?:补助|补贴)"),
    ("village doctors", "乡村医生数", r"乡村医生|村医"),
    ("beds", "床位数", r"床位"),
    ("county medical communities", "医共体数", r"医共体|医疗卫生共同体|县(?:域|级)?医疗集团|县\(区\)级医疗集团"),
    ("medical alliances", "医联体数", r"医联体|医疗联合体"),
    ("city medical groups", "城市医疗集团数", r"城市医疗集团"),
    ("specialist alliances", "专科联盟数", r"专科联盟"),
    ("key specialities", "重点专科数", r"重点专科|特色专科|优势专科|精品专科|重点学科"),
    ("regional medical centres", "区域医疗中心数", r"区域医疗(?:分)?中心|区域医疗次中心|医疗卫生次中心"),
    ("tertiary hospitals", "三级医院数", r"三甲|三级(?:甲等)?[^,。;]{0,8}医院"),
    ("private hospitals", "民营医院数", r"民营医院|社会办医"),
    ("public hospitals", "公立医院数", r"公立医院"),
    ("traditional Chinese medicine hospitals", "中医医院数", r"中医医?院"),
    ("county hospitals", "县级医院数", r"县级医院|县医院"),
    ("township hospitals", "乡镇卫生院数", r"卫生院"),
    ("community health centres", "社区卫生服务机构数", r"社区卫生服务(?:中心|站|机构)?"),
    ("village clinics", "村卫生室数", r"村卫生室|卫生室"),
    ("hospitals", "医院数", r"医院"),
    ("primary institutions", "基层医疗卫生机构数", r"基层医疗(?:卫生)?机构"),
    ("members of networks", "成员单位数", r"成员单位"),
    ("institutions", "医疗卫生机构数", r"机构"),
    ("laboratories", "实验室数", r"实验室"),
    ("projects", "项目数", r"项目|工程"),
    ("floor space", "建筑面积", r"面积"),
    ("investment", "投资额", r"投资"),
    ("fiscal spending", "财政投入", r"财政|投入|资金|经费|补助|补贴"),
)  # fmt: skip
SHARE = {"%", "‰"}
RATE = ("率", "比", "比例", "度", "水平")
# family, normalised name, pattern, and whether it is a rate: only of shares, or of what is graded (满意度).
COMPILED = tuple((kin, name, re.compile(pattern), kin.endswith("share") or name.endswith(RATE)) for kin, name, pattern in FAMILIES)
NO_SHARES = tuple(row for row in COMPILED if not row[3] or row[1].endswith("度"))
# One look before sixty: most names belong to no family.
KNOWN = re.compile("|".join(f"(?:{pattern})" for _, _, pattern in FAMILIES))


CHANGED = re.compile(r"(?:增长|增加|提高|提升|上升|上涨|扩大|降低|下降|减少|压减|削减|回落|缩短|压缩|下调|下浮|缩减|增速|增幅|降幅|涨幅|变化)$")


def family(indicator: str, unit: str) -> tuple[str, str]:
    """The family of an indicator and its normalised name; ('other', the printed name) when no family matches.

    A change is never of one family with the level that changes.

    >>> family("患者县域内医疗机构就诊率", "%")[1], family("县域内住院就诊率", "%")[1]
    ('县域内就诊率', '县域内住院率')
    >>> family("住院次均费用", "元")[1], family("住院次均费用下降", "%")[1]
    ('住院次均费用', '住院次均费用变化')
    """
    changed = CHANGED.search(indicator)
    if unit.endswith("百分点"):
        kin, normalised = level(indicator[: changed.start()] if changed else indicator, "%")
        return f"{kin}, difference", f"{normalised}差"
    if changed and unit in SHARE:
        kin, normalised = level(indicator[: changed.start()], "")
        return f"{kin}, change", f"{normalised}变化"
    return level(indicator, unit)


def level(indicator: str, unit: str) -> tuple[str, str]:
    """The family of a level, a count, a share or a sum.

    >>> level("到位资金", "亿元")
    ('fiscal spending', '财政投入')
    """
    share = unit in SHARE
    name = re.sub(r"[((][^()()]{0,12}[))]$", "", indicator)
    if not KNOWN.search(name):
        return "other", indicator
    for kin, normalised, pattern, rate in COMPILED if share else NO_SHARES:
        # What is counted stands last: 医共体派出医护人员 counts staff, 医疗机构负面清单 a list.
        if any(share or rate or match.end() >= len(name) - 1 for match in pattern.finditer(name)):
            return _typed(kin, normalised, indicator, unit)
    return "other", indicator


def _typed(name: str, normalised: str, indicator: str, unit: str) -> tuple[str, str]:
    """A sum is another family than the count of the same noun; a share of the noun is known by its printed name alone."""
    if unit in SHARE and normalised.endswith("数"):
        return "other", indicator  # 村卫生室公有产权率 and 村卫生室标准化率 share a noun and nothing else
    if unit.endswith("元") and normalised.endswith("数"):
        return f"{name}, money", f"{normalised[:-1]}金额"
    return name, normalised
