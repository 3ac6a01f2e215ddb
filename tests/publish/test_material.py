"""Reading a run: masked everywhere alike, no paths, no characters that bend a page."""

import pytest

from yigai.publish import material


def test_a_name_masked_in_the_clean_text_is_masked_in_the_raw_one(runs, tmp_path):
    pages = {"000": (("何庆光說", "何庆光说", "script"), ("。", "。", ""))}
    read = material.read(runs(tmp_path, pages))
    assert "庆光" not in read.pages["000"].raw + read.pages["000"].clean
    assert len(read.pages["000"].raw) == len("何庆光說。")


def test_masking_reaches_every_table(run):
    read = material.read(run)
    assert not [name for name, table in read.tables.items() if "何庆光" in table.to_csv()]


def test_masking_reaches_the_reasons_and_doubts_of_edits(runs, tmp_path):
    def doubted(tables):
        return tables | {"edits": tables["edits"].assign(applied=[at % 2 == 0 for at in range(len(tables["edits"]))])}

    for change in (lambda tables: tables, doubted):
        page = material.read(runs(tmp_path, change=change)).pages["000"]
        assert "何庆光" not in repr((page.changes, page.flagged, page.raw, page.clean))


def test_the_ledger_replays(run):
    assert all(page.replays for page in material.read(run).pages.values())


def test_a_forged_ledger_is_noticed(runs, tmp_path):
    def forged(tables):
        return tables | {"edits": tables["edits"].assign(after="假")}

    assert not all(page.replays for page in material.read(runs(tmp_path, change=forged)).pages.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/home/li/项目/a.txt", "a.txt"),
        ("at /tmp/x/y.py:3", "at y.py:3"),
        (r"C:\Users\li\a.txt", "a.txt"),
        ("https://example.org/home/page", "https://example.org/home/page"),
        ("1/2 and 县/区", "1/2 and 县/区"),
    ],
)
def test_paths_are_cut_to_their_last_name(text, expected):
    assert material.without_paths(text) == expected


def test_a_run_without_documents_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match="run the notebooks first"):
        material.read(tmp_path)
