"""Masks: the stretches of a text whose digits are names, dates or addresses, never measurements."""

from __future__ import annotations

import re

# Each entry: kind and pattern, on folded text. Order matters only for which kind is reported.
KINDS: tuple[tuple[str, str], ...] = (
    ("document number", r"[〔\[(（]\d{4}[〕\])）]第?\d{1,5}号"),
    ("document number", r"(?:文件|编号|索引号|备案号|代码|标识码|许可证)[::]?[A-Za-z]{0,6}\d[\d/-]{2,30}"),
    ("address", r"[A-Za-z]{0,8}https?://[!-~]{1,200}|www\.[!-~]{1,100}|[\w.]{1,40}@[\w.]{1,40}"),
    ("phone number", r"(?<!\d)(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9}|400-?\d{3}-?\d{4})(?!\d)"),
    ("hotline", r"(?<![\d.])\d{3,6}(?=[^\d,。;:、]{0,8}(?:热线|平台电话|急救电话|专线))|(?:热线|电话|拨打|传真)[::]?“?\d{3,12}"),
    ("clock time", r"\d{1,2}[::]\d{2}(?:[::]\d{2})?(?!\d)|\d{1,2}[时点]\d{1,2}分|(?:上午|下午|凌晨|晚上?|中午|早上?)\d{1,2}[时点]"),
    ("round the clock", r"(?:7|七)?[×xX*]?24(?:小时|h)(?!(?:内|之?内|以内))|7[×xX*]24"),
    ("date", r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}日?(?!\d)"),
    ("date", r"(?:19|20)\d{2}年?(?:-{1,2}|~|至|到|、)(?:19|20)\d{2}(?:年|学年|年度)?"),
    ("date", r"(?:19|20)\d{2}(?:年度?|学年)(?:\d{1,2}(?:-|~|至|到)?\d{0,2}月(?:份|\d{1,2}日)?)?"),
    ("date", r"(?:19|20)\d{2}(?=[-.版]|\)|中国|世界|全国|届)"),
    ("date", r"(?<!\d)\d{1,2}(?:(?:-|~|至|到)\d{1,2})?月(?:\d{1,2}(?:(?:-|~|至|到)\d{1,2})?日|份|底|初|末|中旬|上旬|下旬|起|前|后|(?![\u4e00-\u9fff]))|(?<![\d.个])\d{1,2}月(?!度)"),
    ("date", r"(?<!\d)\d{1,2}日(?=[,,上下晚早至,在举召,印发,。发]|$)|\d{1,2}(?:世纪|年代)"),
    ("decade", r"(?:[5-9]0|0[05]|[6-9]5)(?:后|年代)"),
    ("ordinal", r"第[\d一二三四五六七八九十百零〇两]{1,6}(?:[条章节款项号届次批期轮名位版讲届季卷部个家类种代产站大]|医院|人民医院)?"),
    ("place in a rank", r"(?:居|列|排名?|位居|位列|名列)[^,。;]{0,8}第\d{1,3}位?"),
    ("section number", r"^\s*(?:[((]?\d{1,2}[))]|\d{1,2}[.、．](?!\d)|\d{1,2}(?:\.\d{1,2}){1,3})"),
    ("latin name", r"(?<![A-Za-z0-9])[A-Za-z]{1,12}-?\d[A-Za-z0-9.+-]{0,12}"),
    ("latin name", r"(?<![\d.])\d{1,4}(?:[A-JL-OQ-SU-Zadeijl-z](?![A-Za-z²³])|[DdGgBb]\+?(?![A-Za-z]))\+?"),
    ("plus name", r"(?<![\d.])[\dA-Z](?:\+[\dA-Za-zNX个]{1,3}){1,5}(?![\d%])|\d{1,3}\+(?=[\u4e00-\u9fff])|\+\d{1,3}"),
    ("named circle", r"\d{1,3}分钟(?=[^,。;]{0,10}圈)|(?:一刻钟|半小时)[^,。;]{0,8}圈"),
    ("denominator", r"每(?:年|月)?(?:\d{1,4}|[一二三四五六七八九十百千]{1,3})?(?:万|千|百|十万|亿)(?:名|个|位)?(?=常住|人口|人|居民|名|服务|参保|户|老人|老年|户籍)"),
    ("slogan", r"[一二三四五六七八九十两]个(?:意识|自信|维护|确立|务必|坚持|统筹|一批|全面|毫不动摇|革命|建设|必须|强化|严禁|一律|第一|最|专项|留下|转变|现代化|共同体|确保|更加|聚焦|提升|不|环境|文明|百年|中国|阶段性|方面|层面|维度)"),
    ("name of quotes", r"“[^“”,。;:]{0,14}[\d一二三四五六七八九十两双][^“”,。;:]{0,14}”"),
    ("title", r"《[^《》]{1,80}》"),
    ("age", r"\d{1,3}(?:周?岁)?(?:-|~|至|到)\d{1,3}周?岁(?:以[上下]|及以[上下])?"),
    ("age of a child", r"[一二三两]孩"),
    ("plan period", r"(?:“)?十[一二三四五六]?五(?:”)?(?=时期|规划|期间|末|以来|开局|收官|初)"),
    ("meeting", r"(?:党的)?[一二]?十[一二三四五六七八九]?(?:大|届)(?:[一二三四五六七八九]中全会)?"),
    ("grade", r"[一二三四五]、[一二三四五]级|[一二三四五]级(?:以[上下]|及以[上下])?"),
)  # fmt: skip

# What any of them can begin with: one look at a character before thirty patterns.
FIRST = r"(?=[\d\sA-Za-z〔\[(（“《+×第每居列排位名党一二三四五六七八九十两上下凌晚中早热电拨传文编索备代标许半])"
MASK = re.compile(FIRST + "(?:" + "|".join(f"(?:{pattern})" for _, pattern in KINDS) + ")", re.MULTILINE)


def spans(folded: str) -> list[tuple[int, int]]:
    """Where digits are part of a name, a date or an address.

    >>> text = "第36号建议,依托5G和“1+2+N”,建成3家医院"
    >>> [text[start:end] for start, end in spans(text)]
    ['第36号', '5G', '“1+2+N”']
    """
    return [match.span() for match in MASK.finditer(folded)]
