"""Opening what `nianbao run` published."""

from __future__ import annotations

import numbers
import os
import pathlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Literal, NamedTuple

from nianbao import _native
from nianbao._native import Table
from nianbao._tables import ReportTables, Tables, first

Labels = Literal["zh", "en"]


class Source(NamedTuple):
    """Where something stands: the file (relative to the archive), the line, the page where there are pages, and the text."""

    file: str
    line: int | None
    page: int | None
    raw: str | None


class Release(Tables):
    """A release of a dataset. What `current` points at is resolved once: a night's run changes nothing about it.

    Tables are read when they are asked for, file by file; years, provinces and counties choose files and rows before
    anything else is read.
    """

    def __init__(self, dataset: str | os.PathLike[str]) -> None:
        self._native = _native.Release(os.fspath(dataset))

    @property
    def name(self) -> str:
        """Name of the release: when its run began."""
        return self._native.name

    @property
    def folder(self) -> pathlib.Path:
        """Its folder: `folder / "cells" / "**" / "*.parquet"` is what a query engine wants."""
        return pathlib.Path(self._native.folder)

    @property
    def rows(self) -> dict[str, int]:
        """Rows by table."""
        return dict(sorted(self._native.rows.items()))

    def table(
        self,
        name: str,
        *,
        year: int | Iterable[int] | None = None,
        province: int | str | Iterable[int | str] | None = None,
        county: str | None = None,
        labels: Labels | None = None,
    ) -> Table:
        """A table, with `year` and `province` as columns: of these years, provinces (`64`) and this county only.

        `labels` puts what the form prints (`zh`) or its meaning (`en`) in the place of the names of columns and of codes.

        >>> release = open(sample_dataset)
        >>> release.table("requests", year=[2021, 2022], province=34, county="安徽凤阳县").columns[:3]
        ['report_id', 'agency', 'county_code']
        >>> release.table("disputes", labels="zh").columns[5:8]
        ['案件', '结果维持', '结果纠正']
        """
        return self._chosen(name, year, province, self._only(county), labels)

    def series(
        self,
        name: str,
        *,
        county: str | None = None,
        year: int | Iterable[int] | None = None,
        province: int | str | Iterable[int | str] | None = None,
    ) -> Table:
        """One comparable figure, over the years and forms; `comparability` says whether levels compare, or trends only.

        >>> rows = open(sample_dataset).series("requests_received", county="渝中区").to_dicts()
        >>> sorted({row["year"] for row in rows})[:2]
        [2019, 2022]
        """
        if name not in _native.series():
            raise KeyError(f"no series {name}; there are {', '.join(_native.series())}")
        return self._chosen("series", year, province, [("series", {name}), *self._only(county)], None)

    def report(self, id: str) -> ReleaseReport:
        """One report by its id, with its tables.

        >>> release = open(sample_dataset)
        >>> some = release.reports.to_dicts()[0]
        >>> release.report(some["report_id"]).identity["agency"] == some["agency"]
        True
        """
        row = first(self._chosen("reports", None, None, [("report_id", {id})], None))
        if not row:
            raise KeyError(f"{self.name} has no report {id}")
        return ReleaseReport(self, row)

    def source(self, row: Mapping[str, Any]) -> Source:
        """Where a row of `findings`, `cells` or `mentions` stands in the archive.

        >>> release = open(sample_dataset)
        >>> finding = next(row for row in release.findings.to_dicts() if row["raw"])
        >>> release.source(finding) == (finding["source_path"], finding["line"], finding["page"], finding["raw"])
        True
        """
        raw = row.get("raw", row.get("sentence"))
        return Source(str(row["source_path"]), row.get("line"), row.get("page"), raw)

    def counties(self, name: str) -> dict[str, str]:
        """Codes and full names of the counties that a name may mean: 凤阳县, 安徽凤阳县, 滁州市凤阳县 or the code.

        >>> open(sample_dataset).counties("安徽凤阳县")
        {'341126': '安徽省滁州市凤阳县'}
        """
        found: dict[str, str] = {}
        for code, county, prefecture, province in self._places:
            if code is None:
                continue
            full = "".join(part or "" for part in (province, prefecture, county))
            if name == code or (county and name.endswith(county) and _is_within(name[: -len(county)], full)):
                found.setdefault(code, full)
        return found

    @cached_property
    def _places(self) -> list[tuple[str | None, str | None, str | None, str | None]]:
        places = [(p[0], p[1], p[2], p[3]) for p in self._native.places()]
        return sorted(places, key=lambda place: tuple(part or "" for part in place))

    def _only(self, county: str | None) -> list[tuple[str, set[str]]]:
        if county is None:
            return []
        found = self.counties(county)
        if len(found) > 1:
            raise ValueError(f"{county} may be any of {', '.join(f'{v} ({k})' for k, v in found.items())}")
        if not found:
            raise KeyError(f"{self.name} names no county {county}")
        return [("county_code", set(found))]

    def _chosen(
        self,
        name: str,
        year: int | Iterable[int] | None,
        province: int | str | Iterable[int | str] | None,
        only: list[tuple[str, set[str]]],
        labels: Labels | None,
    ) -> Table:
        years = None if year is None else {int(y) for y in _several(year)}
        some = None if province is None else _several(province)
        provinces = None if some is None else {int(p) for p in some}
        return self._native.table(name, years, provinces, only, labels)

    def _table(self, name: str) -> Table:
        return self.table(name)

    @property
    def files(self) -> Table:
        """Every file of the archive, and what became of it."""
        return self.table("files")

    @property
    def coverage(self) -> Table:
        """Which governments reported for which year, and which did not."""
        return self.table("coverage")

    def __repr__(self) -> str:
        return f"<nianbao.Release {self.name}: {self.rows.get('reports', 0)} reports>"


class ReleaseReport(ReportTables):
    """A report of a release."""

    def __init__(self, release: Release, row: dict[str, Any]) -> None:
        self._release = release
        self.identity = row

    def _table(self, name: str) -> Table:
        row = self.identity
        # A report without year or province lies in a partition that no number names.
        year, province = row["year"], row["province"]
        return self._release._chosen(name, year, province, [("report_id", {row["report_id"]})], None)

    def __repr__(self) -> str:
        row = self.identity
        return f"<nianbao.ReleaseReport {row['report_id']}: {row['agency'] or '?'}, {row['year'] or '?'}>"


def _several(values: Any) -> Iterable[Any]:
    """One value, or those of a collection; a number of numpy's is one value."""
    return [values] if isinstance(values, (numbers.Integral, str)) else values


def _is_within(prefix: str, full: str) -> bool:
    """Whether a prefix says nothing that the full name does not: each of its signs follows in the same order."""
    rest = iter(full)
    return all(sign in rest for sign in prefix)


def open(dataset: str | os.PathLike[str]) -> Release:  # noqa: A001
    """Opens the current release of a dataset, or the release whose folder is given.

    >>> release = open(sample_dataset)
    >>> release.rows["reports"] > 50
    True
    """
    return Release(dataset)
