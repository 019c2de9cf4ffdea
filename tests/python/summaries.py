"""Recomputes the summaries of a dataset and compares every field. usage: summaries.py DATASET SUMMARIES

Reads `reports`, `cells`, `findings` and `coverage` (not the wide tables, not `series`) and works in plain Python, so that it shares
nothing with the queries. Every row must be there, in the documented order; rates are compared with exact fractions. Lateness is
recomputed from dates, with no days of grace. Exit code 1 on any difference.
"""

import csv
import datetime
import os
import re
import sys
from collections import Counter, defaultdict
from fractions import Fraction

import duckdb

dataset, summaries = sys.argv[1:3]
release = os.path.realpath(os.path.join(dataset, "current"))
connection = duckdb.connect()


def read(table, columns="*"):
    source = f"read_parquet('{release}/{table}/**/*.parquet', hive_partitioning = true)"
    cursor = connection.execute(f"select {columns} from {source}")
    names = [d[0] for d in cursor.description]
    return [dict(zip(names, row)) for row in cursor.fetchall()]


def number(value):
    """A partition value: DuckDB gives text when one partition is unknown."""
    return int(value) if value is not None and str(value).isdigit() else None


reports = {}
for r in read("reports"):
    r["year"], r["province"] = number(r["year"]), number(r["province"])
    reports[r["source_path"]] = r
primary = {r["report_id"]: r for r in reports.values() if r["is_primary"]}
cells = defaultdict(dict)
for c in read("cells", 'report_id, source_path, "table", "row", "column", value, unit, raw, row_label, column_label, edition'):
    cells[c["report_id"]][c["table"], c["row"], c["column"]] = c
findings = [f for f in read("findings") if f["report_id"] in primary]
coverage = read("coverage")
for c in coverage:
    c["year"], c["province"] = number(c["year"]), number(c["province"])
province_name = {r["province"]: r["province_name"] for r in reports.values() if r["province"]}

KINDS = {"government": "政府", "department": "部门", "township": "乡镇", "street": "街道", "zone": "开发区", "institution": "事业单位", "national": "国家级"}
DENIED = ["state_secret", "law_prohibits", "security_stability", "third_party_rights", "internal_affairs", "process_information", "enforcement_file", "administrative_query"]
GROUPS = {
    "denied": [f"denied_{x}" for x in DENIED],
    "unavailable": [f"unavailable_{x}" for x in ("not_held", "needs_creation", "unclear")],
    "not_processed": [f"not_processed_{x}" for x in ("petition", "repeated", "published", "excessive", "reissue")],
}


def value(report, table, row, column):
    cell = cells[report].get((table, row, column))
    return None if cell is None or cell["value"] is None else Fraction(cell["value"])


def add(*values):
    return None if any(v is None for v in values) else sum(values)


def minus(a, b):
    return None if a is None or b is None else a - b


def asked(report, row):
    return add(*[value(report, "requests", r, "total") for r in GROUPS.get(row, [row])])


def other(report):
    own = asked(report, "other")
    parts = [asked(report, f"other_{x}") for x in ("not_corrected", "fee_unpaid", "misc")]
    return own if own is not None else add(*parts)


SUITS = ("litigation_direct", "litigation_after_reconsideration")


def suits(report, column):
    return add(*[value(report, "disputes", s, column) for s in SUITS])


class Rate:
    """A share in per cent, known exactly; `None` where the denominator is too small."""

    def __init__(self, part, whole, least):
        shown = part is not None and whole is not None and whole != 0 and (least is None or whole >= least)
        self.exact = part * 100 / whole if shown else None

    def agrees(self, text):
        if self.exact is None:
            return text == ""
        return re.fullmatch(r"-?\d+(\.\d{1,2})?", text) is not None and abs(Fraction(text) - self.exact) <= Fraction(1, 200) + Fraction(1, 10**9)


def field(v):
    if v is None:
        return ""
    if isinstance(v, (float, Fraction)):
        return str(int(v)) if v == int(v) else repr(float(v))
    if isinstance(v, str):
        v = v.replace("\n", " ").replace("\r", " ")
        return "'" + v if v[:1] in tuple("=+-@\t\0＝＋－＠") and v else v
    return str(v)


def low(*parts):
    """A sort key with nulls first."""
    return tuple((p is not None, p if p is not None else 0) for p in parts)


def place(r):
    return [r["prefecture"], r["county"], r["county_code"] or r["prefecture_code"]]


def order(r):
    return low(r["prefecture_code"], r["county_code"], r["agency"])


# Each: heading, then (sort key, fields) per file.
expected = defaultdict(list)
headers = {}

