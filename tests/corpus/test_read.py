import csv
import io
import json
import os
import time
import zipfile

import docx
import openpyxl
import pandas as pd
import pytest

from yigai import corpus
from yigai.corpus import BadInput, Limits

TEXT = "阳泉市人民政府关于印发实施方案的通知\n为深化医药卫生体制改革,建立分级诊疗制度,结合我市实际,制定本方案。\n"
TRADITIONAL = "營口市深化醫藥衛生體制改革\n為了讓群眾在家門口就能享受到高水平的醫療服務,營口市組建了緊密型醫共體。\n"


def put(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


ENCODINGS = [
    ("utf-8", TEXT, "utf-8"),
    ("utf-8-sig", TEXT, "utf-8-sig"),
    ("gbk", TEXT, "gb18030"),
    ("gb18030", TEXT + "𠮷", "gb18030"),
    ("big5", TRADITIONAL, "big5hkscs"),
    ("utf-16", TEXT, "utf-16"),
    ("utf-16-le", TEXT, "utf-16-le"),
    ("utf-16-be", TEXT, "utf-16-be"),
    ("utf-32", TEXT, "utf-32"),
]


@pytest.mark.parametrize(
    ("encoding", "text", "recorded"), ENCODINGS, ids=[case[0] for case in ENCODINGS]
)
def test_an_encoding_is_found_and_recorded(tmp_path, encoding, text, recorded):
    put(tmp_path, "page.txt", text.encode(encoding))
    page = corpus.read(tmp_path).documents[0]
    assert page.raw == text
    assert page.encoding == recorded


def test_a_wrong_declaration_does_not_mislead(tmp_path):
    page = (
        '<html><head><meta charset="utf-8"><title>通知</title></head><body><p>'
        + TEXT * 3
        + "</p></body></html>"
    )
    put(tmp_path, "a.html", page.encode("gbk"))
    put(tmp_path, "b.html", page.replace("utf-8", "gb2312").encode())
    documents = corpus.read(tmp_path).documents
    assert [d.encoding for d in documents] == ["gb18030", "utf-8"]
    assert all("建立分级诊疗制度" in d.raw for d in documents)


def test_a_text_saved_once_too_often_is_restored(tmp_path):
    put(tmp_path, "a.txt", TEXT.encode().decode("latin-1").encode())
    assert corpus.read(tmp_path).documents[0].raw == TEXT


def test_a_last_character_cut_off_costs_only_itself(tmp_path):
    put(tmp_path, "a.txt", TEXT.strip().encode()[:-1])
    assert corpus.read(tmp_path).documents[0].raw == TEXT.strip()[:-1]


BROKEN = [
    ("empty.txt", b"", "empty"),
    ("bom.txt", b"\xef\xbb\xbf", "empty"),
    ("spaces.txt", b" \n\t\n", "empty"),
    ("binary.txt", bytes(range(256)) * 20, "encoding"),
    ("nul.txt", b"\x00" * 500, "empty"),
    ("half.txt", TEXT.encode("gbk")[:40] + b"\xff\xff\xff" + TEXT.encode("gbk")[40:], "encoding"),
    ("mixed.txt", TEXT.encode() + TEXT.encode("gbk"), "encoding"),
    ("picture.jpg", b"\xff\xd8\xff", ".jpg"),
    ("old.doc", b"\xd0\xcf\x11\xe0", ".doc"),
    ("noname", b"abc", "nameless"),
    ("bad.docx", b"PK\x03\x04rubbish", "Office"),
    ("bad.xlsx", b"no zip", "Office"),
    ("bad.pdf", b"%PDF-1.4 rubbish", "PDF"),
    ("bad.parquet", b"PAR1rubbishPAR1", "Parquet"),
    ("lost.txt", ("\ufffd" * 50 + "通知").encode(), "lost"),
    ("nocolumn.csv", b"a,b\n1,2\n", "column"),
]


@pytest.mark.parametrize(("name", "content", "word"), BROKEN, ids=[case[0] for case in BROKEN])
def test_a_broken_file_is_refused_with_reason_and_remedy(tmp_path, name, content, word):
    put(tmp_path, "good.txt", TEXT)
    put(tmp_path, name, content)
    found = corpus.read(tmp_path)
    assert [d.doc for d in found.documents] == ["good"]
    assert list(found.rejected["file"]) == [name]
    row = found.rejected.iloc[0]
    assert word in row["reason"]
    assert row["remedy"]
    assert "\n" not in row["reason"] + row["remedy"]


def test_nul_and_control_characters_are_taken_out_and_noted(tmp_path):
    put(tmp_path, "a.txt", TEXT[:10] + "\x00\x07" + TEXT[10:])
    page = corpus.read(tmp_path).documents[0]
    assert page.raw == TEXT
    assert "2 control characters" in page.encoding


@pytest.mark.parametrize("path", ["missing", "empty", "only-hidden", "", "a\x00b"])
def test_nothing_to_read_is_one_line(tmp_path, path):
    (tmp_path / "empty").mkdir()
    put(tmp_path, "only-hidden/.a.txt", TEXT)
    put(tmp_path, "only-hidden/README.md", TEXT)
    target = tmp_path / "missing" / path if not path else tmp_path / path
    with pytest.raises(BadInput) as error:
        corpus.read(target)
    assert "\n" not in str(error.value)


def test_all_files_refused_names_the_first(tmp_path):
    put(tmp_path, "a.txt", b"")
    with pytest.raises(BadInput, match=r"a\.txt: the file is empty; leave it out"):
        corpus.read(tmp_path)


def test_devices_pipes_and_links_are_refused(tmp_path):
    inside, outside = tmp_path / "pages", tmp_path / "secret"
    put(inside, "a.txt", TEXT)
    put(outside, "secret.txt", TEXT)
    os.mkfifo(inside / "pipe.txt")
    (inside / "escape.txt").symlink_to(outside / "secret.txt")
    (inside / "device.txt").symlink_to("/dev/zero")
    (inside / "folder").symlink_to(outside)
    (inside / "dangling.txt").symlink_to(inside / "nowhere")
    (inside / "loop.txt").symlink_to(inside / "loop.txt")
    (inside / "same.txt").symlink_to(inside / "a.txt")
    found = corpus.read(inside)
    assert [d.doc for d in found.documents] == ["a", "same"]
    assert sorted(found.rejected["file"]) == [
        "dangling.txt",
        "device.txt",
        "escape.txt",
        "folder",
        "loop.txt",
        "pipe.txt",
    ]


def test_names_are_safe_unique_and_in_order(tmp_path):
    for name in ("b.txt", "B.html", "sub/b.txt", "通知 (1).txt", "..x.txt", "NUL.txt", "a\nb.txt"):
        put(tmp_path, name, TEXT)
    found = corpus.read(tmp_path)
    names = [d.doc for d in found.documents]
    assert names == sorted(names)
    assert len({name.casefold() for name in names}) == len(names) == 6  # ..x.txt is hidden
    assert all("/" not in name and not name.startswith(".") and "\n" not in name for name in names)


def test_a_name_that_is_no_text_is_written_safely(tmp_path):
    (tmp_path / os.fsdecode(b"\xff\xfe.txt")).write_text(TEXT, encoding="utf-8")
    found = corpus.read(tmp_path)
    assert found.documents[0].doc.encode()
    assert found.documents[0].file.encode()


def test_order_of_files_does_not_matter(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    for name in ("c.txt", "a.txt", "b.txt"):
        put(one, name, TEXT + name)
    for name in ("b.txt", "c.txt", "a.txt"):
        put(two, name, TEXT + name)
    assert corpus.read(one).documents == corpus.read(two).documents


def rows():
    return [
        {"标题": "通知一", "正文": TEXT, "地区": "山西", "发布日期": "2024-02-22"},
        {"标题": "", "正文": "", "地区": "NA", "发布日期": ""},
        {"标题": "通知三", "正文": TRADITIONAL, "地区": "null", "发布日期": ""},
    ]


def as_csv(rows, encoding):
    stream = io.StringIO()
    table = csv.DictWriter(stream, rows[0], lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return stream.getvalue().encode(encoding)


def as_xlsx(rows):
    book = openpyxl.Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


TABLES = [
    ("t.csv", lambda: as_csv(rows(), "utf-8-sig")),
    ("t.csv", lambda: as_csv(rows(), "gb18030")),
    ("t.xlsx", lambda: as_xlsx(rows())),
    ("t.jsonl", lambda: "\n".join(json.dumps(row, ensure_ascii=False) for row in rows()).encode()),
    ("t.parquet", lambda: pd.DataFrame(rows()).to_parquet()),
]


@pytest.mark.parametrize(
    ("name", "make"), TABLES, ids=["csv utf-8", "csv gb18030", "xlsx", "jsonl", "parquet"]
)
def test_a_table_gives_a_page_a_row(tmp_path, name, make):
    put(tmp_path, name, make())
    found = corpus.read(tmp_path / name)
    assert [d.doc for d in found.documents] == ["t-000001", "t-000003"]
    assert list(found.rejected["file"]) == [f"{name}#2"]
    first, third = found.documents
    assert first.raw.startswith("通知一\n阳泉市人民政府")
    assert first.given == {"title": "通知一", "region": "山西", "published": "2024-02-22"}
    assert third.given == {"title": "通知三"}


def test_a_line_that_is_no_object_is_refused_alone(tmp_path):
    put(
        tmp_path,
        "t.jsonl",
        json.dumps({"text": TEXT})
        + "\n[1]\n{broken\n"
        + json.dumps({"text": TEXT, "x": "\ud800"})
        + "\n"
        + "[" * 100_000,
    )
    found = corpus.read(tmp_path)
    assert len(found.documents) == 2
    assert list(found.rejected["file"]) == ["t.jsonl#2", "t.jsonl#3", "t.jsonl#5"]


def test_sources_win_and_say_what_is_unused(tmp_path):
    put(tmp_path, "a.txt", TEXT)
    put(
        tmp_path,
        "sources.csv",
        "file,province,published,doc_no\na.txt,山西,2024-02-22,NA\nz.txt,辽宁,,\n".encode(
            "utf-8-sig"
        ),
    )
    found = corpus.read(tmp_path)
    assert found.documents[0].given == {"province": "山西省", "published": "2024-02-22"}
    assert found.notes == ("sources.csv: no page of the name z.txt",)
    assert found.rejected.empty


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("a.txt,Zhejang,,", "province Zhejang"),
        ("a.txt,,32.13.2024,", "published"),
        ("a.txt,,,999999", "adcode"),
    ],
)
def test_a_source_that_cannot_be_is_one_line(tmp_path, line, word):
    put(tmp_path, "a.txt", TEXT)
    put(tmp_path, "sources.csv", f"file,province,published,adcode\n{line}\n")
    with pytest.raises(BadInput, match=word):
        corpus.read(tmp_path)


def test_sources_without_file_column_is_one_line(tmp_path):
    put(tmp_path, "a.txt", TEXT)
    put(tmp_path, "sources.csv", "name,province\na.txt,山西\n")
    with pytest.raises(BadInput, match="no column named file"):
        corpus.read(tmp_path)


def test_word_files_give_paragraphs_and_tables(tmp_path):
    page = docx.Document()
    page.add_paragraph("阳泉市人民政府关于印发方案的通知")
    table = page.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "发文机关:", "阳泉市人民政府"
    page.add_paragraph("各县区人民政府:")
    stream = io.BytesIO()
    page.save(stream)
    put(tmp_path, "a.docx", stream.getvalue())
    found = corpus.read(tmp_path).documents[0]
    assert found.raw.split("\n") == [
        "阳泉市人民政府关于印发方案的通知",
        "发文机关: | 阳泉市人民政府",
        "各县区人民政府:",
    ]
    assert found.encoding == "docx"


def archive(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(name.replace("__", "/") + ".xml", content)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_bombs_and_entities_are_refused(tmp_path, kind):
    put(tmp_path, "good.txt", TEXT)
    put(tmp_path, f"bomb.{kind}", archive(word__document=b"0" * 60_000_000))
    put(
        tmp_path,
        f"entity.{kind}",
        archive(
            word__document=b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
        ),
    )
    found = corpus.read(tmp_path)
    assert "unpacks" in found.rejected.iloc[0]["reason"]
    assert "entities" in found.rejected.iloc[1]["reason"]


def test_a_sheet_that_claims_to_be_huge_is_read_for_what_it_holds(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["text"])
    book.active.append([TEXT])
    book.active.cell(1_048_576, 16_384, "x")
    book.save(tmp_path / "t.xlsx")
    begin = time.process_time()
    found = corpus.read(tmp_path)
    assert [d.doc for d in found.documents] == ["t-000001"]
    assert time.process_time() - begin < 20


def test_limits_say_when_they_bite(tmp_path):
    put(tmp_path, "a.txt", TEXT)
    put(tmp_path, "b.txt", TEXT * 50)
    found = corpus.read(tmp_path, limits=Limits(characters=500))
    assert [d.doc for d in found.documents] == ["a"]
    assert "Limits.characters" in found.rejected.iloc[0]["remedy"]
    with pytest.raises(BadInput, match=r"Limits\.files"):
        corpus.read(tmp_path, limits=Limits(files=1))


def test_every_file_is_kept_or_refused(tmp_path):
    names = ["a.txt", "b.txt", "c.jpg", "d.html", "e.md", "f.txt"]
    for name in names:
        put(tmp_path, name, TEXT if name not in ("b.txt",) else b"")
    found = corpus.read(tmp_path)
    assert len(found.documents) + len(found.rejected) == len(names)
