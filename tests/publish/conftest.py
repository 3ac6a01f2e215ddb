"""A run small enough to hold in the head: three pages with their ledgers, tables and notebooks.

``make_run`` writes what the runner would leave; every text a page shows can be replaced, so the
same run serves the hostile cases.
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

#: Pages as pieces: what the raw page has, what the clean text has, the kind of the edit ('' = kept).
PAGES = {
    "000": (
        ("大发体育在线_大发体育投注\n\n首页 > 信息公开\n", "", "spam"),
        ("关于建议办理情况的复函\n", "关于建议办理情况的复函\n", ""),
        ("\n", "", "layout"),
        ("我区自2014", "我区自2014", ""),
        ("", "年", "lost"),
        ("10月成立了", "10月成立了", ""),
        ("大发体育在线:", "利州区", "place"),
        ("医疗联合体,", "医疗联合体，", "width"),
        ("建成东片区医联体。", "建成东片区医联体。", ""),
        ("基层首诊率达到68.5%。\n", "基层首诊率达到68.5%。\n", ""),
        ("联系人何庆光说打包付费已经实行。", "联系人何庆光说打包付费已经实行。", ""),
        ("\n版权所有 电话0839-3301234", "", "footer"),
        ("\n编辑：何庆光", "", "meta"),
    ),
    "003": (
        ("醫(yī)", "医", "pinyin"),
        ("改春風", "改春风", "script"),
        ("\n", "\n", ""),
        ("資興市組建緊密型", "资兴市组建紧密型", "script"),
        ("醫(yī)", "医", "pinyin"),
        ("共體", "共体", "script"),
        ("，實行總額打包付費。", "，实行总额打包付费。", "script"),
        ("2025年前住院率不低于90%。", "2025年前住院率不低于90%。", ""),
    ),
    "004": (
        ("市医改工作方案\n一、总体目标\n到2025年，县域内就诊率达到90%以上。\n", "市医改工作方案\n一、总体目标\n到2025年，县域内就诊率达到90%以上。\n", ""),
        ("（责任单位：市卫健委、市医保局）", "（责任单位：市卫健委、市医保局）", ""),
    ),
}
#: The rule that makes an edit of a kind.
RULES = {"lost": "year", "place": "injected_string", "width": "folded", "pinyin": "verified_note", "script": "traditional", "layout": "line_break"}
CARDS = {
    "000": ("reply", "county", "四川省", "广元市", "利州区", "sichuan", "2021-12-08"),
    "003": ("feature", "county", "湖南省", "郴州市", "资兴市", "hunan", ""),
    "004": ("plan", "prefecture", "辽宁省", "营口市", "", "liaoning", "2024-03-01"),
}
MARKDOWN = (
    ("# 地方医改比较\n\n", []),
    ("## Reading the pages\n\nProse in English with a [link](02_topics.ipynb).", ["lang-en"]),
    ("## 阅读网页\n\n中文说明。", ["lang-zh"]),
    ("#### A level too deep\n\n| a | b |\n|---|---|\n| 1 | 2 |", []),
)
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 200"><title>Evidence matrix 证据矩阵 · n = 3</title><g>'
    '<text style="font-size: 9px; text-anchor: end; fill: #222222" x="80" y="20">no cue 未检出</text>'
    '<text style="font-size: 9px" x="90" y="40">联系人何庆光</text></g>'
    '<g class="caption" data-en="n = 3 documents, 3 regions. Gate: cases are compared, not provinces." data-zh="">'
    '<text style="font-size: 8px" x="4" y="190">n = 3 documents, 3 regions.</text></g></svg>'
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" onload="document.title=1">'
    '<script>document.title=1</script><rect width="40" height="20" fill="#0072B2"/></svg>'
)


def raw_and_clean(pieces):
    return "".join(piece[0] for piece in pieces), "".join(piece[1] for piece in pieces)


def ledger(doc, pieces):
    at, rows = 0, []
    for before, after, kind in pieces:
        if kind:
            rows.append((doc, at, at + len(before), before, after, kind, RULES.get(kind, "furniture"), 0.99, True, before[:20], "applied"))
        at += len(before)
    names = ("doc", "start", "end", "before", "after", "kind", "rule", "confidence", "applied", "evidence", "status")
    return pd.DataFrame(rows, columns=names)


def sentence_rows(doc, clean):
    rows, number, at = [], 0, 0
    for passage, line in enumerate(clean.split("\n"), 1):
        start = at
        for sign in range(at, at + len(line)):
            if clean[sign] in "。" or sign == at + len(line) - 1:
                number += 1
                kind = "heading" if passage == 1 or line.startswith("一、") else "duty" if line.startswith("（责任") else "body"
                rows.append((doc, passage, number, "", kind, clean[start : sign + 1], start, sign + 1, start, sign + 1))
                start = sign + 1
        at += len(line) + 1
    return rows


def tables(pages, titles):
    found = {}
    texts = {doc: raw_and_clean(pieces) for doc, pieces in pages.items()}
    found["documents"] = pd.DataFrame([document_row(doc, *texts[doc], titles) for doc in pages])
    found["edits"] = pd.concat([ledger(doc, pieces) for doc, pieces in pages.items()], ignore_index=True)
    columns = ["doc", "passage", "sentence", "heading_path", "kind", "text", "start", "end", "raw_start", "raw_end"]
    found["sentences"] = pd.DataFrame([row for doc in pages for row in sentence_rows(doc, texts[doc][1])], columns=columns)
    found["codes"] = code_rows(found["sentences"])
    found["indicators"] = indicator_rows(texts)
    found["duties"] = pd.DataFrame(
        [("004", "一、总体目标", "到2025年，县域内就诊率达到90%以上。", "市卫健委", "lead")],
        columns=["doc", "task_path", "task", "unit", "role"],
    )
    found["timeline"] = pd.DataFrame(
        [("000", "2014-10", "成立医疗联合体", "achieved", "我区自2014年10月成立了利州区医疗联合体，建成东片区医联体。")],
        columns=["doc", "when", "what", "status", "quote"],
    )
    found["programmes"] = pd.DataFrame(
        [("003", "打包付费", True, "总额打包付费", "资兴市组建紧密型医共体，实行总额打包付费。")],
        columns=["doc", "name", "expanded", "expansion", "quote"],
    )
    found["topics"] = pd.DataFrame(
        [(1, 3, "医共体 打包付费", "医共体;打包付费;医联体", 0.82, 2, "stable")],
        columns=["topic", "size", "label", "terms", "stability", "documents", "verdict"],
    )
    found["passage_topics"] = pd.DataFrame(
        [("000", 2, 1, 0.7), ("003", 2, 1, 0.9)], columns=["doc", "passage", "topic", "similarity"]
    )
    found["matrix"] = found["codes"].assign(dimension="PAY", region="hunan", statement="", quote=found["codes"]["text"])[
        ["dimension", "doc", "region", "statement", "status", "quote"]
    ]
    found["keyness"] = pd.DataFrame(
        [("hunan", "打包付费", 1.4, 0.3, 2.5, 2.1, 0.04, 2, 1, True)],
        columns=["region", "term", "log_odds", "low", "high", "z", "q", "count", "documents", "one_document"],
    )
    found["gate"] = pd.DataFrame(
        [
            ("region × genre", "0.00", "refuse", "overlap of the genres of a region with the others, mean over regions; 3 in all"),
            ("documents", "3", "warn", "fewer than 2 are no comparison, fewer than 10 are cases"),
            ("regions", "3", "pass", "0 of 3 documents without a known region are left out of regions"),
        ],
        columns=["check", "finding", "severity", "detail"],
    )
    found["synopses"] = pd.DataFrame(
        [("000", "form", "整合形式", "medical alliance", "医联体", "achieved", "建成东片区医联体"), ("000", "money", "资金", "no cue matched", "未检出", "", "")],
        columns=["doc", "entry", "entry_zh", "statement", "statement_zh", "status", "quote"],
    )
    found["changes"] = pd.DataFrame(
        [("document new", "003", "", "医改春风 (30 characters, 00000000)", float("nan")), ("statement", "000 · ORG", "plan: 甲", "achieved: 乙", float("nan")),
         ("topic matched", "1", "医共体 (2 passages, stable)", "医共体 (3 passages, stable)", 0.5)],
        columns=["what", "item", "before", "after", "jaccard"],
    )
    found = {name: table[table["doc"].isin(pages)] if "doc" in table else table for name, table in found.items()}
    return found, texts


def document_row(doc, raw, clean, titles):
    genre, level, province, city, county, region, issued = CARDS.get(doc, ("plan", "county", "湖南省", "", "", "hunan", "2020"))
    title = titles.get(doc, clean.split("\n")[0])
    return {
        "doc": doc, "file": f"{doc}.txt", "sha256": "0" * 64, "title": title, "publisher": "", "genre": genre, "level": level,
        "province": province, "city": city, "county": county, "adcode": "", "published": "", "issued": issued, "doc_no": "",
        "region": region, "year": issued[:4], "repost_of": "", "chars_raw": len(raw), "chars_clean": len(clean),
        "flags": "", "title_evidence": raw.strip().split("\n")[-1][:20],
    }  # fmt: skip


def code_rows(sentences):
    rows = []
    for row in sentences.itertuples():
        found = [code for cue, code in (("医联体", "ORG"), ("医共体", "ORG"), ("付费", "PAY"), ("诊率", "REF")) if cue in row.text]
        if found:
            status = "achieved" if "成" in row.text else "target" if "达到" in row.text else "plan"
            rows.append((row.doc, row.sentence, row.text, ";".join(found), "DI", status, "", f"{found[0]}:{row.text[:2]}@0-2"))
    return pd.DataFrame(rows, columns=["doc", "sentence", "text", "dimensions", "instruments", "status", "hedge", "cues"])


def indicator_rows(texts):
    rows = []
    for doc, value, quote in (("000", 68.5, "基层首诊率达到68.5%"), ("003", 90.0, "住院率不低于90%"), ("004", 90.0, "县域内就诊率达到90%以上")):
        start = texts[doc][1].find(quote) if doc in texts else -1
        if start >= 0:
            rows.append((doc, "全市", quote[:6], ">=", value, None, "%", "2025", "target", "", quote, start, start + len(quote), -1, -1))
    names = ["doc", "subject", "indicator", "comparator", "value", "value_max", "unit", "when", "status", "hedge", "quote", "start", "end", "raw_start", "raw_end"]
    return pd.DataFrame(rows, columns=names)


def notebook(cells=(), outputs=()):
    book = [{"cell_type": "markdown", "metadata": {"tags": tags}, "source": source} for source, tags in MARKDOWN]
    book.append({"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "corpus = '/home/li/pages'", "outputs": []})
    frame = pd.DataFrame({"doc": ["003"], "quote": ["2025年前住院率不低于90%。"], "value": [90]})
    shown = [
        {"output_type": "stream", "name": "stderr", "text": "/home/li/x.py: UserWarning"},
        {"output_type": "stream", "name": "stdout", "text": "read /home/li/pages/003.txt"},
        {"output_type": "execute_result", "data": {"text/html": frame._repr_html_(), "text/plain": str(frame)}},
        {"output_type": "display_data", "data": {"image/svg+xml": SVG, "text/plain": "<Figure>"}},
        {"output_type": "display_data", "data": {"image/svg+xml": DRAWING, "text/plain": "<Figure>"}},
        *outputs,
    ]
    book.append({"cell_type": "code", "metadata": {}, "source": "case.indicators", "outputs": shown})
    return {"cells": [*book, *cells], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def make_run(out: Path, pages=None, *, titles=None, cells=(), outputs=(), change=lambda tables: tables) -> Path:
    """Write a finished run of ``pages`` to ``out``, as the runner would."""
    pages = pages or PAGES
    found, texts = tables(pages, titles or {})
    found = change(found)
    for folder in ("tables", "clean", "raw", "notebooks"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    for name, table in found.items():
        table.to_parquet(out / "tables" / f"{name}.parquet", index=False)
    for doc, (raw, clean) in texts.items():
        (out / "raw" / f"{doc}.txt").write_bytes(raw.encode("utf-8", "surrogatepass"))
        (out / "clean" / f"{doc}.txt").write_bytes((clean + "\n").encode("utf-8", "surrogatepass"))
    for name in ("01_clean", "region_hunan"):
        text = json.dumps(notebook(cells, outputs))
        (out / "notebooks" / f"{name}.ipynb").write_text(text, encoding="utf-8")
    (out / "manifest.json").write_text(json.dumps({"yigai": "0.1.0", "parameters": {}, "accounting": "3 in = 3 kept + 0 rejected + 0 duplicates"}))
    return out


@pytest.fixture(scope="session", autouse=True)
def cache_of_the_session(tmp_path_factory):
    """No page made here is kept for real runs: tests change what pages are made by."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YIGAI_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def own_cache(monkeypatch, tmp_path_factory):
    """No test takes the pages that another made with other limits."""
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.delenv("YIGAI_PASSING", raising=False)  # set where the code was edited during the tests before


@pytest.fixture(scope="session")
def run(tmp_path_factory):
    """The three-page run and its site."""
    from yigai import publish

    out = make_run(tmp_path_factory.mktemp("run"))
    publish.site(out)
    return out


@pytest.fixture(scope="session")
def site(run):
    return run / "site"


@pytest.fixture(scope="session")
def runs():
    """The maker of runs, for tests that need one of their own."""
    return make_run

