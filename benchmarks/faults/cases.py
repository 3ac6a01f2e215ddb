"""Hostile files as data: what a page, a table, an archive or a folder can hold, and what becomes of it.

Each case is put into a folder beside one good page. ``kept`` is how many pages it gives beside that one,
``refused`` a word of the one reason in the table of rejected files ('' = nothing is refused).
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import os
import pickle
import socket
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

GOOD = (
    "某市人民政府办公室关于印发深化医药卫生体制改革实施方案的通知\n各县区人民政府：\n"
    "组建紧密型医共体，县域内就诊率达到90%以上。（责任单位：市卫生健康委、市医保局）\n"
    "到2025年，每千人口执业医师数达到3.5人。\n"
)
TRADITIONAL = "營口市深化醫藥衛生體制改革實施方案的通知，為了讓群眾在家門口就能享受到高水平的醫療服務，建立分級診療制度。\n"
XXE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
BILLION = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><l>&i;</l>"
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PUT = Callable[[Path], object]


@dataclass(frozen=True)
class Case:
    """One hostile thing: its name, how it is put into a folder, and what must become of it."""

    name: str
    put: PUT
    kept: int = 0
    refused: str = ""
    holds: str = ""  # what the kept page says


def page(name: str, content: bytes | str, kept: int = 1, refused: str = "", holds: str = "", file: str = "x.txt") -> Case:
    """A file of these bytes."""
    data = content if isinstance(content, bytes) else content.encode()
    return Case(name, lambda folder: (folder / file).write_bytes(data), kept, refused, holds)


def no(name: str, content: bytes | str, refused: str, file: str = "x.txt") -> Case:
    """A file of these bytes that is refused."""
    return page(name, content, 0, refused, file=file)


def zipped(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def word(body: str, head: str = "") -> bytes:
    """A Word file with this body, XML as it is."""
    xml = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})


def paragraphs(text: str) -> str:
    """Text as paragraphs of Word."""
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())


def excel(rows: list[list[object]], **inside: str) -> bytes:
    """An Excel file of these rows."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    if not inside:
        return stream.getvalue()
    with zipfile.ZipFile(stream) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    changed = {name.replace("__", "/") + ".xml": text for name, text in inside.items()}
    return zipped({**members, **changed})


def parquet(columns: dict[str, object], **options: object) -> bytes:
    """A Parquet file of these columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream, **options)
    return stream.getvalue()


def durations() -> object:
    """A span of time that no Python object can hold."""
    import pyarrow as pa

    return pa.array([2**62], pa.duration("s"))


def parquet_twice() -> bytes:
    """A Parquet file with two columns of texts of one name."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    stream = io.BytesIO()
    pq.write_table(pa.Table.from_arrays([pa.array([GOOD]), pa.array(["x"])], names=["text", "text"]), stream)
    return stream.getvalue()


def parquet_wrong_text() -> bytes:
    """A Parquet file whose texts are no UTF-8."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    wrong = pa.array([GOOD.encode(), b"\xff\xfe\xff" * 9]).view(pa.binary())
    texts = pa.StringArray.from_buffers(2, wrong.buffers()[1], wrong.buffers()[2])
    stream = io.BytesIO()
    pq.write_table(pa.table({"text": texts}), stream)
    return stream.getvalue()


def pdf(content: bytes = b"BT /F1 12 Tf 72 720 Td (Health reform plan 2025) Tj ET", **keys: bytes) -> bytes:
    """A PDF of one page; keys replace the number of pages, the kids, or what follows the trailer."""
    packed = zlib.compress(content, 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + keys.get("kids", b"3 0 R") + b"]/Count " + keys.get("count", b"1") + b">>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"<</Size 6/Root 1 0 R" + keys.get("trailer", b"") + b">>"
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF" % len(out)


def pdf_locked() -> bytes:
    """A PDF with a password."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf())))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


class Evil:
    """Unpickled, it would leave a file behind."""

    def __reduce__(self) -> tuple[object, ...]:
        """Run a command when loaded."""
        return os.system, ("touch PWNED",)


def line(**cells: object) -> str:
    """A line of JSON."""
    return json.dumps(cells, ensure_ascii=False)


MORE = GOOD.replace("某市", "资兴市")
text, gbk = GOOD.encode(), GOOD.encode("gbk")

