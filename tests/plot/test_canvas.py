"""The canvas: the shipped font draws Chinese, and the SVG of a figure never changes its bytes."""

import warnings

import pytest

from yigai import plot
from yigai.plot import canvas, palette

SAMPLES = {
    "simplified policy text": "紧密型县域医共体实行“人、财、物、事”统一管理，住院就诊率≥91.78%（2021年）。",
    "traditional page": "營口市“大病不出縣”兩年行動計劃：鄉鎮衛生院標準化，醫療衛生服務體系；歡迎光臨",
    "rare names of places": "亳州 儋州 泸溪 鄠邑 珲春 濮阳 沭阳 郴州 资兴 尉犁 巉口 甪直",
    "marks and units": "①②③ ℃ № ‰ ± × ÷ ≤ ≥ ≈ → ■ ● ★ ￥ ％ 【】《》「」…—",
    "pinyin and Latin": "nǚ lǜ xué yī ǎ é ü Ç ß α β ABC xyz 0123456789",
}


@pytest.mark.parametrize("text", SAMPLES.values(), ids=SAMPLES.keys())
def test_every_character_has_a_glyph(text):
    from fontTools.ttLib import TTFont

    glyphs = TTFont(canvas.font_path()).getBestCmap()
    assert [c for c in text if ord(c) not in glyphs] == []


def test_all_of_gbk_has_a_glyph():
    from fontTools.ttLib import TTFont

    glyphs = TTFont(canvas.font_path()).getBestCmap()
    pairs = (bytes([a, b]) for a in range(0x81, 0xFF) for b in range(0x40, 0xFF))
    characters = {c for pair in pairs for c in pair.decode("gbk", "ignore") if ord(c) > 0x7F}
    ours = {c for c in characters if not 0xE000 <= ord(c) <= 0xF8FF}
    assert sorted(c for c in ours if ord(c) not in glyphs) == ["≒"]  # Noto Sans SC has no U+2252


def test_chinese_is_drawn_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fig, axes = plot.figure(5, 2)
        for place, text in enumerate(SAMPLES.values()):
            axes.text(0, place / 5, text)
        assert plot.png(plot.caption(fig, "医改 n = 5"))[:4] == b"\x89PNG"


def test_a_character_outside_the_font_is_the_negative():
    with pytest.warns(UserWarning, match="missing from font"):
        fig, axes = plot.figure(5, 2)
        axes.set_title("\U00020000")
        plot.png(fig)


def test_svg_bytes_are_the_same_for_two_equal_figures():
    def drawn():
        fig, axes = plot.figure(5, 2)
        axes.plot([0.1, 0.2, 0.30000001], [1, 2, 3], label="四川")
        axes.legend()
        return plot.svg(plot.caption(fig, "同一张图"))

    first = drawn()
    assert first == drawn()
    assert "<dc:date>" not in first and "/home" not in first and "matplotlib v" not in first


def test_ids_of_two_different_figures_do_not_collide():
    import re

    def ids(title):
        fig, axes = plot.figure(5, 2)
        axes.plot([0, 1], [0, 1])
        axes.set_title(title)
        return set(re.findall(r' id="([^"]+)"', plot.svg(fig)))

    assert not ids("甲") & ids("乙")


def test_long_mixed_captions_are_wrapped():
    lines = canvas._wrapped("县域医共体 " * 30 + "a plain English sentence about it", 60)
    assert max(map(canvas.columns_of, lines)) <= 61 and len(lines) > 4


def test_statuses_have_distinct_colours_and_chinese_names():
    assert len(set(palette.STATUS.values())) == len(palette.STATUS) == 6
    assert palette.STATUS.keys() == palette.STATUS_ZH.keys()


def test_a_case_keeps_its_colour_in_any_order():
    assert palette.cases(["b", "a", "c"]) == palette.cases(["c", "b", "a"])


def test_import_of_the_room_does_not_import_matplotlib():
    import subprocess
    import sys

    probe = "import sys, yigai.plot; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
