"""The five seed pages against texts made by hand."""

import difflib
import re
from pathlib import Path

import pytest

from yigai import clean

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("0*.txt"))
REFERENCE = Path(__file__).parent / "reference"
NUMBER = re.compile(r"\d+(?:\.\d+)?")
# before -> after, by page: what a page says once it is mended, with how often.
REPAIRS = {
    "000": [("广元市利州区卫生健康局关于", 1), ("责成利州区卫健局", 1), ("利州区医疗联合体", 2), ("以利州区第一人民医院为牵头", 1),
            ("以利州区中医院为牵头", 1), ("建成利州区远程诊疗协作网", 1), ("和利州区远程诊疗中心", 1), ("依托利州区第一人民医院", 1),
            ("。利州区中医院联通", 1), ("，利州区第二人民医院联通", 1), ("自2014年10月成立", 2)],
    "001": [("临床重点专科建设、", 1), ("十大精品专科，52个委市共建项目", 1), ("桌上都摆放着一本", 1)],
    "002": [("，着眼于新时代", 1), ("疑难杂症", 1), ("“六统一”管理", 1)],
    "003": [("进步最快城市", 1), ("任第一组长", 1), ("市第一人民医院", 3), ("临床重点专科建设", 1), ("时间。现在方便", 1), ("跑了。”12月12日，", 1)],
}  # fmt: skip


def page(name):
    path = next(p for p in SEEDS if p.name.startswith(name))
    return path.read_bytes().decode("utf-8")


def reference(name):
    return (REFERENCE / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")


def f1(wanted, got):
    """F1 of the characters two texts have in common, in order."""
    matcher = difflib.SequenceMatcher(None, wanted, got, autojunk=False)
    return 2 * sum(m.size for m in matcher.get_matching_blocks()) / (len(wanted) + len(got))


@pytest.fixture(scope="module", params=["000", "001", "002", "003", "004"])
def pair(request):
    return reference(request.param), clean.text(page(request.param)).text


def test_characters(pair):
    assert f1(*pair) >= 0.995


def test_lines(pair):
    wanted, got = (text.split("\n") for text in pair)
    assert sum(line in set(got) for line in wanted) / len(wanted) >= 0.98
    assert len(got) == len(wanted)


def test_numbers(pair):
    wanted, got = pair
    assert NUMBER.findall(got) == NUMBER.findall(wanted)


@pytest.mark.parametrize(("name", "phrase", "times"), [(n, p, t) for n, row in REPAIRS.items() for p, t in row])
def test_repair(name, phrase, times):
    assert clean.text(page(name)).text.count(phrase) == times


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_a_reference_text_passes_unchanged(name):
    assert clean.text(reference(name)).text == reference(name)


def test_four_phases_announced_and_three_printed_is_flagged_not_mended():
    assert "unfinished list" in {f.kind for f in clean.text(page("002")).flags}


def test_names_that_cannot_be_recovered_are_flagged():
    flag = next(f for f in clean.text(page("003")).flags if f.kind == "lost names")
    assert page("003")[flag.start : flag.end] == "(李秉鈞 李 李)"
