"""A whole report: measure the corpus, write the tables, run the notebooks, build the site.

Everything is built in a staging folder and moved to its final name at the end, so a run that is
refused or killed leaves the results of the run before it as they were.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from yigai import (
    __version__,
    compare,
    earlier,
    limits,
    parts,
    primed,
    publish,
    run,
    spool,
    store,
    study,
    tables,
    workers,
)
from yigai.code import code_version
from yigai.corpus import BadInput
from yigai.refusals import check_apart, check_kept, check_topics, left_out, resolved, signature
from yigai.study import Study

#: The tables of the contract in reading order, each an attribute of a study.
TABLES = (
    "documents", "edits", "sentences", "topics", "passage_topics", "codes", "indicators", "duties",
    "timeline", "programmes", "institutions", "checks", "matrix", "synopses", "keyness", "gate", "rejected",
)  # fmt: skip
#: What a finished run leaves in its folder, in the order of publication; the manifest comes last.
ENTRIES = ("clean", "raw", "tables", "notebooks", "site", "changes.md", "manifest.json")
#: The folder inside that of the tables for those of the documents shown, where there are more.
SHOWN = "shown"
#: What `yigai clean` measures, beside the table of what was rejected.
CLEAN_TABLES = ("documents", "edits")
#: Packages whose version can change a number.
VERSIONED = ("jieba", "rjieba", "opencc", "pandas", "numpy", "scipy", "scikit-learn", "matplotlib")

Say = Callable[[str], None]


def default_out(corpus_path: str) -> Path:
    """``outputs/<name of the corpus>`` of the checkout; ``outputs/seeds`` for the seeds."""
    name = resolved(Path(corpus_path)).stem if corpus_path else "seeds"
    return run.notebooks_folder().parent / "outputs" / name


def make(
    corpus_path: str,
    out: Path,
    given: Sequence[Sequence[str]],
    *,
    scheduler: str = "",
    say: Say = study.silent,
) -> Path:
    """Make the whole report in ``out``; returns the path of the site's index page.

    Raises BadInput, run.BadParameter, run.Failed and store.Environment, each one line.
    """
    asked = run.check_parameters({name: run.parse(value) for name, value in given}, run.sources())
    parameters, limited = limits.parted(asked)
    if "regions" in parameters:
        parameters["regions"] = [study.region_slug(name) for name in parameters["regions"]]
    check_apart(out, [corpus_path] if corpus_path else [], ENTRIES)
    seen = signature(corpus_path)
    with limits.held(limited), store.lock(out), store.staging(out) as stage:
        before = earlier.read(out)  # not sooner: staging first puts in place what a killed run had finished
        whole = study.load(
            corpus_path,
            n_topics=parameters.get("n_topics", 0),
            random_state=parameters.get("random_state", 0),
            scheduler=scheduler,
            say=say,
        )
        case = whole.of(regions) if (regions := parameters.get("regions")) else whole
        check_kept(case)
        for line in left_out(case.rejected):
            say(line)
        if len(case.kept) == 1:
            say("1 document is no comparison: notebooks say so where they would compare")
        case.prepare(say, scheduler=scheduler)
        shown = case.shown(parameters.get("most", study.SHOWN))
        check_topics(shown)
        if shown is not case:
            say(f"{len(case.kept)} documents: notebooks, topics and site rest on an even share of {len(shown.kept)} of them, tables hold all")
        kernel_path = str(Path(corpus_path).resolve()) if corpus_path else ""
        settings = sensitivity(shown, parameters, kernel_path, stage, say)
        case, shown = continued(case, shown, before)
        say("writing tables")
        write_texts(case, stage)
        counts = write_tables(case, stage / "tables")
        for name, table in settings.items():
            store.write_table(stage / "tables", name, table)
            counts[name] = len(table)
        todo = run.tasks(parameters, kernel_path, case.regions, case.topic_ids)
        say(f"running {len(todo)} notebooks")
        record = manifest(case, parameters | limited, counts) | {"tables": store.hashes(stage / "tables")}
        with primed.kernels(primed_studies(whole, case, parameters, kernel_path), stage) as note:
            run.execute(
                todo,
                stage / "notebooks",
                lambda name, took: say(f"{name}.ipynb ({took:.1f} s)"),
                made_of={task.name: made_of(task, record, note) for task in todo},
            )
        changed = write_changes(before, case, shown, settings, record, stage)
        write_shown(case, shown, settings, stage / "tables" / SHOWN)
        record["tables"] |= store.hashes(stage / "tables", "changes.*")
        record |= {"next_topic": earlier.next_topic(before, case.topics)}
        store.write_json(stage / "manifest.json", record)
        say("building the site")
        publish.site(stage)
        if signature(corpus_path) != seen:
            raise BadInput(f"{corpus_path}: changed during the run, nothing was published; run again")
        store.publish(stage, out, ENTRIES)
    say(accounting(case))
    say(changed)
    return out / "site" / "index.html"


def sensitivity(
    case: Study, parameters: Mapping[str, Any], kernel_path: str, stage: Path, say: Say
) -> dict[str, pd.DataFrame]:
    """The tables `sensitivity` and `conclusions`, every point of the grid run as a notebook of its own."""
    scope = parameters.get("scope", "all")
    todo = case.undrawn(scope)
    if todo and len(case.kept) <= run.MOST_GRID:
        say(f"running {run.GRID}.ipynb for {len(todo)} settings")
        points = [{name: _plain(getattr(one, name)) for name in one.changed} for one in todo]
        run.grid(points, parameters, kernel_path, stage / "notebooks")
    table = case.sensitivity(scope)
    return {"sensitivity": table, "conclusions": compare.steadfast(table)}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def continued(case: Study, shown: Study, before: earlier.Earlier | None) -> tuple[Study, Study]:
    """The same studies, their topics under the ids that the run before gave to those they continue."""
    tables = {name: getattr(shown, name) for name in ("sentences", "topics", "passage_topics")}
    ids = tuple(earlier.topic_ids(before, tables))
    if not ids:
        return case, shown
    return replace(case, topic_ids=ids), replace(shown, topic_ids=ids)


def primed_studies(whole: Study, case: Study, parameters: Mapping[str, Any], kernel_path: str) -> dict[str, Study]:
    """The studies that notebooks will ask for, where each would have to read a large corpus again.

    ``whole`` is the study of all pages of the corpus, ``case`` that of the regions asked for.
    """
    most = parameters.get("most", study.SHOWN)
    if whole.shown(most) is whole:
        return {}
    asked = {primed.asked(kernel_path, [], most): whole.shown(most), primed.asked(kernel_path, parameters.get("regions", ()), most): case.shown(most)}
    return asked | {primed.asked(kernel_path, [name], most): case.of([name]).shown(most) for name in case.regions}


def made_of(task: run.Task, record: Mapping[str, Any], note: Mapping[str, str]) -> str:
    """What the results of a notebook are made of: all tables, or of a large corpus the studies it asks for."""
    given = dict(task.parameters)
    if not note or given.get("parent"):
        return json.dumps(record, sort_keys=True)
    corpus_path, most = given.get("corpus", ""), given.get("most", study.SHOWN)
    asked = [[given["region"]], []] if "region" in given else [given.get("regions", ())]
    read = [note[primed.asked(corpus_path, regions, most)] for regions in asked]
    return json.dumps(_circumstances(record) | {"read": read}, sort_keys=True)


def _circumstances(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: record[name] for name in ("yigai", "parameters", "packages", "code")}


def write_changes(
    before: earlier.Earlier | None, case: Study, shown: Study, settings: Mapping[str, pd.DataFrame],
    record: Mapping[str, Any], stage: Path,
) -> str:  # fmt: skip
    """Write the table `changes` and `changes.md`, what differs from the run before; returns its one line."""
    source = {name: shown if name in earlier.OF_SHOWN else case for name in earlier.NEEDED}
    tables = {name: settings[name] if name in settings else getattr(source[name], name) for name in earlier.NEEDED}
    table = earlier.changes(before, tables, record)
    store.write_table(stage / "tables", "changes", table)
    store.write_text(stage / "changes.md", earlier.page(before, table))
    return earlier.said(before, table)


def write_shown(case: Study, shown: Study, settings: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write, of a corpus that is larger than what is shown, the tables of what is (Parquet only), for the site."""
    if shown is case:
        return
    of_all = {"gate": case.gate, "keyness": strongest(case.keyness), "rejected": case.rejected, **settings}
    for name in (*TABLES, *settings):
        table = of_all[name] if name in of_all else getattr(shown, name)
        store.write_bytes(folder / f"{name}.parquet", store.parquet_bytes(table))
    changes = folder.parent / "changes.parquet"
    store.write_bytes(folder / changes.name, changes.read_bytes())


