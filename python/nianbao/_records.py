"""Reading the files of a data frame: one row in, one row out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from nianbao import _native

if TYPE_CHECKING:
    import pyarrow

TABLES = ("reports", "cells", "findings", "mentions")


def _one(batch: Any, path: str, content: str, tables: Sequence[str]) -> pyarrow.Table:
    import pyarrow

    return pyarrow.table(_native.records(batch, path, content, list(tables)))


def records(
    batches: Iterable[Any], path: str = "path", content: str = "content", tables: Sequence[str] = TABLES
) -> Iterator[pyarrow.RecordBatch]:
    """Reads the files of record batches, as Spark's `mapInArrow` hands them on.

    Each file gives one row: its path, `status`, `reason`, and for each of `tables` a list of structs with the columns of
    that table, to be exploded. A file that cannot be read is a row as any other. Any object with Arrow's C interface is a
    batch; pyarrow must be installed.

    >>> import pathlib, pyarrow
    >>> file = pathlib.Path("data/sample/archive/各种格式/docx-plain-2021.docx")
    >>> batch = pyarrow.record_batch({"path": [file.name, "b.pdf"], "content": [file.read_bytes(), b"%PDF-"]})
    >>> [batch] = records([batch], tables=["cells"])
    >>> batch.schema.names, batch.column("status").to_pylist(), len(batch.column("cells")[0])
    (['path', 'status', 'reason', 'cells'], ['report', 'unreadable'], 200)

    In Ray, `dataset.map_batches(lambda table: pyarrow.Table.from_batches(records([table])), batch_format="pyarrow")`.
    """
    for batch in batches:
        yield from _one(batch, path, content, tables).to_batches()


def records_schema(tables: Sequence[str] = TABLES) -> pyarrow.Schema:
    """The schema of `records`; Spark wants it beforehand.

    >>> records_schema(["mentions"]).names
    ['path', 'status', 'reason', 'mentions']
    """
    import pyarrow

    empty = pyarrow.table({"path": pyarrow.array([], "string"), "content": pyarrow.array([], "binary")})
    return _one(empty, "path", "content", tables).schema