# 缺报与迟报清单
headers["缺报与迟报清单"] = "年度,省级,地级,县级,区划代码,单位,情况,发布日期,说明,文件（停报为上一年度的报告）".split(",")
by_id = {r["report_id"]: r for r in reports.values()}
reported = {(r["body_id"], r["year"]) for r in primary.values()}
governed = {(r["county_code"], r["year"]) for r in primary.values() if r["agency_kind"] == "government"}
for c in coverage:
    if c["status"] not in ("missing", "stopped"):
        continue
    if c["status"] == "missing":
        assert (c["county_code"], c["year"]) not in governed, c
        said = ["县级人民政府", "缺报", None, "存档中没有该县级政府本年度报告", None]
    else:
        assert (c["body_id"], c["year"]) not in reported and (c["body_id"], c["year"] - 1) in reported, c
        said = [c["agency"] or "县级人民政府", "停报", None, "上一年度有报告，存档中没有本年度报告", by_id[c["last_report_id"]]["source_path"]]
    key = low(c["province"], c["year"], c["prefecture_code"], c["county_code"], said[0], said[1], c["body_id"], said[3])
    expected["缺报与迟报清单.csv"].append((key, [c["year"], province_name.get(c["province"]), *place(c), *said]))
late_by_rule = {f["report_id"]: f["message_zh"] for f in findings if f["rule"] == "published_late"}
late_by_date = set()
for r in primary.values():
    year, day, kind = r["year"], r["published_on"], r["agency_kind"]
    if year is None or day is None or kind is None or day.year <= year or r["year_evidence"] == "publication":
        continue
    if year <= 2018 or kind == "government":
        last = datetime.date(year + 1, 3, 31)
    elif kind == "department":
        last = datetime.date(year + 1, 1, 31)
    else:
        continue
    if day > last:
        late_by_date.add(r["report_id"])
assert late_by_date == set(late_by_rule), (late_by_date ^ set(late_by_rule))
for report, message in late_by_rule.items():
    r = primary[report]
    key = low(r["province"], r["year"], r["prefecture_code"], r["county_code"], r["agency"], "迟报", report, message)
    fields = [r["year"], province_name.get(r["province"]), *place(r), r["agency"], "迟报", r["published_on"].isoformat(), message, r["source_path"]]
    expected["缺报与迟报清单.csv"].append((key, fields))

# 勾稽关系核查清单
headers["勾稽关系核查清单"] = "年度,省级,地级,县级,区划代码,填报单位,文件,页码,行号,规则,规则代码,严重程度,表,行名（原文）,列名,实为,应为,相差,单位,单元格原文,说明".split(",")
RULES = {
    "sum_broken": "表内勾稽关系不成立",
    "sum_unusual": "通常成立的数量关系不成立",
    "suspect_cell": "最可能有误的单元格（提示）",
    "negative_value": "计数为负数",
    "issued_above_in_force": "本年制发大于现行有效与废止之和",
    "carried_over_differs": "上年结转与上一年度报告不一致",
    "stock_differs": "现行有效与上年推算不一致",
    "repealed_above_stock": "本年废止大于上年有效与本年制发之和",
}
TABLES = {"disclosure": "主动公开情况表", "requests": "依申请公开情况表", "disputes": "行政复议诉讼情况表", "statistics": "统计表（2014-2018）"}


def file_of(r, name):
    return f"{r['province']}-{r['province_name'] or '国家级'}/{r['year']}-{name}.csv"


evaluated = 0
for f in findings:
    r = primary[f["report_id"]]
    if f["rule"] not in RULES or r["year"] is None or r["province"] is None:
        continue
    cell = cells[f["report_id"]].get((f["table"], f["row"], f["column"]), {})
    # Both sides of the relation from the cells themselves; a check counts a blank as 0, the summary leaves it blank.
    relation = re.search(r"\]: (.+) (?:==|<=|>=) (.+) \(.*\)$", f["message_zh"])
    if relation:
        over_rows = relation[1].split(" + ")[0] == f["row"]
        sides = []
        for side in relation.groups():
            keys = [(f["table"], t, f["column"]) if over_rows else (f["table"], f["row"], t) for t in side.split(" + ")]
            sides.append(sum(value(f["report_id"], *k) or 0 for k in keys))
        assert sides == [f["actual"], f["expected"]], (f, sides)
        evaluated += 1
    blank = bool(cell) and cell["value"] is None and f["actual"] == 0
    if f["rule"] in ("suspect_cell", "negative_value"):
        assert blank or cell["value"] == f["actual"], (f, cell)
    apart = None if f["actual"] is None or f["expected"] is None else f["actual"] - f["expected"]
    fields = [r["year"], r["province_name"], *place(r), r["agency"], f["source_path"], f["page"], f["line"], RULES[f["rule"]], f["rule"]]
    fields += [{"error": "错误", "warning": "警告"}.get(f["severity"], "提示"), TABLES.get(f["table"], f["table"]), cell.get("row_label"), cell.get("column_label")]
    fields += [None if blank else f["actual"], f["expected"], apart, cell.get("unit"), cell.get("raw"), f["message_zh"]]
    key = order(r) + low(f["report_id"], f["line"], f["rule"], f["table"], f["row"], f["column"], f["message_zh"])
    expected[file_of(r, "勾稽关系核查清单")].append((key, fields))