def strongest(keyness: pd.DataFrame, *, terms: int = 300) -> pd.DataFrame:
    """The terms of each region that tell it most clearly, in either direction."""
    order = keyness["z"].abs().where(keyness["eligible"], -1.0).fillna(keyness["log_odds"].abs())
    ranked = keyness.assign(order=order).sort_values("order", ascending=False, kind="stable")
    kept = ranked.groupby("region", sort=False).head(terms).index
    return keyness.loc[sorted(kept)].reset_index(drop=True)


def write_texts(case: Study, stage: Path) -> None:
    """Write ``clean/<doc>.txt`` and ``raw/<doc>.txt`` of every page."""
    store.write_tree(stage / "clean", cleaned_files(case.tables.pieces("texts")))
    store.write_tree(stage / "raw", ((f"{page.doc}.txt", store.encoded(page.raw)) for page in case.pages))


def cleaned_files(texts: Iterable[pa.Table]) -> Iterator[tuple[str, bytes]]:
    """The files of cleaned texts, ``<doc>.txt``, of pieces of the table texts."""
    for piece in texts:
        for doc, text in zip(piece["doc"].to_pylist(), piece["text"].to_pylist(), strict=True):
            yield f"{doc}.txt", store.encoded(f"{text}\n")


def write_tables(case: Study, folder: Path) -> dict[str, int]:
    """Write every table of the contract; returns the number of rows of each.

    Those of single pages are passed on part by part and never held as a whole.
    """
    counts = {}
    for name in TABLES:
        if name in case.tables and name not in ("documents", "rejected"):
            counts[name] = store.write_pieces(folder, name, case.tables.pieces(name))
        else:
            table: pd.DataFrame = getattr(case, name)
            store.write_table(folder, name, table)
            counts[name] = len(table)
    return counts


