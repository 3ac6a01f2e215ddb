"""Hostile texts as data, each taken through every entrance of the package: `python -m benchmarks.faults.entrances`.

A text may hold any characters, numbers and dates that a crawl brings. Nothing raises, the ledger replays,
spans stand where they say, numbers are finite, the mask keeps every offset, and cleaning twice is cleaning once.
"""

from __future__ import annotations

import math
import sys
import unicodedata

from yigai import clean, coding, corpus, facts, passages, privacy, topics

PAGE = (
    "阳泉市人民政府办公室关于印发阳泉市深化医药卫生体制改革实施方案的通知\n各县(区)人民政府,市直有关部门:\n"
    "为深化医药卫生体制改革,推进分级诊疗制度建设,制定本方案。\n一、主要目标\n到2025年,县域内就诊率达到90%以上。\n"
    "二、重点任务\n(一)建设紧密型县域医共体。全市组建6个医疗集团。(责任单位:市卫生健康委、市医保局)\n"
    "(二)深化医保支付方式改革。2024年底前次均住院费用下降5%,市财政安排专项资金1200万元。\n2023年6月8日\n"
)
#: Signs put into the words of a page, by name.
SIGNS = {
    "NUL": "\0", "a high surrogate": "\ud83c", "a low surrogate": "\udfe5", "surrogates reversed": "\udfe5\ud83c",
    "controls": "".join(map(chr, range(1, 9))), "an escape": "\x1b[31m", "controls of Latin-1": "".join(map(chr, range(128, 160))),
    "an override": "\u202e", "isolates": "\u2066\u2069", "embeddings": "\u202a\u202b\u202d\u202c", "direction marks": "\u200e\u200f",
    "a zero-width space": "\u200b", "joiners": "\u200d\u200c", "a soft hyphen": "\xad", "a mark of order": "\ufeff", "a word joiner": "\u2060",
    "a variation": "\ufe0f", "a variation of Han": "\U000e0100", "tags": "\U000e0041\U000e007f", "private use": "\ue000\U000f0001",
    "noncharacters": "\ufffe\uffff\ufdd0\U0001ffff", "unassigned": "\u0378", "fillers": "\u3164\u115f", "annotations": "\ufff9\ufffa\ufffb",
    "an object": "\ufffc", "a lost sign": "\ufffd", "a line separator": "\u2028", "a paragraph separator": "\u2029", "a next line": "\x85",
    "a vertical tab": "\x0b", "a page break": "\x0c", "file separators": "\x1c\x1d\x1e\x1f", "a hard space": "\xa0", "a Mongolian separator": "\u180e",
    "an invisible sign": "\u2062", "old formats": "\u206a\u206f", "a format of music": "\U0001d173", "a Braille blank": "\u2800",
}  # fmt: skip
#: What stands where a number is expected.
NUMBERS = {
    "letters of mathematics": "𝟗𝟎%", "full width": "９０％", "Arabic": "٩٠%", "Devanagari": "९०%", "circled": "⑨⓪%", "Roman": "Ⅸ%",
    "raised": "9⁰%", "a fraction": "½", "another percent": "90﹪", "per mille": "90‰", "Arabic percent": "90٪", "in words": "百分之九十",
    "words of nonsense": "百分之百万亿万万亿亿", "words of bankers": "百分之玖拾", "negative": "-90%", "a true minus": "−90%", "1e309": "1e309%",
    "9,000 nines": "9" * 9000 + "%", "a tail of zeros": "9." + "0" * 5000 + "1%", "two points": "9.0.0.0%", "commas": "9,,0,0%",
    "400 groups of three": ",".join(["999"] * 400) + "元", "leading zeros": "00090%", "four percents": "90%%%%", "NaN": "NaN%", "inf": "inf%",
    "by zero": "1/0", "a ratio without end": "1:" + "9" * 400, "a range reversed": "90%-10%", "ranges without end": "10%-" * 500 + "20%",
    "a chain of 亿": "9" + "亿" * 600 + "元", "a chain of 一": "1点" + "一" * 600, "6,000 words": "一" * 6000 + "个百分点", "hexadecimal": "0x5A%",
    "an underscore": "9_0%", "plus": "+90%", "tildes": "90%~95%~99%~", "an exponent": "1e5人",
}  # fmt: skip
#: What stands where a date is expected.
DATES = (
    "99999年99月99日", "0000年00月00日", "2024年13月45日", "2023年2月29日", "20241301", "公元前221年", "2024-02-30", "二〇二四年十三月", "9999-12-31",
    "10000年1月1日", "民国113年", "〇〇〇〇年", "2" * 3000 + "年", "2024年" * 800, "1970-01-01T00:00:00Z", "\u0662\u0660\u0662\u0664年", "0年",
    "2024年1月1日-0001年", "2024/1/1/1/1/1",
)  # fmt: skip
OTHERS = {
    "nothing": "", "a space": " ", "line ends": "\n" * 5000, "one word": "医", "one figure": "1", "marks": "。，；：？！（）" * 300, "one surrogate": "\ud800",
    "one NUL": "\0", "blanks of Han": "\u3000" * 3000, "a quotation mark": "“", "a bracket": "（", "a percent sign": "%",
    "20,000 accents": "改" + "\u0301" * 20000 + PAGE, "accents everywhere": "".join(f"{sign}\u0300\u0489" for sign in PAGE),
    "zero width everywhere": "\u200b".join(PAGE), "carriage returns": PAGE.replace("\n", "\r"), "line ends of three systems": PAGE.replace("\n", "\r\n", 3).replace("目标\n", "目标\r"),
    "radicals for words": PAGE.replace("人", "⼈").replace("生", "⽣"), "old code points": PAGE + "\uf914\uf9e7", "Cyrillic": PAGE + "ОAО医院 НMО",
    "emoji": PAGE + "👨\u200d👩\u200d👧🏥🇨🇳" * 40, "rare words": PAGE + "𠮷𪚥𫝀𫠠𬺰𮯠𰀀", "tones decomposed": PAGE + "医(yi\u0304)改(ga\u030ci)",
    "figures and no stop": "某市医改方案\n" + "由1%增至" * 800,
}  # fmt: skip


