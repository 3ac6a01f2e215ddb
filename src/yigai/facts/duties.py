"""Duties: which unit leads, shares the lead, supports or is a member for which task."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import pandas as pd

from yigai.facts.numerals import fold
from yigai.facts.settings import records

COLUMNS = ("doc", "task_path", "task", "unit", "role", "quote")
LABEL = r"(?:牵头|责任|负责|配合|协办|协同|参加|参与|主办|承办|实施|落实|完成|主责|协助)(?:单位|部门|主体|处室|科室)"
UNIT_END = r"(?:局|委|办|厅|部|院|处|科|室|会|署|行|社|站|所|中心|集团|公司|政府|单位|机构|组|部门|委员会|办公室|大队|支队|学校|大学|学院|法院|检察院|管委会|医院|卫生院|银行|海关|工会|妇联|残联|总队|组织部|宣传部|团委)"
# A line of duty: labelled, or ending in 负责, 牵头, 配合, or only units.
LABELLED = re.compile(rf"[((\[【]?(?P<body>{LABEL}[::][^()()]{{0,400}}(?:[((][^()()]{{0,40}}[))][^()()]{{0,400}}){{0,12}})[))\]】]?")
BRACKETED = re.compile(r"[((\[【](?P<body>[^()()\[\]【】]{2,400}(?:[((][^()()]{0,40}[))][^()()]{0,300}){0,12})[))\]】](?=[。;]?\s*$)")
# What a line of duty says beside its units: notes on the order, terms, names of persons.
ASIDE = re.compile(r"[。,;、]?(?:注[::].*|(?:以下|除)?[^。,;、]{0,8}?(?:排在?|列在?|排名)(?:首位|第一位|第一)[^。,;]{0,20}|(?:以?下)同|(?:完成|办结)?(?:时限|时间)[::][^。,;]*|(?:责任人|责任领导|联系人|分管领导)[::][^。,;]*)")
AREA = re.compile(r"[\u4e00-\u9fff]{2,}(?:[区县市旗州]|镇街|街镇|街道|乡镇|园区)$")
SIGNED = re.compile(r"(?:牵头|负责|配合|参与|落实)")
RUN_IN = re.compile(r"^\s*(?P<number>[((]?[一二三四五六七八九十\d]{1,3}[))]?[.、．]?|[①-⑳])\s*(?P<title>[^。;:,]{2,40}?)(?=[。:;]|$)")
MEMBERS = re.compile(r"(?:各|所有|有关|相关)?(?:成员单位|组成单位)$")


@dataclass(frozen=True)
class Duty:
    """One unit in one line of duty."""

    unit: str
    role: str


def split_units(listed: str) -> list[str]:
    """The units of a list, commas inside brackets left alone.

    >>> split_units("市卫健委、市财政局,各县(市、区)人民政府")
    ['市卫健委', '市财政局', '各县(市、区)人民政府']
    >>> split_units("市人力资源和社会保障局和市卫健委")
    ['市人力资源和社会保障局', '市卫健委']
    """
    parts = re.split(r"(?:[、,;]|(?<=[局委办厅部院处科室会署行社站所府团组校司心])[和与]|会同)(?![^((]{0,30}[))])", listed)
    cleaned = [re.sub(r"^(?:由|以及|及|会同|商|各由)|(?:等(?:部门|单位)?|等有关部门)$", "", part.strip(" 。;:,、")) for part in parts]
    return [part for part in cleaned if 2 <= len(part) <= 30]


def clause_roles(clause: str, *, leads: bool) -> list[Duty]:
    """The units of one clause with their roles, from the clause's own verb.

    >>> [(duty.unit, duty.role) for duty in clause_roles("市委编办、市人社局按职责分别牵头", leads=True)]
    [('市委编办', 'co-lead'), ('市人社局', 'co-lead')]
    >>> [(duty.unit, duty.role) for duty in clause_roles("市卫健委、市医保局", leads=True)]
    [('市卫健委', 'lead'), ('市医保局', 'support')]
    """
    verb = re.search(r"(?:按照?(?:各自)?职[责能](?:分工|分别)?|分别|共同|联合|按照?分工|具体|分头|各自){0,4}(?:牵头负责|牵头落实|牵头|配合落实|配合|参与|参加|协同|协助|分工负责|负责|落实|组织实施)[^、,;]{0,6}$", clause)
    units = split_units(clause[: verb.start()] if verb else clause)
    said = verb[0] if verb else ""
    if re.search(r"配合|参[与加]|协[同助]", said):
        roles = ["support"] * len(units)
    elif re.search(r"(?:分别|共同|联合|各自).{0,3}牵头", said) and len(units) > 1:
        roles = ["co-lead"] * len(units)
    elif "牵头" in said:
        roles = ["lead"] + ["co-lead"] * (len(units) - 1) if units else []
    elif re.search(r"分工|分别|共同|各自", said):
        roles = ["co-lead" if leads else "support"] * len(units)
    else:
        roles = (["lead" if leads else "support"] + ["support"] * (len(units) - 1)) if units else []
    return [Duty(unit, "member" if MEMBERS.search(unit) else role) for unit, role in zip(units, roles, strict=True)]


def roles(line: str) -> list[Duty]:
    """The units of a line of duty in printed order: the first named leads unless the line says otherwise.

    >>> [(duty.unit, duty.role) for duty in roles("责任单位:市科技局、市卫健委按职责分别牵头,市财政局配合")]
    [('市科技局', 'co-lead'), ('市卫健委', 'co-lead'), ('市财政局', 'support')]
    >>> [(duty.unit, duty.role) for duty in roles("牵头单位:市卫健委;配合单位:市财政局、市医保局")]
    [('市卫健委', 'lead'), ('市财政局', 'support'), ('市医保局', 'support')]
    """
    body = ASIDE.sub("", fold(line)).split("。")[0]
    found: list[Duty] = []
    pieces = re.split(rf"({LABEL})[::]", body)
    labelled = [("", pieces[0]), *zip(pieces[1::2], pieces[2::2], strict=True)]
    for label, listed in labelled:
        listed = listed.strip(" ;。,、")
        if listed:
            found += _labelled(label, listed, leads=not any(duty.role in ("lead", "co-lead") for duty in found))
    return found


def _labelled(label: str, listed: str, *, leads: bool) -> list[Duty]:
    if label[:2] in ("配合", "协办", "协同", "参加", "参与", "协助"):
        return [Duty(unit, "support") for unit in split_units(listed)]
    if label[:2] in ("牵头", "主办", "主责"):
        units = split_units(re.sub(r"(?:按职责分别)?(?:牵头|负责)$", "", listed))
        return [Duty(unit, "lead" if len(units) == 1 or position == 0 else "co-lead") for position, unit in enumerate(units)]
    out: list[Duty] = []
    # 甲、乙按职责分别牵头,丙配合: a comma opens a new clause only after a verb of duty.
    for clause in re.split(r"(?<=牵头)[,、]|(?<=负责)[,、]|(?<=落实)[,、]|(?<=配合)[,、]|(?<=参与)[,、]|;", listed):
        out += clause_roles(clause, leads=leads and not any(duty.role in ("lead", "co-lead") for duty in out))
    return out


def lines(text: str) -> Iterator[str]:
    """The lines of duty inside a passage, labelled ones and brackets at its end that hold only units.

    >>> list(lines("加强能力建设。(责任单位:市卫健委)"))
    ['责任单位:市卫健委']
    """
    folded = fold(text)
    labelled = [text[match.start("body") : match.end("body")] for match in LABELLED.finditer(folded)]  # as printed
    if labelled:
        yield from labelled
        return
    closing = BRACKETED.search(folded)
    if closing:
        body = re.sub(r"(?:按照?|分别|共同|牵头|负责|配合|参与|落实|分工|各自|职责|等)+", "", ASIDE.sub("", closing["body"]))
        units = split_units(body)
        proper = [unit for unit in units if re.search(UNIT_END + r"$", unit)]
        if proper and all(unit in proper or AREA.match(unit) for unit in units) and (len(units) > 1 or SIGNED.search(closing["body"])):
            yield text[closing.start("body") : closing.end("body")]


def task_of(passage: str, heading_path: str) -> str:
    """The task a passage states: its run-in heading, else the last heading above it.

    >>> task_of("2.提升卫生健康人才能力。发展壮大医疗卫生队伍。", "二、工作任务")
    '提升卫生健康人才能力'
    """
    run_in = RUN_IN.match(fold(passage))
    if run_in:
        return run_in["title"]
    last = re.split(r"\s{0,20}[>/›|]\s{0,20}", heading_path)[-1] if heading_path else ""
    named = RUN_IN.match(fold(last))
    return (named["title"] if named else last) or re.split(r"[。;]", passage)[0][:30]


MAY_HOLD = re.compile(r"(?:单位|部门|主体|处室|科室)[:：]|[)）\]］】][。;；]?\s*$")  # on the printed text
HAN_ONLY = re.compile(r"[^\u4e00-\u9fff]")


def duties(sentences: pd.DataFrame) -> pd.DataFrame:
    """The duties of a table of sentences (contract columns): doc, task_path, task, unit, role, quote.

    >>> rows = [("d", 1, 1, "二、任务", "body", "1.加强领导。"), ("d", 1, 2, "二、任务", "duty", "(责任单位:市卫健委、市财政局)")]
    >>> table = duties(pd.DataFrame(rows, columns=["doc", "passage", "sentence", "heading_path", "kind", "text"]))
    >>> table[["task", "unit", "role"]].values.tolist()
    [['加强领导', '市卫健委', 'lead'], ['加强领导', '市财政局', 'support']]
    """
    found: list[dict[str, str]] = []
    for doc, own in groupby(records(sentences, ("doc", "passage", "heading_path", "text")), key=itemgetter("doc")):
        task, path = "", ""
        for _, rows in groupby(own, key=itemgetter("passage")):
            passage = list(rows)
            text, heading = "".join(str(row["text"]) for row in passage), str(passage[-1]["heading_path"])
            said = list(lines(text)) if MAY_HOLD.search(text) else []
            alone = bool(said) and HAN_ONLY.sub("", text) == HAN_ONLY.sub("", "".join(said))
            if not (alone and task):  # a line of duty standing alone belongs to the task above it
                task, path = task_of(text, heading), heading
            found += [
                {"doc": str(doc), "task_path": path, "task": task, "unit": duty.unit, "role": duty.role, "quote": line}
                for line in said
                for duty in roles(line)
            ]
    return pd.DataFrame(found, columns=list(COLUMNS))
