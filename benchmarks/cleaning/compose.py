"""Dirty pages from clean official text: which kinds of dirt come together, as they do in the wild."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.cleaning import dirt, furniture
from benchmarks.cleaning.cells import Page, edits, meant, page, shown

TEXTS = Path(__file__).parent / "texts"
# County-level places whose codes the gazetteer knows: code, name, stem.
PLACES = (
    ("330106", "西湖区", "西湖"),
    ("430381", "湘乡市", "湘乡"),
    ("510603", "旌阳区", "旌阳"),
    ("210381", "海城市", "海城"),
    ("371426", "平原县", "平原"),
    ("450602", "港口区", "港口"),
    ("620402", "白银区", "白银"),
    ("360902", "袁州区", "袁州"),
)
SWAPPED = (
    "成立了由党委书记任第一组长、行政首长任组长的领导小组。",
    "市第一人民医院与市第二人民医院分别牵头组建医疗集团。",
    "群众最关心的看病问题明显改善，成为全省进步最快的地区之一。",
)
SPOKEN = (
    "“以前看病要跑很远。现在家门口就有专科门诊，真是方便多了。”12月13日，一位患者说。",
    "“镇上就能做检查，再也不用来回跑了。”10月8日，前来复诊的村民说。",
    "市中医院建成省级重点专科。“互联网+”护理服务覆盖全部街道。",
    "县人民医院与三家专科医院签订协议，扩大远程会诊规模、提高接诊能力。",
    "各医院设置规模、人员配备和设备条件符合标准。牵头医院负责业务指导。",
    "鼓励职业院校、医疗机构联合培养护理人才。对考核合格的给予补助。",
    "落实低保、特困人员参保补贴。对困难群众实行先诊疗后付费。",
    "全年培训乡村医生1200人次，完成专科护士轮训。“小病不出村”逐步实现。",
)
LETTER = (
    "{name}卫生健康局关于人大代表第36号建议办理情况的复函",
    "您提出的建议，已责成{name}卫生健康局办理，现将办理情况函复如下：",
    "我地自2014年10月成立了“{name}医疗联合体（以下简称“医联体”）”，以{name}第一人民医院为牵头医院。",
    "目前已建成{name}远程诊疗中心，{name}第二人民医院联通市中心医院。",
    "下一步，将持续优化服务，共同保障{stem}人民健康。",
)


@dataclass(frozen=True)
class Sample:
    """A dirty page, the text it should become, and every edit between the two."""

    name: str
    profile: str
    cells: Page

    @property
    def dirty(self) -> str:
        """Return the page as found."""
        return shown(self.cells)

    @property
    def clean(self) -> str:
        """Return the text as written, one paragraph a line."""
        return meant(self.cells).strip("\n")

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of dirt on the page."""
        return tuple(sorted({edit.kind for edit in edits(self.cells)}))


def excerpts(folder: Path = TEXTS) -> list[tuple[str, list[str]]]:
    """Return the clean texts as lists of lines, title first."""
    return [(p.stem, p.read_text(encoding="utf-8").splitlines()) for p in sorted(folder.glob("*.txt"))]


