"""Another hash seed, locale, clock, thread count, processor or order of files: the same bytes."""

import pytest

from benchmarks.faults import identical

PLACES = ("资兴市", "营口市", "阳泉市", "利州区")
PAGE = (
    "{place}人民政府关于深化医药卫生体制改革的实施方案\n{place}组建{n}个紧密型医共体，县域内就诊率达到9{n}%以上。\n"
    "推进分级诊疗，家庭医生签约率不低于{n}5%。（责任单位：市卫生健康委、市医保局）\n"
    "深化医保支付方式改革，到202{n}年按病种付费占比达到7{n}%。\n加强公立医院薪酬制度改革，落实药品集中带量采购。\n"
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study") / "pages"
    folder.mkdir()
    for n, place in enumerate(PLACES, 2):
        (folder / f"{n}.txt").write_text(PAGE.format(place=place, n=n), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def plain(pages):
    return identical.files(pages, pages.parent / "plain", identical.VARIANTS["plain"])


#: All at once, as between two machines; one by one they are in `python -m benchmarks.faults.identical`.
OTHER = ("another hash seed", "locale C", "time zone far west", "two threads", "Nehalem kernel", "no AVX in numpy")


def test_on_another_machine_tables_and_texts_are_byte_for_byte_the_same(pages, plain, tmp_path):
    environment = {key: value for name in OTHER for key, value in identical.VARIANTS[name].environment.items()}
    other = identical.shuffled(pages, tmp_path / "pages")
    found = identical.files(other, tmp_path / "cache", identical.Variant(environment, umask=0o077, elsewhere=True))
    assert len(found) > 30
    assert identical.differing(plain, found) == []


def test_a_warm_cache_changes_nothing(pages, plain):
    warm = identical.files(pages, pages.parent / "plain", identical.Variant())
    assert identical.differing(plain, warm) == []
