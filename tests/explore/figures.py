#!/usr/bin/env python3
"""Every figure that the pages of bodies show, against the dataset.

    figures.py truth RELEASE TRUTH.json                what the browser test compares its tasks with
    figures.py compare RELEASE SEEN.json [--least N]   what the browser saw, each figure computed again; exit 1 if any differs

Rates, quarters and counts are computed here from the rows of `cells`, by their own code.
"""
import json
import os
import re
import sys
import tomllib

import duckdb

mode, release, path = sys.argv[1:4]
release = os.path.realpath(release)
least = int(sys.argv[sys.argv.index("--least") + 1]) if "--least" in sys.argv else 0
con = duckdb.connect()
con.sql("set enable_progress_bar = false")
table = lambda t: f"read_parquet('{release}/{t}/**/*.parquet', hive_partitioning = true, union_by_name = true)"
ask = lambda sql: con.execute(sql).fetchall()

reports = {}   # id -> dict
bodies = {}    # (province, body) -> ids
names = ["report_id", "province", "year", "body_id", "agency", "is_primary", "agency_kind", "county_code", "prefecture_code", "quality", "source_path", "part"]
for row in ask(f"select {', '.join(names)} from {table('reports')}"):
    r = dict(zip(names, row))
    r["province"] = "none" if r["province"] is None else f"{r['province']:02d}"
    r["body"] = r["body_id"] or "r" + r["report_id"]
    reports[r["report_id"]] = r
    bodies.setdefault((r["province"], r["body"]), []).append(r["report_id"])
cells = {i: {} for i in reports}
for i, t, row, column, value, edition, line, page in ask(f'select report_id, "table", "row", "column", value, edition, line, page from {table("cells")}'):
    cells[i][f"{t}/{row}/{column}"] = (value, edition, line, page)
unread = {(i, f"{t}/{r}/{c}") for i, t, r, c in ask(f"""select report_id, "table", "row", "column" from {table('findings')} where rule = 'unreadable_value'""")}


def of(i, key):
    """value of a cell; None where it is blank, unreadable or not there"""
    return cells[i].get(key, (None,))[0]


def total(i, keys):
    values = [of(i, k) for k in keys]
    return None if None in values else sum(values)


T = lambda rows: [f"requests/{r}/total" for r in rows.split()]
DENIED = T("denied_state_secret denied_law_prohibits denied_security_stability denied_third_party_rights denied_internal_affairs denied_process_information denied_enforcement_file denied_administrative_query")
UNAVAILABLE = T("unavailable_not_held unavailable_needs_creation unavailable_unclear")
NOT_PROCESSED = T("not_processed_petition not_processed_repeated not_processed_published not_processed_excessive not_processed_reissue")
OTHER = {"2021": T("other_not_corrected other_fee_unpaid other_misc"), "2019": T("other")}
SUITS = ("litigation_direct", "litigation_after_reconsideration")


def rates(i):
    """name -> (numerator, denominator), each None where one of its figures is"""
    opened, processed = total(i, T("granted partially_granted")), of(i, T("processed")[0])
    edition = cells[i].get(T("received")[0], (None, None))[1] or cells[i].get(T("processed")[0], (None, None))[1]
    less = [total(i, NOT_PROCESSED), total(i, OTHER.get(edition, ["?"]))]
    answered = None if None in less or processed is None else processed - sum(less)
    case = lambda kinds, columns: total(i, [f"disputes/{k}/{c}" for k in kinds for c in columns.split()])
    return {
        "实质公开率（一）": (opened, processed), "不予公开率": (total(i, DENIED), processed), "无法提供率": (total(i, UNAVAILABLE), processed),
        "争议转化率": (case(("reconsideration", *SUITS), "total"), processed), "实质公开率（二）": (opened, answered),
        "结转率": (of(i, T("carried_out")[0]), total(i, T("received carried_in"))),
        "复议纠错率": (case(("reconsideration",), "corrected"), case(("reconsideration",), "upheld corrected other")),
        "诉讼纠错率": (case(SUITS, "corrected"), case(SUITS, "upheld corrected other")),
    }