def some(lines: list[str], rng: Random, *, chars: int) -> list[str]:
    """Return neighbouring paragraphs of about so many characters."""
    start = rng.randrange(max(1, len(lines) // 2))
    taken: list[str] = []
    for line in lines[start:] + lines[:start]:
        taken.append(line)
        if sum(map(len, taken)) > chars:
            break
    return taken


def spun(lines: list[str], rng: Random) -> Page:
    """Return a page of a site that converts, annotates and swaps to look original (seeds 001 to 003)."""
    title, *paragraphs = lines
    body = some([p for p in paragraphs if "第一" not in p and "最" not in p], rng, chars=900)
    swaps = rng.random() < 0.6
    body = [*body[:1], *(SWAPPED if swaps else ()), *body[1:], *rng.sample(SPOKEN, 3)]
    cells = page("\n".join([title, *body]) + "\n")
    steps = [dirt.swap_words] if swaps else []
    steps += [dirt.write_traditional, dirt.slip_bytes]
    if rng.random() < 0.6:
        steps.insert(-1, dirt.note_pinyin)
    for step in (*steps, dirt.indent):
        cells = step(cells, rng)
    above = furniture.cells(furniture.top(rng, title), "furniture")
    below = furniture.cells(furniture.bottom(rng, title), "furniture")
    if rng.random() < 0.5:
        above = (*furniture.cells(furniture.frame(rng), "furniture"), *above)
    if rng.random() < 0.5:
        below = (*furniture.cells(furniture.promotion(rng), "promo"), *below)
    above, below = dirt.write_traditional(above, rng), dirt.write_traditional(below, rng)
    return dirt.fold_width(furniture.framed(cells, above=above, below=below), rng)


def hacked(lines: list[str], rng: Random) -> Page:
    """Return a government page overwritten by a gambling brand that also lost its 年 (seed 000)."""
    code, name, stem = rng.choice(PLACES)
    bare = [p for p in lines[1:] if "年" not in p and name not in p and stem not in p]
    letter = [row.format(name=name, stem=stem) for row in LETTER]
    body = [*letter[:3], *some(bare, rng, chars=600), *letter[3:]]
    brand = furniture.brand(rng)
    cells = page("\n".join(body) + "\n")
    for step in (dirt.lose_years, dirt.indent):
        cells = step(cells, rng)
    cells = dirt.fill_slots(cells, name, brand)
    below = [
        f"主办单位:{brand}人民政府办公室 联系电话:0{rng.randrange(310, 999)}-{rng.randrange(2000000, 8999999)}",
        f"政府网站标识码{code}0014 公网安备 {code}02000001号",
    ]
    junk = furniture.spam(rng, brand)
    above = (*furniture.cells(junk[:1], "spam"), *furniture.cells(furniture.top(rng, ""), "furniture"))
    return dirt.fold_width(
        furniture.framed(
            cells, above=above, below=(*furniture.cells(below, "furniture"), *furniture.cells(junk[1:], "spam"))
        ),
        rng,
    )


def reposted(lines: list[str], rng: Random) -> Page:
    """Return a copy on a commercial account: title twice, quotes and commas damaged, a promotional footer."""
    title, *paragraphs = lines
    body = some(paragraphs, rng, chars=1000)
    cells = page("\n".join([title, *body]) + "\n")
    for step in (dirt.damage_quotes, dirt.double_marks, dirt.indent):
        cells = step(cells, rng)
    # the title in the tab, in the header and above the text
    again = furniture.cells([title] * (1 + (rng.random() < 0.4)), "title")
    above = (*again[:1], *furniture.cells(furniture.top(rng, title), "furniture"), *again[1:])
    below = furniture.cells(furniture.promotion(rng), "promo")
    return dirt.fold_width(furniture.framed(cells, above=above, below=below), rng)


def slipped(lines: list[str], rng: Random) -> Page:
    """Return a traditional page whose bytes were cut wherever a border offered it (seeds 001 and 003)."""
    title, *paragraphs = lines
    sentences = [part for p in paragraphs for part in re.split(r"(?<=。)(?=[^”])", p)]
    cells = page("\n".join([title, *sentences, *rng.sample(SPOKEN, 4)]) + "\n")
    for step in (dirt.write_traditional, dirt.slip_everywhere, dirt.fold_width):
        cells = step(cells, rng)
    return cells


PROFILES: tuple[Callable[[list[str], Random], Page], ...] = (spun, hacked, reposted, slipped)


def samples(*, seed: int, rounds: int = 1, folder: Path = TEXTS) -> list[Sample]:
    """Return pages of every profile on every text, the same for the same seed."""
    made = []
    for turn in range(rounds):
        for name, lines in excerpts(folder):
            for profile in PROFILES:
                rng = Random(f"{seed}-{turn}-{name}-{profile.__name__}")
                made.append(Sample(f"{name}-{profile.__name__}-{turn}", profile.__name__, profile(lines, rng)))
    return made
