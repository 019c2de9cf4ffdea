"""Records: one row in, one row out, whatever the library that holds them."""

import nianbao
import polars
import pyarrow
import pytest
from conftest import SAMPLE

FILES = sorted(p for p in SAMPLE.rglob("*") if p.is_file())
PATHS = [p.relative_to(SAMPLE).as_posix() for p in FILES]
TABLE = pyarrow.table({"path": PATHS, "content": [p.read_bytes() for p in FILES]})


def exploded(records, name):
    """The rows of a table, as `read` gives them."""
    return [row for rows in records.column(name).to_pylist() for row in rows]


def test_every_file_is_a_row():
    batches = list(nianbao.records(TABLE.to_batches(max_chunksize=7), tables=["files", "reports", "cells", "sections"]))
    records = pyarrow.Table.from_batches(batches)
    assert records.column("path").to_pylist() == PATHS
    for path, status, row in zip(PATHS, records.column("status").to_pylist(), FILES, strict=True):
        try:
            found = nianbao.read(row.read_bytes(), name=path)
        except nianbao.ReadError as error:
            assert error.status == status
            continue
        own = records.slice(PATHS.index(path), 1)
        tables = found.tables if isinstance(found, nianbao.Reports) else found._reading.tables()
        for table in ["files", "reports", "cells", "sections"]:
            assert exploded(own, table) == tables[table].to_dicts(), (path, table)


def test_batches_do_not_matter():
    whole = pyarrow.Table.from_batches(nianbao.records([TABLE]))
    parts = pyarrow.Table.from_batches(nianbao.records(TABLE.to_batches(max_chunksize=1)))
    assert whole.combine_chunks().equals(parts.combine_chunks())
    assert whole.schema == nianbao.records_schema()


def test_from_polars():
    frame = polars.DataFrame(TABLE).rename({"path": "name", "content": "bytes"})
    [records] = nianbao.records([frame], path="name", content="bytes", tables=["cells"])
    assert records.num_rows == len(FILES)


def test_bad_rows_are_rows():
    batch = pyarrow.record_batch({"path": ["a.pdf", None, "c.txt"], "content": [None, b"%PDF-", "通知".encode()]})
    [records] = nianbao.records([batch])
    assert records.column("status").to_pylist() == ["unreadable", "unreadable", "not_a_report"]
    assert records.column("reason").to_pylist()[0] == "no content"


def test_what_cannot_be_is_said():
    batch = pyarrow.record_batch({"path": ["a"], "content": ["text"]})
    with pytest.raises(TypeError, match="contents are binary"):
        list(nianbao.records([batch]))
    with pytest.raises(KeyError, match="no column nothing"):
        list(nianbao.records([batch], path="nothing"))
    with pytest.raises(ValueError, match="no table figures"):
        list(nianbao.records([batch], tables=["figures"]))
    with pytest.raises(TypeError, match="no Arrow data"):
        list(nianbao.records([{"path": []}]))
