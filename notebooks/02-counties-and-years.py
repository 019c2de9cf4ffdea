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
# # Counties and years
#
# One county over the years, a ranking within a province, a national series with the break of 2019, and what goes wrong easily.
# Start with `01-first-look`; the environment variable `NIANBAO_DATASET` is the same here.
#
# The sample archive has one or two reports per county, and **its figures are invented**: with it this notebook shows the method, and
# says where there is too little to show more. `NIANBAO_COUNTY` (a six-digit code, 区划代码) chooses the county.

# %%
import os
import pathlib

import duckdb
import matplotlib.pyplot as plt
import nianbao
import pandas
from matplotlib import font_manager
from matplotlib.lines import Line2D

# %matplotlib inline
pandas.set_option("display.max_colwidth", None)

here = pathlib.Path.cwd()
root = next((p for p in [here, *here.parents] if (p / "pipelines" / "sample.toml").exists()), here)
dataset = pathlib.Path(os.environ.get("NIANBAO_DATASET", root / "out/sample/dataset"))
# `current` points at the newest release; `open` resolves it once: a path through `current` may meet two releases in one query.
opened = nianbao.open(dataset)
release = str(opened.folder)
print("release", opened.name)

db = duckdb.connect()
for name in ["reports", "cells", "requests", "series", "coverage", "findings"]:
    db.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{release}/{name}/**/*.parquet', hive_partitioning = true)")


def query(sql, *values):
    return db.execute(sql, values).df()


names = {font.name for font in font_manager.fontManager.ttflist}
cjk = next((n for n in ["Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei", "SimHei"] if n in names), None)
if cjk:
    plt.rcParams["font.sans-serif"] = [cjk, *plt.rcParams["font.sans-serif"]]
plt.rcParams.update({"axes.unicode_minus": False, "axes.spines.top": False, "axes.spines.right": False, "figure.dpi": 110})


def label(chinese, plain):
    """With a CJK font both, without one the ASCII part."""
    return f"{chinese} {plain}" if cjk else plain


# %% [markdown]
# ## One county over the years
#
# A county's figures are those of its **government's own report** (`agency_kind = 'government'`), which adds up its departments and towns.
# `series` has figures that may be set beside each other over the editions of the form, with `comparability`: `exact` against the
# newest form, or `approximate` (the 统计表 of 2014-2018, and a few rows of 2019-2020). `series` holds primary reports only: of several reports of one body and
# year the better one. Reports that are `partial` or `poor` stay in where the figure itself was read.

# %%
by_county = """
    SELECT s.year, s.series, s.value, s.comparability, r.county_code, r.county, r.province_name, r.quality, r.report_id
    FROM series s JOIN reports r USING (report_id)
    WHERE r.agency_kind = 'government' AND r.county_code IS NOT NULL AND s.year IS NOT NULL
"""
code = os.environ.get("NIANBAO_COUNTY") or query(f"""
    SELECT county_code FROM ({by_county}) WHERE series = 'requests_received'
    GROUP BY county_code ORDER BY count(*) DESC, county_code LIMIT 1
""")["county_code"].iloc[0]
county = query(f"SELECT * FROM ({by_county}) WHERE county_code = ? AND series IN ('requests_received', 'requests_processed', 'denied')", code)
assert len(county), f"no figures for {code}"
print(f"{county.province_name.iloc[0]} {county.county.iloc[0]} ({code}): reports for {county.year.nunique()} years")
county.pivot_table(index=["year", "quality"], columns="series", values="value", aggfunc="first", observed=True).rename_axis(columns=None)

# %% [markdown]
# `coverage` says for which years this county's government has no report in the archive. That is no zero either.

# %%
coverage = query("SELECT year, status, quality FROM coverage WHERE subject = 'government' AND county_code = ? ORDER BY year", code)
coverage.groupby("status", observed=True)["year"].agg(lambda years: ", ".join(str(int(y)) for y in years)).to_frame("years")


