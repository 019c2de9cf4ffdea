"""nianbao (年报): figures of Chinese annual open-government-information reports, as Arrow.

Ways in:

- `read(path)` reads one report, or every report of an archive;
- `records(batches)` reads the files of a data frame, for Spark's `mapInArrow` and Ray's `map_batches`;
- `open(dataset)` opens a release that `nianbao run` published;
- `run(source, dataset)` publishes one, and `stage` does so on many machines.

Every table is a `Table`: polars, pyarrow, DuckDB and pandas take it as it is. None of them has to be installed.

>>> import nianbao
>>> report = nianbao.read("data/sample/archive/各种格式/docx-plain-2021.docx")
>>> report.year, report.county_code
(2022, '341126')
>>> len(report.cells)
200
"""

from nianbao import stage
from nianbao._errors import ReadError
from nianbao._native import Table, __version__
from nianbao._read import Report, Reports, read
from nianbao._records import records, records_schema
from nianbao._release import Release, ReleaseReport, Source, open
from nianbao._run import run

__all__ = [
    "ReadError",
    "Release",
    "ReleaseReport",
    "Report",
    "Reports",
    "Source",
    "Table",
    "__version__",
    "open",
    "read",
    "records",
    "records_schema",
    "run",
    "stage",
]
