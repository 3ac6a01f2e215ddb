import pytest

from yigai import places

CURRENT = [
    ("资兴市", "431081", "湖南省/郴州市/资兴市"),
    ("利州", "510802", "四川省/广元市/利州区"),
    ("阳泉", "140300", "山西省/阳泉市"),
    ("恩施州", "422800", "湖北省/恩施土家族苗族自治州"),
    ("景宁县", "331127", "浙江省/丽水市/景宁畲族自治县"),
    ("前郭", "220721", "吉林省/松原市/前郭尔罗斯蒙古族自治县"),
    ("仙桃市", "429004", "湖北省/仙桃市"),
    ("浦东新区", "310115", "上海市/浦东新区"),
    ("石河子", "659001", "新疆维吾尔自治区/石河子市"),
    ("内蒙古", "150000", "内蒙古自治区"),
    ("达拉特旗", "150621", "内蒙古自治区/鄂尔多斯市/达拉特旗"),
]
PAST = [
    ("崇文区", "110103", ("110101",), "merged into 东城区 in 2010"),
    ("崇礼县", "130733", ("130709",), "became a district"),
    ("资兴县", "432825", ("431081",), "became a city, the codes moved twice"),
    ("居巢区", "341402", ("340181",), "its prefecture was dissolved"),
    ("马尔康县", "513229", ("513201",), "the list leaves the successor empty"),
    ("维扬区", "321011", ("321003",), "merged by order"),
]
AMBIGUOUS = [
    "朝阳区",
    "鼓楼区",
    "城区",
    "矿区",
    "郊区",
    "市中区",
    "新华区",
    "铁西区",
    "和平区",
    "江北区",
]


@pytest.mark.parametrize(("name", "code", "path"), CURRENT)
def test_a_name_in_use_gives_one_code_and_path(name, code, path):
    first = places.named(name)[0]
    assert (first.code, "/".join(first.path), first.current) == (code, path, True)


@pytest.mark.parametrize(("name", "code", "heirs", "why"), PAST)
def test_a_past_name_gives_its_code_and_its_heirs(name, code, heirs, why):
    first = places.named(name)[0]
    assert (first.code, first.successors, first.current) == (code, heirs, False), why


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_a_shared_name_keeps_all_its_places(name):
    assert len({place.code for place in places.named(name)}) > 1


def test_a_shared_short_name_names_the_province_first():
    assert [place.level for place in places.named("吉林")] == ["province", "prefecture"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("51", "四川省"),
        ("5108", "广元市"),
        ("510802", "利州区"),
        ("110100", "北京市"),
        ("110103", "崇文区"),
    ],
)
def test_codes_of_two_four_and_six_digits_are_read(code, name):
    assert places.by_code(code).name == name


@pytest.mark.parametrize("code", ["", "5", "990000", "5108021", "51080２", "abcdef", "519902"])
def test_what_is_no_code_gives_nothing(code):
    assert places.by_code(code) is None


def test_every_current_code_answers_to_its_own_name():
    from yigai.places.gazetteer import everywhere

    for place in everywhere():
        assert place in places.named(place.name) or not place.current
        assert not place.current or places.by_code(place.code) == place


def test_the_provinces_are_thirty_four_with_distinct_slugs():
    assert len(places.SLUGS) == len(set(places.SLUGS.values())) == 34
    for code, slug in places.SLUGS.items():
        assert (
            places.province(slug).code == code == places.province(places.province(slug).name).code
        )


@pytest.mark.parametrize(
    ("given", "slug"),
    [
        ("山西", "shanxi"),
        ("陕西", "shaanxi"),
        ("inner-mongolia", "neimenggu"),
        ("Tibet", "xizang"),
        ("辽宁省", "liaoning"),
        ("重庆", "chongqing"),
    ],
)
def test_a_province_has_one_slug(given, slug):
    assert places.slug(given) == slug


@pytest.mark.parametrize("given", ["zhejang", "", "资兴市", "../etc"])
def test_an_unknown_province_lists_the_valid_ones(given):
    with pytest.raises(KeyError, match="liaoning"):
        places.province(given)
