"""The one room that writes files: whole or not at all, under a lock, with a manifest.

A file killed half way through ``to_csv`` or ``to_parquet`` reads back shorter and without an
error, so everything goes to a temporary name, is flushed to the disk and then renamed.
"""

from __future__ import annotations

import atexit
import csv
import hashlib
import io
import json
import os
import re
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Literal

import pandas as pd
import pyarrow as pa
from pyarrow import compute, parquet

try:
    import fcntl
except ImportError:  # Windows: folders are not locked there
    fcntl = None  # type: ignore[assignment]

#: What makes a spreadsheet treat a cell as a formula (OWASP, "CSV injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: The same behind blanks that a spreadsheet drops (linear: RE2).
FORMULA = f"^[\\s\u3000\u00a0\ufeff\u200b]{{0,100}}[{re.escape(''.join(FORMULA_STARTS))}]"
#: Parquet compression; fixed, because the bytes of a table must not depend on a default.
COMPRESSION: Literal["zstd"] = "zstd"
#: Rows of a table that is written piece by piece that are held at a time, and stand in one row group.
BLOCK = 2**17
#: Rows of which the lines of a CSV file are made at a time: as text they take many times their room.
LINES = 2**13
#: How often a lock is tried, every quarter of a second, while the workers of a killed run are ending.
PATIENCE = 40
#: Stands in a stage whose entries are whole and only have to be moved to their final names.
READY = ".ready.json"


class Environment(Exception):
    """The machine refuses: no space, no permission, a folder in use. Exit code 3."""


def write_bytes(path: Path, data: bytes) -> Path:
    """Write ``data`` to ``path`` whole or not at all; returns ``path``.

    Raises Environment when the disk is full or the folder cannot be written.
    """
    with whole_file(path) as file:
        file.write(data)
    return path


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write into that gets its name ``path`` at the end, on the disk, or is never seen.

    Raises Environment when the disk is full or the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".part-", dir=path.parent)
    except OSError as problem:
        raise Environment(f"{path}: {problem.strerror}; choose another --out") from problem
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except OSError as problem:
        Path(name).unlink(missing_ok=True)
        raise Environment(f"{path}: {problem.strerror}; free some space and run again") from problem
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> Path:
    r"""Write ``text`` as UTF-8 with ``\n`` line ends, whole or not at all."""
    return write_bytes(path, encoded(text))


def encoded(text: str) -> bytes:
    """``text`` as UTF-8, lone surrogates and all."""
    return text.encode("utf-8", "surrogatepass")


