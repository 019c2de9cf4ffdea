"""Summaries and the quality page on 200,000 reports: summaries.py BIN DATASET WORK

DATASET is that of the nightly bench (100,000 small reports of four provinces, `benches/nightly.py`). Its rows are spread over 28
provinces and doubled under other report numbers, as Parquet without the tables that no summary reads; then every summary of
pipelines/sample.toml is written as CSV and workbooks. Prints wall, CPU seconds and peak memory with the page and without.
Needs duckdb and pyarrow."""
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys

import duckdb
import pyarrow.parquet as pq

binary, dataset, work = (os.path.abspath(a) for a in sys.argv[1:])
source, out = os.path.realpath(os.path.join(dataset, "current")), os.path.join(work, "ds200k")
ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), ".."))
OLD = [32, 43, 53, 64]
NEW = [11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62]

shutil.rmtree(out, ignore_errors=True)
os.makedirs(os.path.join(out, "files"))
con = duckdb.connect()
con.execute("set threads = 2; set memory_limit = '6GB'; create table m(old int, k int, new int)")
for i, old in enumerate(OLD):
    for k in range(7):
        con.execute("insert into m values (?, ?, ?)", [old, k, NEW[i * 7 + k]])
for table in "reports findings requests disclosure disputes statistics series coverage".split():
    rows = f"read_parquet('{source}/{table}/**/*.parquet', hive_partitioning = true)"
    chosen = []
    for (c, *_) in con.execute(f"describe select * from {rows}").fetchall():
        if c in ("county_code", "prefecture_code"):
            chosen.append(f"case when t.{c} is null then null else m.new::varchar || substr(t.{c}, 3) end as {c}")
        elif c == "report_id":
            chosen.append("case when t.report_id is null then null else substr(md5(t.report_id || s.n), 1, 16) end as report_id")
        elif c == "body_id":  # a few bodies over the years, for the comparisons of years
            chosen.append("substr(md5(coalesce(t.county_code, '') || s.n || (hash(t.report_id) % 150)), 1, 16) as body_id")
        elif c == "province":
            chosen.append("m.new as province")
        else:
            chosen.append(f't."{c}"')
    key, copies = ("report_id", 2) if table != "coverage" else ("coalesce(report_id, county_code || year)", 1)
    con.execute(f"""copy (select {', '.join(chosen)} from {rows} t, range({copies}) s(n), m
        where m.old = t.province and m.k = hash({key}) % 7 order by county_code, report_id)
        to '{out}/{table}' (format parquet, compression zstd, partition_by (year, province))""")
for path in glob.glob(f"{source}/files/*.parquet"):
    shutil.copy(path, os.path.join(out, "files"))
files = []
for path in sorted(glob.glob(f"{out}/**/*.parquet", recursive=True)):
    name = os.path.relpath(path, out)
    year, province = re.search(r"year=(\d+)", name), re.search(r"province=(\d+)", name)
    files.append({
        "table": name.split("/")[0], "year": year and int(year[1]), "province": province and int(province[1]), "path": name,
        "rows": pq.read_metadata(path).num_rows, "bytes": os.path.getsize(path),
        "sha256": hashlib.sha256(name.encode()).hexdigest(),
    })
with open(os.path.join(out, "_manifest.json"), "w") as f:
    json.dump({"run": "x", "previous": None, "schema_version": "1", "nianbao_version": "0", "files": files}, f)

toml = open(os.path.join(ROOT, "pipelines/sample.toml"), encoding="utf-8").read()
toml = toml.replace('"summaries/', f'"{ROOT}/pipelines/summaries/').replace('"../', f'"{work}/')
for page in (False, True):
    pipeline = os.path.join(work, "summaries.toml")
    with open(pipeline, "w", encoding="utf-8") as f:
        f.write(re.sub(r"(?m)^archive_url.*$", f"quality_page = {str(page).lower()}", toml))
    # By time(1): a child of this process would be counted with the memory of this one.
    command = ["/usr/bin/time", "-f", "%e s, %U CPU s, peak %M KB", binary, "summary", out]
    command += ["--pipeline", pipeline, "--summaries", os.path.join(work, "s200k")]
    said = subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True).stderr
    print("with" if page else "without", "the page:", said.strip().splitlines()[-1])
pages = glob.glob(os.path.join(work, "s200k/quality/*.html"))
print("largest page", max((os.path.getsize(p) for p in pages), default=0) // 1000, "KB")
