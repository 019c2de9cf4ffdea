# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A first look at a release
#
# What a release of `nianbao` holds, how to open it with polars, pandas and DuckDB, what one report looks like, and the way from
# a doubt (`findings`) back to the line of the source file.
#
# This file is a notebook kept as text (jupytext, `py:percent`): VS Code opens it as it is, and
# `jupytext --to ipynb --output out/01-first-look.ipynb notebooks/01-first-look.py` makes a notebook of it.
#
# Two environment variables say where the data are: `NIANBAO_DATASET` (the dataset folder, or one release) and `NIANBAO_ARCHIVE`
# (the folder the reports were read from). Without them the notebook takes what `make run` makes of the sample archive.
# It needs what `pip install -r notebooks/requirements.txt ./python` installs.
# **The sample's figures are invented**: they show how things work, and nothing about any real government.

# %%
import os
import pathlib

import duckdb
import matplotlib.pyplot as plt
import nianbao
import pandas
import polars
import pyarrow.dataset
from matplotlib import font_manager

# %matplotlib inline
pandas.set_option("display.max_colwidth", None)

here = pathlib.Path.cwd()
root = next((p for p in [here, *here.parents] if (p / "pipelines" / "sample.toml").exists()), here)
dataset = pathlib.Path(os.environ.get("NIANBAO_DATASET", root / "out/sample/dataset"))
archive = pathlib.Path(os.environ.get("NIANBAO_ARCHIVE", root / "data/sample/archive"))

# `current` points at the newest release; `open` resolves it once: a path through `current` may meet two releases in one query.
opened = nianbao.open(dataset)
release = str(opened.folder)
print("release", opened.name)

# %% [markdown]
# ## Four ways to open a table
#
# Each table is a folder `<table>/year=…/province=…/part-*.parquet`; only `files` has no partitions. Year and province come from
# the folder names. A report whose year or province is not certain lies in a partition `__HIVE_DEFAULT_PARTITION__`, which must
# come back as null.

# %%
reports = polars.scan_parquet(f"{release}/reports/**/*.parquet", hive_partitioning=True).collect()  # polars


def table(name, **options):  # pandas; without `partitioning` pyarrow cannot read tables with an unknown year or province
    return pandas.read_parquet(f"{release}/{name}", partitioning=pyarrow.dataset.partitioning(flavor="hive"), **options)


reports_pandas = table("reports")

db = duckdb.connect()  # DuckDB: a view for each table
tables = sorted(name for name in os.listdir(release) if os.path.isdir(f"{release}/{name}") and not name.startswith("_"))
for name in tables:
    db.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{release}/{name}/**/*.parquet', hive_partitioning = true)")


def query(sql, *values):
    return db.execute(sql, values).df()


reports_duckdb = query("SELECT count(*) AS n FROM reports")["n"][0]
reports_nianbao = opened.reports  # `.to_polars()`, `.to_pandas()`, `.to_pyarrow()`; `opened.table("reports", year=2022, labels="zh")`

assert reports.height == len(reports_pandas) == reports_duckdb == len(reports_nianbao)
print(f"{reports.height} reports, whichever way")

# %% [markdown]
# In pandas, `year`, `province` and counts become floating point as soon as one of them is null; `.astype("Int64")` keeps whole
# numbers and nulls. Codes such as `county_code` are text in the files and stay text.

# %% [markdown]
# ## What tables there are

# %%
kinds = {
    "files": "a file seen by the walk, whatever became of it",
    "reports": "a report",
    "cells": "a cell that a report states: the place to go to for raw text and source line",
    "disclosure": "an item of table 二 (主动公开政府信息情况), primary reports",
    "requests": "an applicant kind of table 三 (收到和处理政府信息公开申请情况), primary reports",
    "disputes": "a kind of case of table 四 (政府信息公开行政复议、行政诉讼情况), primary reports",
    "statistics": "a 统计表 of 2014-2018, primary reports",
    "series": "a comparable figure, primary reports: the place to go to for several years",
    "sections": "a chapter of the narrative",
    "mentions": "a figure that the narrative mentions",
    "findings": "something wrong or doubtful",
    "coverage": "a county government and year, reported or not; a body that stopped",
}
pandas.DataFrame(
    [(name, query(f"SELECT count(*) AS n FROM {name}")["n"][0], kinds.get(name, "")) for name in tables],
    columns=["table", "rows", "one row is"],
)

