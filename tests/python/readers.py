"""Reads a dataset in a loop, in several processes, the documented way, until a stop file appears.

usage: readers.py DATASET STOP_FILE [--ready FILE] [--each N] [--pause SECONDS] [--seconds MOST]

Each read resolves `current` once and stays inside that release: `reports`, `cells` and `requests` must have the rows of that
release's own manifest, and the cells must be those of the reports. Engines: polars and duckdb, which must be there; pyarrow and
pandas if they are. FILE appears when every process has read once. Prints one JSON line:

    {"reads": {"duckdb": 41, ...}, "failed": 0, "mixed": 0, "releases": 7, "messages": []}

`reads` counts the good ones, `messages` has the first different ones of each process. Exit code 1 when a read failed or was
mixed, or an engine made none that was good.
"""

import argparse
import concurrent.futures
import importlib.util
import json
import multiprocessing
import os
import sys
import time

TABLES = ["reports", "cells", "requests"]
MESSAGES = 5


def by_polars():
    import polars

    def read(release, table):
        frame = polars.scan_parquet(f"{release}/{table}/**/*.parquet", hive_partitioning=True)
        if table != "reports":
            return frame.select(polars.len(), polars.col("report_id").n_unique()).collect().row(0)
        found = polars.col("cells_found")
        return frame.select(polars.len(), (found > 0).sum().alias("some"), found.sum()).collect().row(0)

    return read


def by_duckdb():
    import duckdb

    connection = duckdb.connect(config={"threads": 1})

    def read(release, table):
        what = "count(*) FILTER (cells_found > 0), sum(cells_found)" if table == "reports" else "count(DISTINCT report_id)"
        query = f"SELECT count(*), {what} FROM read_parquet('{release}/{table}/**/*.parquet', hive_partitioning = true)"
        return connection.execute(query).fetchone()

    return read


def by_pyarrow():
    import pyarrow
    import pyarrow.compute
    import pyarrow.dataset

    pyarrow.set_cpu_count(1)

    def read(release, table):
        columns = ["cells_found"] if table == "reports" else ["report_id"]
        rows = pyarrow.dataset.dataset(f"{release}/{table}", partitioning="hive").to_table(columns=columns)
        column = rows.column(0)
        if table != "reports":
            return rows.num_rows, pyarrow.compute.count_distinct(column.cast("string")).as_py()
        some = pyarrow.compute.sum(pyarrow.compute.greater(column, 0)).as_py()
        return rows.num_rows, some, pyarrow.compute.sum(column).as_py()

    return read


def by_pandas():
    import pandas
    import pyarrow.dataset

    def read(release, table):
        columns = ["cells_found"] if table == "reports" else ["report_id"]
        hive = pyarrow.dataset.partitioning(flavor="hive")
        column = pandas.read_parquet(f"{release}/{table}", columns=columns, partitioning=hive)[columns[0]]
        if table != "reports":
            return len(column), column.nunique()
        return len(column), (column > 0).sum(), column.sum()

    return read


ENGINES = {"polars": by_polars, "duckdb": by_duckdb, "pyarrow": by_pyarrow, "pandas": by_pandas}
MUST = ["polars", "duckdb"]


def difference(release, read):
    """What is wrong with one read of a release, or None."""
    with open(os.path.join(release, "_manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    assert manifest["run"] == os.path.basename(release), f"the manifest of {release} is that of {manifest['run']}"
    stated = {table: sum(f["rows"] for f in manifest["files"] if f["table"] == table) for table in TABLES}
    # A table without rows has no files, and no engine reads a glob that matches nothing.
    empty = {"reports": (0, 0, 0), "cells": (0, 0), "requests": (0, 0)}
    got = {table: tuple(int(n or 0) for n in read(release, table)) if stated[table] else empty[table] for table in TABLES}
    wrong = [f"{t}: {got[t][0]} rows, the manifest says {stated[t]}" for t in TABLES if got[t][0] != stated[t]]
    _, with_cells, found = got["reports"]
    if (found, with_cells) != got["cells"]:
        wrong.append(f"reports state {found} cells of {with_cells} reports, cells has {got['cells']}")
    return f"{release}: {'; '.join(wrong)}" if wrong else None


def ready_after(count, of, path):
    """In each process: what the last to have read once tells by a file."""
    global tell

    def tell():
        with count.get_lock():
            count.value += 1
            if count.value == of and path:
                open(path, "w").close()


def loop(engine, dataset, stop, pause, until):
    read = ENGINES[engine]()
    current = os.path.join(dataset, "current")
    result = {"engine": engine, "reads": 0, "failed": 0, "mixed": 0, "releases": set(), "messages": []}

    def note(kind, message):
        result[kind] += 1
        message = f"{engine}: {message}"[:600]
        if len(result["messages"]) < MESSAGES and message not in result["messages"]:
            result["messages"].append(message)

    told = False
    while not os.path.exists(stop):
        if time.time() > until:
            note("failed", f"{stop} did not appear in time")
            break
        try:
            # The documented way: once for all tables. `strict`: a pointer that is away for a moment is a failure, too.
            release = os.path.realpath(current, strict=True)
            wrong = difference(release, read)
            result["releases"].add(os.path.basename(release))
            if wrong:
                note("mixed", wrong)
            else:
                result["reads"] += 1
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # the panic of polars is no Exception
            note("failed", f"{type(error).__name__}: {error}")
        if not told:
            tell()
            told = True
        time.sleep(pause)
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("dataset")
    parser.add_argument("stop")
    parser.add_argument("--ready")
    parser.add_argument("--each", type=int, default=1, help="processes for each engine")
    parser.add_argument("--pause", type=float, default=0.02, help="seconds between two reads")
    parser.add_argument("--seconds", type=float, default=900, help="give up after this time")
    args = parser.parse_args()

    # The readers share the machine with the runs that publish: one thread each. The processes inherit it.
    os.environ.update(POLARS_MAX_THREADS="1", OMP_NUM_THREADS="1")
    need = {"pandas": ["pandas", "pyarrow"]}
    here = [e for e in ENGINES if e in MUST or all(importlib.util.find_spec(m) for m in need.get(e, [e]))]
    work = [engine for engine in here for _ in range(args.each)]
    until = time.time() + args.seconds
    total = {"reads": dict.fromkeys(here, 0), "failed": 0, "mixed": 0, "releases": set(), "messages": []}
    # spawn: polars and duckdb have threads, which fork does not copy.
    context = multiprocessing.get_context("spawn")
    start = (context.Value("i", 0), len(work), args.ready)
    with concurrent.futures.ProcessPoolExecutor(len(work), context, ready_after, start) as pool:
        futures = [pool.submit(loop, e, args.dataset, args.stop, args.pause, until) for e in work]
        for engine, future in zip(work, futures):
            try:
                result = future.result()
            except Exception as error:  # the process died, or its engine cannot be imported
                result = {"reads": 0, "failed": 1, "mixed": 0, "releases": [], "messages": [f"{engine}: {error!r}"]}
            total["reads"][engine] += result["reads"]
            total["failed"] += result["failed"]
            total["mixed"] += result["mixed"]
            total["releases"].update(result["releases"])
            total["messages"] += result["messages"]
    total["releases"] = len(total["releases"])
    print(json.dumps(total, ensure_ascii=False))
    return 1 if total["failed"] or total["mixed"] or not all(total["reads"].values()) else 0


if __name__ == "__main__":
    sys.exit(main())