def texts() -> dict[str, str]:
    """Every text by its name."""
    found = {f"signs: {name}": PAGE.replace("医", f"医{sign}") for name, sign in SIGNS.items()}
    for name, number in NUMBERS.items():
        found[f"numbers: {name}"] = f"医改方案\n到2025年,县域内就诊率达到{number}以上。比上年增长{number},投入资金{number}元,共{number}家医院。"
    for date in DATES:
        found[f"dates: {date[:20]}"] = f"医改通知\n发布日期：{date} 来源：营口市卫生健康委\n自{date}起施行,{date}前完成。\n{date}"
    return found | {f"others: {name}": text for name, text in OTHERS.items()}


def problems(raw: str) -> list[str]:
    """What is wrong after a text went through every entrance."""
    cleaned = clean.text(raw)
    sentences = passages.split(cleaned.text)
    table = passages.table("d", cleaned)
    card = corpus.card_of(cleaned)
    indicators = facts.indicators([*(one.text for one in sentences), cleaned.text])
    for read in (facts.indicator_table, facts.duties, facts.timeline, facts.programmes, facts.institutions):
        read(table)
    topics.tokens(cleaned.text)
    values = [float(value) for name in ("value", "value_max") for value in indicators[name].dropna()]
    spans = [card.title, card.publisher, card.published, card.issued, card.doc_no]
    wrong = {
        "the raw text is another": cleaned.raw() != raw,
        "the ledger does not replay": replayed(raw, cleaned) != cleaned.text,
        "a sentence stands elsewhere": any(cleaned.text[one.start : one.end] != one.text for one in sentences),
        "evidence stands outside": any(not -1 <= one.start <= one.end <= len(raw) for one in spans),
        "a number is not finite": not all(map(math.isfinite, values)),
        "a text is without codes": len(coding.code([raw, cleaned.text])) != 2,
        "the mask moves offsets": len(privacy.mask(cleaned.text)) != len(cleaned.text),
        "cleaning twice is not cleaning once": clean.text(cleaned.text).text != cleaned.text,
        f"signs are left: {left(cleaned.text)}": bool(left(cleaned.text)),
    }
    return [what for what, holds in wrong.items() if holds]


def replayed(raw: str, cleaned: clean.Cleaned) -> str:
    """The raw text with the applied edits of the ledger, one after the other."""
    parts, at = [], 0
    for edit in cleaned.edits:
        if edit.status == "applied":
            parts += [raw[at : edit.start], edit.after]
            at = edit.end
    return "".join([*parts, raw[at:]])


def left(text: str) -> list[str]:
    """Controls, surrogates and signs of direction or of no width that no clean text holds."""
    unseen = "\u200b\u200c\u200e\u200f\u2028\u2029\u2060\ufeff\xad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return sorted({f"{ord(sign):x}" for sign in text if sign in unseen or (unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t")})


def main() -> None:
    """Try every text; exit 1 if one is read wrongly."""
    wrong = {name: found for name, text in texts().items() if (found := problems(text))}
    for name, found in wrong.items():
        print(f"{name}: {'; '.join(found)}")
    print(f"{len(wrong)} of {len(texts())} texts are read wrongly")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