# %% [markdown]
# What became of the files. `superseded` is a report for which a better one of the same body and year exists; `no_tables` is a report
# without tables that could be read; `reason` has more.

# %%
query("SELECT status, count(*) AS files, any_value(reason) AS \"a reason\" FROM files GROUP BY status ORDER BY files DESC")

# %% [markdown]
# ## Quality
#
# `complete`: every cell of the form was found and is readable. `poor`: fewer than half. `partial`: between them. Whether the figures
# *agree with each other* is another question: `checks_failed` counts the sums of the form that do not hold.

# %%
quality = query("""
    SELECT year, quality, count(*) AS reports, sum(checks_evaluated) AS sums_checked, sum(checks_failed) AS sums_broken
    FROM reports WHERE is_primary GROUP BY ALL ORDER BY ALL
""")
quality.pivot_table(index="year", columns="quality", values="reports", aggfunc="sum", fill_value=0, dropna=False).astype(int)

# %%
# A font with Chinese glyphs, if there is one; else labels stay codes and English.
names = {font.name for font in font_manager.fontManager.ttflist}
cjk = next((n for n in ["Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei", "SimHei"] if n in names), None)
if cjk:
    plt.rcParams["font.sans-serif"] = [cjk, *plt.rcParams["font.sans-serif"]]
plt.rcParams.update({"axes.unicode_minus": False, "axes.spines.top": False, "axes.spines.right": False, "figure.dpi": 110})
print("font for Chinese:", cjk or "none, labels fall back to ASCII")


def label(chinese, plain):
    return f"{chinese} {plain}" if cjk else plain


known = quality.dropna(subset=["year"])
years = range(int(known["year"].min()), int(known["year"].max()) + 1)
shares = known.pivot_table(index="year", columns="quality", values="reports", aggfunc="sum", observed=True).reindex(years).fillna(0)
figure, axes = plt.subplots(figsize=(8, 3.6), layout="constrained")
below = pandas.Series(0.0, index=shares.index)
for name, colour in [("complete", "#2a6f97"), ("partial", "#e9b44c"), ("poor", "#b23a48")]:
    if name in shares:
        axes.bar(shares.index, shares[name], bottom=below, color=colour, label=name, width=0.75)
        below += shares[name]
axes.set_xticks(list(years))
axes.yaxis.get_major_locator().set_params(integer=True)
axes.set_xlabel(label("年度", "report year"))
axes.set_ylabel(label("报告数", "primary reports"))
axes.set_title(label("完整程度", "completeness of reading, by report year"), loc="left")
axes.legend(frameon=False, ncols=3, loc="lower left", bbox_to_anchor=(0.55, 1.0))
plt.show()

# %% [markdown]
# ## One report's table 三, as a person would see it
#
# From `cells`, which has every cell with its printed label and raw text. Here `空` is a cell that is **printed blank** and `?` one that was
# **not found** (its row or column was not certain). Neither is zero. Dashes and words (`—`, `/`, `无`) are shown as printed; their
# `value` is null, too.

# %%
chosen = query("""
    SELECT r.report_id, r.agency, r.year, r.edition, r.source_path FROM reports r JOIN requests q USING (report_id)
    WHERE r.is_primary AND r.quality = 'complete' AND r.year >= 2021 AND r.edition = '2021' AND q.applicant = 'total' AND q.received > 0
    ORDER BY r.agency_kind = 'government' DESC, r.year DESC, r.report_id LIMIT 1
""").iloc[0]
print(f"{chosen.agency}, {chosen.year}, form of {chosen.edition}: {chosen.source_path}")

cells = query("SELECT * FROM cells WHERE report_id = ? AND \"table\" = 'requests'", chosen.report_id)
applicants = ["natural_person", "enterprise", "research_institution", "social_organization", "legal_service", "other_organization", "total"]
form = {name: i for i, name in enumerate(query("SELECT * FROM requests LIMIT 0").columns)}
order = cells.groupby("row", observed=True)["line"].min().reset_index()
order["form"] = order["row"].map(form)
order = order.sort_values(["line", "form"])["row"].tolist()
shown = cells["raw"].replace("", "空")
seen = cells.assign(shown=shown).pivot(index="row", columns="column", values="shown").reindex(index=order, columns=applicants).fillna("?")
seen.index = [cells.loc[cells["row"] == row, "row_label"].iloc[0] for row in order]
seen.columns = [next(iter(cells.loc[cells["column"] == c, "column_label"]), c) for c in applicants]
seen

