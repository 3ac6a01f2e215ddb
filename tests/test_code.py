"""What is measured while the code is edited is kept for no later run, and the run says so in one line."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from yigai import code, parts

PACKAGE = Path(code.__file__).parent
RUN = """
import sys
from pathlib import Path
from yigai import code, study, workers
workers.FEW = int(sys.argv[2])
said = []
def say(line):
    said.append(line)
    if line.startswith("measuring") and sys.argv[3] == "edited":
        path = code.PACKAGE / "facts" / "duties.py"
        path.write_text(path.read_text() + "# edited")
case = study.load(sys.argv[1], say=say)
print(len(case.kept), *(line for line in said if line.startswith("note")), sep="\\n")
"""


@pytest.fixture
def package(tmp_path):
    """A copy of the package, which may be edited."""
    shutil.copytree(PACKAGE, tmp_path / "src" / "yigai", ignore=shutil.ignore_patterns("__pycache__", "fonts"))
    return tmp_path / "src"


@pytest.fixture
def pages(tmp_path):
    for number in range(3):
        path = tmp_path / "pages" / f"p{number}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"某市医改方案\n组建{number + 2}个紧密型医共体，县域内就诊率达到9{number}%以上。\n", encoding="utf-8")
    return tmp_path / "pages"


@pytest.mark.parametrize("few", [100, 0], ids=["in this process", "in workers"])
def test_what_edited_code_measured_is_kept_for_no_other_run(package, pages, tmp_path, few):
    def load(how):
        cache = tmp_path / how
        environment = {"PYTHONPATH": str(package), "YIGAI_CACHE": str(cache), "PATH": "", "TMPDIR": str(tmp_path)}
        command = [sys.executable, "-c", RUN, str(pages), str(few), how]
        said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.splitlines()
        return said, len(list(cache.rglob("hashes.json")))

    said, kept = load("plain")
    assert said == ["3"]
    assert kept > 0
    said, kept = load("edited")
    assert said[0] == "3", "the run goes on"
    assert said[1:] == ["note: facts/duties.py of yigai was edited while it was at work; what is made from now on is kept for no later run"]
    assert kept == 0
    assert not list(tmp_path.glob("yigai-*")), "its own folder is gone with it"


def test_the_version_is_that_of_the_import_and_of_the_rooms_named(monkeypatch):
    monkeypatch.delenv(code.PASSING, raising=False)
    whole, clean = code.code_version(parts.ROOMS), code.code_version(("clean",))
    seen = dict(code.SEEN)
    try:
        code.adopt(seen | {"facts/duties.py": "0"})
        assert code.code_version(parts.ROOMS) != whole
        assert code.code_version(("clean",)) == clean
        with pytest.raises(code.Edited, match=r"^facts/duties\.py of yigai was edited"):
            code.check(("facts",))
        code.check(("codes",))
    finally:
        code.adopt(seen)
    assert code.code_version(parts.ROOMS) == whole
