#!/usr/bin/env python3
"""Fills README.md and README.zh.md with the real output of `make run` and of the query: readme.py BIN PYTHON.

The templates' marks are replaced once; afterwards the blocks between the same words are replaced again.
"""

import re
import shutil
import subprocess
import sys

binary, python = sys.argv[1:3]
QUERY = """python3 -c "
import duckdb, os
release = os.path.realpath('out/sample/dataset/current')  # resolve once
duckdb.sql(f'''
  SELECT r.year, r.county, r.agency, q.received, q.processed, q.carried_out
  FROM read_parquet('{release}/requests/**/*.parquet', hive_partitioning = true) q
  JOIN read_parquet('{release}/reports/**/*.parquet', hive_partitioning = true) r USING (report_id)
  WHERE q.applicant = 'total' AND r.year IN (2022, 2024) AND r.county IN ('岳麓区', '兰考县', '渝中区')
  ORDER BY ALL
''').show()
\""""
# The first run, as a reader of the README sees it.
shutil.rmtree("out/sample", ignore_errors=True)
run = subprocess.run([binary, "run", "pipelines/sample.toml"], capture_output=True, text=True, check=True).stdout.strip()
query = subprocess.run(["bash", "-c", QUERY.replace("python3", python)], capture_output=True, text=True, check=True).stdout.strip()
check = subprocess.run([binary, "check", "out/sample/dataset"], capture_output=True, text=True, check=True).stdout
rows = dict((name, int(n)) for n, name in re.findall(r"(\d+) ([a-z]+)", next(l for l in check.splitlines() if l.startswith("files"))))
dictionary = subprocess.run([binary, "dictionary"], capture_output=True, text=True, check=True).stdout
meaning = re.findall(r"^## (\w+)\n\n(.*) \((.*)\); ", dictionary, re.M)
lines = [(name, en, zh, rows.get(name, 0)) for name, en, zh in meaning]
english = "\n".join(f"| `{name}` | {en} | {n} |" for name, en, _, n in lines)
chinese = "\n".join(f"| `{name}` | {zh} | {n} |" for name, _, zh, n in lines)


def fill(path, table):
    text = open(path, encoding="utf-8").read()
    text = re.sub(r"(\| --- \| --- \| --- \|\n)(@ROWS(_ZH)?@|(\| `.*\n?)+)", lambda m: m.group(1) + table + "\n", text, count=1)
    text = text.replace(table + "\n\n\n", table + "\n\n")
    blocks = iter([f"$ make run\n{run}", f"$ {QUERY}\n{query}"])
    text = re.sub(r"```console\n.*?\n```(?=\n\n)", lambda m: f"```console\n{next(blocks)}\n```", text, flags=re.S)
    open(path, "w", encoding="utf-8").write(text)


fill("README.md", english)
fill("README.zh.md", chinese)
