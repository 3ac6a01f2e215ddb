"""What is masked in one place is looked for in others only when it is a name or a whole number."""

import pytest

from yigai import privacy
from yigai.publish import masking


@pytest.mark.parametrize(
    ("page", "kept"),
    [("招商电话：400 0123 021，欢迎来电。", "2021年"), ("手机：13524678515；联系我们。", "2021年")],
    ids=["the 021 of a spaced number is not the 021 of a year", "a whole number leaves years alone"],
)
def test_a_year_survives_the_numbers_of_its_page(page, kept):
    names = masking.names(page, privacy.mask(page))
    assert names.masked(kept) == kept


def test_a_whole_number_is_found_again():
    page = "手机：13524678515；联系我们。"
    names = masking.names(page, privacy.mask(page))
    assert "13524678515" not in names.masked("请打13524678515")
