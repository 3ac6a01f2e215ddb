"""What holds for every text and every bytes: nothing raises, nothing is lost, every span stands where it says."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yigai import clean, coding, corpus, facts, parts, passages, privacy, topics
from yigai.corpus import Document
from yigai.corpus.decode import CONTROL, text_of
from yigai.corpus.document import Refused, safe_name
from yigai.corpus.html import text_of_html, text_of_markdown

#: The same examples in every run; a find becomes a case.
same = settings(max_examples=60, deadline=None, derandomize=True, database=None)

PIECES = (
    "县域内就诊率达到90%以上。", "（责任单位：市卫生健康委、市医保局）", "到2025年", "一、总体要求\n", "(一)", "營(yíng)口", "自201410月起",
    "??平", "首页 > 通知公告\n", "由2019年的1.2亿元增至3.5亿元", "资兴市人民政府", "“一网一平台四中心”", "《医改方案》", "国办发〔2024〕3号", "应当",
    "全部", "8家+2家", "10%-20%", "。", "，", "\n", "\r", " ", "\u3000", "%", "9" * 30, "<p>", "</b>", "&amp;", "“", "”", "（", "）", "\u200b",
    "\ufeff", "\ufffd", "\u202e", "\U0001f3e5", "\U00020bb7", "\u0301", "a", "-", "=1+1", "|", "\x00", "\ud800", "\x85", "\u2028", "①", "〇", "万",
)  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=25).map("".join)
#: As they come out of reading: lone surrogates are taken out there, tables of texts cannot hold them.
read = texts.map(lambda text: text.replace("\ud800", ""))
chinese = st.text(alphabet="营口市深化医药卫生体制改革实施方案的通知各县区人民政府,。%12345\n", min_size=40, max_size=120)


@same
@given(chinese, st.sampled_from(["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "hz"]))
def test_a_chinese_text_is_decoded_to_itself(text, encoding):
    data = (text.replace("\n", "") if encoding == "hz" else text).encode(encoding)
    assert text_of(data)[0] == data.decode(encoding)


@same
@given(st.one_of(st.binary(max_size=400), texts.map(lambda text: text.encode("utf-8", "surrogatepass")), texts.map(lambda text: text.encode("gb18030", "ignore"))))
def test_any_bytes_are_decoded_without_controls_or_refused(data):
    try:
        text, encoding = text_of(data)
    except Refused as refused:
        assert refused.reason
        assert refused.remedy
    else:
        assert encoding
        assert not CONTROL.search(text)
        text.encode()


SUFFIXES = (".txt", ".html", ".md", ".csv", ".xlsx", ".jsonl", ".parquet", ".docx", ".pdf", ".exe")
STARTS = (b"", b"PK\x03\x04", b"%PDF-1.4\n", b"PAR1", b"text\n", b'{"text": "', b"\xff\xfe", b"<html>")


@same
@given(st.sampled_from(SUFFIXES), st.sampled_from(STARTS), st.binary(max_size=300))
def test_any_file_is_kept_or_refused(tmp_path_factory, suffix, start, data):
    folder = tmp_path_factory.mktemp("any")
    (folder / "good.txt").write_text("医改方案", encoding="utf-8")
    (folder / f"x{suffix}").write_bytes(start + data)
    found = corpus.read(folder)
    assert len(found.documents) + len(found.rejected) >= 2
    assert (found.rejected["reason"].str.len() > 3).all()


@same
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(["..", "/", "\\", "%2f", "a", "名", "\n", ".", "CON", "\u2215", "\x00"]), max_size=8).map("".join)))
def test_any_name_becomes_a_safe_one(stem):
    name = safe_name(stem)
    assert name == safe_name(name)
    assert name.strip(". ") == name != ""
    assert not set('/\\:*?"<>|\n\0') & set(name)
    assert len(name.encode()) <= 152


@same
@given(texts)
def test_markup_is_taken_out_of_any_page(page):
    assert isinstance(text_of_html(page), str)
    assert isinstance(text_of_markdown(page), str)


@same
@given(texts)
def test_any_text_is_cleaned_and_can_be_had_back(raw):
    cleaned = clean.text(raw)
    assert cleaned.raw() == raw
    assert cleaned.text == clean.text(raw).text
    for edit in cleaned.edits:
        assert raw[edit.start : edit.end] == edit.before
    for start in range(0, len(cleaned.text), 7):
        low, high = cleaned.to_raw(start, min(start + 3, len(cleaned.text)))
        assert 0 <= low <= high <= len(raw)


@same
@given(texts)
def test_sentences_stand_where_they_say_and_lose_no_letter(raw):
    text = clean.text(raw).text
    sentences = passages.split(text)
    assert all(text[one.start : one.end] == one.text for one in sentences)
    assert all(before.end <= after.start for before, after in pairwise(sentences))
    kept = "".join(one.text for one in sentences)
    assert [char for char in text if char.isalnum()] == [char for char in kept if char.isalnum()]


@same
@given(st.lists(read, min_size=1, max_size=4))
def test_coding_gives_a_row_a_text_and_indicators_quote_their_text(given_texts):
    assert list(coding.code(given_texts)["text"]) == given_texts
    for row in facts.indicators(given_texts).to_dict("records"):
        assert row["context"] in given_texts


@same
@given(read)
def test_tokens_are_pieces_of_the_text(text):
    assert all(isinstance(token, str) and token for token in topics.tokens(text))


@same
@given(texts)
def test_a_mask_keeps_the_length(text):
    assert len(privacy.mask(text)) == len(text)


@settings(same, max_examples=25)
@given(st.lists(read, min_size=1, max_size=3))
def test_every_page_is_measured(pages):
    documents = [Document(f"d{n}", f"d{n}.txt", str(n), "utf-8", page or "医", {}) for n, page in enumerate(pages)]
    tables = parts.measure(documents)
    assert tables["rejected"].to_dict("records") == []
    assert list(tables["documents"]["doc"]) == [document.doc for document in documents]
    sentences = tables["sentences"]
    assert sentences["doc"].isin(tables["documents"]["doc"]).all()
    assert (sentences["raw_end"] >= sentences["raw_start"]).all()
    assert not any(table.isna().all(axis=None) for table in tables.values() if isinstance(table, pd.DataFrame) and len(table))


def test_the_fuzz_is_not_idle():
    with pytest.raises(Refused):
        text_of(bytes(range(256)) * 9)
