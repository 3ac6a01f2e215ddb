"""A folder of nasty files, texts of worst shapes, and every hostile case: `python -m benchmarks.faults.nasty`."""

from __future__ import annotations

import io
import json
import os
import pickle
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.faults import cases, commands
from benchmarks.faults.cases import BILLION, GOOD, XXE, Evil
from yigai import corpus

#: Worst shapes of one page: name -> a text of about ``size`` bytes. Each must cost linear time.
SHAPES: dict[str, Callable[[int], str]] = {
    "one_line": lambda size: "深化医改推进分级诊疗" * (size // 30),
    "digits": lambda size: "就诊率达到" + "9" * size + "%",
    "decimals": lambda size: "1.9" * (size // 3),
    "brackets": lambda size: "（" * (size // 3),
    "brackets_closed": lambda size: "（" * (size // 6) + "）" * (size // 6),
    "half_brackets": lambda size: "(a" * (size // 2),
    "square": lambda size: "【《〔[" * (size // 10),
    "quotes": lambda size: "“" * (size // 3),
    "commas": lambda size: "," * size,
    "full_commas": lambda size: "，" * (size // 3),
    "stops": lambda size: "。" * (size // 3),
    "spaces": lambda size: "医 " * (size // 4),
    "blank": lambda size: "改革" + " " * size + "改革",
    "newlines": lambda size: "改革" + "\n" * size + "改革",
    "question_marks": lambda size: "医?" * (size // 4),
    "pinyin": lambda size: "医yi改gai" * (size // 11),
    "duties": lambda size: "（责任单位：市卫生健康委、市医保局）" * (size // 54),
    "duty_open": lambda size: "责任单位：" * (size // 15),
    "duty_units": lambda size: "责任单位：" + "市卫生健康委、" * (size // 21),
    "percents": lambda size: "%" * size,
    "ranges": lambda size: "10%-" * (size // 4),
    "dates": lambda size: "2024年10月24日" * (size // 18),
    "dates_open": lambda size: "2024年" * (size // 7),
    "headings": lambda size: "一、" * (size // 6),
    "heading_lines": lambda size: "（一）\n" * (size // 10),
    "numbered": lambda size: "".join(f"{n}.改革任务\n" for n in range(size // 20)),
    "tags": lambda size: "<" * size,
    "tags_open": lambda size: "<a " * (size // 3),
    "entities": lambda size: "&amp;" * (size // 5),
    "comments": lambda size: "<!--" * (size // 4),
    "urls": lambda size: "http://a.cn/" * (size // 12),
    "pipes": lambda size: "|" * size,
    "dashes": lambda size: "—" * (size // 3),
    "underscores": lambda size: "_" * size,
    "repeated_line": lambda size: "首页 > 政务公开 > 通知公告\n" * (size // 38),
    "latin": lambda size: "ng" * (size // 2),
    "latin_words": lambda size: "sh a ng " * (size // 8),
    "traditional": lambda size: "醫療衛生體制" * (size // 18),
    "places": lambda size: "辽宁省营口市老边区" * (size // 27),
    "place_ends": lambda size: "市县区省" * (size // 12),
    "numbers_han": lambda size: "一二三四五六七八九十百千万亿" * (size // 42),
    "han_zeros": lambda size: "亿" * (size // 3),
    "programmes": lambda size: "“一二三”工程" * (size // 21),
    "years": lambda size: "今年" * (size // 6),
    "cues": lambda size: "应当必须建立完善推进实现" * (size // 36),
    "joiners": lambda size: "改\u200d\u200b" * (size // 9),
    "accents": lambda size: "改" + "\u0301" * (size // 2),
    "emoji": lambda size: "🏥" * (size // 4),
    "private_use": lambda size: "改革\ue000" * (size // 9),
    "lost": lambda size: "改革医疗卫生体制完善制度建立健全机制推进工作落实任务\ufffd" * (size // 84),
    "rare": lambda size: "𠮷龘靐齉" * (size // 13),
    "same_char": lambda size: "医" * (size // 3),
    "and": lambda size: "和" * (size // 3),
    "marks": lambda size: "、" * (size // 3),
    "colons": lambda size: "市：" * (size // 6),
    "semicolons": lambda size: "建立制度；" * (size // 15),
    "books": lambda size: "《" * (size // 6) + "》" * (size // 6),
    "doc_numbers": lambda size: "国办发〔2024〕" * (size // 18),
    "phones": lambda size: "13800000000" * (size // 11),
    "tabs": lambda size: "医改\t" * (size // 7),
    "table": lambda size: "| 指标 | 10% |\n" * (size // 22),
    "mixed": lambda size: "医(a医,a ?1“" * (size // 18),
}


def archive(**members: str | bytes) -> bytes:
    """A zip file of members; ``__`` stands for a slash."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name.replace("__", "/") + ".xml", content)
    return stream.getvalue()


def files() -> dict[str, bytes]:
    """Name -> content of every nasty file that any file system holds."""
    text = GOOD.encode()
    gbk = GOOD.encode("gbk")
    made: dict[str, bytes] = {
        "good1.txt": text,
        "good2.txt": GOOD.replace("某市", "资兴市").encode(),
        "empty.txt": b"",
        "bom_only.txt": b"\xef\xbb\xbf",
        "zeros.txt": b"\0" * 4096,
        "nul_inside.txt": text.replace("医".encode(), "医\0".encode()),
        "controls.txt": text + bytes(range(1, 9)) + bytes(range(14, 32)),
        "all_bytes.txt": bytes(range(256)) * 64,
        "surrogates.txt": text + b"\xed\xa0\x80\xed\xb0\x80",
        "escaped_surrogates.txt": (GOOD + r"\ud800\udc00").encode(),
        "bom_gbk.txt": b"\xef\xbb\xbf" + gbk,
        "bom_utf16_in_utf8.txt": b"\xff\xfe" + text,
        "utf16_odd.txt": GOOD.encode("utf-16-le")[:-1],
        "half_gbk.txt": text + gbk,
        "truncated.txt": text[:-1],
        "big5.txt": "營口市深化醫藥衛生體制改革實施方案的通知，建立分級診療制度".encode("big5"),
        "mojibake.txt": GOOD.encode().decode("latin-1").encode(),
        "crlf.txt": GOOD.replace("\n", "\r\n").encode(),
        "cr.txt": GOOD.replace("\n", "\r").encode(),
        "separators.txt": GOOD.replace("\n", "\u2028\u2029\x85\n").encode(),
        "bidi.txt": ("\u202e" + GOOD + "\u2066\u2069").encode(),
        "binary.txt": os.urandom(0) + bytes((n * 7919) % 256 for n in range(9000)),
        "title_only.txt": "医改".encode(),
        "one_char.txt": "医".encode(),
        "english.txt": b"Nothing Chinese here at all. " * 30,
        "digits.txt": b"0123456789" * 50,
        "script.html": f"<html><title>x</title><body><script>alert(1)</script><p>{GOOD}</p></body>".encode(),
        "deep.html": (b"<div>" * 10_000 + text + b"</div>" * 10_000),
        "deep_table.html": (b"<table><tr><td>" * 3_000 + text),
        "unclosed.html": b"<p" * 50_000 + text,
        "comment_open.html": text + b"<!--" * 50_000,
        "attribute.html": b'<a href="' + b"x" * 500_000 + b'">' + text + b"</a>",
        "entities.html": f"<p>{GOOD}&#0;&#xD800;&#x110000;&#99999999999;&bogus;</p>".encode(),
        "wrong_charset.html": b'<meta charset="utf-8"><p>' + gbk + b"</p>",
        "strange_charset.html": b'<meta charset="rot13"><p>' + text + b"</p>",
        "xxe.html": XXE.encode(),
        "xxe.docx": archive(word__document=XXE, **{"[Content_Types]": XXE}),
        "billion.docx": archive(word__document=BILLION),
        "bomb.docx": archive(word__document=b"0" * 60_000_000),
        "bomb.xlsx": archive(xl__worksheets__sheet1=b"0" * 60_000_000),
        "slip.docx": archive(**{".." + "__" * 1 + ".." + "__etc__passwd": b"x"}),
        "no.docx": b"PK\x03\x04rubbish",
        "no.xlsx": b"rubbish",
        "no.pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>",
        "zero.parquet": b"",
        "pickle.parquet": pickle.dumps(Evil()),
        "pickle.jsonl": pickle.dumps(Evil()),
        "forged.parquet": b"PAR1" + b"\xff" * 64 + b"\xff\xff\xff\x7fPAR1",
        "broken.jsonl": (
            json.dumps({"text": GOOD + "一"}, ensure_ascii=False) + "\n{broken\n[1]\nnull\n"
            + '{"text": 5}\n{"text": null}\n' + '{"text": "' + "\\ud800" + '"}\n' + "[" * 100_000 + "\n"
            + '{"text": ' + "9" * 10_000 + "}\n"
        ).encode(),
        "formula.csv": f'title,text\n"=HYPERLINK(""http://x"")","{GOOD}"\n@SUM(1),"{GOOD}二"\n'.encode(),
        "ragged.csv": f'a,text,b\n1\n1,2,3,4,5\n"{GOOD}三\n'.encode(),
        "wide.csv": (",".join(f"c{n}" for n in range(20_000)) + ",text\n" + "," * 20_000 + "医改").encode(),
        "nul.csv": f"text\n{GOOD[:20]}\0{GOOD[20:30]}\n".encode(),
        "huge_cell.csv": ("text\n" + "医改" * 100_000 + "\n").encode(),
        "yaml.md": f"---\n!!python/object/apply:os.system ['touch PWNED']\n---\n{GOOD}四".encode(),
        "anchors.md": ("---\na: &a [x]\n" + "b: *a\n" * 1000 + "---\n" + GOOD + "五").encode(),
        "page.exe": b"MZ",
        "old.doc": b"\xd0\xcf\x11\xe0",
        "noname": text,
        "two\nlines.txt": (GOOD + "六").encode(),
        "'quote\"; rm -rf $HOME.txt": (GOOD + "七").encode(),
        "<img src=x onerror=alert(1)>.txt": (GOOD + "八").encode(),
        "..%2f..%2fetc%2fpasswd.txt": (GOOD + "九").encode(),
        "CON.txt": (GOOD + "十").encode(),
        "名" * 80 + ".txt": (GOOD + "十一").encode(),
        "A.txt": (GOOD + "十二").encode(),
        "a.txt": (GOOD + "十三").encode(),
        "a.html": (GOOD + "十四").encode(),
        "-rf.txt": (GOOD + "十五").encode(),
        "= 1+1.txt": (GOOD + "十六").encode(),
        "{region}.txt": (GOOD + "十七").encode(),
        "%s%n.txt": (GOOD + "十八").encode(),
        "NA.txt": (GOOD + "十九").encode(),
        "null.txt": (GOOD + "二十").encode(),
    }
    made["sources.csv"] = (
        b"file,title,region,publisher\ngood1.txt,=1+1,NA,null\nNA.txt,nan,null,NA\n"
        b"nowhere.txt,x,y,z\n../../etc/passwd,x,y,z\n"
    )
    return made


def build(folder: Path) -> Path:
    """Write every nasty file, and what is no file: links, a pipe, a device, folders in a ring."""
    folder.mkdir(parents=True)
    for name, content in files().items():
        (folder / name).write_bytes(content)
    (folder / os.fsdecode(b"\xff\xfebytes.txt")).write_bytes((GOOD + "廿一").encode())
    os.mkfifo(folder / "pipe.txt")
    (folder / "escape.txt").symlink_to("/etc/passwd")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "dangling.txt").symlink_to(folder / "nowhere")
    (folder / "ring").symlink_to(folder)
    (folder / "folder.txt").mkdir()
    (folder / "sub").mkdir()
    (folder / "sub" / "good1.txt").write_bytes((GOOD + "廿二").encode())
    return folder


def reading(case: cases.Case) -> str:
    """What is wrong about the reading of a case, or nothing."""
    with tempfile.TemporaryDirectory() as name:
        pages = Path(name) / "pages"
        pages.mkdir()
        (pages / "good.txt").write_text(GOOD, encoding="utf-8")
        try:
            case.put(pages)
            found = corpus.read(pages)
        except Exception as error:  # every error is what is looked for
            return f"{type(error).__name__}: {error}"
        finally:
            subprocess.run(["rm", "-rf", str(pages)], check=True)
        kept = len(found.documents) - 1
        reasons = list(found.rejected["reason"])
        right = kept == case.kept and all(case.refused in reason for reason in reasons) and (reasons or not case.refused)
        return "" if right else f"{kept} kept, {reasons[:2]}"


def main() -> None:
    """Read every hostile file, give every hostile command; exit 1 if one answer is wrong."""
    listed = [(group, case) for group, cases_of in cases.ALL.items() for case in cases_of]
    wrong = [f"{group}: {case.name}: {problem}" for group, case in listed if (problem := reading(case))]
    print(f"{len(listed)} files, {len(wrong)} wrong", flush=True)
    given = [f"{command.name}: {problem}" for command in commands.COMMANDS if (problem := commands.problem(command))]
    print(f"{len(commands.COMMANDS)} commands, {len(given)} wrong", flush=True)
    for problem in (*wrong, *given):
        print(problem)
    sys.exit(bool(wrong or given))


if __name__ == "__main__":
    main()
