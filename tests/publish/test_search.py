"""The index finds what the page's script looks for."""

import json
import re

import pytest

from yigai.publish import search


def unpacked(scripts):
    found = {}
    for path, script in scripts:
        name, data = re.fullmatch(r'yigai\.take\("(\w+)",(.*)\);\n', script, re.DOTALL).groups()
        assert path == f"assets/search/{name}.js"
        found[name] = json.loads(data)
    return found


def find(index, word):
    kept = None
    for pair in search.bigrams(search.normal(word)):
        steps = index[f"b{search.shard_of(pair, index['m']['b'])}"].get(pair, [])
        numbers = {sum(steps[: at + 1]) for at in range(len(steps))}
        kept = numbers if kept is None else kept & numbers
    texts = {n: index[f"t{n // index['m']['a']}"][n % index["m"]["a"]][0] for n in kept or ()}
    return [text for n, text in sorted(texts.items()) if search.normal(word) in search.normal(text)]


@pytest.fixture(scope="module")
def index():
    texts = ["推进紧密型医共体建设", "实行医保打包付费", "DRG 付费改革", "医共和共体不同"] + [f"第{n}句无关" for n in range(450)]
    return unpacked(search.scripts([search.Entry(text, 0, "x") for text in texts], [("题", "a", "b", "2024")]))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("医共体", ["推进紧密型医共体建设"]),
        ("打包付费", ["实行医保打包付费"]),
        ("drg付费", ["DRG 付费改革"]),
        ("ＤＲＧ", ["DRG 付费改革"]),
        ("没有", []),
    ],
)
def test_compounds_are_found_whole(index, word, expected):
    assert find(index, word) == expected


def test_texts_are_cut_into_shards(index):
    assert {"t0", "t1", "t2"} <= set(index)


def test_words_of_pages_cannot_leave_the_script():
    scripts = dict(search.scripts([search.Entry("</script>\u2028", 0, "x")], []))
    assert "<" not in "".join(scripts.values()) and "\u2028" not in "".join(scripts.values())
