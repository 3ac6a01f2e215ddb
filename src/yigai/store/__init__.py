"""The one room that writes files: whole or not at all, under a lock, with a manifest.

A file killed half way through ``to_csv`` or ``to_parquet`` reads back shorter and without an
error, so everything goes to a temporary name, is flushed to the disk and then renamed.
"""

from yigai.store.files import (
    Environment,
    encoded,
    hashes,
    read_bytes,
    sha256,
    whole_file,
    write_bytes,
    write_json,
    write_text,
    write_tree,
)
from yigai.store.holding import lock
from yigai.store.keeping import (
    DAMAGED,
    begun,
    cache_folder,
    cached,
    cached_columns,
    cached_table,
    ensure_cache,
    is_cached,
    keep_bytes,
)
from yigai.store.lines import FORMULA_STARTS, csv_bytes, csv_head, csv_rows
from yigai.store.publication import READY, publish, staging
from yigai.store.tables import COMPRESSION, parquet_bytes, read_table, write_pieces, write_table

__all__ = [
    "COMPRESSION",
    "DAMAGED",
    "FORMULA_STARTS",
    "READY",
    "Environment",
    "begun",
    "cache_folder",
    "cached",
    "cached_columns",
    "cached_table",
    "csv_bytes",
    "csv_head",
    "csv_rows",
    "encoded",
    "ensure_cache",
    "hashes",
    "is_cached",
    "keep_bytes",
    "lock",
    "parquet_bytes",
    "publish",
    "read_bytes",
    "read_table",
    "sha256",
    "staging",
    "whole_file",
    "write_bytes",
    "write_json",
    "write_pieces",
    "write_table",
    "write_text",
    "write_tree",
]
