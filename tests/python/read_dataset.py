"""Opens a published dataset as researchers do: polars, pandas, DuckDB, pyarrow. usage: read_dataset.py DATASET EXPECTED_CSV

Every reader must see the same rows, `year` and `province` as columns, and the figures that are marked by hand.
"""

import csv
import os
import sys

import duckdb
import pandas
import polars
import pyarrow.dataset
import pyarrow.parquet

dataset, expected = sys.argv[1:3]
# The documented way: resolve the pointer once, stay inside that release.
release = os.path.realpath(os.path.join(dataset, "current"))
TABLES = ["reports", "cells", "disclosure", "requests", "disputes", "statistics", "series", "sections", "mentions", "findings", "coverage"]


def glob(table):
    return f"{release}/{table}/**/*.parquet"


connection = duckdb.connect()
for table in TABLES:
    by_polars = polars.scan_parquet(glob(table), hive_partitioning=True).collect()
    # Without `partitioning`, pyarrow makes categories of year and province and fails on the unknown partition.
    by_pandas = pandas.read_parquet(f"{release}/{table}", partitioning=pyarrow.dataset.partitioning(flavor="hive"))
    by_arrow = pyarrow.dataset.dataset(f"{release}/{table}", partitioning="hive").to_table()
    by_duckdb = connection.execute(f"select count(*) from read_parquet('{glob(table)}', hive_partitioning = true)").fetchone()[0]
    rows = {by_polars.height, len(by_pandas), by_arrow.num_rows, by_duckdb}
    assert len(rows) == 1, (table, rows)
    for columns in (by_polars.columns, list(by_pandas.columns), by_arrow.column_names):
        assert "year" in columns and "province" in columns, (table, columns)
    assert by_polars.columns[:5] == ["report_id", "agency", "county_code", "prefecture_code", "edition"], table
files = polars.read_parquet(f"{release}/files/*.parquet")
assert files["status"].null_count() == 0

# Every expected cell, through DuckDB. A blank is a row with a null.
cells = {
    (p, t, r, c): v
    for p, t, r, c, v in connection.execute(
        f'select source_path, "table", "row", "column", value from read_parquet(\'{glob("cells")}\', hive_partitioning = true)'
    ).fetchall()
}
right = 0
with open(expected, encoding="utf-8") as file:
    for row in csv.DictReader(file):
        key = (row["file"], row["table"], row["row"], row["column"])
        assert key in cells, key
        value = float(row["value"]) if row["value"] else None
        found = cells[key]
        assert (found is None) == (value is None) and (value is None or abs(found - value) <= 1e-6 * max(1, abs(value))), (key, found, value)
        right += 1
assert right > 4000, right

# Two years and three places, figures looked up by hand in data/sample/archive.
query = f"""
    select r.year, r.county, r.agency, q.received, q.processed, q.carried_out
    from read_parquet('{glob("requests")}', hive_partitioning = true) q
    join read_parquet('{glob("reports")}', hive_partitioning = true) r using (report_id)
    where q.applicant = 'total' and r.year in (2022, 2024) and r.county in ('岳麓区', '兰考县', '渝中区')
    order by all
"""
figures = [list(map(str, row)) for row in connection.execute(query).fetchall()]
with open(os.path.join(os.path.dirname(__file__), "figures.csv"), encoding="utf-8") as file:
    by_hand = list(csv.reader(file))[1:]
assert figures == by_hand, figures

# Labels, units and the meaning of nulls travel with the files.
one = next(f for f in pyarrow.dataset.dataset(f"{release}/disclosure", partitioning="hive").files)
field = pyarrow.parquet.read_schema(one).field("fee_amount")
assert field.metadata[b"unit"].decode() == "万元" and field.metadata[b"zh"].decode().startswith("本年收费金额"), field.metadata
metadata = pyarrow.parquet.read_metadata(one)
assert metadata.metadata[b"nianbao.schema_version"] == b"1"
# Columns are compressed from a kilobyte on (`dataset::template`), and each has statistics.
seen = set()
for table in ["disclosure", "sections", "cells"]:
    for path in pyarrow.dataset.dataset(f"{release}/{table}", partitioning="hive").files:
        group = pyarrow.parquet.read_metadata(path).row_group(0)
        columns = [group.column(i) for i in range(group.num_columns)]
        for column in columns:
            large = column.total_uncompressed_size > 4096
            assert column.compression in (["ZSTD"] if large else ["ZSTD", "UNCOMPRESSED"]), (path, column)
            assert column.is_stats_set or column.num_values == 0, (path, column)
            seen.add(column.compression)
assert seen == {"ZSTD", "UNCOMPRESSED"}, seen
print(f"{right} cells, {len(figures)} hand-checked rows, {len(TABLES) + 1} tables")