# %%
def draw(axes, years, values, kinds, colour, name):
    """Solid line and dots for exact years, dashed and hollow for approximate ones; no line over 2018/2019 nor over a missing year."""
    data = pandas.DataFrame({"value": values.to_numpy(), "exact": kinds.to_numpy() == "exact"}, index=years.astype(int)).sort_index()
    data = data[~data.index.duplicated()]
    for year, row in data.iterrows():
        axes.plot(year, row.value, "o", color=colour, markerfacecolor=colour if row.exact else "white", markersize=6, zorder=3, clip_on=False)
        if year - 1 in data.index and year != 2019:
            last = data.loc[year - 1]
            both = row.exact and last.exact
            axes.plot([year - 1, year], [last.value, row.value], "-" if both else "--", color=colour, linewidth=1.6, clip_on=False)
    return Line2D([], [], color=colour, marker="o", label=name)


def mark_break(axes, first, last):
    """The 2019 Regulations: other rules, other form."""
    if first < 2019 <= last:
        axes.axvline(2018.5, color="#888888", linewidth=1, linestyle=":")
        axes.text(2018.6, 1.0, label("2019年起：新条例、新格式", "from 2019: new rules, new form"), transform=axes.get_xaxis_transform(), va="bottom", fontsize=8.5, color="#555555")
    axes.set_xlim(first - 0.6, last + 0.6)
    axes.set_xticks(range(first, last + 1))
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.set_xlabel(label("年度", "report year"))


approximate = Line2D([], [], color="#555555", marker="o", markerfacecolor="white", linestyle="--", label=label("近似可比", "approximate"))
legend = {"frameon": False, "loc": "upper left", "bbox_to_anchor": (1.0, 1.0), "fontsize": 9}

figure, axes = plt.subplots(figsize=(9.5, 4), layout="constrained")
first, last = int(min(county.year.min(), 2018)), int(county.year.max())
handles = []
for series, colour, name in [
    ("requests_received", "#2a6f97", label("本年新收", "received")),
    ("requests_processed", "#e07a1f", label("办理总计", "processed")),
    ("denied", "#b23a48", label("不予公开", "denied")),
]:
    one = county[county["series"] == series]
    if len(one):
        handles.append(draw(axes, one["year"], one["value"], one["comparability"], colour, name))
mark_break(axes, first, last)
axes.set_ylabel(label("件", "requests"))
axes.set_title(label(f"{county.county.iloc[0]}", f"({code}): requests for information"), loc="left", pad=18)
axes.legend(handles=[*handles, approximate], **legend)
plt.show()
if county.year.nunique() < 4:
    print("Too few years for a trend: the picture shows how it is drawn, and nothing else.")

# %% [markdown]
# Before believing a jump, look at the findings of these reports: `value_jump` (a hundred times that of the year before or after),
# `carried_over_differs` (上年结转 is not last year's 结转下年度), `sum_broken`, `sum_unusual`.

# %%
query(f"""
    SELECT f.year, f.rule, f.severity, f."table", f."row", f.expected, f.actual, f.source_path, f.line
    FROM findings f WHERE f.report_id IN (SELECT report_id FROM ({by_county}) WHERE county_code = ?) AND f.rule <> 'unplaced_value'
    ORDER BY f.year, f.rule LIMIT 12
""", code)

# %% [markdown]
# ## A ranking within a province
#
# 不予公开率: denied / processed, where denied is the sum of the eight rows of 三、(三)不予公开 and processed the row 三、(七)总计, column
# 总计, both of one report year. Only reports that are `complete` and whose sums all hold (`checks_failed = 0`), only county governments, and
# only where at least `FLOOR` requests were processed: a rate over a few requests says little. `N` is how many are left, of how many
# county governments there are. A report with a blank among the eight rows has no `denied` in `series`, and so no rate.

# %%
FLOOR = 20  # requests processed, at least
where = f"""
    SELECT r.year, r.province, r.province_name, r.county, r.county_code,
           max(s.value) FILTER (WHERE s.series = 'denied') AS denied, max(s.value) FILTER (WHERE s.series = 'requests_processed') AS processed
    FROM series s JOIN reports r USING (report_id)
    WHERE r.agency_kind = 'government' AND r.county_code IS NOT NULL AND r.is_primary AND r.quality = 'complete' AND r.checks_failed = 0
      AND r.year >= 2019
    GROUP BY ALL HAVING denied IS NOT NULL AND processed >= {FLOOR}
"""
pick = query(f"SELECT province, year, any_value(province_name) AS name, count(*) AS n FROM ({where}) GROUP BY province, year ORDER BY n DESC, year DESC, province LIMIT 1")
assert len(pick), "no complete report of a county government from 2019 on"
province, year, province_name, n = int(pick.province[0]), int(pick.year[0]), pick["name"][0], int(pick.n[0])
counties = int(query("SELECT count(DISTINCT county_code) AS n FROM coverage WHERE subject = 'government' AND province = ? AND year = ?", province, year)["n"][0])
ranking = query(f"SELECT *, denied / processed AS rate FROM ({where}) WHERE province = ? AND year = ? ORDER BY rate DESC, county_code", province, year)
ranking["rank"] = ranking["rate"].rank(ascending=False, method="min").astype(int)
print(f"{province_name} ({province}), {year}: N = {n} of {counties} county governments")
if n < 5:
    print("Too few for a ranking: what follows shows the method only.")