# 全国汇总
PLAIN = ["received", "carried_in", "granted", "partially_granted", "denied", "unavailable", "not_processed", "processed", "carried_out"]
TITLES = ["新收申请", "上年结转", "予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "办理总计", "结转下年度", "行政复议", "行政诉讼"]
headers["全国汇总"] = ["年度", "省级代码", "省级", "层级", "政府报告（份）", "部门报告（份）", "乡镇街道报告（份）", "其他单位报告（份）"]
for title in TITLES:
    headers["全国汇总"] += [f"{title}（件）", f"N：有{title}数的政府（个）"]
counted, summed = defaultdict(Counter), defaultdict(lambda: defaultdict(list))
for report, r in primary.items():
    province = r["province"]
    if province is None:
        level = (4, "地区未定")
    elif province == 10:
        level = (0, "国家级")
    elif r["county_code"]:
        level = (3, "县级")
    else:
        level = (2, "地级") if r["prefecture_code"] else (1, "省级或地区未定")
    for group in ((province or 0, r["year"], level), (99, r["year"], level)):
        kind = r["agency_kind"]
        counted[group][kind if kind in ("government", "department") else "town" if kind in ("township", "street") else "rest"] += 1
        if kind == "government":
            figures = [asked(report, row) for row in PLAIN]
            figures += [value(report, "disputes", "reconsideration", "total"), suits(report, "total")]
            for title, figure in zip(TITLES, figures):
                if figure is not None:
                    summed[group][title].append(figure)
for group, kinds in counted.items():
    province, year, level = group
    name = {0: "省级未定", 10: "国家级", 99: "合计（存档各省）"}.get(province) or province_name[province]
    fields = [year, f"{province}0000" if 0 < province < 99 else None, name, level[1]]
    fields += [kinds[k] for k in ("government", "department", "town", "rest")]
    for title in TITLES:
        figures = summed[group][title]
        fields += [sum(figures) if figures else None, len(figures)]
    expected["全国汇总.csv"].append((low(province, year, level[0]), fields))

# 年度对比
headers["年度对比"] = "省级,本年度,上年度,地级,县级,区划代码,政府,指标,本年（件）,上年（件）,变化（件）,变化率（%）,口径".split(",")


def figure(name, report):
    """A figure of a government, and whether it is of the forms from 2019 on, which compare exactly for these figures."""
    if "statistics" in {k[0] for k in cells[report]}:
        of = lambda row: value(report, "statistics", row, "count")  # noqa: E731
        got = {
            "新收申请": of("received"),
            "办理总计": of("closed"),
            "予以公开": add(of("granted"), of("answered_already_published")),
            "部分公开": of("partially_granted"),
            "不予公开": minus(of("denied"), of("denied_not_government_information")),
            "行政复议总计": of("reconsideration_total"),
            "行政复议结果纠正": of("reconsideration_corrected"),
            "行政诉讼总计": of("litigation_total"),
            "行政诉讼结果纠正": of("litigation_corrected"),
        }.get(name)
        return got, False
    if name in TITLES[:9]:
        return asked(report, PLAIN[TITLES.index(name)]), True
    column = "total" if name.endswith("总计") else "corrected"
    if name.startswith("行政复议"):
        return value(report, "disputes", "reconsideration", column), True
    return suits(report, column), True


NAMES = [*TITLES[:9], "行政复议总计", "行政复议结果纠正", "行政诉讼总计", "行政诉讼结果纠正"]
government = {(r["body_id"], r["year"]): r for r in primary.values() if r["agency_kind"] == "government" and r["body_id"] and r["year"]}
for (body, year), r in government.items():
    last = government.get((body, year - 1))
    for i, name in enumerate(NAMES if last else []):
        now, exact = figure(name, r["report_id"])
        then, last_exact = figure(name, last["report_id"])
        if now is None or then is None:
            continue
        fields = [r["province_name"], year, year - 1, *place(r), r["agency"], name, now, then, now - then, Rate(now - then, then, None)]
        fields.append("一致" if exact == last_exact else "近似")
        expected["年度对比.csv"].append((low(r["province"], year) + order(r) + low(r["report_id"], i), fields))

# 指标
headers["指标"] = (
    "年度,省级,地级,县级,区划代码,填报单位,单位类别,实质公开率（一）（%）,不予公开率（%）,无法提供率（%）,N：办理总计（件）,实质公开率（二）（%）,"
    "N：办理总计减不予处理和其他处理（件）,结转率（%）,N：新收加上年结转（件）,复议纠错率（%）,N：复议已审结（件）,诉讼纠错率（%）,N：诉讼已审结（件）,不成立勾稽关系（个）"
).split(",")
LEAST = 10
for report, r in primary.items():
    keys = cells[report]
    has = any(k[0] == "requests" and k[2] == "total" for k in keys)
    cases = {k[1] for k in keys if k[0] == "disputes"}
    if r["year"] is None or r["province"] is None or not (has or "reconsideration" in cases or cases.issuperset(SUITS)):
        continue
    total, opened = asked(report, "processed"), add(asked(report, "granted"), asked(report, "partially_granted"))
    answered = minus(minus(total, asked(report, "not_processed")), other(report))
    due = add(asked(report, "received"), asked(report, "carried_in"))
    fields = [r["year"], r["province_name"], *place(r), r["agency"], KINDS.get(r["agency_kind"])]
    fields += [Rate(part, total, LEAST) for part in (opened, asked(report, "denied"), asked(report, "unavailable"))] + [total]
    fields += [Rate(opened, answered, LEAST), answered, Rate(asked(report, "carried_out"), due, LEAST), due]
    of = {c: value(report, "disputes", "reconsideration", c) for c in ("upheld", "corrected", "other")}
    concluded = add(*of.values())
    fields += [Rate(of["corrected"], concluded, LEAST), concluded]
    of = {c: suits(report, c) for c in ("upheld", "corrected", "other")}
    concluded = add(*of.values())
    fields += [Rate(of["corrected"], concluded, LEAST), concluded, r["checks_failed"]]
    expected[file_of(r, "指标")].append((order(r) + low(report), fields))

# Compare.
wrong, agreed, filled, rows_of = [], Counter(), Counter(), Counter()
found = set()
for folder, _, names in os.walk(summaries):
    for name in names:
        path = os.path.relpath(os.path.join(folder, name), summaries)
        if name.endswith(".csv") and re.sub(r"^\d{4}-", "", name[:-4]) in headers:
            found.add(path)
for path in sorted(found ^ set(expected)):
    wrong.append(f"{path}: {'not expected' if path in found else 'not there'}")
for path in sorted(found & set(expected)):
    name = re.sub(r"^\d{4}-", "", os.path.basename(path)[:-4])
    data = open(os.path.join(summaries, path), "rb").read()
    if not data.startswith(b"\xef\xbb\xbf") or data.count(b"\xef\xbb\xbf") != 1:
        wrong.append(f"{path}: byte order mark")
    text = data.decode("utf-8-sig")
    if not text.endswith("\r\n") or text.count("\n") != text.count("\r\n") or text.count("\r") != text.count("\r\n"):
        wrong.append(f"{path}: line ends")
    header, *rows = csv.reader(text.splitlines(keepends=True))
    if header != headers[name] or len(set(header)) != len(header) or header in rows:
        wrong.append(f"{path}: header {header}")
        continue
    for column in ("区划代码", "省级代码"):
        if column in header:
            codes = {row[header.index(column)] for row in rows} - {""}
            wrong += [f"{path}: code {c}" for c in codes if not re.fullmatch(r"\d{6}", c)]
    want = [fields for _, fields in sorted(expected[path], key=lambda e: e[0])]
    if len(want) != len(rows):
        wrong.append(f"{path}: {len(rows)} rows, {len(want)} expected")
    for i, (row, fields) in enumerate(zip(rows, want), 2):
        rows_of[name] += 1
        if len(row) != len(fields):
            wrong.append(f"{path}:{i}: {len(row)} fields")
            continue
        for title, got, due in zip(header, row, fields):
            right = due.agrees(got) if isinstance(due, Rate) else field(due) == got
            if right:
                agreed[name] += 1
                filled[name] += got != ""
            else:
                wrong.append(f"{path}:{i}: {title}: {got!r}, expected {float(due.exact) if isinstance(due, Rate) and due.exact is not None else due!r}")
for name in headers:
    print(f"{name}: {rows_of[name]} rows, {agreed[name]} fields agree ({filled[name]} filled)")
print(f"{evaluated} relations evaluated again from the cells")
print(f"{sum(agreed.values())} fields agree, {len(wrong)} differ")
for line in wrong[:30]:
    print(line, file=sys.stderr)
sys.exit(1 if wrong else 0)
