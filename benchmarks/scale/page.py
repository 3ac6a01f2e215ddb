"""The page of the measurements: docs/scale.md, whose tables stand between two marks, and docs/scale.svg."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from yigai import store

DOCS = Path(__file__).resolve().parents[2] / "docs"
BEGIN, END = "<!-- measured: python -m benchmarks.scale -->", "<!-- end of measured -->"
LABELS = {
    "plain": "`TfidfVectorizer(tokenizer=jieba.lcut)`",
    "one_core": "yigai, one process",
    "two_cores": "yigai, two processes",
    "plain_kmeans": "jieba, TF-IDF, KMeans (10 starts)",
    "plain_nmf": "jieba, TF-IDF, NMF",
    "project": "yigai `topics.cluster` (consensus and its stability)",
    "bertopic": "BERTopic, its own TF-IDF embedding",
    "gensim": "jieba, gensim LDA",
}
#: Pages to size, and cores that work on them.
SIZED = 10_000_000
CORES = (2, 16, 128)
#: Other processes may take so much of the CPU time of what is measured.
DISTURBED = 0.05


def write(results: Mapping[str, Any]) -> None:
    """Write the tables into docs/scale.md, between the marks, and the figure beside it."""
    page = DOCS / "scale.md"
    text = page.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[-1]
    store.write_text(page, f"{before}{BEGIN}\n\n" + "\n".join(lines(results)) + f"\n{END}{after}")
    store.write_text(DOCS / "scale.svg", figure(results["load"], results.get("run", ())) + "\n")


def lines(results: Mapping[str, Any]) -> Iterator[str]:
    """The tables as Markdown."""
    for name, title in (("words", "Texts to a TF-IDF matrix"), ("clusters", "Texts to ten topics")):
        if name in results:
            yield from _ways(title, results[name])
    yield from _growth("`study.load`: read, clean, code, extract facts, find reposts", results["load"])
    yield _grown(results, "load")
    yield ""
    both = [(one, one["one process"]["seconds"] / one["full"]["seconds"]) for one in results["load"] if "one process" in one]
    yield from (f"Two worker processes against one, {one['pages']:,} pages: {ratio:.2f} times as fast." for one, ratio in both)
    yield ""
    if results.get("run"):
        yield from _growth("`yigai run`: the same, and all tables, topics, keyness, notebooks, site", results["run"])
        yield _grown(results, "run")
        checked = [one for one in results["run"] if "identical" in one]
        yield from (
            f"Tables after one changed page, {one['pages']:,} pages, against a run from nothing: "
            f"{'byte for byte the same' if one['identical'] else 'NOT the same'}." for one in checked
        )
        yield ""
    if results.get("repeated"):
        yield from _repeated(results["repeated"])
    yield from _sizing(results["load"])


def _grown(results: Mapping[str, Any], name: str) -> str:
    found = {what: results.get(f"growth of {what}, {name}") for what in ("seconds", "cpu")}
    told = "; ".join(f"of {what}: {_list(numbers)}" for what, numbers in found.items() if numbers)
    return f"Growth exponents from size to size, {told or 'one size only'}."


def _list(numbers: Sequence[float]) -> str:
    return ", ".join(f"{number:.2f}" for number in numbers)


def _ways(title: str, found: Mapping[str, Any]) -> Iterator[str]:
    first = next(value for name, value in found.items() if name != "megabytes")
    yield f"**{title}** ({found['megabytes']:g} MB of made pages, medians of three, interleaved)"
    yield ""
    yield from ("| way | seconds | times as fast as the first |", "|---|---|---|")
    for name, seconds in found.items():
        if name != "megabytes":
            shown = f"{seconds:.2f} | {first / seconds:.1f}" if isinstance(seconds, float) else f"{seconds} | "
            yield f"| {LABELS[name]} | {shown} |"
    yield ""


def _growth(title: str, found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield f"**{title}**"
    yield ""
    yield "| pages | seconds | CPU seconds | ms CPU a page | peak memory, all processes (MB) | one page changed: CPU seconds | share of the full run |"
    yield "|---|---|---|---|---|---|---|"
    for one in found:
        full, changed = one["full"], one.get("changed")
        again = f"{changed['cpu']:.1f} | {changed['cpu'] / full['cpu']:.1%}" if changed else " | "
        yield (
            f"| {one['pages']:,}{_disturbed(full)} | {full['seconds']:.0f} | {full['cpu']:.0f} | "
            f"{1000 * full['cpu'] / one['pages']:.1f} | {full['memory_mb']:,} | {again} |"
        )
    if any(_disturbed(one["full"]) for one in found):
        yield ""
        yield "\\* other processes took more than a twentieth as much CPU meanwhile: the wall seconds say little, the CPU seconds too much."
    yield ""


#: Steps of the repeated parts in the order of the table.
STEPS = ("documents and reposts", "topics", "keyness", "tables", "clean texts")


def _repeated(found: Mapping[str, Any]) -> Iterator[str]:
    yield "**The one process that puts everything together**: parts repeated (`python -m benchmarks.scale.repeated`, see below)"
    yield ""
    yield f"| documents | CPU seconds | of these: {' | '.join(STEPS)} | peak memory (MB) | rows written |"
    yield "|---" * (len(STEPS) + 4) + "|"
    for one in found["sizes"]:
        steps = " | ".join(f"{one['cpu by step'][step]:.0f}" for step in STEPS)
        full = one["full"]
        yield (
            f"| {one['pages']:,}{_disturbed(full)} | {full['cpu']:.0f} | {steps} | {full['memory_mb']:,} | "
            f"{one['rows']:,} ({one['megabytes'] / 1000:.1f} GB) |"
        )
    yield ""
    yield f"Growth exponents of CPU from size to size: {_list(found['growth of cpu']) or 'one size only'}."
    yield ""


def _disturbed(full: Mapping[str, Any]) -> str:
    """A mark for a figure taken while other processes were at work, or of which that is not known."""
    return "" if full.get("others", full["cpu"]) < DISTURBED * full["cpu"] else " \\*"


def _sizing(found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """10^7 pages from the rate of the largest corpus measured."""
    largest = found[-1]
    cpu = largest["full"]["cpu"] / largest["pages"]
    yield f"**{SIZED:,} pages**, from the {1000 * cpu:.1f} ms of CPU a page of the largest corpus above"
    yield ""
    yield from ("| cores | hours of `study.load` |", "|---|---|")
    yield from (f"| {cores} | {SIZED * cpu / cores / 3600:.1f} |" for cores in CORES)
    yield ""


def figure(loads: Sequence[Mapping[str, Any]], runs: Sequence[Mapping[str, Any]]) -> str:
    """CPU seconds and memory against pages."""
    from yigai.plot import canvas, palette

    drawn, (seconds, memory) = canvas.figure(7.2, 3.0, columns=2)
    for axes, of, title in ((seconds, "cpu", "CPU seconds"), (memory, "memory_mb", "Peak memory of all processes (MB)")):
        for found, label, mark, ink in ((loads, "study.load", "o", palette.INK), (runs, "yigai run", "s", "#b5651d")):
            sizes = [one["pages"] for one in found]
            axes.plot(sizes, [one["full"][of] for one in found], marker=mark, label=label, color=ink)
        axes.set(xscale="log", title=title, xlabel="pages")
    first = loads[0]["full"]["cpu"] / loads[0]["pages"]
    sizes = [one["pages"] for one in loads]
    seconds.plot(sizes, [first * size for size in sizes], color=palette.GREY, linewidth=0.8, linestyle="--", label="linear")
    memory.axhline(4000, color=palette.GREY, linewidth=0.8, linestyle="--", label="4 GB")
    seconds.set_yscale("log")
    seconds.yaxis.set_major_formatter("{x:,.0f}")
    memory.set_ylim(bottom=0)
    for axes in (seconds, memory):
        axes.xaxis.set_major_formatter("{x:,.0f}")
        axes.minorticks_off()
        axes.legend(frameon=False)
    return canvas.svg(canvas.caption(drawn, "Made pages of 3,000 characters; both axes of the left figure in powers of ten."))