#: Encodings a page may claim that are none, none of texts, or refuse everything.
CLAIMS = ("undefined", "idna", "punycode", "zlib", "hex", "rot13", "unicode_escape", "mbcs", "charmap", "..", "utf-16", "iso-8859-1")
ENCODINGS = (
    *(page(f"gbk that claims {claim}", f'<meta charset="{claim}"><p>{GOOD}</p>'.encode("gbk"), holds="就诊率", file="x.html") for claim in CLAIMS),
    page("NULs behind", GOOD.encode() + bytes(900), holds="就诊率"),
    page("NULs behind UTF-16", GOOD.encode("utf-16") + bytes(900), holds="就诊率"),
    page("BOM of UTF-16 before gbk", b"\xff\xfe" + GOOD.encode("gbk"), holds="就诊率"),
    page("utf-8 with BOM", "\ufeff" + GOOD, holds="紧密型医共体"),
    page("two BOMs", "\ufeff\ufeff" + GOOD, holds="紧密型医共体"),
    page("BOM inside", GOOD.replace("医", "医\ufeff"), holds="就诊率"),
    page("utf-16 LE with BOM", GOOD.encode("utf-16"), holds="紧密型医共体"),
    page("utf-16 BE with BOM", b"\xfe\xff" + GOOD.encode("utf-16-be"), holds="紧密型医共体"),
    page("utf-16 LE without BOM", GOOD.encode("utf-16-le"), holds="紧密型医共体"),
    page("utf-16 BE without BOM", GOOD.encode("utf-16-be"), holds="紧密型医共体"),
    page("utf-16 cut in a character", GOOD.encode("utf-16")[:-1], holds="紧密型医共体"),
    page("utf-16 lone surrogate", b"\xff\xfe" + b"\x00\xd8" + (GOOD * 5).encode("utf-16-le"), holds="紧密型医共体"),
    page("utf-32 LE with BOM", GOOD.encode("utf-32"), holds="紧密型医共体"),
    page("utf-32 BE with BOM", b"\x00\x00\xfe\xff" + GOOD.encode("utf-32-be"), holds="紧密型医共体"),
    page("utf-32 LE without BOM", GOOD.encode("utf-32-le"), holds="紧密型医共体"),
    page("utf-32 BE without BOM", GOOD.encode("utf-32-be"), holds="紧密型医共体"),
    page("gb18030", (GOOD + "𠮷㐀").encode("gb18030"), holds="𠮷㐀"),
    page("gb18030 with BOM", b"\x84\x31\x95\x33" + GOOD.encode("gb18030"), holds="紧密型医共体"),
    page("gbk", gbk, holds="紧密型医共体"),
    page("gbk with one byte lost", gbk * 9 + gbk[:41] + gbk[42:] + gbk * 9, holds="紧密型医共体"),
    page("gbk with a wrong byte", gbk * 9 + b"\xff" + gbk * 9, holds="紧密型医共体"),
    page("utf-8 with a wrong byte", text * 9 + b"\xff\n" + text * 9, holds="紧密型医共体"),
    page("utf-8 cut in a character", text * 2 + "医".encode()[:2], holds="紧密型医共体"),
    page("utf-8 cut inside, by a buffer", text * 9 + "医".encode()[:2] + text * 9, holds="紧密型医共体"),
    page("overlong utf-8", text * 9 + b"\xc0\xaf\xe0\x80\xaf" + text * 9, holds="紧密型医共体"),
    page("CESU surrogates", text * 9 + b"\xed\xa0\x81\xed\xb0\x80" + text * 9, holds="紧密型医共体"),
    page("big5", TRADITIONAL.encode("big5"), holds="分級診療"),
    page("big5 hkscs", (TRADITIONAL + "邨").encode("big5hkscs"), holds="分級診療"),
    page("hz", GOOD.replace("\n", "").encode("hz"), holds="紧密型医共体"),
    page("utf-7", GOOD.encode("utf-7"), holds="紧密型医共体"),
    no("iso-2022-cn", b"\x1b$)A\x0e" + bytes(byte & 0x7F for byte in gbk if byte > 0x7F) + b"\x0f", "encoding"),
    no("iso-2022-jp", "医療制度改革の実施方案".encode("iso2022_jp") * 9, "encoding"),
    no("euc-kr", "의료 개혁 방안을 공고합니다".encode("euc_kr") * 9, "encoding"),
    no("shift-jis", "医療保険制度の改革について、次のとおり定める。".encode("shift_jis") * 9, "encoding"),
    page("utf-8 Japanese", "医療保険制度の改革について、次のとおり定める。" * 5),
    page("utf-8 Korean", "의료 개혁 방안을 공고합니다. " * 5),
    page("utf-8 Russian", "Реформа здравоохранения. " * 5),
    page("mojibake latin-1", text.decode("latin-1"), holds="紧密型医共体"),
    page("mojibake cp1252", text.decode("cp1252", "ignore"), holds=""),
    page("mojibake gbk read as latin-1", gbk.decode("latin-1"), holds="紧密型医共体"),
    no("mojibake utf-8 read as gbk", text.decode("gbk", "replace"), "lost"),
    no("utf-8 then gbk", text + gbk, "encoding"),
    no("gbk then utf-16", gbk + GOOD.encode("utf-16-le"), "encoding"),
    page("wrong BOM, gbk", b"\xef\xbb\xbf" + gbk, holds="紧密型医共体"),
    page("wrong BOM, utf-8", b"\xff\xfe" + text, holds="紧密型医共体"),
    page("html says utf-8, is gbk", b'<meta charset="utf-8"><p>' + gbk + b"</p>", holds="紧密型医共体", file="x.html"),
    page("html says gb2312, is utf-8", b'<meta charset="gb2312"><p>' + text + b"</p>", holds="紧密型医共体", file="x.html"),
    page("html says rot13", b'<meta charset="rot13"><p>' + text + b"</p>", holds="紧密型医共体", file="x.html"),
    page("html says unicode_escape", b'<meta charset="unicode_escape"><p>' + gbk + b"</p>", holds="医共体", file="x.html"),
    page("html says idna", b'<meta charset="idna"><p>' + gbk + b"</p>", holds="医共体", file="x.html"),
    page("html says zlib", b'<meta charset="zlib_codec"><p>' + gbk + b"</p>", holds="医共体", file="x.html"),
    page("html in utf-16", GOOD.join(("<html><p>", "</p></html>")).encode("utf-16"), holds="紧密型医共体", file="x.html"),
    no("random bytes", bytes((n * n * 7919 + n) % 256 for n in range(9000)), "encoding"),
    no("every byte", bytes(range(256)) * 64, "encoding"),
)

