#!/usr/bin/env python3
"""Recomputes every figure of the quality pages with SQL straight from the Parquet: figures.py DATASET_RELEASE PAGE_FOLDER [--least N]

A page's scope is <html data-province="NN">, the whole dataset without it. Exit 1 on any difference, on a key that this script
does not know, on a figure that ought to stand on a page and does not, and if fewer than N figures were compared."""
import os, re, sys
from html.parser import HTMLParser
import duckdb

# The path of a release, or of the link to it: it is followed once.
release, folder = os.path.realpath(sys.argv[1]), sys.argv[2]
least = int(sys.argv[sys.argv.index("--least") + 1]) if "--least" in sys.argv else 500
con = duckdb.connect()
con.sql("set threads = 1; set memory_limit = '3GB'")
for t in "files reports findings coverage series requests".split():
    con.sql(f"create {'table' if t in ('reports', 'coverage', 'findings') else 'view'} {t} as from read_parquet('{release}/{t}/**/*.parquet', hive_partitioning = true, union_by_name = true)")
con.sql("create table fi as select rule, severity, report_id, expected, actual, year, province, source_path, line, page from findings")
ask = lambda sql: con.execute(sql).fetchall()


class Page(HTMLParser):
    """figures, grid cells of the county table, examples"""
    def __init__(self, text):
        super().__init__()
        self.figures, self.province, self.counties, self.years, self.examples, self.outside = [], None, {}, [], {}, []
        self.open, self.county, self.cell, self.cv, self.head, self.list, self.li = None, None, None, False, False, None, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        cls = (a.get("class") or "").split()
        if tag == "html" and "data-province" in a:
            self.province = int(a["data-province"])
        elif tag == "table":
            self.cv = "cv" in cls
        elif tag == "thead":
            self.head = True
        elif tag == "tr":
            self.county = a.get("data-c")
            if self.county:
                self.counties[self.county] = []
        elif tag == "td" and self.county:
            self.cell = ""
        elif tag == "th" and self.cv and self.head:
            self.cell = ""
        elif tag == "ol" and "data-rule" in a:
            self.list = (a["data-rule"], a["data-severity"])
            self.examples[self.list] = []
        elif tag == "li" and self.list:
            self.li = ""
        elif tag == "data":
            self.open = [a["data-figure"], a["value"], "", a.get("data-reason")]

    def handle_data(self, s):
        if self.open:
            self.open[2] += s
        if self.cell is not None:
            self.cell += s
        if self.li is not None:
            self.li += s

    def handle_endtag(self, tag):
        if tag == "data":
            self.figures.append(tuple(self.open))
            self.open = None
        elif tag == "td" and self.county and self.cell is not None:
            self.counties[self.county].append(self.cell)
            self.cell = None
        elif tag == "th" and self.cv and self.head and self.cell is not None:
            self.years.append(self.cell)
            self.cell = None
        elif tag == "thead":
            self.head = False
        elif tag == "ol":
            self.list = None
        elif tag == "li" and self.li is not None:
            self.examples[self.list].append(self.li)
            self.li = None