ranking[["rank", "county", "county_code", "denied", "processed", "rate"]].head(15).assign(rate=lambda d: d["rate"].map("{:.1%}".format))

# %%
shown = ranking if n <= 40 else pandas.concat([ranking.head(15), ranking.tail(15)])
figure, axes = plt.subplots(figsize=(8, 1.3 + 0.24 * len(shown)), layout="constrained")
places = [f"{row.rank}  {label(row.county, row.county_code)}" for row in shown.itertuples()]
axes.barh(range(len(shown)), shown["rate"] * 100, color="#2a6f97", height=0.7)
for i, row in enumerate(shown.itertuples()):
    axes.text(row.rate * 100, i, f" {row.denied:,.0f} / {row.processed:,.0f}", va="center", fontsize=8, color="#444444")
axes.set_yticks(range(len(shown)), places, fontsize=9)
axes.set_ylim(max(len(shown), 3) - 0.4, -0.6)
if n > 40:
    axes.axhline(14.5, color="#888888", linestyle=":", linewidth=1)
axes.set_xlim(0, max(5, shown["rate"].max() * 100 * 1.22))
axes.set_xlabel(label("不予公开率 %", "denied / processed, per cent"))
title = label(province_name, f"({province})") + f" {year}: N = {n} of {counties}"
axes.set_title(title + (", highest and lowest 15" if n > 40 else ""), loc="left")
plt.show()

# %% [markdown]
# Read it with care. Counties that are missing, incomplete or below the floor are not "0 per cent": they are not there. A rate that is
# high may come from one applicant who asks often. What each government counts as 不予公开 differs.

# %% [markdown]
# ## A national series with the break of 2019
#
# New requests (本年新收 / 收到申请数) of all county governments in the dataset. Only *county* governments: the report of a prefecture or
# province may include its counties, so levels are not added. The number of reports differs from year to year, and a sum over more
# reports is larger for that reason alone; so N stands below each year, and the median report is drawn beside the total.

# %%
national = query(f"""
    SELECT year, comparability, count(*) AS reports, sum(value) AS total, median(value) AS median
    FROM ({by_county}) WHERE series = 'requests_received' AND (year < 2019) = (comparability = 'approximate')
    GROUP BY ALL ORDER BY year
""")
other = query(f"SELECT count(*) AS n FROM ({by_county}) WHERE series = 'requests_received' AND (year < 2019) <> (comparability = 'approximate')")["n"][0]
print(f"{other} reports left out: the form of 2014 used from 2019 on, or a later form before")
national

# %%
figure, both = plt.subplots(1, 2, figsize=(12, 4.2), layout="constrained")
first, last = int(min(national.year.min(), 2018)), int(national.year.max())
for axes, column, name in [(both[0], "total", label("合计", "total, requests")), (both[1], "median", label("中位数", "median report, requests"))]:
    draw(axes, national["year"], national[column], national["comparability"], "#2a6f97", name)
    mark_break(axes, first, last)
    axes.set_xticks(national["year"].astype(int), [f"{int(y)}\nN={n}" for y, n in zip(national["year"], national["reports"])], fontsize=8)
    axes.set_title(name, loc="left", pad=18)
both[1].legend(handles=[Line2D([], [], color="#2a6f97", marker="o", label=label("可比", "exact")), approximate], **legend)
plt.show()
if national["reports"].min() < 30:
    print(f"N is as low as {national['reports'].min()}: no statement about the country follows from these points.")

