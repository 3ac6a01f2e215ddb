"""The cache: tables kept under the hash of what they are made of; a damaged or forged entry is made anew."""

from __future__ import annotations

import atexit
import io
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from yigai.code import PASSING
from yigai.store.files import PART, Environment, read_bytes, sha256
from yigai.store.holding import flocked, opened
from yigai.store.tables import parquet_bytes

#: Bytes that must find room in a cache that is used.
SPARE = 2**16
#: Seconds after which a file that a killed process left half-written in an entry is taken away.
ABANDONED = 3600.0


def cache_folder() -> Path:
    """Where measured tables are kept: ``$YIGAI_CACHE`` or the user's own cache folder."""
    if given := os.environ.get("YIGAI_CACHE"):
        return Path(given)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "yigai"


def ensure_cache() -> None:
    """Make sure the cache can be written; where it cannot, use a temporary one for this process.

    Raises Environment when there is no space for either.
    """
    try:
        _try(cache_folder())
    except OSError:
        try:
            folder = tempfile.mkdtemp(prefix="yigai-")
            atexit.register(shutil.rmtree, folder, ignore_errors=True)
            _try(Path(folder))
        except OSError as problem:
            raise Environment(
                f"{cache_folder()}: {problem.strerror}; free some space, or set YIGAI_CACHE to a folder with space"
            ) from problem
        os.environ["YIGAI_CACHE"] = folder


def _try(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(bytes(SPARE))  # on a full disk a file can be made, and nothing be written into it
        file.flush()


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


@contextmanager
def begun(key: str) -> Iterator[bool]:
    """Leave a mark while ``key`` is made; gives whether a process died while it made it.

    The system frees the mark of a process that died: one that can be taken and stands was left by a dead one.
    """
    mark = _entry(key).with_suffix(".begun")
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        died = mark.exists()
        file = opened(mark)
    except OSError:  # a cache that cannot be written remembers nothing
        yield False
        return
    with file:
        mine = flocked(file)
        try:
            yield died and mine
        finally:
            if mine:
                with suppress(OSError):
                    mark.unlink()


def _entry(key: str) -> Path:
    """Where an entry lies: in the cache, or, once the code was edited, what is not there in a folder of this run."""
    place = Path(key[:2], key)
    kept = cache_folder() / place
    own = os.environ.get(PASSING)
    return Path(own) / place if own and not (kept / "hashes.json").is_file() else kept


def _hashes(folder: Path) -> dict[str, str]:
    listed = json.loads(read_bytes(folder / "hashes.json"))
    if not isinstance(listed, dict) or not listed:
        raise ValueError(f"{folder.name}: damaged cache entry")
    return {str(name): str(value) for name, value in listed.items()}


def _read_cached(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(io.BytesIO(_bytes_cached(folder, name)))


def _bytes_cached(folder: Path, name: str) -> bytes:
    data = read_bytes(folder / f"{Path(name).name}.parquet")
    if sha256(data) != _hashes(folder)[name]:
        raise ValueError(f"{name}: damaged cache entry")
    return data


def _write_cached(folder: Path, written: Mapping[str, bytes]) -> None:
    # No fsync here: an entry torn by a power cut fails its hash and is made anew.
    folder.mkdir(parents=True, exist_ok=True)
    hashes = {name: sha256(data) for name, data in written.items()}
    listed = json.dumps(hashes, sort_keys=True).encode()
    for name, data in [*((f"{name}.parquet", data) for name, data in written.items()), ("hashes.json", listed)]:
        handle, part = tempfile.mkstemp(prefix=PART, dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.replace(part, folder / name)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
    _sweep(folder)


def _sweep(folder: Path) -> None:
    """Take away what processes that were killed left half-written; what is young may still be written."""
    for part in folder.glob(f"{PART}*"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > ABANDONED:
                part.unlink()
