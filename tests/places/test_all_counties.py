"""Every county in use, in the sentence a page of its own would say: found, or left open where two answer to the name."""

from collections import Counter

from yigai import places
from yigai.clean import Cleaned, Line
from yigai.corpus.region import region_of
from yigai.corpus.view import view_of
from yigai.places.gazetteer import everywhere

TITLE = "{name}推进紧密型县域医共体建设"
BODY = "近年来，{name}进一步完善分级诊疗制度。{name}卫生健康局表示，将持续推进。"


def outcome(place):
    title, body = TITLE.format(name=place.name), BODY.format(name=place.name)
    lines = (
        Line(0, len(title), "title", title),
        Line(len(title) + 1, len(title) + 1 + len(body), "body", body),
    )
    found = region_of(view_of(Cleaned(f"{title}\n{body}", (), (), lines))).place
    shared = sum(other.current for other in places.named(place.name)) > 1
    if found is None:
        return "left open" if shared else "missed"
    return "right" if found.code == place.code and not shared else "wrong"


def test_counties_are_found_or_left_open_and_never_mistaken():
    counties = [place for place in everywhere() if place.current and place.level == "county"]
    outcomes = Counter(outcome(place) for place in counties)
    assert outcomes["wrong"] == 0
    assert outcomes["missed"] <= 6  # 和县, 矿区, 东区, 西区: as common in sentences as words can be
    assert outcomes["right"] >= 2_770
