"""A run after a change makes again what the change can show in, no notebook more and none less."""

import json

import pytest

from yigai import parts, primed, publish, report, run, spool, store, study

PLACES = ("湖南省资兴市", "辽宁省海城市", "湖南省安化县", "辽宁省营口市", "某地")
MAIN = ["01_clean", "02_topics", "03_models", "04_compare"]


def text(number):
    body = "\n".join(f"组建{number + line}个紧密型医共体，县域内就诊率达到{60 + line}%以上，医保基金打包付费。" for line in range(4))
    return f"{PLACES[number % 5]}人民政府关于深化医改的实施方案（{number}）\n{body}\n第{number}批编号{number * 37}的任务由卫生健康局负责。\n"


@pytest.fixture
def pages(tmp_path, monkeypatch):
    """Twenty pages of which eight are shown and four of a region: a large corpus in small."""
    monkeypatch.setenv("YIGAI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(parts, "PAGES", 4)
    monkeypatch.setattr(study, "SHOWN", 8)
    monkeypatch.setattr(spool, "FEW", 5)
    for number in range(20):
        store.write_text(tmp_path / "pages" / f"p{number:02d}.txt", text(number))
    return tmp_path / "pages"


@pytest.fixture
def made_of(pages, tmp_path, monkeypatch):
    """What each notebook of a run of the pages is made of, and the documents that are shown or of a shown region."""
    seen = {}

    def noted(todo, folder, say, *, made_of):
        seen.update(made_of)

    monkeypatch.setattr(run, "execute", noted)
    monkeypatch.setattr(publish, "site", lambda stage: None)
    monkeypatch.setattr(report, "sensitivity", lambda *_: {})
    monkeypatch.setattr(report, "write_changes", lambda *_: "")
    monkeypatch.setattr(report, "write_shown", lambda *_: None)

    def call(**given):
        seen.clear()
        named = [(name, json.dumps(value)) for name, value in {"most": 4, **given}.items()]
        report.make(str(pages), tmp_path / "out", named)
        return dict(seen)

    return call


def different(before, after):
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def of_kind(pages, *, shown, region):
    """A page that is (not) among the four shown and (not) among those shown of its region."""
    case = study.load(str(pages))
    inside = set(case.shown(4).kept["doc"])
    regional = {doc for name in case.regions for doc in case.of([name]).shown(4).kept["doc"]}
    found = [doc for doc in case.kept["doc"] if (doc in inside) == shown and (doc in regional) == region]
    return pages / f"{found[0]}.txt", case.region_of[found[0]]


def test_a_page_that_no_notebook_shows_makes_none_run_again(pages, made_of):
    before = made_of()
    path, _ = of_kind(pages, shown=False, region=False)
    path.write_text(path.read_text() + "另建3个区域医疗中心。\n", encoding="utf-8")
    assert different(before, made_of()) == []


def test_a_page_shown_of_its_region_makes_the_notebook_of_the_region_run_again(pages, made_of):
    before = made_of()
    path, region = of_kind(pages, shown=False, region=True)
    path.write_text(path.read_text() + "另建3个区域医疗中心。\n", encoding="utf-8")
    assert different(before, made_of()) == [f"region_{region}"]


def test_a_page_that_is_shown_makes_every_notebook_run_again(pages, made_of):
    before = made_of()
    path, _ = of_kind(pages, shown=True, region=True)
    path.write_text(path.read_text() + "另建3个区域医疗中心。\n", encoding="utf-8")
    assert different(before, made_of()) == sorted(before) == [*MAIN, "region_hunan", "region_liaoning"]


@pytest.mark.parametrize("given", [{"n_topics": 3}, {"regions": ["hunan"]}, {"parent": "p01"}, {"term": "医联体"}])
def test_other_settings_make_notebooks_run_again(made_of, given):
    before = made_of()
    assert set(MAIN) <= set(different(before, made_of(**given)))


def test_a_notebook_that_reads_all_pages_runs_again_for_any(pages, made_of):
    before = made_of(parent="p01")
    path, _ = of_kind(pages, shown=False, region=False)
    path.write_text(path.read_text() + "另建3个区域医疗中心。\n", encoding="utf-8")
    assert "03_models" in different(before, made_of(parent="p01"))


def test_every_study_a_notebook_asks_for_is_left_for_it(pages):
    whole = study.load(str(pages))
    for regions in ([], ["hunan"]):
        case = whole.of(regions) if regions else whole
        left = report.primed_studies(whole, case, {"most": 4, "regions": regions}, str(pages))
        for task in run.tasks({"most": 4, "regions": regions}, str(pages), case.regions):
            asked = [[], [dict(task.parameters)["region"]]] if "region" in task.name else [regions]
            assert all(primed.asked(str(pages), one, 4) in left for one in asked), task.name


def test_a_page_that_is_no_repost_any_more_changes_the_study_left_for_its_region(pages):
    copy = pages / "p98.txt"
    copy.write_text(text(1), encoding="utf-8")
    region = study.load(str(pages)).of(["liaoning"])
    key = primed._kept(region)
    documents = region.documents.assign(repost_of="")
    assert set(region.documents["repost_of"]) != {""}
    region.tables._made["documents"] = documents
    region.__dict__.pop("kept", None)
    assert primed._kept(region) != key