# %% [markdown]
# The line is broken between 2018 and 2019: before, requests were counted by channel of arrival under the 2008 Regulations (with
# their test of special need); since, by applicant under the 2019 Regulations. A step at that place may be the rule, not the world. Some series have no value
# before 2019 at all; `data/harmonised.toml` says why for each (also at the end of `docs/dictionary.md`).

# %%
query("""
    SELECT series, count(*) FILTER (WHERE year < 2019) AS "values to 2018", count(*) FILTER (WHERE year IN (2019, 2020)) AS "2019-2020",
           count(*) FILTER (WHERE year > 2020) AS "from 2021", string_agg(DISTINCT edition || ' ' || comparability, ', ' ORDER BY edition || ' ' || comparability) AS comparability
    FROM series WHERE series IN ('requests_received', 'granted', 'denied_internal_affairs', 'otherwise_processed', 'normative_documents_issued', 'rules_in_force', 'fee_amount')
    GROUP BY series ORDER BY series
""")

# %% [markdown]
# ## Pitfalls
#
# ### Blank is not zero
#
# A cell that is printed blank, as a dash, or as 无 has a null `value`; a cell that was not found has no row in `cells` and is null in
# the wide tables.

# %%
query("SELECT CASE WHEN value IS NOT NULL THEN 'a figure' WHEN raw = '' THEN 'printed blank' ELSE 'printed, but no figure: ' || raw END AS cell, count(*) AS cells FROM cells GROUP BY ALL ORDER BY cells DESC LIMIT 8")

# %% [markdown]
# `sum()` in SQL, pandas and polars passes over nulls, which is to treat them as zero. `+` keeps the null. Say what you want: count the nulls beside
# the sum, or leave out the reports that have one.

# %%
query("""
    SELECT count(*) AS reports, count(granted) AS "granted is known", sum(granted) AS "sum of the known ones",
           count(*) FILTER (WHERE granted + partially_granted IS NULL) AS "granted + partially_granted is null"
    FROM requests WHERE applicant = 'total'
""")

# %% [markdown]
# ### Governments and departments are never added
#
# A government's report adds up its departments and towns. Adding both counts requests twice. Where both are in the archive they can
# be set side by side (and `below_departments` tells when the government's figure is the smaller one):

# %%
query("""
    SELECT r.year, r.county_code, any_value(r.county) AS county, max(s.value) FILTER (WHERE r.agency_kind = 'government') AS government,
           count(*) FILTER (WHERE r.agency_kind <> 'government') AS bodies, sum(s.value) FILTER (WHERE r.agency_kind <> 'government') AS "their sum"
    FROM series s JOIN reports r USING (report_id) WHERE s.series = 'requests_received' AND r.county_code IS NOT NULL
    GROUP BY r.year, r.county_code HAVING government IS NOT NULL AND bodies > 0 ORDER BY ALL LIMIT 8
""")

# %% [markdown]
# ### Superseded reports
#
# Two files of one body and year (a page and its PDF, a corrected version) are two rows of `reports`, and both are in `cells`, `sections`,
# `mentions` and `findings`. The wide tables and `series` have the better one only. With `cells`, join `reports` and keep `is_primary`.

# %%
query("""
    SELECT count(*) AS "cells 本年新收 / 总计", count(*) FILTER (WHERE r.is_primary) AS "of primary reports",
           (SELECT count(*) FROM requests WHERE applicant = 'total' AND received IS NOT NULL) AS "known in requests",
           count(c.value) FILTER (WHERE r.is_primary) AS "known in cells, primary"
    FROM cells c JOIN reports r USING (report_id) WHERE c."table" = 'requests' AND c."row" = 'received' AND c."column" = 'total'
""")

# %% [markdown]
# ### The form is not the year
#
# The form of 2019 is used in reports for 2021 and later, too, sometimes for one table only. Take `edition` from the table you use, not from the year.

# %%
query("SELECT year, edition, count(DISTINCT report_id) AS reports FROM requests GROUP BY ALL ORDER BY ALL").pivot_table(
    index="year", columns="edition", values="reports", fill_value=0, observed=True).astype(int)

# %% [markdown]
# ### Same name, other body
#
# Names repeat (鼓楼区, 城关区) and change. Use `county_code` for a place and `body_id` for a body over the years; both are null where nianbao was not certain.
# `province = 10` is the national level, and no province.
