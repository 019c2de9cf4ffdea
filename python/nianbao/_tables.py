"""The tables that a report has, wherever it comes from."""

from __future__ import annotations

from typing import Any

from nianbao._native import Table


class Tables:
    """The tables of a report as attributes; `docs/dictionary.md` says what each column means."""

    def _table(self, name: str) -> Table:
        raise NotImplementedError

    @property
    def reports(self) -> Table:
        """One row a report: whose it is, for which year, how complete."""
        return self._table("reports")

    @property
    def cells(self) -> Table:
        """Every cell that the report states, with its place in the file."""
        return self._table("cells")

    @property
    def findings(self) -> Table:
        """What is wrong or doubtful."""
        return self._table("findings")

    @property
    def sections(self) -> Table:
        """The chapters of the narrative."""
        return self._table("sections")

    @property
    def mentions(self) -> Table:
        """Figures of the narrative."""
        return self._table("mentions")

    @property
    def disclosure(self) -> Table:
        """Table 二: what was disclosed."""
        return self._table("disclosure")

    @property
    def requests(self) -> Table:
        """Table 三: requests by applicants."""
        return self._table("requests")

    @property
    def disputes(self) -> Table:
        """Table 四: reviews and lawsuits."""
        return self._table("disputes")

    @property
    def statistics(self) -> Table:
        """The form of 2014-2018."""
        return self._table("statistics")


class ReportTables(Tables):
    """The same of one report, whose comparable figures are few."""

    @property
    def series(self) -> Table:
        """Figures that compare over the forms."""
        return self._table("series")


def first(table: Table) -> dict[str, Any]:
    """The only row of a table."""
    rows = table.to_dicts()
    return rows[0] if rows else {}