MIN_N = 10
# Series of every report by the formulas of the data; of those that count they are also rows of the dataset.
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data/harmonised.toml"), "rb") as file:
    formulas = {s["code"]: {e[1:]: re.findall(r"([-+]?)\s*(\w+)\.(\w+)\.(\w+)", s[e]) for e in ("e2021", "e2019", "e2014") if s[e] and s.get("c" + e[1:]) != "none"} for s in tomllib.load(file)["series"]}
series = {}
for i in reports:
    for code, on in formulas.items():
        for edition, terms in on.items():
            # A table may mix forms: a formula is of cells that stand on its own.
            own = [cells[i].get(f"{t}/{r}/{c}", (None, None)) for _, t, r, c in terms]
            if all(value is not None and form == edition for value, form, *_ in own):
                series[i, code] = sum(-v[0] if sign == "-" else v[0] for v, (sign, *_) in zip(own, terms))
stored = {(i, code): value for i, code, value in ask(f"select report_id, series, value from {table('series')}")}
mine = {k: v for k, v in series.items() if reports[k[0]]["is_primary"]}
if stored != mine:
    sys.exit(f"series are not what harmonised.toml says: {sorted(stored.items() ^ mine.items())[:10]}")


def rate(i, name):
    part, whole = rates(i)[name]
    return None if part is None or whole is None or whole < MIN_N else part * 100 / whole


def quantile(values, share):
    values = sorted(values)
    at = (len(values) - 1) * share
    below = int(at)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (at - below)


def level(r):
    return (r["agency_kind"], "county" if r["county_code"] else "prefecture" if r["prefecture_code"] else "province")


def latest(key):
    """the report that says what a body is: its last primary one"""
    own = sorted((reports[i] for i in bodies[key]), key=lambda r: (r["year"] is not None, r["year"] or 0, not r["is_primary"]))
    return next((r for r in reversed(own) if r["is_primary"]), own[-1])


if mode == "truth":
    out = {}
    for key, ids in bodies.items():
        for i in ids:
            r = reports[i]
            if r["is_primary"]:
                out["/".join([*key, str(r["year"])])] = {
                    "agency": r["agency"], "path": r["source_path"],
                    "cells": {k: v[0] for k, v in cells[i].items()}, "lines": {k: v[2] for k, v in cells[i].items()},
                    "rates": {n: rate(i, n) for n in rates(i)}}
    findings = [dict(zip(("province", "body", "year", "rule", "line", "path", "expected", "actual"), (reports[i]["province"], reports[i]["body"], y, rule, line, p, e, a)))
                for i, y, rule, line, p, e, a in ask(f"select report_id, year, rule, line, source_path, expected, actual from {table('findings')} where report_id is not null order by source_path, line, rule, message_zh")]
    json.dump({"reports": out, "findings": findings, "total": {"reports": len(reports), "bodies": len(bodies)}}, open(path, "w"), ensure_ascii=False)
    sys.exit()

seen = json.load(open(path))
faults, compared = [], dict.fromkeys(("cells", "places", "changes", "list", "rates", "quarters"), 0)
fault = lambda *what: faults.append(" ".join(map(str, what)))


def shown(value):
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    whole, _, fraction = text.partition(".")
    return f"{int(whole):,}" + (f".{fraction}" if fraction else "")


def primary(province, body, year):
    own = [i for i in bodies[province, body] if reports[i]["is_primary"] and reports[i]["year"] == year]
    return own[0] if own else None


