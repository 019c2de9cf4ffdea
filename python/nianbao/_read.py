"""Reading files: `read` and what it returns."""

from __future__ import annotations

import os
import pathlib
from functools import cached_property
from typing import Any

from nianbao import _native
from nianbao._errors import ReadError
from nianbao._native import Table
from nianbao._tables import ReportTables, first


class _Reading(ReportTables):
    def __init__(self, reading: _native.Reading, number: int | None) -> None:
        self._reading = reading
        self._number = number

    @cached_property
    def _all(self) -> dict[str, Table]:
        return self._reading.tables(self._number)

    def _table(self, name: str) -> Table:
        return self._all[name]


class Report(_Reading):
    """One report, as it was read.

    >>> report = read("data/sample/archive/各种格式/docx-plain-2021.docx")
    >>> report.agency, report.year
    ('安徽省滁州市凤阳县人民政府', 2022)
    >>> report.cells.to_dicts()[0]["raw"]
    '5'
    """

    def __init__(self, reading: _native.Reading, number: int, path: str, status: str) -> None:
        super().__init__(reading, number)
        self.path = path
        self.status = status

    @cached_property
    def identity(self) -> dict[str, Any]:
        """The row of `reports`: whose report it is, by which evidence, and how complete."""
        return first(self.reports)

    @property
    def id(self) -> str:
        """The first 16 hex digits of SHA-256 over the file: that of the dataset."""
        return str(self.identity["report_id"])

    @property
    def year(self) -> int | None:
        """The year that the figures cover."""
        year = self.identity["year"]
        return None if year is None else int(year)

    @property
    def agency(self) -> str | None:
        """The reporting body."""
        return self._text("agency")

    @property
    def county_code(self) -> str | None:
        """Its county, by GB/T 2260."""
        return self._text("county_code")

    def _text(self, name: str) -> str | None:
        value = self.identity[name]
        return None if value is None else str(value)

    def __repr__(self) -> str:
        return f"<nianbao.Report {self.id}: {self.agency or '?'}, {self.year or '?'}, {self.status}>"


class Reports(list[Report]):
    """The reports of an archive, or of a file that holds several, in order; its tables hold the rows of all of them.

    >>> many = read("data/sample/archive/各种格式/zip-gbk.zip")
    >>> len(many), many.files.columns[:3]
    (2, ['source_path', 'reports', 'size'])
    """

    def __init__(self, reading: _native.Reading) -> None:
        self._reading = reading
        told = enumerate(reading.outcomes)
        super().__init__(Report(reading, i, path, status) for i, (path, status, _, is_report) in told if is_report)

    @cached_property
    def tables(self) -> dict[str, Table]:
        """Every table by its name, with the rows of all reports."""
        return self._reading.tables()

    @property
    def files(self) -> Table:
        """Every file that there was, and what became of it."""
        return self.tables["files"]

    @property
    def cells(self) -> Table:
        """The cells of all reports."""
        return self.tables["cells"]


def read(source: str | os.PathLike[str] | bytes | bytearray, name: str | None = None) -> Report | Reports:
    """Reads a file, by its path or its bytes: any format that `docs/formats.md` lists, and archives of them.

    The name of a file, with its folders, is evidence of its year and place: give it with bytes. An archive, or a file with
    several reports, gives `Reports`. What gives no report raises `ReadError`. The GIL is released meanwhile.

    >>> read("通知。".encode(), name="2021/通知.txt")
    Traceback (most recent call last):
    nianbao._errors.ReadError: 2021/通知.txt: not_a_report
    """
    if isinstance(source, (bytes, bytearray)):
        content, called = bytes(source), name or ""
    else:
        content, called = pathlib.Path(source).read_bytes(), name or os.fspath(source)
    reading = _native.read(content, called)
    reports = [i for i, outcome in enumerate(reading.outcomes) if outcome[3]]
    if reading.archive or len(reports) > 1:
        path, status, reason, _ = reading.outcomes[0]
        if not reports and status != "not_a_report":
            raise ReadError(path, status, reason)
        return Reports(reading)
    if not reports:
        path, status, reason, _ = reading.outcomes[0]
        raise ReadError(path, status, reason)
    path, status, _, _ = reading.outcomes[reports[0]]
    return Report(reading, reports[0], path, status)
