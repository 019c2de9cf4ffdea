"""What the dictionary and `datapackage.json` say against a dataset: dictionary.py NIANBAO DATASET

Every example occurs in its column, none is missing where the column holds a value, every file of the package is there with
the columns that the package names, and every file of the dataset is in the package."""
import datetime
import glob
import json
import os
import subprocess
import sys

import duckdb
import pyarrow.parquet as pq

nianbao, dataset = sys.argv[1:]
release = os.path.realpath(os.path.join(dataset, "current"))
# The day of the checkout.
UNSTABLE = {("files", "modified")}
wrong = []


def shown(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


told = json.loads(subprocess.run([nianbao, "dictionary", "--format", "json"], capture_output=True, check=True).stdout)
con = duckdb.connect()
examples = 0
for table in told["tables"]:
    source = f"read_parquet('{release}/{table['table']}/**/*.parquet', hive_partitioning = {str(table['partitioned']).lower()})"
    for column in table["columns"]:
        key = (table["table"], column["name"])
        if key in UNSTABLE:
            continue
        values = con.execute(f'select distinct "{column["name"]}" from {source} where "{column["name"]}" is not null').fetchall()
        values = {shown(v) for (v,) in values}
        if column["example"]:
            examples += 1
            if column["example"] not in values:
                wrong.append(f"{key}: {column['example']!r} does not occur")
        elif values:
            wrong.append(f"{key}: no example, but {len(values)} values")

package = json.load(open(os.path.join(release, "datapackage.json"), encoding="utf-8"))
kinds = {"string", "integer", "number", "date", "boolean"}
listed = set()
for resource in package["resources"]:
    fields = resource["schema"]["fields"]
    if any(f["type"] not in kinds for f in fields):
        wrong.append(f"{resource['name']}: unknown types")
    for path in resource["path"]:
        listed.add(path)
        names = pq.read_schema(os.path.join(release, path)).names
        if names != [f["name"] for f in fields]:
            wrong.append(f"{path}: its columns are not those of the package")
there = {os.path.relpath(p, release) for p in glob.glob(f"{release}/**/*.parquet", recursive=True)}
there = {p for p in there if not p.startswith("_")}
if there != listed:
    wrong.append(f"files of the package: {sorted(there ^ listed)[:5]}")
if [r["name"] for r in package["resources"]] != [t["table"] for t in told["tables"]]:
    wrong.append("tables of the package are not those of the dictionary")

print(f"{examples} examples, {len(listed)} files, {len(wrong)} wrong")
print("\n".join(wrong[:20]))
sys.exit(bool(wrong) or examples < 200)
