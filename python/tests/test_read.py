"""Reading: the same figures as the program's, whatever the way in; what cannot be read; the GIL."""

import json
import pathlib
import pickle
import subprocess
import threading
import time

import nianbao
import polars
import pyarrow
import pytest
from conftest import SAMPLE

FILES = sorted(p for p in SAMPLE.rglob("*") if p.is_file())
DOCX = SAMPLE / "各种格式/docx-plain-2021.docx"
KEYS = ["table", "row", "column", "value", "unit", "raw", "line", "matched"]


def relative(path):
    return path.relative_to(SAMPLE).as_posix()


def read(path):
    return nianbao.read(path.read_bytes(), name=relative(path))


def all_reports():
    """Every report of the sample with its file."""
    for path in FILES:
        try:
            found = read(path)
        except nianbao.ReadError:
            continue
        for report in found if isinstance(found, nianbao.Reports) else [found]:
            yield path, report


def test_cells_are_those_of_the_release(dataset):
    """Whatever is published was read by the same code: cell by cell, beside the release."""
    release = nianbao.open(dataset)
    published = {}
    for row in release.cells.to_dicts():
        published.setdefault(row["source_path"], []).append(row)
    seen = 0
    for _, report in all_reports():
        rows = report.cells.to_dicts()
        seen += len(rows)
        assert rows == published.get(report.path, []), report.path
    assert seen == release.rows["cells"] > 5000


def test_identity_is_that_of_the_release(dataset):
    published = {row["source_path"]: row for row in nianbao.open(dataset).reports.to_dicts()}
    seen = 0
    for _, report in all_reports():
        row = published[report.path]
        # Which of two reports is the primary one only a release knows.
        assert {**report.identity, "is_primary": row["is_primary"]} == row
        assert report.id == row["report_id"]
        seen += 1
    assert seen == len(published)


def test_the_program_shows_the_same(program):
    shown = json.loads(subprocess.run([program, "show", DOCX, "--format", "json"], capture_output=True, check=True).stdout)
    rows = nianbao.read(DOCX).cells.to_dicts()
    assert [[row[k] for k in KEYS] for row in rows] == [[cell[k] for k in KEYS] for cell in shown["cells"]]


def test_names_are_evidence():
    """The same bytes under two names: a report that does not say where it is from is placed by its folder."""
    placed = [report for _, report in all_reports() if "folder" in (report.identity["region_evidence"] or "")]
    assert placed
    for report in placed:
        alone = nianbao.read((SAMPLE / report.path).read_bytes(), name="年报")
        assert alone.identity["region_evidence"] != report.identity["region_evidence"]


def test_what_gives_no_report_says_why():
    with pytest.raises(nianbao.ReadError) as caught:
        nianbao.read(b"%PDF-1.4 nothing", name="x.pdf")
    assert (caught.value.path, caught.value.status) == ("x.pdf", "unreadable")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.reason) == (str(caught.value), caught.value.reason)
    with pytest.raises(FileNotFoundError):
        nianbao.read("nowhere/at/all.pdf")
    with pytest.raises(TypeError):
        nianbao.read(b"", name=3)
    for content in (b"", b"\0" * 9, b"PK\x03\x04"):
        with pytest.raises(nianbao.ReadError):
            nianbao.read(content, name="a.zip")


def test_an_archive_is_a_list_and_loses_nothing():
    many = nianbao.read(SAMPLE / "各种格式/zip-gbk.zip")
    assert isinstance(many, nianbao.Reports) and many
    rows = many.files.to_dicts()
    assert rows[0]["format"] == "zip" and len(rows) > len(many)
    assert len(many.cells) == sum(len(report.cells) for report in many)


def test_arrow_goes_out_to_everybody():
    cells = nianbao.read(DOCX).cells
    table = cells.to_pyarrow()
    assert isinstance(table, pyarrow.Table) and table.num_rows == len(cells)
    assert table.schema.field("value").metadata[b"zh"]
    frame = cells.to_polars()
    assert frame.equals(polars.DataFrame(table)) and polars.DataFrame(cells).equals(frame)
    pandas = nianbao.read(DOCX).requests.to_pandas()
    # A blank stays a blank beside whole numbers: never a zero, never a float.
    assert str(pandas["received"].dtype) == "Int64"
    # Each call gives a stream of its own.
    assert pyarrow.table(cells).equals(pyarrow.table(cells))
    assert pyarrow.schema(cells) == table.schema


def test_blank_is_null():
    rows = [row for _, report in all_reports() for row in report.cells.to_dicts()]
    blank = [row for row in rows if row["value"] is None]
    assert blank and all(row["raw"].strip(" /-—－无") == "" or row["raw"] for row in blank)
    assert all(row["value"] is not None for row in rows if row["raw"] == "0")


def test_other_threads_run_meanwhile():
    content = DOCX.read_bytes()
    nianbao.read(content)
    ticks, done = [], threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    other = threading.Thread(target=tick)
    other.start()
    for _ in range(40):
        nianbao.read(content)
    done.set()
    other.join()
    assert len(ticks) > 5


def test_paths_of_all_kinds(tmp_path):
    path = tmp_path / "某县2021年年报.docx"
    path.write_bytes(DOCX.read_bytes())
    by_path, by_text = nianbao.read(path), nianbao.read(str(path))
    assert by_path.id == by_text.id == nianbao.read(bytearray(DOCX.read_bytes())).id
    assert pathlib.Path(by_path.path) == path