def expected_of(p):
    """every key of a page -> number. p: province or None"""
    f = {}
    here = "1 = 1" if p is None else f"province = {p}"
    # files: province by the report they hold
    rows = ask("select f.format, f.status, f.reason, f.source_path from files f" if p is None else
               f"select f.format, f.status, f.reason, f.source_path from files f where exists (select 1 from reports r where r.report_id = f.report_id and r.province = {p})")
    f["files.total"] = len(rows)
    for s in "report superseded duplicate no_tables needs_ocr unreadable not_a_report skipped".split():
        f[f"files.status.{s}"] = 0
    why = {}
    for fmt, status, reason, _ in rows:
        for k in (f"files.status.{status}", f"files.format.{fmt or 'unknown'}", f"files.cell.{fmt or 'unknown'}.{status}"):
            f[k] = f.get(k, 0) + 1
        if status in ("no_tables", "needs_ocr", "unreadable", "not_a_report", "skipped"):
            k = (status, re.sub(r"\b[0-9]+\b", "N", reason or "", flags=re.A))
            why[k] = why.get(k, 0) + 1
    f["?reasons"] = why
    # reports
    sums = ("count(report_id), sum(case quality when 'complete' then 1 else 0 end), sum(case quality when 'partial' then 1 else 0 end), sum(case quality when 'poor' then 1 else 0 end), "
            "sum(cells_expected), sum(cells_found), sum(cells_recovered), sum(checks_evaluated), sum(checks_failed)")
    names = "total quality.complete quality.partial quality.poor cells_expected cells_found cells_recovered checks_evaluated checks_failed".split()
    per_year = ask(f"select coalesce(year::varchar, 'unknown'), {sums} from reports where {here} group by 1")
    totals = [sum(int(r[i] or 0) for r in per_year) for i in range(1, 10)]
    for key, values in [(f"reports.year.{r[0]}", r[1:]) for r in per_year] + [("reports", totals)]:
        v = dict(zip(names, (int(x or 0) for x in values)))
        f.update({f"{key}.{k}": n for k, n in v.items()})
        f[f"{key}.complete_share"] = 100 * v["quality.complete"] / v["total"]
        if v["cells_expected"]:
            f[f"{key}.found_share"] = 100 * v["cells_found"] / v["cells_expected"]
    f["reports.primary"] = ask(f"select coalesce(sum(is_primary::int), 0) from reports where {here}")[0][0]
    if p is None:
        f["reports.provinces"] = ask("select count(distinct province) from reports")[0][0]
        f["reports.province_unknown"] = ask("select count(*) - count(province) from reports")[0][0]
    # coverage
    f["coverage.stopped"] = ask(f"select coalesce(sum((subject = 'body' and status = 'stopped')::int), 0) from coverage where {here}")[0][0]
    unit, prefix = ("province::varchar", "coverage") if p is None else ("coalesce(prefecture_code, '0')", "coverage.prefecture")
    for g, y, status, n in ask(f"select {unit}, year, status, count(*) from coverage c where subject = 'government' and {here} and exists (select 1 from reports r where r.province = c.province) group by 1, 2, 3"):
        for gg in (g, "total"):
            for yy in (y, "total"):
                k = f"{prefix}.{gg}.{yy}"
                f[k + ".expected"] = f.get(k + ".expected", 0) + n
                f[k + ".found"] = f.get(k + ".found", 0) + (n if status == "found" else 0)
    marks = {}
    if p is not None:
        zh = {"complete": "全", "partial": "部", "poor": "残"}
        for c, y, q in ask(f"select county_code, year, case status when 'found' then quality end from coverage where subject = 'government' and {here}"):
            marks.setdefault(c, {})[y] = zh.get(q, "缺")
        for c, m in marks.items():
            f[f"coverage.county.{c}.expected"] = len(m)
            f[f"coverage.county.{c}.found"] = sum(v != "缺" for v in m.values())
    # findings
    f["findings.total"] = 0
    for s in ("error", "warning", "info"):
        f[f"findings.severity.{s}"] = 0
    rules = ask(f"select rule, severity, count(1) from fi where {here} group by rule, severity")
    reports_of = {(r, s): n for r, s, n in ask(f"select rule, severity, count(*) from (select distinct rule, severity, report_id from fi where report_id is not null and {here}) group by all")}
    f["findings.reports"] = ask(f"select count(*) from (select distinct report_id from fi where report_id is not null and {here})")[0][0]
    f["outliers.total"] = 0
    names = [r for r, _, _ in rules]
    for rule, severity, n in rules:
        k = f"findings.rule.{rule}" + ("" if names.count(rule) == 1 else f".{severity}")
        m = reports_of.get((rule, severity), 0)
        f["findings.total"] += n
        f[f"findings.severity.{severity}"] += n
        f[k], f[k + ".reports"] = n, m
        if f["reports.total"]:
            f[k + ".share"] = 100 * m / f["reports.total"]
        if rule in ("value_jump", "below_departments", "requests_copied", "disclosure_copied"):
            f["outliers.total"] += n
            f[f"outliers.rule.{rule}"] = f.get(f"outliers.rule.{rule}", 0) + n
    # series: county governments
    wanted = "('requests_received', 'requests_processed', 'granted', 'denied', 'reconsideration_total', 'litigation_total')"
    for s, y, values in ask(f"""select series, year, list(value order by value) from series where series in {wanted} and year is not null and value is not null and {here}
            and report_id in (select report_id from reports where agency_kind = 'government' and county_code is not null) group by 1, 2"""):
        n, k = len(values), f"series.{s}.{y}"
        f[k + ".n"], f[k + ".sum"] = n, sum(values)
        f[k + ".median"] = (values[(n - 1) // 2] + values[n // 2]) / 2
    # denied share of processed: exact integers
    bins, n = [0] * 22, 0
    for processed, grounds in ask(f"""select processed, [denied_state_secret, denied_law_prohibits, denied_security_stability, denied_third_party_rights, denied_internal_affairs,
            denied_process_information, denied_enforcement_file, denied_administrative_query] from requests where applicant = 'total' and processed > 9 and edition in ('2019', '2021') and {here}"""):
        if None not in grounds and sum(grounds) >= 0:
            n += 1
            bins[min(21, -(-sum(grounds) * 20 // processed))] += 1
    f["denied.n"] = n
    if n:
        for i, b in enumerate(bins):
            f[f"denied.bin.{i}"], f[f"denied.bin.{i}.share"] = b, 100 * b / n
    return f, marks


faults, compared, marks_compared, examples_compared = [], 0, 0, 0
fault = lambda page, what: faults.append(f"{page}: {what}")
ORDER = 'year desc nulls last, province nulls last, source_path, page nulls first, line nulls first, "table" nulls first, "row" nulls first, "column" nulls first, message_zh, expected nulls first, actual nulls first, report_id nulls first'
pages = sorted(n for n in os.listdir(folder) if n.endswith(".html"))
want = {"index.html"} | {f"province-{p:02d}.html" for (p,) in ask("select distinct province from reports where province is not null")}
if set(pages) != want:
    fault("folder", f"pages {sorted(set(pages) ^ want)} are missing or too many")
for name in pages:
    page = Page(open(os.path.join(folder, name), encoding="utf-8").read())
    f, marks = expected_of(page.province)
    why, seen = f.pop("?reasons"), {}
    here = "true" if page.province is None else f"province = {page.province}"
    rows_of = {}

    def examples(rule, severity, n):
        if (rule, severity) not in rows_of:
            rows_of[rule, severity] = ask(f"select year, agency, source_path, page, line, expected, actual, {'value' if 'value' in columns else 'null'} from findings where {here} and rule = '{rule}' and severity = '{severity}' order by {ORDER} limit {n}")
        return rows_of[rule, severity]
    columns = [r[0] for r in ask("describe findings")]
    rule_list = {r: (r, s) for r, s in page.examples}
    for key, value, text, reason in page.figures:
        compared += 1
        got = float(value)
        # what is shown must be what the attribute says
        bare = text.replace(",", "").rstrip("%")
        if abs(float(bare) - got) > (0.006 if "." in bare else 1e-9):
            fault(name, f"{key}: shows {text}, value is {value}")
        if key.startswith("files.reason."):
            status, _, rest = key[len("files.reason."):].partition(".")
            exact = why.get((status, reason), 0) - (5 if rest == "left" else 0)
        elif m := re.fullmatch(r"finding\.(\w+)\.(\d+)\.(expected|actual|value)", key):
            rule, i, what = m[1], int(m[2]), m[3]
            row = examples(*rule_list[rule], len(page.examples[rule_list[rule]]))[i - 1]
            exact = row[{"expected": 5, "actual": 6, "value": 7}[what]]
        elif m := re.fullmatch(r"outlier\.(\d+)\.(expected|actual|value)", key):
            exact = None  # the list as a whole is compared below
            page.outside.append((int(m[1]), m[2], got))
            continue
        elif m := re.fullmatch(r"findings\.rule\.(\w+(?:\.(?:error|warning|info))?)\.left", key):
            rule = m[1].split(".")[0]
            severity = m[1].split(".")[1] if "." in m[1] else rule_list[rule][1]
            exact = f[f"findings.rule.{m[1]}"] - len(page.examples[rule, severity])
        elif key == "outliers.left":
            exact = f["outliers.total"] - (30 if page.province is None else 100)
        else:
            exact = f.get(key)
            seen[key] = True
        if exact is None:
            fault(name, f"{key}: not known")
        elif abs(float(exact) - got) > (0.0501 if key.endswith("share") else 1e-6 * max(1, abs(float(exact)))):
            fault(name, f"{key}: page {value}, data {exact}")
    optional = {"reports.province_unknown"} if not f.get("reports.province_unknown") else set()
    for key in f:
        if key not in seen and key not in optional:
            fault(name, f"{key}: not on the page ({f[key]})")
    # county grid
    years = [int(y) for y in page.years if y.isdigit()]
    if set(page.counties) != set(marks):
        fault(name, "counties of the grid differ")
    for code, cells in page.counties.items():
        for y, cell in zip(years, cells, strict=False):
            marks_compared += 1
            if marks.get(code, {}).get(y, "") != cell:
                fault(name, f"county {code} {y}: page {cell!r}, data {marks.get(code, {}).get(y)!r}")
    # examples: which, in which order
    for (rule, severity), items in page.examples.items():
        rows = examples(rule, severity, len(items))
        for item, (year, agency, path, pg, line, *_rest) in zip(items, rows, strict=True):
            examples_compared += 1
            for part in (agency or "机关未定", str(year) if year is not None else "年度未定", path, f"第 {pg} 页" if pg is not None else "", f"第 {line} 行" if line is not None else ""):
                if part and part not in item:
                    fault(name, f"example of {rule}: {part!r} is not in {item[:80]!r}")
    # outliers: the pairs on the page are findings of these rules
    pairs = {}
    for i, what, got in page.outside:
        pairs.setdefault(i, {})[what] = got
    if pairs:
        known = set(ask(f"select expected, actual from findings where {here} and rule in ('value_jump', 'below_departments', 'requests_copied', 'disclosure_copied')"))
        ratio = lambda e, a: max((abs(a) + 1) / (abs(e) + 1), (abs(e) + 1) / (abs(a) + 1))
        for i, d in pairs.items():
            if (d.get("expected"), d.get("actual")) not in known:
                fault(name, f"outlier {i}: {d} is no finding")
        ratios = [ratio(d["expected"], d["actual"]) for _, d in sorted(pairs.items()) if "expected" in d and "actual" in d]
        best = sorted((ratio(e, a) for e, a in known if e is not None and a is not None), reverse=True)
        if ratios != sorted(ratios, reverse=True) or (ratios and abs(ratios[0] - best[0]) > 1e-9):
            fault(name, "outliers are not in the order of their ratio")
print(f"{len(pages)} pages: {compared} figures, {marks_compared} county marks and {examples_compared} examples compared, {len(faults)} differ")
for x in faults[:40]:
    print(" ", x)
if compared < least:
    print(f"fewer than {least} figures")
sys.exit(bool(faults) or compared < least)