def write_tree(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write many files (path inside ``folder``, bytes) of a stage that is renamed whole at the end.

    Not flushed one by one: a stage that a power cut tears never gets its final name. Raises
    Environment when the disk is full, ValueError for a path that leaves the folder.
    """
    for name, data in files:
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            raise ValueError(f"{name}: leaves {folder}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(path, "wb") as file:
                file.write(data)
        except OSError as problem:
            raise Environment(f"{path}: {problem.strerror}; free some space and run again") from problem


def write_json(path: Path, value: object) -> Path:
    """Write ``value`` as readable JSON with sorted keys, so that equal values give equal bytes."""
    return write_text(path, json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def write_table(folder: Path, name: str, table: pd.DataFrame) -> None:
    """Write ``table`` as ``name.parquet`` (exact) and ``name.csv`` (for spreadsheets).

    The CSV is UTF-8 with BOM; a text cell that a spreadsheet would run as a formula gets a
    leading apostrophe there, and only there.
    """
    write_bytes(folder / f"{name}.parquet", parquet_bytes(table))
    write_bytes(folder / f"{name}.csv", csv_bytes(table))


def parquet_bytes(table: pd.DataFrame) -> bytes:
    """The Parquet file of ``table`` as bytes; equal tables give equal bytes."""
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False, compression=COMPRESSION)
    return buffer.getvalue()


def write_pieces(folder: Path, name: str, pieces: Iterable[pa.Table]) -> int:
    """Write a table that comes piece by piece as :func:`write_table` does, holding few pieces; returns its rows.

    Pieces without rows, whose columns have no type, do not count.
    """
    blank: pa.Table | None = None
    rows = 0
    with ExitStack() as stack:
        writer: Any = None
        for block in _blocks(pieces):
            if not len(block):
                blank = block
                continue
            if writer is None:
                text = stack.enter_context(whole_file(folder / f"{name}.csv"))
                text.write(csv_head(block.column_names))
                exact = stack.enter_context(whole_file(folder / f"{name}.parquet"))
                writer = stack.enter_context(parquet.ParquetWriter(exact, block.schema, compression=COMPRESSION))
            alike = block.cast(writer.schema)
            writer.write_table(alike)
            for at in range(0, len(alike), LINES):
                text.write(csv_rows(alike.slice(at, LINES)))
            rows += len(block)
            pa.default_memory_pool().release_unused()
    if not rows and blank is not None:
        write_table(folder, name, blank.to_pandas())
    return rows


def _blocks(pieces: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The pieces gathered to blocks of about BLOCK rows, one row group each; one empty piece if all are."""
    held: list[pa.Table] = []
    blank: pa.Table | None = None
    for piece in pieces:
        blank = piece if blank is None else blank
        if len(piece):
            held.append(piece if not held else piece.cast(held[0].schema))
        if sum(map(len, held)) >= BLOCK:
            yield pa.concat_tables(held).combine_chunks()
            held = []
    if held:
        yield pa.concat_tables(held).combine_chunks()
    if blank is not None:
        yield blank.slice(0, 0)


def csv_bytes(table: pd.DataFrame) -> bytes:
    r"""The CSV file of ``table`` as bytes, safe to open in a spreadsheet.

    >>> csv_bytes(pd.DataFrame({"城市": ["=1+1", "营口"], "n": [-1, 2]})).decode("utf-8-sig")
    "城市,n\n'=1+1,-1\n营口,2\n"
    """
    columns = pa.Table.from_pandas(table, preserve_index=False)
    return csv_head(columns.column_names) + csv_rows(columns)


def csv_head(names: Sequence[str]) -> bytes:
    """The mark of UTF-8 and the line of column names."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(names)
    return b"\xef\xbb\xbf" + line.getvalue().encode()


def csv_rows(columns: pa.Table) -> bytes:
    """The rows of a table as the lines of a CSV file: cells are quoted where they must be, formulas disarmed."""
    if not columns.num_rows:
        return b""
    cells = [_cells(column.combine_chunks()) for column in columns.columns]
    if len(cells) == 1:  # an empty line would be no row
        cells = [compute.if_else(compute.equal(cells[0], ""), _text('""'), cells[0])]
    lines = compute.binary_join_element_wise(*cells, _text(","))
    ended = compute.binary_join_element_wise(lines, _text("\n"), _text(""))
    offsets = memoryview(ended.buffers()[1]).cast("q")
    return memoryview(ended.buffers()[2])[offsets[ended.offset] : offsets[ended.offset + len(ended)]].tobytes()


def _text(value: str) -> pa.Scalar:
    return pa.scalar(value, pa.large_string())


def _cells(column: pa.Array) -> pa.Array:
    """The cells of a column as they stand in a CSV file; numbers are written as pandas writes them."""
    kind = column.type
    if pa.types.is_boolean(kind):
        shown = compute.if_else(column, "True", "False")
    elif pa.types.is_floating(kind):
        shown = pa.array([None if cell is None or cell != cell else repr(cell) for cell in column.to_pylist()], pa.string())
    elif pa.types.is_string(kind) or pa.types.is_large_string(kind):
        shown = _quoted(column.cast(pa.large_string()))
    else:
        shown = column.cast(pa.string())
    return compute.fill_null(shown.cast(pa.large_string()), "")


def _quoted(texts: pa.Array) -> pa.Array:
    formula = compute.match_substring_regex(texts, FORMULA)
    if compute.any(formula).as_py():
        texts = compute.if_else(formula, compute.binary_join_element_wise(_text("'"), texts, _text("")), texts)
    special = compute.match_substring_regex(texts, r'[,"\n\r]')
    if compute.any(special).as_py():
        doubled = compute.replace_substring(texts, '"', '""')
        wrapped = compute.binary_join_element_wise(_text('"'), doubled, _text('"'), _text(""))
        texts = compute.if_else(special, wrapped, texts)
    return texts


def read_table(folder: Path, name: str) -> pd.DataFrame:
    """The table ``name`` as it was written (from Parquet, so types and NA-like texts survive)."""
    return pd.read_parquet(folder / f"{name}.parquet")


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold ``folder`` for one run; names the holder when refused, yields from a dead one.

    The system itself frees the lock of a process that was killed. A folder that was made for the
    run and stayed empty is removed. Raises Environment when a living process holds the folder.
    """
    new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = _acquire(folder / ".lock")
    except OSError as problem:
        raise Environment(f"{folder}: {problem.strerror}; choose another --out") from problem
    try:
        yield
    finally:
        (folder / ".lock").unlink(missing_ok=True)
        held.close()
        if new:
            with suppress(OSError):
                folder.rmdir()


def _acquire(path: Path) -> IO[str]:
    for _ in range(PATIENCE):
        file = open(path, "a+", encoding="utf-8")  # noqa: SIM115 (it stays open as long as it is held)
        if _flocked(file):
            if path.exists() and os.path.samestat(path.stat(), os.fstat(file.fileno())):
                file.truncate(0)
                file.write(f"{os.getpid()}@{socket.gethostname()}")
                file.flush()
                return file
            file.close()  # its holder removed it between our two steps
            continue
        file.seek(0)
        holder = file.read()
        file.close()
        if _alive(holder):
            raise Environment(
                f"{path.parent}: in use by process {holder}; wait for it or choose another --out"
            )
        time.sleep(0.25)  # a killed run whose last worker is just ending
    raise Environment(f"{path.parent}: in use by the workers of a killed run; wait, or choose another --out")


def _flocked(file: IO[str]) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _alive(holder: str) -> bool:
    pid, _, host = holder.partition("@")
    if not pid.isdigit():
        return False
    if host != socket.gethostname():
        return True  # a shared disk: another machine's process cannot be looked at from here
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """A folder inside ``out`` in which a run is built; see :func:`publish`.

    What an earlier, killed run left there is published if it was whole, else removed. The name is
    new each time: a worker that outlives its killed run writes into no later one.
    """
    for left in sorted(out.glob(".stage*")):
        _move(left, out)
        shutil.rmtree(left, ignore_errors=True)
    try:
        stage = Path(tempfile.mkdtemp(prefix=".stage-", dir=out))
    except OSError as problem:
        raise Environment(f"{out}: {problem.strerror}; choose another --out") from problem
    try:
        yield stage
    finally:
        if not (stage / READY).exists():
            shutil.rmtree(stage, ignore_errors=True)


def publish(stage: Path, out: Path, names: Sequence[str]) -> None:
    """Move the finished entries ``names`` of ``stage`` to their final place in ``out``.

    The last one is taken away first and put in place last: where it stands, the folder is whole.
    Killed in between, the next run finishes the moving. Raises Environment when it cannot.
    """
    with suppress(AttributeError):
        os.sync()
    write_json(stage / READY, list(names))
    _move(stage, out)


def _move(stage: Path, out: Path) -> None:
    try:
        names = [Path(name).name for name in json.loads((stage / READY).read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        return
    try:
        (stage / ".old").mkdir(exist_ok=True)
        for name in (names[-1], *names):
            if (stage / name).exists() and (out / name).exists():
                os.replace(out / name, stage / ".old" / name)
            if (stage / name).exists() and name != names[-1]:
                os.replace(stage / name, out / name)
        if (stage / names[-1]).exists():
            os.replace(stage / names[-1], out / names[-1])
        (stage / READY).unlink()
    except OSError as problem:
        raise Environment(f"{out}: {problem.strerror}; mend it and run again, the results are ready") from problem


def sha256(data: bytes) -> str:
    """The hexadecimal SHA-256 of ``data``."""
    return hashlib.sha256(data).hexdigest()


def hashes(folder: Path, pattern: str = "*") -> dict[str, str]:
    """The SHA-256 of each file in ``folder`` whose name matches ``pattern``, by name."""
    found = {}
    for path in sorted(path for path in folder.glob(pattern) if path.is_file()):
        with open(path, "rb") as file:
            found[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def cache_folder() -> Path:
    """Where measured tables are kept: ``$YIGAI_CACHE`` or the user's own cache folder."""
    if given := os.environ.get("YIGAI_CACHE"):
        return Path(given)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "yigai"


def ensure_cache() -> None:
    """Make sure the cache can be written; where it cannot, use a temporary one for this process."""
    try:
        cache_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=cache_folder()):
            return
    except OSError:
        os.environ["YIGAI_CACHE"] = folder = tempfile.mkdtemp(prefix="yigai-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


#: What reading a cache entry raises that is missing, torn, or was written by somebody else.
DAMAGED = (OSError, ValueError, KeyError, NotImplementedError, RecursionError)


def cached(key: str, make: Callable[[], Mapping[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    """The tables of ``make()``, kept under ``key``; a damaged or forged entry is made anew.

    Entries are Parquet files and a list of their hashes, never pickles: reading runs no code.
    """
    folder = _entry(key)
    try:
        return {name: _read_cached(folder, name) for name in _hashes(folder)}
    except DAMAGED:
        return _made(folder, make)


def _made(folder: Path, make: Callable[[], Mapping[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    written = {name: parquet_bytes(table) for name, table in make().items()}
    with suppress(OSError):  # a cache that cannot be written costs time, never a result
        _write_cached(folder, written)
    # Read back, so that a table is the same to the last dtype whether it was cached or not.
    return {name: pd.read_parquet(io.BytesIO(data)) for name, data in written.items()}


def keep_bytes(key: str, written: Mapping[str, bytes]) -> None:
    """Keep tables under ``key`` that come as the bytes of their Parquet files."""
    try:
        _write_cached(_entry(key), written)
    except OSError as problem:
        raise Environment(f"{_entry(key)}: {problem.strerror}; set YIGAI_CACHE to a folder with space") from problem


def cached_table(key: str, name: str, make: Callable[[], Mapping[str, pd.DataFrame]]) -> pd.DataFrame:
    """One of the tables of :func:`cached`, without reading the others."""
    try:
        return _read_cached(_entry(key), name)
    except DAMAGED:
        return _made(_entry(key), make)[name]


def cached_columns(key: str, name: str, make: Callable[[], Mapping[str, pd.DataFrame]]) -> pa.Table:
    """One of the tables of :func:`cached` as Arrow columns."""
    try:
        return _columns(_bytes_cached(_entry(key), name))
    except DAMAGED:
        return pa.Table.from_pandas(_made(_entry(key), make)[name], preserve_index=False)


def _columns(data: bytes) -> pa.Table:
    return parquet.ParquetFile(pa.BufferReader(data)).read(use_threads=False)


def is_cached(key: str) -> bool:
    """Whether there is a whole entry under ``key``: its list of hashes is written last."""
    return (_entry(key) / "hashes.json").is_file()


def _entry(key: str) -> Path:
    return cache_folder() / key[:2] / key


def _hashes(folder: Path) -> dict[str, str]:
    listed = json.loads((folder / "hashes.json").read_text())
    if not isinstance(listed, dict) or not listed:
        raise ValueError(f"{folder.name}: damaged cache entry")
    return {str(name): str(value) for name, value in listed.items()}


def _read_cached(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(io.BytesIO(_bytes_cached(folder, name)))


def _bytes_cached(folder: Path, name: str) -> bytes:
    data = (folder / f"{Path(name).name}.parquet").read_bytes()
    if sha256(data) != _hashes(folder)[name]:
        raise ValueError(f"{name}: damaged cache entry")
    return data


def _write_cached(folder: Path, written: Mapping[str, bytes]) -> None:
    # No fsync here: an entry torn by a power cut fails its hash and is made anew.
    folder.mkdir(parents=True, exist_ok=True)
    hashes = {name: sha256(data) for name, data in written.items()}
    listed = json.dumps(hashes, sort_keys=True).encode()
    for name, data in [*((f"{name}.parquet", data) for name, data in written.items()), ("hashes.json", listed)]:
        handle, part = tempfile.mkstemp(prefix=".part-", dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.replace(part, folder / name)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