CHARACTERS = (
    page("NUL inside", GOOD.replace("医", "医\0"), holds="紧密型医共体"),
    page("controls", GOOD + "".join(map(chr, range(1, 9))), holds="紧密型医共体"),
    page("escape sequences of a terminal", GOOD + "\x1b[31mred\x1b]0;title\x07", holds="紧密型医共体"),
    page("bidi overrides", "\u202e" + GOOD + "\u2066\u2069\u202c"),
    page("zero width", GOOD.replace("医", "医\u200b\u200c\u200d\u2060"), holds="就诊率"),
    page("tags of language", GOOD + "".join(map(chr, range(0xE0020, 0xE007F)))),
    page("variation selectors", GOOD.replace("医", "医\ufe0f\U000e0100")),
    page("private use", GOOD.replace("医", "\ue000"), holds="就诊率"),
    page("noncharacters", GOOD + "\ufffe\uffff\U0001fffe", holds="就诊率"),
    page("accents in heaps", GOOD.replace("医", "医" + "\u0301" * 500)),
    page("soft hyphens", GOOD.replace("医", "医\u00ad")),
    page("replacement characters", GOOD * 5 + "\ufffd" * 8, holds="就诊率"),
    no("mostly replacement characters", "\ufffd" * 200 + GOOD, "lost"),
    page("line separators", GOOD.replace("\n", "\u2028\u2029\x85\n")),
    page("bare CR", GOOD.replace("\n", "\r"), holds="就诊率"),
    page("CRLF", GOOD.replace("\n", "\r\n"), holds="就诊率"),
    page("LFCR", GOOD.replace("\n", "\n\r"), holds="就诊率"),
    page("form feeds", GOOD.replace("\n", "\f\v\n"), holds="就诊率"),
    page("full-width everything", "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in GOOD)),
    page("emoji", "🏥" * 500 + GOOD, holds="就诊率"),
    page("rare characters", "𠮷龘靐齉爩" * 50),
    page("mathematical letters", GOOD + "𝟗𝟎% 𝐇𝐞𝐚𝐥𝐭𝐡"),
    page("compatibility characters", GOOD.replace("市", "\uf968")),
    page("escaped surrogates", GOOD + r"\ud800\udc00&#xD800;"),
)

SIZES = (
    no("empty", b"", "empty"),
    no("BOM only", b"\xef\xbb\xbf", "empty"),
    no("white space", b" \n\t\r\n", "empty"),
    no("ideographic spaces", "\u3000\u00a0\n" * 50, "no text"),
    no("zero width only", "\u200b\u200d\ufeff" * 50, "no text"),
    no("zeros", b"\0" * 4096, "empty"),
    no("marks only", "。，！？" * 50, "no text"),
    no("private use only", "\ue000\ue001" * 50, "no text"),
    page("one byte", b"a"),
    page("one character", "医"),
    page("one figure", "5"),
    page("title only", "医改方案"),
    page("one line of a megabyte", "深化医改推进分级诊疗" * 35_000),
    page("a megabyte of figures", "1" * 900_000),
    page("a megabyte of spaces", GOOD + " " * 900_000 + "完", holds="就诊率"),
    page("two hundred thousand lines", GOOD + "改\n" * 200_000),
    no("more characters than allowed", "医改" * 1_000_001, "more than the limit"),
    no("more bytes than allowed", "医改方案" * 1_500_000, "more than the limit"),
    Case("a sparse terabyte", lambda folder: os.truncate(touched(folder / "x.txt"), 10**12), 0, "more than the limit"),
    Case("a sparse terabyte of a table", lambda folder: os.truncate(touched(folder / "x.csv"), 10**12), 0, "more than"),
    Case("a sparse terabyte of Word", lambda folder: os.truncate(touched(folder / "x.docx"), 10**12), 0, "more than"),
)

KINDS = (
    no("program", b"MZ\x90", ".exe", "x.exe"),
    no("picture", b"\xff\xd8\xff", ".jpg", "x.jpg"),
    no("picture called txt", b"\x89PNG\r\n\x1a\n" + bytes(range(200)) * 20, "", "x.txt"),
    no("svg", XXE, ".svg", "x.svg"),
    no("old Word", b"\xd0\xcf\x11\xe0", ".doc", "x.doc"),
    no("old Excel", b"\xd0\xcf\x11\xe0", ".xls", "x.xls"),
    no("macro Word", word(paragraphs(GOOD)), ".docm", "x.docm"),
    no("gz", gzip.compress(text), ".gz", "x.txt.gz"),
    no("gz bomb", gzip.compress(b"0" * 50_000_000), ".gz", "x.csv.gz"),
    no("gz called txt", gzip.compress(text * 50), "", "x.txt"),
    no("bz2 called csv", bz2.compress(text * 50), "", "x.csv"),
    no("zip", zipped({"a.txt": GOOD}), ".zip", "x.zip"),
    no("zip slip", zipped({"../../evil.txt": GOOD}), ".zip", "x.zip"),
    no("zip called txt", zipped({"a.txt": GOOD}), "", "x.txt"),
    no("PDF called txt", pdf(os.urandom(0) + bytes(range(256)) * 40), "", "x.txt"),
    no("pickle", pickle.dumps(Evil()), ".pkl", "x.pkl"),
    no("pickle called txt", pickle.dumps([Evil(), bytes(range(256)) * 9]), "", "x.txt"),
    no("json array", json.dumps([{"text": GOOD}]), ".json", "x.json"),
    no("yaml", "!!python/object/apply:os.system ['touch PWNED']", ".yaml", "x.yaml"),
    no("nameless", text, "nameless", "x"),
    no("script", "#!/bin/sh\ntouch PWNED\n", ".sh", "x.sh"),
    no("notebook", "{}", ".ipynb", "x.ipynb"),
    page("upper case", text, file="X.TXT", holds="就诊率"),
)

MARKUP = (
    page("a picture of 1 MB in a tag", f'<p><img src="data:image/png;base64,{"A" * 1_000_000}">{GOOD}</p>', holds="就诊率", file="x.html"),
    page("many tags that never end", "<a '" * 20_000 + f"<p>{GOOD}</p>", holds="就诊率", file="x.html"),
    page("script and style", f"<script>alert(1)</script><style>p{{}}</style><p>{GOOD}</p>", holds="就诊率", file="x.html"),
    page("ten thousand nested", b"<div>" * 10_000 + text + b"</div>" * 10_000, holds="就诊率", file="x.html"),
    page("nested tables", b"<table><tr><td>" * 3000 + text, holds="就诊率", file="x.html"),
    page("nested inline", b"<b><i>" * 5000 + text, holds="就诊率", file="x.html"),
    page("unclosed tags", b"<p" * 50_000 + text, file="x.html"),
    page("open comment", text + b"<!--" * 50_000, holds="就诊率", file="x.html"),
    page("open comment first", b"<!--" + text, file="x.html"),
    page("long attribute", b'<a href="' + b"x" * 500_000 + b'">' + text + b"</a>", holds="就诊率", file="x.html"),
    page("many attributes", b"<a " + b"x=1 " * 50_000 + b">" + text + b"</a>", holds="就诊率", file="x.html"),
    page("entities", f"<p>{GOOD}&#0;&#xD800;&#x110000;&#99999999999;&bogus;&#1;</p>", holds="就诊率", file="x.html"),
    page("many entities", f"<p>{GOOD}{'&amp;' * 50_000}", holds="就诊率", file="x.html"),
    page("internal entities", BILLION.replace("<l>", f"<l><p>{GOOD}</p>"), holds="就诊率", file="x.html"),
    page("external entity", XXE.replace("&x;", f"&x;<p>{GOOD}</p>"), holds="就诊率", file="x.html"),
    page("xhtml external entity", XXE.replace("&x;", f"&x;<p>{GOOD}</p>"), holds="就诊率", file="x.xhtml"),
    page("svg with script", f"<svg onload=alert(1)><script>1</script></svg><p>{GOOD}</p>", holds="就诊率", file="x.html"),
    page("iframe", f'<iframe src="file:///etc/passwd"></iframe><p>{GOOD}</p>', holds="就诊率", file="x.html"),
    page("include", f'<!--#include file="/etc/passwd"--><?php system("touch PWNED") ?><p>{GOOD}</p>', holds="就诊率", file="x.html"),
    page("base and refresh", f'<meta http-equiv=refresh content="0;url=http://x"><base href=//x><p>{GOOD}', holds="就诊率", file="x.html"),
    page("CDATA", f"<p><![CDATA[{GOOD}]]></p><p>{GOOD}</p>", file="x.html"),
    page("NUL in tags", f"<p\0>{GOOD}</p\0>", holds="就诊率", file="x.html"),
    no("markup without text", b"<html><body><img src=x></body></html>", "no text", "x.html"),
    no("script only", b"<script>var a = 'x'</script>", "no text", "x.html"),
    page("frames of noscript", f"<noscript>{GOOD}</noscript><p>{GOOD}</p>", holds="就诊率", file="x.html"),
    page("plain text called html", text, holds="就诊率", file="x.html"),
    page("html called txt", f"<html><p>{GOOD}</p></html>", file="x.txt"),
    page("html in Markdown", f"# 通知\n<script>alert(1)</script>\n<b>{GOOD}</b>", holds="就诊率", file="x.md"),
    page("yaml tag in Markdown", f"---\n!!python/object/apply:os.system ['touch PWNED']\n---\n{GOOD}", holds="就诊率", file="x.md"),
    page("yaml anchors", "---\na: &a [x]\n" + "b: *a\n" * 1000 + "---\n" + GOOD, holds="就诊率", file="x.md"),
    page("quotes nested in Markdown", ">" * 5000 + GOOD, holds="就诊率", file="x.md"),
    page("lists nested in Markdown", "".join(" " * n + "- 改\n" for n in range(800)) + GOOD, holds="就诊率", file="x.md"),
    page("brackets in Markdown", "[" * 50_000 + GOOD, holds="就诊率", file="x.md"),
    page("stars in Markdown", "*" * 50_000 + GOOD, holds="就诊率", file="x.md"),
    page("template signs", GOOD + "{{ 7*7 }} {% raw %} ${7*7} <%= 1 %> %s %n {0.__class__}", holds="就诊率"),
)

OFFICE = (
    page("Word", word(paragraphs(GOOD)), holds="就诊率", file="x.docx"),
    no("Word with external entity", zipped({"word/document.xml": XXE}), "entities", "x.docx"),
    no("Word with an entity bomb", zipped({"word/document.xml": BILLION}), "entities", "x.docx"),
    no("Word, entity behind a comment", word("", f"<!--{' ' * 9000}--><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"), "entities", "x.docx"),
    no("Word, entity in utf-16", zipped({"word/document.xml": XXE.replace("1.0\"", "1.0\" encoding='utf-16'").encode("utf-16")}), "entities", "x.docx"),
    no("Word bomb", zipped({"word/document.xml": b"0" * 60_000_000}), "unpacks", "x.docx"),
    no("Word bomb of spaces", word(" " * 60_000_000), "unpacks", "x.docx"),
    no("Word of many parts", zipped({f"p{n}": "" for n in range(10_001)}), "parts", "x.docx"),
    no("Word slip", zipped({"../../etc/passwd": b"x"}), "without a Word document", "x.docx"),
    page("Word slip beside a text", zipped({"word/document.xml": zipfile.ZipFile(io.BytesIO(word(paragraphs(GOOD)))).read("word/document.xml"), "../../evil": b"x"}), holds="就诊率", file="x.docx"),
    page("Word, cell over a thousand million columns", word(f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2147483647"/></w:tcPr>{paragraphs(GOOD)}</w:tc></w:tr></w:tbl>'), holds="就诊率", file="x.docx"),
    no("Word nested too deep", word("<w:sdt><w:sdtContent>" * 3000 + paragraphs(GOOD) + "</w:sdtContent></w:sdt>" * 3000), "not readable", "x.docx"),
    page("Word, tables in tables", word("<w:tbl><w:tr><w:tc>" * 40 + paragraphs(GOOD) + "</w:tc></w:tr></w:tbl>" * 40), holds="就诊率", file="x.docx"),
    page("Word with a macro field", word(paragraphs(GOOD) + "<w:p><w:r><w:instrText>DDEAUTO cmd calc</w:instrText></w:r></w:p>"), holds="就诊率", file="x.docx"),
    no("Word without text", word("<w:p/>"), "no text", "x.docx"),
    no("Word cut short", word(paragraphs(GOOD))[:-30], "Office", "x.docx"),
    no("Word of rubbish", b"PK\x03\x04rubbish", "Office", "x.docx"),
    no("Word with a password", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password", "x.docx"),
    no("Word that is html", f"<html>{GOOD}</html>", "Office", "x.docx"),
    no("Word, broken XML", zipped({"word/document.xml": f"<a>{GOOD}"}), "not readable", "x.docx"),
    no("Word with a wrong sum", word(paragraphs(GOOD)).replace(b"\x50\x4b\x03\x04\x14", b"\x50\x4b\x03\x04\x15", 1)[:-1], "", "x.docx"),
    page("PDF", pdf(), holds="Health reform", file="x.pdf"),
    no("PDF without pages", b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>", "PDF", "x.pdf"),
    no("PDF of rubbish", b"%PDF-1.4 rubbish", "PDF", "x.pdf"),
    no("PDF cut short", pdf()[:300], "PDF", "x.pdf"),
    no("PDF that is html", f"<html>{GOOD}</html>", "PDF", "x.pdf"),
    no("PDF with a password", pdf_locked(), "password", "x.pdf"),
    no("PDF of scans", pdf(b"q Q"), "no text layer", "x.pdf"),
    page("PDF that claims a million pages", pdf(count=b"99999999"), holds="Health reform", file="x.pdf"),
    no("PDF in a ring", pdf(kids=b"2 0 R"), "PDF", "x.pdf"),
    page("PDF that runs a script", pdf(trailer=b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), holds="Health reform", file="x.pdf"),
    no("PDF bomb", pdf(b"q " * 40_000_000), "", "x.pdf"),
    no("PDF of many operators", pdf(b"BT (a) Tj ET " * 2_000_000), "", "x.pdf"),
)

HEAD = "title,text\n"
CSV_GOOD = f'通知,"{GOOD}"\n'
TABLES = (
    page("csv", HEAD + CSV_GOOD, holds="就诊率", file="x.csv"),
    page("csv in gbk", (HEAD + CSV_GOOD).encode("gbk"), holds="就诊率", file="x.csv"),
    page("csv, breaks of Word in a cell", f'title,text\n通知,"{GOOD[:20]}\x0b{GOOD[20:]}\x0c"\n', holds="就诊率", file="x.csv"),
    page("csv in gbk of few words", "text,地区\n湖南,湖南\n".encode("gbk"), holds="湖南", file="x.csv"),
    page("csv with BOM", "\ufeff" + HEAD + CSV_GOOD, holds="就诊率", file="x.csv"),
    page("csv with semicolons", (HEAD + CSV_GOOD).replace(",", ";"), holds="就诊率", file="x.csv"),
    page("csv with tabs", (HEAD + CSV_GOOD).replace(",", "\t"), holds="就诊率", file="x.tsv"),
    page("csv with bare CR", f"text\r{GOOD.splitlines()[0]}\r{GOOD.splitlines()[2]}\r", 2, file="x.csv"),
    page("csv formulas", '"title","text"\n"=HYPERLINK(""http://x"")","=1+1 改革方案"\n@SUM(1),+1改革\n', 2, file="x.csv"),
    page("csv, quotation mark never closed", HEAD + CSV_GOOD + '三,"' + MORE + "四,五\n" * 20, 1, "never closed", file="x.csv"),
    page("csv, ragged", f"a,text,b\n1\n1,{GOOD.splitlines()[2]},3,4,5\n", 1, "no text", file="x.csv"),
    page("csv, wide", ",".join(f"c{n}" for n in range(19_000)) + ",text\n" + "," * 19_000 + "医改", file="x.csv"),
    no("csv, too wide", ",".join(f"c{n}" for n in range(25_000)) + ",text\n" + "," * 25_000 + "医改", "columns", "x.csv"),
    page("csv, NUL", f"text\n{GOOD[:20]}\0{GOOD[20:30]}\n", file="x.csv"),
    page("csv, a cell of 200,000", "text\n" + "医改" * 100_000 + "\n", file="x.csv"),
    no("csv, a cell of 20 million", b"text\n" + b"ab" * 10_000_000 + b"\n", "", "x.csv"),
    no("csv, no rows", "title,text\n", "without rows", "x.csv"),
    no("csv, empty", b"", "empty", "x.csv"),
    no("csv, no texts", "a,b\n1,2\n", "no column of texts", "x.csv"),
    no("csv, two columns of texts", f"text,text\n{GOOD.splitlines()[0]},x\n", "two columns", "x.csv"),
    page("csv, texts named NA", "title,text\nNA,NA\nnull,None\ntrue,nan\n1e5,2024-02-30\n", 4, file="x.csv"),
    page("csv, values that cannot be", f"province,date,adcode,level,text\nZhejang,32.13.2024,abc,galaxy,{GOOD.splitlines()[2]}\n", file="x.csv"),
    page("csv, blank lines", HEAD + "\n\n" + CSV_GOOD + "\n,\n", 1, "no text", file="x.csv"),
    page("csv, names with spaces", " Title , TEXT \n" + CSV_GOOD, holds="就诊率", file="x.csv"),
    page("jsonl", line(text=GOOD) + "\n", holds="就诊率", file="x.jsonl"),
    page("jsonl, broken lines", f"{line(text=GOOD)}\n{{broken\n{line(text=MORE)}\n", 2, "not a JSON object", file="x.jsonl"),
    page("jsonl, a list", f"{line(text=GOOD)}\n[1]\n", 1, "not a JSON object", file="x.jsonl"),
    page("jsonl, deep", line(text=GOOD) + "\n" + "[" * 100_000 + "\n", 1, "not a JSON object", file="x.jsonl"),
    page("jsonl, deep value", line(text=GOOD) + '\n{"text": ' + '{"a":' * 100_000 + "\n", 1, "not a JSON object", file="x.jsonl"),
    page("jsonl, no text", line(text=None) + "\n" + line(text=GOOD) + "\n", 1, "no text", file="x.jsonl"),
    page("jsonl, other keys", line(x=1) + "\n" + line(text=GOOD) + "\n", 1, "no column", file="x.jsonl"),
    page("jsonl, a number", line(text=5) + "\n" + line(text=GOOD) + "\n", 1, "no text", file="x.jsonl"),
    page("jsonl, a long number", '{"text": "' + GOOD[:20] + '", "n": ' + "9" * 10_000 + "}\n" + line(text=GOOD), 1, "not a JSON object", file="x.jsonl"),
    page("jsonl, nested text", line(text={"a": GOOD}) + "\n" + line(text=GOOD) + "\n", 1, "no text", file="x.jsonl"),
    page("jsonl, NaN", '{"text": NaN}\n' + line(text=GOOD) + "\n", 1, "no text", file="x.jsonl"),
    page("jsonl, surrogates", '{"text": "\\ud800' + GOOD[:30] + '"}\n', file="x.jsonl"),
    page("jsonl, keys twice", '{"text": "a", "text": "' + GOOD[:30] + '"}\n', file="x.jsonl"),
    page("jsonl, code as keys", line(text=GOOD, **{"__class__": "x", "__proto__": "y"}) + "\n", file="x.jsonl"),
    page("jsonl, no last line end", line(text=GOOD), file="x.jsonl"),
    no("jsonl, one array", json.dumps([{"text": GOOD}], ensure_ascii=False), "not a JSON object", "x.jsonl"),
    no("jsonl that is a pickle", pickle.dumps(Evil()), "", "x.jsonl"),
    page("parquet", parquet({"text": [GOOD]}), holds="就诊率", file="x.parquet"),
    page("parquet, spans of time beside", parquet({"text": [GOOD], "took": durations()}), holds="就诊率", file="x.parquet"),
    page("parquet, bytes", parquet({"text": [gbk]}), holds="就诊率", file="x.parquet"),
    page("parquet, missing", parquet({"text": [GOOD, None]}), 1, "no text", file="x.parquet"),
    no("parquet, numbers", parquet({"text": [1.5]}), "no text", "x.parquet"),
    no("parquet, nested", parquet({"text": [[GOOD]]}), "", "x.parquet"),
    no("parquet, no texts", parquet({"a": [1]}), "no column of texts", "x.parquet"),
    no("parquet, two columns of texts", parquet_twice(), "", "x.parquet"),
    page("parquet, odd neighbours", parquet({"text": [GOOD], "a": [{"b": 1}], "c": [[1]], "d": [2**60], "date": ["x"]}), file="x.parquet"),
    no("parquet, texts that are none", parquet_wrong_text(), "", "x.parquet"),
    no("parquet, empty", b"", "", "x.parquet"),
    no("parquet, no rows", parquet({"text": [GOOD][:0]}), "", "x.parquet"),
    no("parquet, cut short", parquet({"text": [GOOD]})[:-20], "Parquet", "x.parquet"),
    no("parquet, forged end", b"PAR1" + b"\xff" * 64 + b"\xff\xff\xff\x7fPAR1", "Parquet", "x.parquet"),
    no("parquet that is a pickle", pickle.dumps(Evil()), "Parquet", "x.parquet"),
    no("parquet that is csv", HEAD + CSV_GOOD, "Parquet", "x.parquet"),
    page("parquet, a bomb of one text", parquet({"text": [GOOD] * 5000}), 5000, file="x.parquet"),
    page("Excel", excel([["text"], [GOOD]]), holds="就诊率", file="x.xlsx"),
    page("Excel, formulas", excel([["title", "text"], ["=1+1", GOOD]]), holds="就诊率", file="x.xlsx"),
    no("Excel, formulas only", excel([["text"], ["=1+1"]]), "without rows", "x.xlsx"),
    no("Excel, a number", excel([["text"], [5]]), "no text", "x.xlsx"),
    no("Excel, empty", excel([[]]), "", "x.xlsx"),
    no("Excel, no texts", excel([["a"], ["b"]]), "no column of texts", "x.xlsx"),
    no("Excel of rubbish", b"rubbish", "Office", "x.xlsx"),
    no("Excel with a password", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password", "x.xlsx"),
    no("Excel bomb", zipped({"xl/worksheets/sheet1.xml": b"0" * 60_000_000}), "unpacks", "x.xlsx"),
    no("Excel with an entity", excel([["text"], [GOOD]], xl__worksheets__sheet1=XXE), "entities", "x.xlsx"),
    no("Excel without sheets", excel([["text"], [GOOD]], xl__worksheets__sheet1="<x/>"), "", "x.xlsx"),
    no("Excel that is Word", word(paragraphs(GOOD)), "Excel", "x.xlsx"),
    no("Excel, columns twice", excel([["text", "text"], [GOOD, GOOD]]), "two columns", "x.xlsx"),
)


def touched(path: Path) -> Path:
    """The path, of an empty file."""
    path.write_bytes(b"")
    return path


def socket_in(folder: Path) -> None:
    """Leave a socket behind."""
    place = os.getcwd()
    os.chdir(folder)  # the name of a socket may have 108 bytes
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("x.txt")
    finally:
        os.chdir(place)


def deep_folders(folder: Path) -> None:
    """A page below as many folders as there is room for in a path."""
    place = os.getcwd()
    os.chdir(folder)
    try:
        for _ in range(1500):
            os.mkdir("d")
            os.chdir("d")
        Path("x.txt").write_text(GOOD, encoding="utf-8")
    finally:
        os.chdir(place)


def folder_of_pages(folder: Path, *names: str) -> None:
    """A page of each name, each saying which it is."""
    for number, name in enumerate(names):
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"第{number}号通知\n{GOOD}", encoding="utf-8")


def several(name: str, *names: str) -> Case:
    """Pages of these names, all kept."""
    return Case(name, lambda folder: folder_of_pages(folder, *names), len(names))


LINKS = (
    Case("pipe", lambda folder: os.mkfifo(folder / "x.txt"), 0, "device, pipe or socket"),
    Case("pipe called csv", lambda folder: os.mkfifo(folder / "x.csv"), 0, "device, pipe or socket"),
    Case("socket", socket_in, 0, "device, pipe or socket"),
    Case("link to a device", lambda folder: (folder / "x.txt").symlink_to("/dev/zero"), 0, "outside"),
    Case("link to a password file", lambda folder: (folder / "x.txt").symlink_to("/etc/passwd"), 0, "outside"),
    Case("link up and out", lambda folder: (folder / "x.txt").symlink_to("../" * 30 + "etc/passwd"), 0, "outside"),
    Case("link called csv", lambda folder: (folder / "x.csv").symlink_to("/etc/passwd"), 0, "outside"),
    Case("link to itself", lambda folder: (folder / "x.txt").symlink_to("x.txt"), 0, "itself"),
    Case("links in a ring", lambda folder: ((folder / "x.txt").symlink_to("y.txt"), (folder / "y.txt").symlink_to("x.txt")), 0, "itself"),
    Case("link to nothing", lambda folder: (folder / "x.txt").symlink_to("nowhere"), 0, "nowhere"),
    Case("link to a folder", lambda folder: (folder / "x").symlink_to(folder), 0, "folder"),
    Case("link to a folder called txt", lambda folder: (folder / "x.txt").symlink_to(folder), 0, "folder"),
    Case("link to the folder above", lambda folder: (folder / "x").symlink_to(".."), 0, "outside"),
    Case("link within", lambda folder: (folder / "x.txt").symlink_to("good.txt"), 1),
    Case("hard link", lambda folder: os.link(folder / "good.txt", folder / "x.txt"), 1),
    Case("folder called txt", lambda folder: (folder / "x.txt").mkdir(), 0),
    Case("folder called csv with pages", lambda folder: folder_of_pages(folder, "x.csv/a.txt"), 1),
    Case("folders without end", deep_folders, 1),
    Case("empty folders", lambda folder: (folder / "a/b/c").mkdir(parents=True), 0),
)

NAMES = (
    Case("dots first", lambda folder: folder_of_pages(folder, "..x.txt", "...txt", "..%2f..%2fetc%2fpasswd.txt", "..\\..\\x.txt"), 0, "hidden"),
    several("percent", "%2e%2e%2fetc%2fpasswd.txt", "%00.txt"),
    several("backslashes", "a\\..\\..\\x.txt", "C:\\x.txt", "\\\\server\\x.txt"),
    several("look-alikes", "a\u2215b.txt", "a\uff0fb.txt", "\u2024\u2024.txt"),
    several("bidi in a name", "\u202etxt.exe.txt"),
    several("very long", "名" * 80 + ".txt", "n" * 250 + ".txt"),
    several("upper and lower case", "A.txt", "a.txt", "a.html"),
    several("one look, two spellings", "é.txt", "e\u0301.txt"),
    several("sharp s", "straße.txt", "strasse.txt", "STRASSE.txt"),
    several("same stem", "a.txt", "a.html", "a.md", "b/a.txt", "b/c/a.txt"),
    several("numbered by ourselves", "a.txt", "b/a.txt", "a-2.txt"),
    several("reserved", "CON.txt", "nul.txt", "COM1.txt", "aux.html"),
    several("words of tables", "NA.txt", "null.txt", "None.txt", "nan.txt", "true.txt", "1e5.txt", "2024-01-02.txt"),
    several("our own tables", "documents.txt", "edits.txt", "rejected.txt", "manifest.txt", "index.html"),
    several("formulas", "=1+1.txt", "+1.txt", "@SUM(1).txt", "-1.txt"),
    several("options", "-rf.txt", "--out.txt"),
    several("commands", "'quote\"; rm -rf $HOME.txt", "$(touch PWNED).txt", "`id`.txt", "a|b.txt", "a&b.txt"),
    several("markup", "<img src=x onerror=alert(1)>.txt", "]]>.txt", "a'b\"c.txt"),
    several("template", "{region}.txt", "%s%n.txt", "{{7*7}}.txt", "${x}.txt"),
    several("spaces", " .txt", "a .txt", " a.txt", "\u3000.txt"),
    several("line ends", "a\nb.txt", "a\r.txt", "a\tb.txt", "\x1b[31m.txt"),
    several("marks only", "。.txt", "__.txt", "-.txt", "~.txt"),
    several("notices that are pages", "notice_2024.txt", "license_rules.txt", "readme_not.txt", "__pages/a.txt"),
    Case("no text in the name", lambda folder: (folder / os.fsdecode(b"\xff\xfe.txt")).write_text(GOOD, encoding="utf-8"), 1),
    Case("two names that print alike", lambda folder: [(folder / os.fsdecode(name)).write_text(GOOD + str(name), encoding="utf-8") for name in (b"\xff.txt", b"\xfe.txt")], 2),
    Case("hidden", lambda folder: folder_of_pages(folder, ".x.txt", ".git/a.txt", "~$a.docx"), 0, "hidden"),
)


def beside(name: str, data: bytes | str, file: str = "sources.csv") -> Case:
    """A table beside the pages that changes nothing about which are kept."""
    content = data if isinstance(data, bytes) else data.encode()
    return Case(name, lambda folder: (folder / file).write_bytes(content))


BESIDE = (
    beside("sources, names of nothing", "file,title\nnowhere.txt,x\n../../etc/passwd,x\n"),
    beside("sources, formulas", "file,title,publisher,region\ngood.txt,=1+1,@SUM(1),+1\n"),
    beside("sources, words of nothing", "file,title,region,publisher\ngood.txt,NA,null,None\n"),
    beside("sources, markup", "file,title\ngood.txt,<script>alert(1)</script>\n"),
    beside("sources, long cell", f"file,title\ngood.txt,{'题' * 90_000}\n"),
    beside("sources, ragged", "file,title\ngood.txt\ngood.txt,a,b,c\n".replace("good.txt\n", "x.txt\n", 1)),
    beside("sources, only names", "file\ngood.txt\n"),
    beside("sources in gbk of two names", "file,region\ngood.txt,湖南\n".encode("gbk")),
    beside("sources in UTF-16 of two names", "file,region\ngood.txt,湖南\n".encode("utf-16")),
    beside("sources, NUL behind a name", b"file,region\ngood.txt\0,\xe6\xb9\x96\xe5\x8d\x97\n"),
    beside("sources in gbk", "file,province\ngood.txt,山西\n".encode("gbk")),
    beside("sources, line ends in cells", 'file,title\ngood.txt,"a\nb\rc"\n'),
    beside("sources, other columns", "file,__class__,x\ngood.txt,1,2\n"),
    beside("overrides, no rows", "page,start,end,decision,after,reason\n", "overrides.csv"),
    beside("overrides, another page", "page,start,end,decision,after,reason\nffff,0,3,keep,,x\n", "overrides.csv"),
    beside("overrides, formulas", "page,start,end,decision,after,reason\nffff,0,3,replace,=1+1,=1+1\n", "overrides.csv"),
)

ALL = {
    "encodings": ENCODINGS, "characters": CHARACTERS, "sizes": SIZES, "kinds": KINDS, "markup": MARKUP, "office": OFFICE,
    "tables": TABLES, "links": LINKS, "names": NAMES, "beside": BESIDE,
}  # fmt: skip

#: A whole corpus that is refused: name -> (file, bytes, word of the one line).
WHOLE: dict[str, tuple[str, bytes, str]] = {
    "sources without a column file": ("sources.csv", b"name,province\ngood.txt,x\n", "no column named file"),
    "sources of rubbish": ("sources.csv", bytes(range(256)) * 9, "sources.csv"),
    "sources, empty": ("sources.csv", b"", "sources.csv: the file is empty"),
    "sources, a province that is none": ("sources.csv", b"file,province\ngood.txt,Zhejang\n", "not a province"),
    "sources, a code that is none": ("sources.csv", b"file,adcode\ngood.txt,999999\n", "administrative code"),
    "sources, a day that is none": ("sources.csv", b"file,published\ngood.txt,2024-02-31\n", "no date"),
    "sources, a mark never closed": ("sources.csv", b'file,title\n"good.txt,x\na,b\n', "never closed"),
    "sources, one file twice": ("sources.csv", b"file,title\ngood.txt,a\ngood.txt,b\n", "other values above"),
    "sources, utf-16 rubbish": ("sources.csv", b"\xff\xfe\x00\xd8" * 9, "sources.csv"),
    "sources, binary": ("sources.csv", b"PK\x03\x04" + bytes(range(256)), "sources.csv"),
    "overrides, no columns": ("overrides.csv", b"a,b\n1,2\n", "columns are page"),
    "overrides, empty": ("overrides.csv", b"", "overrides.csv"),
    "overrides, another decision": ("overrides.csv", b"page,start,end,decision,after,reason\nab,0,3,maybe,,\n", "decision must be"),
    "overrides, a place that is no number": ("overrides.csv", b"page,start,end,decision,after,reason\nab,x,3,keep,,\n", "overrides.csv"),
    "overrides, before the page": ("overrides.csv", b"page,start,end,decision,after,reason\nab,-5,3,keep,,\n", "0 or more"),
    "overrides, end before start": ("overrides.csv", b"page,start,end,decision,after,reason\nab,9,3,keep,,\n", "0 or more"),
    "overrides, huge": ("overrides.csv", b"page,start,end,decision,after,reason\nab,0," + b"9" * 5000 + b",keep,,\n", "overrides.csv"),
    "overrides, ragged": ("overrides.csv", b"page,start,end,decision,after,reason\nab,0,3,keep,,,,,\n", "overrides.csv"),
    "overrides in gbk": ("overrides.csv", "page,start,end,decision,after,reason\nab,0,3,replace,医,改\n".encode("gbk"), "overrides.csv"),
}