# %% [markdown]
# The form's sums: 一 + 二 = 三(七)总计 + 四, in every column (the form prints it); 自然人 … 其他 add up to 总计, in every row.

# %%
total = query("SELECT received, carried_in, processed, carried_out FROM requests WHERE report_id = ? AND applicant = 'total'", chosen.report_id).iloc[0]
print(f"{total.received} + {total.carried_in} = {total.received + total.carried_in}; {total.processed} + {total.carried_out} = {total.processed + total.carried_out}")

# %% [markdown]
# ## Doubts
#
# `findings` never change a value. `error`: something is certainly wrong. `warning`: something to look at. `info`: how
# something was read. Severities can be set in the pipeline file.

# %%
query("SELECT rule, severity, count(*) AS findings, count(DISTINCT report_id) AS reports FROM findings GROUP BY ALL ORDER BY findings DESC")

# %% [markdown]
# ## From a finding back to the source line
#
# `source_path` is relative to the archive; `line` counts from 1. What a line is depends on the format: in text and HTML a line of
# the source; in Word files and sheets a paragraph or table row; in PDF and OFD a printed line, counted over all pages, with
# `page` beside it. For text and HTML the line can be printed from here; for the others the place is named, and
# `nianbao show FILE` prints the report as read. A path with `!/` lies inside a zip.


# %%
def source(path, line, page, around=1):
    """The lines around a place in the archive, as text; or where to look."""
    kind, encoding = query("SELECT format, encoding FROM files WHERE source_path = ?", path).iloc[0]
    if pandas.notna(page):
        return f"   {kind}: page {int(page)}, printed line {int(line)}" if pandas.notna(line) else f"   {kind}: page {int(page)}"
    if pandas.isna(line):
        return "   about the whole file"
    if "!/" in path or kind == "mhtml":
        return f"   {kind}: line, paragraph or row {int(line)} of the page or document packed in this file"
    if kind not in ("text", "html") or not encoding:
        return f"   {kind}: paragraph or row {int(line)}"
    if not (archive / path).exists():
        return f"   line {int(line)}; {archive / path} is not here (set NIANBAO_ARCHIVE)"
    text = (archive / path).read_bytes().decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first, last = max(int(line) - around, 1), min(int(line) + around, len(text))
    return "\n".join(f"{'>' if n == line else ' '} {n:5} {text[n - 1][:110]}" for n in range(first, last + 1))


doubts = query("""
    WITH ranked AS (
        SELECT f.*, files.format,
               row_number() OVER (PARTITION BY f.rule ORDER BY files.format IN ('text', 'html') DESC, f.source_path, f.line) AS nth
        FROM findings f JOIN files USING (source_path) WHERE f.line IS NOT NULL AND f.page IS NULL)
    SELECT * FROM ranked WHERE nth = 1
    ORDER BY rule IN ('sum_broken', 'sum_unusual', 'carried_over_differs', 'issued_above_in_force', 'unplaced_value') DESC, rule LIMIT 5
""")
paged = query("SELECT * FROM findings WHERE page IS NOT NULL ORDER BY rule, source_path LIMIT 1")
for doubt in [*doubts.itertuples(), *paged.itertuples()]:
    print(f"{doubt.severity} {doubt.rule}: {doubt.message_en}\n  {doubt.message_zh}\n{doubt.source_path}\n{source(doubt.source_path, doubt.line, doubt.page)}\n")
if paged.empty:
    print("No finding in a format with pages (PDF, OFD) in this dataset.")

# %% [markdown]
# A finding about a cell has the codes of its table, row and column, so it joins `cells` by
# (`report_id`, `table`, `row`, `column`): value, raw text and how the row was recognised.

# %%
query("""
    SELECT f.rule, c.row_label, c.column_label, c.raw, c.value, f.expected, c.matched, c.line, f.source_path
    FROM findings f JOIN cells c ON c.report_id = f.report_id AND c."table" = f."table" AND c."row" = f."row" AND c."column" = f."column"
    ORDER BY f.rule, f.source_path LIMIT 8
""")

# %% [markdown]
# The other way round works for every figure: `cells` has `source_path`, `line` and `page` of each.

# %%
cell = cells[(cells["row"] == "received") & (cells["column"] == "total")].iloc[0]
print(f"{cell.row_label} / {cell.column_label}: raw {cell.raw!r}, value {cell.value:g} {cell.unit}, matched {cell.matched}")
print(source(cell.source_path, cell.line, cell.page, around=2))
