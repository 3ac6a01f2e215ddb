import pytest

from yigai import places

PROVEN = [
    ("政府网站标识码:5108020014", "510802", "site code"),
    ("网站标识码 1403000002", "140300", "site code"),
    ("川公网安备 51080202000001号", "510802", "filing number"),
    ("川公網安備51080202000001號", "510802", "filing number"),
    ("蜀ICP备08108490号-1", "510000", "licence"),
    ("皖B2-20070056 京ICP证030173号", "110000", "licence"),
    ("晋政办发〔2024〕3号", "140000", "document number"),
    ("川卫发[2021]15号", "510000", "document number"),
    ("发文机关: | 阳泉市人民政府 |", "140300", "publisher"),
    ("来源:营口市卫生健康委", "210800", "publisher"),
    ("广元市利州区召开会议", "510802", "full path"),
    ("吉林省长春市朝阳区", "220104", "full path"),
    ("玉林市玉州区、北流市、容县、陆川县同步实施", "450900", "siblings"),
]
UNPROVEN = [
    "政府网站标识码bm24000001",
    "朝阳区卫生健康局",
    "青政发〔2020〕3号",
    "国办发〔2021〕18号",
    "第51080202000001号",
    "ICP备08108490号",
    "来源:健康报",
    "阳政发〔2024〕3号",
]


@pytest.mark.parametrize(("text", "code", "rule"), PROVEN)
def test_a_proof_names_place_and_rule(text, code, rule):
    assert (code, rule) in [(proof.place.code, proof.rule) for proof in places.proof(text)]


@pytest.mark.parametrize("text", UNPROVEN)
def test_nothing_is_proven_where_two_places_remain(text):
    assert places.proof(text) == []


def test_proofs_quote_the_text_and_come_strongest_first():
    text = "四川省广元市利州区 蜀ICP备08108490号-1 政府网站标识码5108020014"
    found = places.proof(text)
    assert [proof.rule for proof in found] == ["site code", "full path", "licence"]
    assert all(text[proof.start : proof.end] == proof.quote for proof in found)