def manifest(case: Study, parameters: Mapping[str, Any], counts: Mapping[str, int]) -> dict[str, Any]:
    """What made this run: inputs with hashes, parameters, versions, rows per stage. No times."""
    inputs = zip(*(case.documents[name] for name in ("doc", "file", "sha256")), strict=True)
    return {
        "yigai": __version__,
        "inputs": {doc: {"file": file, "sha256": digest} for doc, file, digest in inputs},
        "parameters": dict(parameters),
        "packages": {name: version(name) for name in VERSIONED},
        "code": code_version(study.COMPARING_ROOMS)[:12],
        "rows": dict(counts),
        "accounting": accounting(case),
    }


def accounting(case: Study) -> str:
    """One line in which ``in = kept + rejected + duplicates`` adds up."""
    kept, rejected = len(case.kept), len(case.rejected)
    duplicates = len(case.documents) - kept
    total = kept + rejected + duplicates
    return f"{total} in = {kept} kept + {rejected} rejected + {duplicates} duplicates"


def clean_only(paths: Sequence[Path], out: Path, *, say: Say = study.silent) -> None:
    """Cleaning alone: ``<doc>.txt`` of every page, and the documents and edits tables.

    Raises BadInput when a path holds no usable page.
    """
    check_apart(out, paths)
    with store.lock(out), store.staging(out) as stage:
        store.ensure_cache()
        found = [spool.read(path) for path in paths]
        cut = [part for one in found for part in one.parts]
        times = Counter(page.doc for part in cut for page in part.documents)
        if twice := sorted(name for name, count in times.items() if count > 1):
            raise BadInput(f"{twice[0]}: two pages of this name; rename one, or clean them apart")
        workers.measure(cut, say, stages=(parts.CLEANED,))
        store.write_tree(stage, cleaned_files(parts.CLEANED.columns(part, "texts") for part in cut))
        files = sorted(path.name for path in stage.iterdir())
        for name in CLEAN_TABLES:
            store.write_pieces(stage, name, (parts.CLEANED.columns(part, name) for part in cut))
        refused = (parts.CLEANED.columns(part, "rejected").to_pandas() for part in cut)
        rejected = parts.joined([*(one.rejected for one in found), *refused])
        tables.check_accounted(cut, sum(len(one.rejected) for one in found), len(files) + len(rejected))
        store.write_table(stage, "rejected", rejected)
        written = [f"{name}.{kind}" for name in (*CLEAN_TABLES, "rejected") for kind in ("parquet", "csv")]
        store.publish(stage, out, [*files, *written])
    if left := sorted({path.name for path in out.glob("*.txt")} - set(files)):
        more = f" and {len(left) - 1} more" if len(left) > 1 else ""
        say(f"note: {out} also holds {left[0]}{more}, of no page cleaned now; take away what an earlier call left")
    total = len(files) + len(rejected)
    # Cleaning alone compares no page with another: a repost is cleaned like any page.
    say(f"{total} in = {len(files)} kept + {len(rejected)} rejected + 0 duplicates; see {out}")
