"""Commands as a hostile shell gives them: name, arguments, surroundings, exit codes that are right.

``{p}`` is a folder of two good pages, ``{t}`` the folder it stands in. Every answer is at most one line on
stderr beside progress, never a traceback, and leaves the pages as they were.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

PAGE = "资兴市人民政府关于印发医改方案的通知\n组建{n}个紧密型医共体，县域内就诊率达到90%以上。\n到2025年再建{n}个专科。\n"


@dataclass(frozen=True)
class Command:
    """A command line, what is set up before, and which exit codes are right."""

    name: str
    line: str
    codes: tuple[int, ...]
    environment: dict[str, str] = field(default_factory=dict)
    says: str = ""


def refused(name: str, line: str, says: str = "", code: int = 2) -> Command:
    """A command that is refused."""
    return Command(name, line, (code,), {}, says)


def done(name: str, line: str, **environment: str) -> Command:
    """A command that is carried out."""
    return Command(name, line, (0,), environment)


CLEAN = "yigai clean {p} --out {t}/o"
RUN = "yigai run --corpus {p} --out {t}/o -p"
COMMANDS = (
    refused("out is the folder of the page", "yigai clean {p}/p1.txt --out {p}"),
    refused("out is here, the page too", "cd {p} && yigai clean p1.txt --out ."),
    refused("out is the corpus", "yigai clean {p} --out {p}", "inside the corpus"),
    refused("out is in the corpus", "yigai clean {p} --out {p}/o", "inside the corpus"),
    refused("the corpus is what a run replaces", "mkdir {t}/o && cp -r {p} {t}/o/raw && yigai run --corpus {t}/o/raw --out {t}/o"),
    refused("out is a link into the corpus", "ln -s {p} {t}/l && yigai clean {p} --out {t}/l", "inside the corpus"),
    refused("out is a file", "touch {t}/f && yigai clean {p} --out {t}/f", "another --out", 3),
    refused("out is below a file", "touch {t}/f && yigai clean {p} --out {t}/f/x", "another --out", 3),
    Command("out is a link in a ring", "ln -s l {t}/l && yigai clean {p} --out {t}/l", (2, 3)),
    Command("out is a link to nothing", "ln -s nowhere {t}/l && yigai clean {p} --out {t}/l", (0, 2, 3)),
    refused("out is no disk", "yigai clean {p} --out /proc/x", "another --out", 3),
    refused("out is too long a name", "yigai clean {p} --out {t}/" + "n" * 300, "", 3),
    refused("out is empty", "cd {t} && yigai clean {p} --out ''"),
    refused("corpus is empty", "yigai clean '' --out {t}/o"),
    refused("corpus is a link in a ring", "ln -s l {t}/l && yigai clean {t}/l --out {t}/o"),
    refused("corpus is a device", "yigai clean /dev/zero --out {t}/o", "device"),
    refused("corpus is a pipe", "mkfifo {t}/f && yigai clean {t}/f --out {t}/o", "device"),
    refused("corpus is a minus", "yigai clean - --out {t}/o", "no such file"),
    refused("corpus is a pattern", "yigai clean '{p}/*.txt' --out {t}/o", "no such file"),
    refused("corpus with a line end", "yigai clean $'{t}/a\\nb' --out {t}/o", "no such file"),
    refused("corpus with an escape", "yigai clean $'{t}/a\\x1b[31m' --out {t}/o", "no such file"),
    refused("corpus twice", "yigai clean {p} {p} --out {t}/o", "two pages of this name"),
    refused("a password file", "yigai run --corpus /etc/passwd --out {t}/o", "nameless"),
    done("corpus is no text", "cp -r {p} $'{t}/\\xff' && yigai clean $'{t}/\\xff' --out {t}/o"),
    done("out is no text", "yigai clean {p} --out $'{t}/\\xff'"),
    done("Chinese names, C locale", "cp -r {p} {t}/页 && yigai clean {t}/页 --out {t}/出", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"),
    done("a terminal of ASCII", "cp -r {p} {t}/页 && yigai clean {t}/页 --out {t}/出", PYTHONIOENCODING="ascii"),
    done("no home", "env -u HOME -u YIGAI_CACHE yigai clean {p} --out {t}/o"),
    done("a home of nothing", "env -u YIGAI_CACHE HOME=/nowhere yigai clean {p} --out {t}/o"),
    done("no temporary folder", CLEAN, TMPDIR="/nowhere"),
    done("stdin closed", CLEAN + " <&-"),
    done("stdout closed", CLEAN + " >&-"),
    done("stderr closed", CLEAN + " 2>&-"),
    done("everything closed", CLEAN + " <&- >&- 2>&-"),
    done("a broken pipe", "set -o pipefail; yigai clean {p} --out {t}/o 2>&1 | true"),
    done("standing in a folder that is gone", "mkdir {t}/g && cd {t}/g && rmdir {t}/g && yigai clean {p} --out {t}/o"),
    Command("a relative path from a folder that is gone", "mkdir {t}/g && cd {t}/g && rmdir {t}/g && yigai clean p --out o", (2, 3)),
    done("cache is a file", "touch {t}/f && YIGAI_CACHE={t}/f yigai clean {p} --out {t}/o"),
    done("cache is nowhere", CLEAN, YIGAI_CACHE="/proc/x"),
    done("cache full of rubbish", "mkdir -p {t}/c/00 && echo x > {t}/c/00/x && YIGAI_CACHE={t}/c yigai clean {p} --out {t}/o"),
    done("no seconds", CLEAN, YIGAI_PAGE_SECONDS="soon"),
    Command("a lock that is a folder", "mkdir -p {t}/o/.lock && " + CLEAN, (0, 3)),
    done("a stage that is a file", "mkdir {t}/o && touch {t}/o/.stage-x && " + CLEAN),
    done("a forged stage", "mkdir -p {t}/o/.stage-x && echo '[\"../../p/p1.txt\",\"/etc/passwd\"]' > {t}/o/.stage-x/.ready.json && " + CLEAN),
    done("a stage that leads away", "mkdir {t}/o {t}/v && touch {t}/v/v && ln -s ../v {t}/o/.stage-x && yigai clean {p} --out {t}/o && test -e {t}/v/v"),
    Command("a full disk", "bash -c 'ulimit -f 1; yigai clean {p} --out {t}/o'", (3,)),
    refused("random_state below nothing", RUN + " random_state -1", "out of range"),
    refused("random_state without end", RUN + " random_state 99999999999", "out of range"),
    refused("no number", RUN + " n_topics NaN", "not a whole number"),
    refused("a number without end", RUN + " n_topics 1e400", "not a whole number"),
    refused("nested without end", RUN + " n_topics $(printf '[%.0s' {{1..20000}})", "not a whole number"),
    refused("a long number", RUN + " n_topics $(printf '9%.0s' {{1..5000}})", "not a whole number"),
    refused("a tag of YAML", RUN + " regions '!!python/object/apply:os.system [touch PWNED]'", "not a province"),
    refused("a line of code as a region", RUN + " regions $'[\"hunan\\\\nimport os\"]'", "not a province"),
    refused("braces as a region", RUN + " regions '{{region}}'", "not a province"),
    refused("a path as a region", RUN + " regions ../../etc", "not a province"),
    refused("no region", RUN + " regions ''", "not a province"),
    refused("a region named NA", RUN + " regions NA", "not a province"),
    refused("an object as regions", RUN + " regions '{{\"a\":1}}'", "list of texts"),
    refused("null as regions", RUN + " regions null", "list of texts"),
    refused("code as a name", RUN + " \"__import__('os').system('touch PWNED')\" 1", "no notebook takes"),
    refused("a line end in a name", RUN + " $'n_topics\\nimport os' 3", "no notebook takes"),
    refused("a keyword as a name", RUN + " import 3", "no notebook takes"),
    refused("a look-alike as a name", RUN + " ｎ_topics 3", "did you mean"),
    refused("no name", RUN + " '' 3", "no notebook takes"),
    refused("a path as a term", RUN + " term $'a\\nb'", "one line"),
    refused("another scope", RUN + " scope everything", "write one of"),
    refused("corpus as a parameter", "yigai run --out {t}/o -p corpus /etc", "--corpus"),
    refused("a scheduler that is a file", "yigai run --corpus {p} --out {t}/o --scheduler file:///etc/passwd", "no dask scheduler"),
    refused("a scheduler that is rubbish", "yigai run --corpus {p} --out {t}/o --scheduler rubbish", "no dask scheduler"),
)


def problem(command: Command) -> str:
    """What is wrong about the answer to a command, or nothing."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        pages = place / "p"
        pages.mkdir()
        for n in (1, 2):
            (pages / f"p{n}.txt").write_text(PAGE.format(n=n), encoding="utf-8")
        surroundings = {**os.environ, "YIGAI_CACHE": str(place / "cache"), **command.environment}
        surroundings["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        line = command.line.format(p=pages, t=place)
        answer = subprocess.run(
            ["bash", "-c", line], env=surroundings, capture_output=True, stdin=subprocess.DEVNULL, cwd=place, timeout=300, check=False
        )
        said = [row for row in answer.stderr.decode("utf-8", "replace").splitlines() if row.startswith("yigai:")]
        whole = answer.stderr.decode("utf-8", "replace")
        untouched = all((pages / f"p{n}.txt").read_text(encoding="utf-8") == PAGE.format(n=n) for n in (1, 2))
        faults = {
            f"exit {answer.returncode}, not {command.codes}": answer.returncode not in command.codes,
            "a traceback": "Traceback" in whole,
            f"{len(said)} lines": len(said) != (answer.returncode != 0) and "2>&" not in line,
            "another reason": command.says not in whole,
            "a page was changed": not untouched or len(list(pages.iterdir())) != 2,
            "something was run": any(place.rglob("PWNED")) or Path("PWNED").exists(),
            "an escape reached the terminal": "\x1b" in whole,
        }
        wrong = [what for what, is_so in faults.items() if is_so]
        return f"{', '.join(wrong)}: {(said or [whole[-200:]])[0][:200]}" if wrong else ""
