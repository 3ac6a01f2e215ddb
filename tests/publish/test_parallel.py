"""Clean and raw side by side: what the ledger says is what the columns show."""

from hypothesis import given
from hypothesis import strategies as st

from yigai.publish import parallel

WORDS = st.text("医改，a1\n(yī)", min_size=0, max_size=6)


@st.composite
def ledgers(draw):
    """A raw page, its edits and the clean text, built from pieces so that they agree by construction."""
    raw, clean, edits = "", "", []
    for _ in range(draw(st.integers(1, 8))):
        kept = draw(WORDS)
        raw, clean = raw + kept, clean + kept
        before, after = draw(WORDS), draw(WORDS)
        if before or after:
            edits.append({"start": len(raw), "end": len(raw) + len(before), "after": after, "kind": "x"})
            raw, clean = raw + before, clean + after
    return raw, clean, edits


@given(ledgers())
def test_replay_gives_the_clean_text(page):
    raw, clean, edits = page
    assert parallel.replay(raw, edits) == clean


@given(ledgers())
def test_rows_are_in_order_and_hold_every_clean_paragraph(page):
    raw, clean, edits = page
    rows = parallel.rows(raw, clean, parallel.Mapping(parallel.changes(edits)))
    assert [clean[slice(*row.clean)] for row in rows if row.clean] == [line for line in clean.split("\n") if line.strip()]
    edges = [edge for row in rows for edge in row.raw]
    assert edges == sorted(edges)


@given(ledgers())
def test_kept_characters_map_to_themselves(page):
    raw, clean, edits = page
    changes = parallel.changes(edits)
    mapping = parallel.Mapping(changes)
    inside = {at for change in changes for at in range(change.clean_start, change.clean_end)}
    for at in range(len(clean)):
        if at not in inside:
            assert raw[mapping.raw(at)] == clean[at]


def test_note_at_the_end_of_a_line_stays_in_its_row():
    raw, edits = "紀實(shí)\n近年", [{"start": 2, "end": 7, "after": ""}]
    rows = parallel.rows(raw, "紀實\n近年", parallel.Mapping(parallel.changes(edits)))
    assert [raw[slice(*row.raw)] for row in rows] == ["紀實(shí)", "近年"]


def test_removed_line_is_a_row_of_its_own():
    raw, edits = "导航\n医改", [{"start": 0, "end": 3, "after": ""}]
    rows = parallel.rows(raw, "医改", parallel.Mapping(parallel.changes(edits)))
    assert [(row.clean is None, raw[slice(*row.raw)]) for row in rows] == [(True, "导航"), (False, "医改")]


def test_overlapping_edits_do_not_replay():
    edits = [{"start": 0, "end": 3, "after": "x"}, {"start": 1, "end": 2, "after": "y"}]
    assert parallel.replay("abcd", edits) == "xd"
