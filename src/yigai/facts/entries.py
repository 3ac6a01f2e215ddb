"""Entries: what a document says under each heading of its synopsis, in both languages, with status and quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from yigai.facts import labels
from yigai.facts.case import Case, Row, Said
from yigai.facts.labels import Both
from yigai.facts.numerals import fold

MONEY = re.compile(r"元$|元/")
RATE = re.compile(r"[%‰]|/|岁|天|分$")
TRUST = ("achieved", "rule", "target", "plan", "", "background")
WIDEST = 90  # characters of a clause that a line of the synopsis shows


class Cue(NamedTuple):
    """Words that place a clause under an entry; those of ``strong`` decide which clauses come first."""

    any: re.Pattern[str]
    strong: re.Pattern[str]
    most: int
    dimensions: frozenset[str] = frozenset()  # of which the sentence must carry one; none named: any


FORM = Cue(
    re.compile(r"医联体|医共体|医疗集团|专科联盟|医疗联合体|共同体|共建|协作网|一体化管理|(?:医疗|卫生|县域|县乡|乡村)[^，。；]{0,6}一体化|县域综合改革|整合型[^，。；]{0,8}体系|六统一"
               r"|统一管理|合作协议|托管|总医院|(?:医院|医疗|卫生|服务)[^，。；]{0,8}(?:格局|架构)"),
    re.compile(r"(?:成立|组建|建成|建立|构建|签[订署]|形成|打造|做实|实行|实施|纳入|推进|推行).{0,60}(?:医联体|医共体|医疗集团|联合体|共同体|协作网"
               r"|合作协议|六统一|统一管理|一体化|格局)"),
    5,
    frozenset({"ORG", "GOV", "REF", "CAP"}),
)  # fmt: skip
LEADERS = Cue(
    re.compile(r"组长|领导小组|负总责|专班|工作组|联席会议|(?:领导|管理|改革|协调|医管|理事)委员会|(?<!区)管委会|理事会|党委[^，。；]{0,6}领导下(?!的?院长负责)|分管"
               r"|组织领导|领导责任"),
    re.compile(r"组长|领导小组|负总责|工作组|联席会议|(?<!区)管委会|理事会"),
    4,
)  # fmt: skip
PAYMENT = Cue(
    re.compile(r"医保[^，。；]{0,12}(?:打包|总额|付费|支付|结余|预付)|总额(?:预算|付费|预付|包干)|结余留用|超支|按病种|DRG|DIP|按人头|打包付费|支付方式"),
    re.compile(r"打包|总额|结余留用|按病种|DRG|DIP|按人头"),
    4,
)
INCENTIVES = Cue(
    re.compile(r"(?<!培训和)(?<!培训、)(?<!专长)(?<!技能)考核(?!合格)|排名|末位|(?:终止|退出)[^，。；]{0,10}(?:共建|试点|协议|合作|资格|名单|机制)"
               r"|取消[^，。；]{0,8}资格|全省通报|全市通报|约谈|奖励|奖补|就退|就奖|评估验收|督查|问责|挂钩|(?<!投入)倾斜|激励|一票否决|评选"),
    re.compile(r"排名|末位|终止|取消|退出|就退|就奖|奖励|挂钩|(?<!投入)倾斜|给予[^，。；]{0,10}激励|一票否决"),
    5,
)  # fmt: skip
PHASE = re.compile(r"(?:[一二三四五六七八九十]是|[(][一二三四五六七八九十][)]|(?<!\d)\d[.、]|(?=第[一二三四五六七八九十]))(?P<name>[\u4e00-\u9fff]{2,10}?阶段)")
DATED = re.compile(r"（[^（）]{2,24}）")


def _done(status: str) -> int:
    """What is reported before what is announced; a reason or question last."""
    return {"achieved": 0, "background": 2}.get(status, 1)


def _trust(status: str) -> int:
    return TRUST.index(status) if status in TRUST else len(TRUST)


ENUMERATOR = re.compile(r"^(?:[一二三四五六七八九十]是|其[一二三四五]是?)")


def clauses(text: str, cue: re.Pattern[str]) -> list[str]:
    """The runs of neighbouring clauses in which a cue stands.

    >>> clauses("该市成立了书记任第一组长，市长任组长的领导小组，群众满意，组建工作专班。", LEADERS.any)
    ['该市成立了书记任第一组长，市长任组长的领导小组', '组建工作专班']
    >>> clauses("一是成立工作专班。", LEADERS.any)
    ['成立工作专班']
    """
    runs: list[list[str]] = [[]]
    for piece in re.split(r"[，；。]", text):
        if cue.search(piece):
            runs[-1].append(ENUMERATOR.sub("", piece))
        elif runs[-1]:
            runs.append([])
    return ["，".join(run) for run in runs if run]


# 开展三年深度合作，打造委市共建的样板: what was done is the cooperation, not the model it is to make (seed 001).
PURPOSE = re.compile(r"打造|推动|助力|以期|旨在|力求|为(?=[^，；。]{2,20}(?:提供|奠定|打下|创造))")


def with_predicate(clause: str, text: str) -> str:
    """A purpose with the clause of its sentence that it is the purpose of.

    >>> with_predicate("打造共建的样板", "该市开展深度合作，打造共建的样板。"), with_predicate("打造共建的样板", "打造共建的样板。")
    ('该市开展深度合作，打造共建的样板', '打造共建的样板')
    """
    at = text.find(clause)
    if at < 1 or text[at - 1] != "，" or not PURPOSE.match(clause):
        return clause
    return f"{re.split('[，；。]', text[: at - 1])[-1]}，{clause}"


def stated(case: Case, cue: Cue) -> Iterator[Said]:
    """The clauses of a document under a cue: strong ones first, what is done before what is to come, then as printed."""
    coded = any(row["dimensions"] for row in case.sentences)
    asked = [row for row in case.sentences if row["kind"] == "body" and (not coded or _carries(row, cue))]
    found = [(clause, row) for row in asked for clause in clauses(row["text"], cue.any)]
    found = [(with_predicate(clause, row["text"]) if row["status"] == "achieved" else clause, row) for clause, row in found]
    ranked = sorted(found, key=lambda pair: (not cue.strong.search(pair[0]), _done(pair[1]["status"])))
    said: list[str] = []
    for clause, row in ranked:
        if len(said) == cue.most:
            return
        if any(clause in other or other in clause for other in said):
            continue
        said.append(clause)
        shown = clause if len(clause) <= WIDEST else clause[: WIDEST - 1] + "…"
        yield Said(Both(shown, shown), row["status"], row["text"])


def _carries(row: Row, cue: Cue) -> bool:
    carried = set(row["dimensions"].split(";")) - {""}
    return bool(carried & cue.dimensions if cue.dimensions else carried)


def form(case: Case) -> Iterator[Said]:
    """By what form the institutions are tied."""
    yield from stated(case, FORM)


def leaders(case: Case) -> Iterator[Said]:
    """Who steers."""
    yield from stated(case, LEADERS)


def payment(case: Case) -> Iterator[Said]:
    """How the insurance pays."""
    yield from stated(case, PAYMENT)


def incentives(case: Case) -> Iterator[Said]:
    """How the work is assessed, rewarded, ended."""
    yield from stated(case, INCENTIVES)


def tightness(case: Case) -> Iterator[Said]:
    """The highest step of the ladder, for what is achieved and for what is planned."""
    for step, row in sorted(case.tightness(), key=lambda found: (-found[0], _trust(found[1]["status"]))):
        name, note = labels.STEPS[step], _reserve(step, row["text"])
        yield Said(Both(f"step {step} of 4: {name.en}{note.en}", f"第{step}级（共4级）：{name.zh}{note.zh}"), row["status"], row["text"])


PILOT = re.compile(r"开展[^，。；]{0,30}试点|试点(?:开展|推行|实行|推进)")


def _reserve(step: int, text: str) -> Both:
    """What keeps a step from being said of the whole case: a pilot only, or a tight form named without what it shares."""
    if step > 1:
        return labels.PILOT if PILOT.search(text) else Both("", "")
    return labels.NAMED_TIGHT if "紧密型" in text else Both("", "")


def _figures(case: Case, *, money: bool) -> Iterator[Said]:
    printed = (row for row in case.told("indicators") if row.get("class", "hard") == "hard")
    rows = [row for row in printed if (MONEY.search(row["unit"]) is not None) == money]
    for row in sorted(rows, key=lambda row: (RATE.search(row["unit"]) is None, _trust(row["status"]))):
        yield Said(_figure(row), row["status"], case.printed(row["quote"]))


def _figure(row: Row) -> Both:
    amount = labels.amount(row)
    when = labels.moment(row["when"])
    assumed = row.get("dated") == "document" and row["when"]
    hedge = f" {row['hedge']}" if row["hedge"] else ""
    english = f"as of the document, {when.en}" if assumed else when.en
    chinese = f"{when.zh}，按文件日期" if assumed else when.zh
    name = row["indicator"] if row["subject"] in row["indicator"] else f"{row['subject']}{row['indicator']}"
    return Both(f"{name} {amount}{hedge} ({english})", f"{name} {amount}{hedge}（{chinese}）")


def money(case: Case) -> Iterator[Said]:
    """Amounts of money."""
    yield from _figures(case, money=True)


def indicators(case: Case) -> Iterator[Said]:
    """All other figures, rates before counts."""
    yield from _figures(case, money=False)


# 在2020年4月前，落实…政策: a time alone does not say what the phase is for.
TIMED = re.compile(r"(?:[^，；。]{0,20}(?:[年月日]|[年月日]?[底末]|底|末)(?:之?前|以前|内)?，)?[^，；。]{0,80}")


def phases(case: Case) -> Iterator[Said]:
    """Phases the text names, each with the clause after it, in which its time stands."""
    for row in case.sentences:
        for match in PHASE.finditer(fold(row["text"])):
            dated = DATED.match(row["text"], match.end())
            rest = row["text"][dated.end() if dated else match.end() :].lstrip("，：:")
            after = TIMED.match(rest)[0][:WIDEST]  # type: ignore[index]  # matches any text
            words = match["name"] + (dated[0] if dated else "") + (f"：{after}" if after else "")
            yield Said(Both(words, words), row["status"], row["text"])


def calendar(case: Case) -> Iterator[Said]:
    """Dated statements in the order of time."""
    rows = sorted(case.told("timeline"), key=lambda row: row["when"].lstrip("."))
    for when, what in dict.fromkeys((row["when"], row["what"]) for row in rows):
        row = next(row for row in rows if (row["when"], row["what"]) == (when, what))
        date = labels.moment(f"..{when}" if row.get("kind") == "deadline" and ".." not in when else when)
        yield Said(Both(f"{date.en}: {what}", f"{date.zh}：{what}"), row["status"], case.printed(row["quote"]))


def duties(case: Case) -> Iterator[Said]:
    """How many tasks have a responsible unit, and which units lead most."""
    rows = case.told("duties")
    if not rows:
        return
    tasks = len({row["task_path"] for row in rows})
    units = len({row["unit"] for row in rows})
    yield Said(Both(f"{tasks} tasks, {units} responsible units", f"{tasks}项任务，{units}个责任单位"), "plan", case.printed(rows[0]["quote"]))
    led: dict[str, dict[str, Row]] = {}
    for row in rows:
        if row["role"] in ("lead", "co-lead"):
            led.setdefault(row["unit"], {})[row["task_path"]] = row
    for unit, own in sorted(led.items(), key=lambda one: (-len(one[1]), one[0]))[:6]:
        joint = sum(row["role"] == "co-lead" for row in own.values())
        words = Both(
            f"{unit} leads {len(own)} of {tasks} tasks" + (f", {joint} of them jointly" if joint else ""),
            f"{unit}牵头{len(own)}项任务" + (f"（其中{joint}项为分别牵头）" if joint else ""),
        )
        yield Said(words, "plan", case.printed(next(iter(own.values()))["quote"]))


def slogans(case: Case) -> Iterator[Said]:
    """Programmes and slogans with what the same text says they stand for."""
    for row in case.told("programmes"):
        meant = Both(row["expansion"], row["expansion"]) if row["expansion"] else labels.NOT_EXPANDED
        own = row["expansion"] == row["name"]
        words = Both(row["name"], row["name"]) if own else Both(f"{row['name']}: {meant.en}", f"{row['name']}：{meant.zh}")
        yield Said(words, case.status_of(row["quote"]), case.printed(row["quote"]))


def checks(case: Case) -> Iterator[Said]:
    """Whether the numbers of the text agree with each other."""
    for row in case.told("checks"):
        name, verdict = labels.check(row["check"]), labels.VERDICTS.get(row["verdict"], Both(row["verdict"], row["verdict"]))
        announced, found = f"{float(row['announced']):g}", f"{float(row['found']):g}"
        words = Both(f"{name.en}: announced {announced}, found {found}, {verdict.en}", f"{name.zh}：称{announced}，见{found}，{verdict.zh}")
        yield Said(words, case.status_of(row["quote"]), case.printed(row["quote"]))