for province, body, year, key, value, text, change, place in seen["cells"]:
    i = primary(province, body, year)
    if i is None:
        fault(province, body, year, "has no report")
        continue
    got = cells[i].get(key)
    want = "m" if got is None else ("u" if (i, key) in unread else "b") if got[0] is None else got[0]
    compared["cells"] += 1
    if isinstance(want, str):
        if value != want or text != {"m": "未读到", "b": "空白", "u": "无法辨认"}[want]:
            fault(i, key, f"page {value} {text}, data {want}")
        continue
    if value in "mub" or float(value) != want or text != shown(want):
        fault(i, key, f"page {value} {text}, data {want}")
    if change and change != "＝":
        compared["changes"] += 1
        before = primary(province, body, year - 1)
        by, _, share = change.lstrip("≈").replace("−", "-").replace(",", "").partition(" ")
        was = of(before, key)
        if was is None or abs(want - was - float(by)) > 1e-6:
            fault(i, key, f"change {change}, data {was} -> {want}")
        elif (share != "") != (was >= 10) or (share and abs(float(share.rstrip("%")) - 100 * (want - was) / was) > 0.0501):
            fault(i, key, f"change {change}, data {was} -> {want}")
    if place:
        compared["places"] += 1
        where, line = place
        wants = [f"第 {got[3]} 页" if got[3] else "", f"第 {got[2]} 行" if got[2] else ""]
        if where != reports[i]["source_path"] or line != (" ".join(w for w in wants if w) or "行号未知"):
            fault(i, key, f"place {where} {line}, data {reports[i]['source_path']} {wants}")
want = set()
for (province, body), ids in bodies.items():
    if seen["bodies"] == "all" or f"{province}/{body}" in seen["bodies"]:
        want |= {(province, body, reports[i]["year"], k) for i in ids if reports[i]["is_primary"] and reports[i]["year"] is not None for k in cells[i]}
there = {(p, b, y, k) for p, b, y, k, *_ in seen["cells"]}
for gone in sorted(want - there, key=str)[:20]:
    fault(*gone, "is not on the page")

for path, part, values in seen["list"]:
    own = [i for i, r in reports.items() if r["source_path"] == path and (part is None or r["part"] == part)]
    if not own:
        fault("list:", path, "is no report")
        continue
    for code, text in values.items():
        compared["list"] += 1
        if code.startswith("rate"):
            value = rate(own[0], seen["rates"][int(code[4:])]) if reports[own[0]]["is_primary"] else None
        else:
            value = series.get((own[0], code))
        if code.startswith("rate"):
            good = text == "" if value is None else text != "" and abs(float(text.replace(",", "")) - value) < 0.00501
        else:
            good = text == ("" if value is None else shown(value))
        if not good:
            fault("list:", path, code, f"page {text!r}, data {value}")
for province, body, year, name, value, n in seen["bodyRates"]:
    i = primary(province, body, year)
    compared["rates"] += 1
    want, whole = rate(i, name), rates(i)[name][1]
    if (value == "") != (want is None) or (value != "" and abs(float(value) - want) > 0.00501):
        fault(i, name, f"page {value!r}, data {want}")
    if n != ("N 不全" if whole is None else f"N {shown(whole)}"):
        fault(i, name, f"page {n!r}, data {whole}")
last = {key: latest(key) for key in bodies}
for province, body, year, key, where, q, value in seen["quarters"]:
    compared["quarters"] += 1
    own = last[province, body]
    peers = [i for k, r in last.items() if k[0] == province and level(r) == level(own) and (where == "wide" or r["prefecture_code"] == own["prefecture_code"])
             for i in bodies[k] if reports[i]["is_primary"] and reports[i]["year"] == year]
    take = (lambda i: (lambda v: None if v is None else round(v, 2))(rate(i, seen["rates"][int(key[4:])]))) if key.startswith("rate") else (lambda i: series.get((i, key)))
    values = [v for v in map(take, peers) if v is not None]
    want = len(values) if q == "n" else quantile(values, float(q)) if values else None
    if (value == "") != (want is None) or (want is not None and abs(float(value) - want) > (0.0151 if key.startswith("rate") else 0.00501)):
        fault(body, year, key, where, q, f"page {value!r}, data {want}")
print(", ".join(f"{n} {k}" for k, n in compared.items()), f"compared, {len(faults)} differ")
for x in faults[:40]:
    print(" ", x)
if sum(compared.values()) < least:
    print(f"fewer than {least} figures")
sys.exit(bool(faults) or sum(compared.values()) < least)
