"""Checks what an office opens against what was printed. usage: offices.py NIANBAO_BIN [SEED]

Makes an archive of two provinces and three years (governments, departments, a township; forms of 2019 and 2021; blanks, broken sums,
late and missing reports, names that look like formulas) and keeps what it printed. Runs the program with every summary of
pipelines/sample.toml as CSV and XLSX. Then:

- every field and note of every CSV against what was printed, never by way of the dataset (summaries.py says what follows from it);
- every sheet of every workbook against the CSV files: codes are text, figures numbers, nothing a formula, the header frozen;
- LibreOffice opens the CSV files and workbooks of one province and writes them again: nothing garbled, codes as they were, nothing
  run as a formula. Without LibreOffice this part is left out, loudly; with CI set that is a failure.

Exit code 1 on any difference.
"""

import csv
import datetime
import glob
import hashlib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict

import openpyxl

from summaries import HERE, PIPELINE, compare, expect, read_parameters

ROOT = os.path.join(HERE, "..", "..")
YEARS = (2020, 2021, 2022)
PROVINCES = {64: "宁夏回族自治区", 63: "青海省"}
OFFICE = 64  # the province that LibreOffice opens
FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def form(edition):
    with open(os.path.join(ROOT, "data", "editions", f"{edition}.toml"), "rb") as file:
        return tomllib.load(file)


FORMS = {edition: form(edition) for edition in ("2019", "2021")}
RULES = {  # how a message begins, and the severity
    "sum_broken": ("表内勾稽关系不成立", "error"),
    "sum_unusual": ("通常成立的数量关系不成立", "warning"),
    "suspect_cell": ("该单元格最可能有误", "info"),
    "negative_value": ("计数为负数", "error"),
    "issued_above_in_force": ("本年制发件数大于现行有效件数与本年废止件数之和", "warning"),
    "carried_over_differs": ("上年结转件数与上一年度报告的结转下年度件数不一致", "warning"),
    "stock_differs": ("现行有效件数与上年现行有效加本年制发减本年废止之数不一致", "warning"),
    "repealed_above_stock": ("本年废止件数大于上年现行有效件数与本年制发件数之和", "warning"),
    "published_late": ("发布时间晚于法定期限", "warning"),
    "narrative_copied": ("正文与上一年度报告高度重复", "warning"),
}
with open(os.path.join(ROOT, "data", "divisions", "divisions.csv"), encoding="utf-8") as file:
    DIVISIONS = list(csv.DictReader(file))


def divisions(level, year, province):
    stands = lambda d: (not d["valid_from"] or int(d["valid_from"]) <= year) and (not d["valid_to"] or int(d["valid_to"]) > year)  # noqa: E731
    return [d for d in DIVISIONS if d["level"] == level and d["code"].startswith(str(province)) and stands(d)]


NAMES = {d["code"]: d["name"] for d in DIVISIONS}


class Beginning(str):
    """How a message begins: after it come labels and figures in a form that is not this test's matter."""

    def agrees(self, text):
        return text.startswith(self)


class Body:
    def __init__(self, kind, prefecture, county, function, chain=True):
        self.kind, self.prefecture, self.county = kind, prefecture, county
        self.agency = (NAMES[prefecture] + (NAMES[county] if county else "") if chain else "") + function
        self.province = int(prefecture[:2])
        self.id = f"{county or prefecture} {function}"


def part(edition, axis, table):
    return [x for x in FORMS[edition][axis] if x["table"] == table]


def columns_of(edition, table, row):
    own = [x["columns"] for x in part(edition, "row", table) if x["code"] == row][0]
    return own or [x["code"] for x in part(edition, "column", table)]


class Report:
    """One page: what it prints, and what follows for `reports`, `cells` and `findings`."""

    def __init__(self, random, body, year, edition, last):
        self.body, self.year, self.edition, self.last = body, year, edition, last
        self.values, self.raw, self.lines, self.labels = {}, {}, {}, {}
        self.spoilt, self.whole = None, set()
        self.disclosure(random)
        self.requests(random)
        if random.random() < 0.9:
            self.disputes(random)
        self.blank(random)
        day = datetime.date(year + 1, 1, 5) + datetime.timedelta(days=random.choice([3, 10, 20, 26, 40, 80, 86, 100, 130]))
        self.published_on = day if random.random() < 0.85 else None
        self.narrative = "本机关依法公开政府信息，按时更新栏目。"

    def put(self, table, row, column, value, raw=None):
        self.values[table, row, column] = value
        self.raw[table, row, column] = raw if raw is not None else "" if value is None else format(value, "f").rstrip("0").rstrip(".") if isinstance(value, float) else str(value)

    def disclosure(self, random):
        last = self.last.values if self.last else {}
        for row in part(self.edition, "row", "disclosure"):
            row, columns = row["code"], row["columns"]
            if "issued" in columns:
                stock = last.get(("disclosure", row, "in_force"))
                issued, gone = random.randrange(6), random.randrange(4)
                kept = stock if stock is not None else random.randrange(3, 30)
                figures = {"issued": issued, "repealed": gone, "in_force": max(0, kept + issued - gone)}
                chance = random.random()
                if chance < 0.15:
                    figures["in_force"] += 2
                elif chance < 0.2:
                    figures["repealed"] = kept + issued + 3
                elif chance < 0.25:
                    figures["in_force"], figures["issued"] = 1, 9 + gone
            else:
                many = lambda: random.choice([0, 0, random.randrange(9), random.randrange(3000)])  # noqa: E731
                figures = {c: many() for c in columns}
                if "item_change" in columns:
                    figures["item_change"] = random.choice([0, -7, 4, 12])
                if "total_disclosed" in columns:
                    figures["total_disclosed"] = figures["newly_disclosed"] + random.choice([0, 3, 20]) - (5 if figures["newly_disclosed"] > 4 and random.random() < 0.2 else 0)
                if "fee_amount" in columns:
                    figures["fee_amount"] = random.choice([0.0, 12.5, 0.000123, 7.341, 1890.204])
                if "procurement_amount" in columns:
                    figures["procurement_amount"] = random.choice([0.0, 103456.52, 88.0])
                if "decisions" in columns and random.random() < 0.03:
                    figures["decisions"] = -3
            for column in columns:
                raw = None
                if column == "procurement_amount":
                    raw = format(figures[column], ".2f") + "元"
                self.put("disclosure", row, column, figures[column], raw)

    def requests(self, random):
        rows = [r["code"] for r in part(self.edition, "row", "requests")]
        outcomes = [r for r in rows if r not in ("received", "carried_in", "processed", "carried_out")]
        kinds = [c["code"] for c in part(self.edition, "column", "requests") if c["code"] != "total"]
        most = random.choice([2, 6, 30, 200])
        table = {}
        for kind in kinds:
            before = self.last.meant.get(("carried_out", kind), 0) if self.last else random.choice([0, 0, 1, 4])
            received = random.randrange(most) if kind in ("natural_person", "enterprise") or random.random() < 0.3 else 0
            processed = max(0, received + before - random.choice([0, 0, 0, 1, 3]))
            table["received", kind], table["carried_in", kind], table["processed", kind] = received, before, processed
            table["carried_out", kind] = received + before - processed
            chosen = Counter(random.choices(outcomes, [8, 3] + [1] * (len(outcomes) - 2), k=processed))
            for row in outcomes:
                table[row, kind] = chosen[row]
        if self.last and random.random() < 0.15:  # more carried in than was carried out
            table["carried_in", "natural_person"] += 2
            table["received", "natural_person"] += 1
            table["processed", "natural_person"] += 3
            table["granted", "natural_person"] += 3
        for row in rows:
            table[row, "total"] = sum(table[row, kind] for kind in kinds)
        self.meant = dict(table)
        # A cell is singled out where both its sums can be judged.
        if table["processed", "natural_person"] and table["granted", "total"] and random.random() < 0.2:
            self.spoilt = ("granted", "natural_person", table["granted", "natural_person"])
            table["granted", "natural_person"] += 3
            self.whole.add(("requests", "granted"))
        for (row, column), value in table.items():
            self.put("requests", row, column, value)

    def disputes(self, random):
        for row in part(self.edition, "row", "disputes"):
            most = random.choice([1, 2, 4, 14])
            figures = {c: random.randrange(most) for c in ("upheld", "corrected", "other", "pending")}
            figures["total"] = sum(figures.values())
            if random.random() < 0.04:
                figures["total"] += 1
                self.whole.add(("disputes", row["code"]))
            for column, value in figures.items():
                self.put("disputes", row["code"], column, value)

    def blank(self, random):
        """Some bodies leave zeros blank, some all of them, and some print strokes; no figure of a sum is lost by it.

        A row whose sum is broken has none: there a blank is taken for columns that may have moved, and the row is left out.
        """
        share = random.choice([0, 0, 0, 0.1, 1])
        for key, value in self.values.items():
            if value == 0 and key[:2] not in self.whole and random.random() < share:
                self.values[key] = None
                self.raw[key] = random.choice(["", "", "/", "—"])
        # A table 四 without a figure is taken for one that is not there.
        key = ("disputes", "reconsideration", "total")
        if key in self.values and all(v is None for k, v in self.values.items() if k[0] == "disputes"):
            self.put(*key, 0)

    # The page.

    def page(self):
        name, year = self.body.agency, self.year
        out = ["<!DOCTYPE html>", '<html><head><meta charset="utf-8">', f"<title>{name}{year}年政府信息公开工作年度报告</title></head><body>"]
        if self.published_on:
            out.append(f"<p>发布日期：{self.published_on.isoformat()}</p>")
        out.append(f"<h1>{name}{year}年政府信息公开工作年度报告</h1>")
        out.append(f"<p>根据《中华人民共和国政府信息公开条例》，现公布{name}{year}年政府信息公开工作年度报告。统计期限自{year}年1月1日起至{year}年12月31日止。</p>")
        heads = {s["table"] or s["code"]: s["heading"] for s in FORMS[self.edition]["section"]}
        tell = lambda code, text: out.extend([f"<p><strong>{heads[code]}</strong></p>", f"<p>{text}</p>"])  # noqa: E731
        tell("overview", self.narrative)
        out.append(f"<p><strong>{heads['disclosure']}</strong></p>")
        self.table_two(out)
        out.append(f"<p><strong>{heads['requests']}</strong></p>")
        self.table_three(out)
        if ("disputes", "reconsideration", "total") in self.values:
            out.append(f"<p><strong>{heads['disputes']}</strong></p>")
            self.table_four(out)
        tell("problems", "有的栏目更新不够及时，今后按月检查。")
        tell("other_matters", "本机关没有收取信息处理费。")
        out.append("</body></html>")
        return "\n".join(out) + "\n"

    def row(self, out, table, row, lead, columns, spans=None):
        cells = []
        for column in columns:
            self.lines[table, row, column] = len(out) + 1
            cells.append(f"<td{(spans or {}).get(column, '')}>{self.raw[table, row, column]}</td>")
        out.append(f"<tr>{lead}{''.join(cells)}</tr>")

    def table_two(self, out):
        out.append("<table border=1>")
        headings = {c["code"]: c["label"] for c in part(self.edition, "column", "disclosure")}
        groups = {g["code"]: g["label"] for g in part(self.edition, "group", "disclosure")}
        above = None
        for row in part(self.edition, "row", "disclosure"):
            columns = row["columns"]
            spans = {columns[-1]: f" colspan={4 - len(columns)}"} if len(columns) < 3 else {}
            if row["parent"] != above:
                above = row["parent"]
                out.append(f"<tr><td colspan=4>{groups[above]}</td></tr>")
                out.append("<tr><td>信息内容</td>" + "".join(f"<td{spans.get(c, '')}>{headings[c]}</td>" for c in columns) + "</tr>")
            self.labels["disclosure", row["code"]] = row["label"]
            self.row(out, "disclosure", row["code"], f"<td>{row['label']}</td>", columns, spans)
        out.append("</table>")

    def table_three(self, out):
        out.append("<table border=1>")
        columns = [c["code"] for c in part(self.edition, "column", "requests")]
        out.append("<tr><td colspan=3 rowspan=3>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td><td colspan=7>申请人情况</td></tr>")
        out.append("<tr><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td><td rowspan=2>总计</td></tr>")
        out.append("<tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>")
        rows = part(self.edition, "row", "requests")
        groups = {g["code"]: g for g in part(self.edition, "group", "requests")}
        count = Counter(r["parent"] for r in rows)
        count["outcomes"] = sum(1 for r in rows if r["parent"])
        opened = set()
        for row in rows:
            label = row["ordinal"] + row["label"]
            self.labels["requests", row["code"]] = label
            parent, lead = row["parent"], ""
            if not parent:
                lead = f"<td colspan=3>{label}</td>"
            else:
                if "outcomes" not in opened:
                    lead += f"<td rowspan={count['outcomes']}>三、本年度办理结果</td>"
                if parent == "outcomes":
                    lead += f"<td colspan=2>{label}</td>"
                else:
                    if parent not in opened:
                        lead += f"<td rowspan={count[parent]}>{groups[parent]['ordinal']}{groups[parent]['label']}</td>"
                    lead += f"<td>{label}</td>"
                opened |= {parent, "outcomes"}
            self.row(out, "requests", row["code"], lead, columns)
        out.append("</table>")

    def table_four(self, out):
        out.append("<table border=1>")
        out.append("<tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr>")
        out.append("<tr>" + "".join(f"<td rowspan=2>{x}</td>" for x in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")) + "<td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>")
        out.append("<tr>" + 2 * "".join(f"<td>{x}</td>" for x in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")) + "</tr>")
        cells = []
        for row in part(self.edition, "row", "disputes"):
            self.labels["disputes", row["code"]] = row["label"]
            for column in ("upheld", "corrected", "other", "pending", "total"):
                self.lines["disputes", row["code"], column] = len(out) + 1
                cells.append(f"<td>{self.raw['disputes', row['code'], column]}</td>")
        out.append(f"<tr>{''.join(cells)}</tr>")
        out.append("</table>")

    # What follows.

    def cells(self):
        columns = {(c["table"], c["code"]): c for c in FORMS[self.edition]["column"]}
        rows = {(r["table"], r["code"]): r for r in FORMS[self.edition]["row"]}
        out = {}
        for (table, row, column), value in self.values.items():
            unit = rows[table, row]["unit"] or columns[table, column]["unit"] or None
            if column == "procurement_amount" and value is not None:
                unit = "元"
            out[table, row, column] = {
                "table": table, "row": row, "column": column, "value": value, "unit": unit, "raw": self.raw[table, row, column],
                "row_label": self.labels[table, row], "column_label": columns[table, column]["label"], "edition": self.edition,
            }
        return out

    def finding(self, rule, detail, key=None, actual=None, expected=None):
        table, row, column = key or (None, None, None)
        return {
            "rule": rule, "severity": RULES[rule][1], "table": table, "row": row, "column": column, "actual": actual, "expected": expected,
            "report_id": self.id, "source_path": self.path, "line": self.lines.get(key), "page": None,
            "message_zh": Beginning(RULES[rule][0] + ("" if rule == "suspect_cell" else f"：{detail}")), "message_en": "",
        }

    def check(self):
        """Findings about the page itself; counts the sums."""
        found, self.evaluated, self.failed = [], 0, 0
        value = self.values.get
        labels = {(x["table"], axis, x["code"]): x["label"] for axis in ("row", "column") for x in FORMS[self.edition][axis]}
        broken = set()
        for rule in FORMS[self.edition]["identity"]:
            table, over_rows = rule["table"], rule["over"] == "rows"
            left, compared, right = re.fullmatch(r"(.+) (==|<=) (.+)", rule["expr"]).groups()
            left, right = left.split(" + "), right.split(" + ")
            for fixed in part(self.edition, "column" if over_rows else "row", table):
                key = lambda term: (table, term, fixed["code"]) if over_rows else (table, fixed["code"], term)  # noqa: E731
                if not all(key(t) in self.values for t in left + right):
                    continue
                stated = lambda side: [t for t in side if value(key(t)) is not None]  # noqa: E731
                if not stated(left) or (len(right) > 1 and not stated(right)):
                    continue
                self.evaluated += 1
                a, b = (sum(value(key(t)) or 0 for t in side) for side in (left, right))
                if a == b if compared == "==" else a <= b:
                    continue
                hard = rule["strength"] == "hard"
                self.failed += hard
                detail = f"{labels[table, 'column' if over_rows else 'row', fixed['code']]} [{rule['code']}]"
                found.append(self.finding("sum_broken" if hard else "sum_unusual", detail, key(left[0]), a, b))
                broken.add((rule["code"], fixed["code"]))
        if self.spoilt:
            row, column, meant = self.spoilt
            assert {("outcome_sum", column), ("applicant_sum", row)} <= broken, (self.path, broken)
            key = ("requests", row, column)
            detail = f"{labels['requests', 'row', row]} / {labels['requests', 'column', column]} [outcome_sum, applicant_sum]"
            found.append(self.finding("suspect_cell", detail, key, self.values[key], meant))
        for key, v in self.values.items():
            if v is not None and v < 0 and key[2] != "item_change":
                found.append(self.finding("negative_value", f"{labels[key[0], 'row', key[1]]} / {labels[key[0], 'column', key[2]]}", key, v))
        for row in ("rules", "normative_documents"):
            issued, gone, stock = (value(("disclosure", row, c)) for c in ("issued", "repealed", "in_force"))
            if issued is not None and stock is not None and issued > stock + (gone or 0):
                found.append(self.finding("issued_above_in_force", f"{issued} > {stock + (gone or 0)}", ("disclosure", row, "issued"), issued, stock + (gone or 0)))
        kind = self.body.kind
        last = datetime.date(self.year + 1, 3, 31) if kind == "government" else datetime.date(self.year + 1, 1, 31) if kind == "department" else None
        if last and self.published_on and self.published_on > last:
            found.append(self.finding("published_late", f"{self.published_on} > {last}"))
        return found

    def check_against(self, last):
        found = []
        out, carried = last.values.get(("requests", "carried_out", "total")), self.values.get(("requests", "carried_in", "total"))
        if out is not None and carried is not None and out != carried:
            found.append(self.finding("carried_over_differs", last.path, ("requests", "carried_in", "total"), carried, out))
        for row in ("rules", "normative_documents"):
            stock = last.values.get(("disclosure", row, "in_force"))
            issued, gone, now = (self.values.get(("disclosure", row, c)) for c in ("issued", "repealed", "in_force"))
            if None in (stock, issued, gone):
                continue
            if gone > stock + issued:
                found.append(self.finding("repealed_above_stock", last.path, ("disclosure", row, "repealed"), gone, stock + issued))
            elif now is not None and now != stock + issued - gone:
                found.append(self.finding("stock_differs", last.path, ("disclosure", row, "in_force"), now, stock + issued - gone))
        if self.narrative == last.narrative and len(self.narrative) > 400:
            found.append(self.finding("narrative_copied", f"{last.path} 1.00", actual=1.0))
        return found

    def as_row(self):
        b = self.body
        return {
            "report_id": self.id, "year": self.year, "province": b.province, "province_name": PROVINCES[b.province], "agency": b.agency, "agency_kind": b.kind,
            "prefecture_code": b.prefecture, "prefecture": NAMES[b.prefecture], "county_code": b.county, "county": NAMES.get(b.county),
            "edition": self.edition, "year_evidence": "period", "published_on": self.published_on, "source_path": self.path, "is_primary": True,
            "checks_evaluated": self.evaluated, "checks_failed": self.failed, "body_id": b.id,
        }


def bodies(random):
    """Governments of all counties and some prefectures, some departments, a township, an office that signs for a government."""
    out = []
    for province in PROVINCES:
        places = [d for d in divisions("county", YEARS[0], province) if d["code"] in {e["code"] for e in divisions("county", YEARS[-1], province)}]
        for d in places:
            if random.random() < 0.85:
                out.append(Body("government", d["parent"], d["code"], "人民政府"))
            for function in ("教育局", "财政局", "卫生健康局"):
                if random.random() < 0.2:
                    out.append(Body("department", d["parent"], d["code"], function))
        out.append(Body("department", places[0]["parent"], places[0]["code"], "人民政府办公室"))
        # Names that a spreadsheet would run; the place follows from the folder.
        out += [Body("department", places[0]["parent"], places[0]["code"], f, chain=False) for f in ("=1+2档案局", "@科学技术局", "+档案局")]
        out.append(Body("township", places[1]["parent"], places[1]["code"], "月牙湖乡人民政府"))
        prefectures = divisions("prefecture", YEARS[0], province)
        for d in prefectures[:3]:
            out.append(Body("government", d["code"], None, "人民政府"))
        out.append(Body("department", prefectures[0]["code"], None, "教育局"))
    return out


def archive(random, folder):
    reports = []
    copied = "".join(random.choice("主动公开政府信息网站栏目更新依法受理申请答复群众咨询监督保障培训考核问题改进") for _ in range(700))
    for number, body in enumerate(bodies(random)):
        last = None
        for year in YEARS:
            if random.random() < 0.12:
                last = None
                continue
            edition = "2019" if year == 2020 or random.random() < 0.06 else "2021"
            report = Report(random, body, year, edition, last)
            if number % 11 == 0:
                report.narrative = copied[number : number + 600]
            name = f"{body.agency}{year}年政府信息公开工作年度报告.html"
            if number % 9 == 4 and body.agency.startswith(NAMES[body.prefecture]):  # at the root, under a name that a spreadsheet would run
                report.path = f"{random.choice(FORMULAS[:4])}1+{number}{name}"
            else:
                middle = [PROVINCES[body.province], NAMES[body.prefecture]] + ([NAMES[body.county]] if body.county else [])
                report.path = "/".join([*middle, str(year), name])
            data = report.page().encode()
            report.id = hashlib.sha256(data).hexdigest()[:16]
            path = os.path.join(folder, report.path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(data)
            reports.append(report)
            last = report
    return reports


def coverage_of(reports):
    out = []
    held = {(r.body.county, r.year) for r in reports if r.body.kind == "government" and r.body.county}
    for province in PROVINCES:
        for year in YEARS:
            for d in divisions("county", year, province):
                found = (d["code"], year) in held
                out.append({
                    "year": year, "province": province, "subject": "government", "status": "found" if found else "missing", "county_code": d["code"],
                    "county": d["name"], "prefecture_code": d["parent"], "prefecture": NAMES[d["parent"]], "agency": None, "body_id": None, "last_report_id": None,
                })
    known = {(r.body.id, r.year) for r in reports}
    for r in reports:
        b = r.body
        if r.year < YEARS[-1] and (b.id, r.year + 1) not in known and not (b.kind == "government" and b.county):
            out.append({
                "year": r.year + 1, "province": b.province, "subject": "body", "status": "stopped", "county_code": b.county, "county": NAMES.get(b.county),
                "prefecture_code": b.prefecture, "prefecture": NAMES[b.prefecture], "agency": b.agency, "body_id": b.id, "last_report_id": r.id,
            })
    return out


def pipeline(folder):
    """All summaries of the sample pipeline, their numbers too, over the archive."""
    with open(PIPELINE, encoding="utf-8") as file:
        text = file.read()
    queries = os.path.abspath(os.path.join(ROOT, "pipelines", "summaries"))
    summaries = text[text.index("[[summary]]") :].replace('sql = "summaries/', f'sql = "{queries}/')
    path = os.path.join(folder, "offices.toml")
    with open(path, "w", encoding="utf-8") as file:
        file.write('[source]\npath = "archive"\n[dataset]\npath = "dataset"\n[summaries]\npath = "summaries"\nformat = ["csv", "xlsx"]\n\n' + summaries)
    return path


def plain(text):
    """A CSV field as a cell of text: without the apostrophe that keeps spreadsheets from running it."""
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULAS else text


def read_csv(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    notes = [row[0] for row in rows if row[0].startswith("注：")]
    return header, [row for row in rows if not row[0].startswith("注：")], notes


TEXTS = ("省级", "地级", "县级", "区划代码", "省级代码", "填报单位", "单位类别", "层级", "案件类别", "文件", "单位", "政府", "指标", "表", "行", "列", "规则", "规则代码")


def check_workbooks(folder):
    """Every sheet against the CSV files of its summary."""
    wrong, compared = [], 0
    for book_path in sorted(glob.glob(os.path.join(folder, "**", "*.xlsx"), recursive=True)):
        book = openpyxl.load_workbook(book_path)
        place = os.path.dirname(book_path)
        by_name = defaultdict(list)
        for path in sorted(glob.glob(os.path.join(place, "*.csv"))):
            by_name[re.sub(r"^\d{4}-", "", os.path.basename(path)[:-4])].append(path)
        if sorted(by_name) != sorted(book.sheetnames):
            wrong.append(f"{book_path}: sheets {book.sheetnames}, CSV files {sorted(by_name)}")
        for sheet in book.worksheets:
            at = f"{os.path.relpath(book_path, folder)} {sheet.title}"
            want, notes, header = [], [], None
            for path in by_name[sheet.title]:
                header, rows, own = read_csv(path)
                year = re.match(r"\d{4}(?=-)", os.path.basename(path))
                want += rows
                notes += [f"{year[0]} 年度：{n}" if year else n for n in own]
            if sheet.freeze_panes != "A2":
                wrong.append(f"{at}: header not frozen")
            if [c.value for c in sheet[1]] != header:
                wrong.append(f"{at}: header {[c.value for c in sheet[1]]}")
                continue
            for i, row in enumerate(want, 2):
                for title, field, cell in zip(header, row, sheet[i]):
                    compared += 1
                    value = cell.value
                    right = (value is None) == (field == "") or (value == "" and field == "")
                    if cell.data_type == "f" or cell.hyperlink:
                        right = False
                    elif value is None or field == "":
                        pass
                    elif title.endswith("代码") or title in TEXTS:
                        right = cell.data_type == "s" and value == plain(field)
                    elif cell.data_type == "d":
                        right = value.date().isoformat() == field
                    elif cell.data_type == "n":
                        right = not field.startswith("'") and float(field) == value
                    else:
                        right = value == plain(field) and title not in ("年度", "行号") and "（件）" not in title and "（%）" not in title
                    if not right:
                        wrong.append(f"{at} {cell.coordinate} {title}: {value!r} ({cell.data_type}), CSV {field!r}")
            below = [c.value for c in sheet["A"][len(want) + 1 :] if c.value is not None]
            if below != notes:
                wrong.append(f"{at}: notes {below[:2]}, CSV {notes[:2]}")
    print(f"workbooks: {compared} cells compared with the CSV files")
    return wrong


def same(field, got):
    """Whether LibreOffice kept a field: numbers as numbers, all else as text."""
    if got in (field, plain(field)):
        return True
    try:
        return abs(float(field) - float(got)) < 1e-9
    except ValueError:
        return False


def check_libreoffice(folder, temp):
    """CSV files and the workbook of one province, opened and written again."""
    office = shutil.which("soffice")
    if not office:
        print("LibreOffice is not here: NOT CHECKED how it opens the summaries", file=sys.stderr)
        return ["LibreOffice is not here"] if os.environ.get("CI") else []
    wrong, kept, texts = [], 0, 0
    place = glob.glob(os.path.join(folder, f"{OFFICE}-*"))[0]
    profile = f"-env:UserInstallation=file://{temp}/profile"

    def convert(files, out, *options):
        os.makedirs(out, exist_ok=True)
        done = subprocess.run([office, profile, "--headless", *options, "--outdir", out, *files], capture_output=True, text=True, timeout=600)
        if done.returncode:
            wrong.append(f"soffice: {done.stderr[-500:]}")

    # Comma, quotes, UTF-8, from line 1, as an office opens it: columns by LibreOffice's own guess. Then each column of codes as text.
    out = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false"
    files = sorted(glob.glob(os.path.join(place, "*.csv")))
    convert(files, f"{temp}/csv", "--infilter=Text - txt - csv (StarCalc):44,34,76,1,,2052,false,false", "--convert-to", out)
    for path in files:
        name = os.path.basename(path)
        with open(path, encoding="utf-8-sig", newline="") as file:
            before = list(csv.reader(file))
        got = os.path.join(temp, "csv", name)
        after = list(csv.reader(open(got, encoding="utf-8-sig", newline=""))) if os.path.exists(got) else []
        if len(after) != len(before):
            wrong.append(f"LibreOffice {name}: {len(after)} lines, {len(before)} expected")
        for i, (a, b) in enumerate(zip(before, after), 1):
            for field, value in zip(a, b + [""] * (len(a) - len(b))):
                kept += 1
                texts += field[:1] == "'"
                if not same(field, value) or "\ufffd" in value or value.startswith(("#", "Err:")):
                    wrong.append(f"LibreOffice {name}:{i}: {value!r}, CSV {field!r}")
    books = glob.glob(os.path.join(place, "*.xlsx"))
    convert(books, f"{temp}/book", "--convert-to", out + ",-1")
    for sheet in openpyxl.load_workbook(books[0]).sheetnames:
        got = os.path.join(temp, "book", f"{os.path.basename(books[0])[:-5]}-{sheet}.csv")
        after = list(csv.reader(open(got, encoding="utf-8-sig", newline=""))) if os.path.exists(got) else []
        before = []
        for path in files:
            if re.sub(r"^\d{4}-", "", os.path.basename(path)[:-4]) == sheet:
                header, rows, _ = read_csv(path)
                before = (before or [header]) + rows
        if len(after) < len(before):
            wrong.append(f"LibreOffice {sheet}: {len(after)} lines, {len(before)} expected")
        for i, (a, b) in enumerate(zip(before, after), 1):
            for field, value in zip(a, b + [""] * (len(a) - len(b))):
                kept += 1
                if not same(field, value) or "\ufffd" in value or value.startswith(("#", "Err:")):
                    wrong.append(f"LibreOffice {sheet}:{i}: {value!r}, CSV {field!r}")
    print(f"LibreOffice: {kept} fields kept, {texts} of them texts that look like formulas")
    if not texts:
        wrong.append("no text that looks like a formula was opened")
    return wrong


def main():
    program = os.path.abspath(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20261121
    temp = tempfile.mkdtemp(prefix="nianbao-offices-")
    reports = archive(random.Random(seed), os.path.join(temp, "archive"))
    path = pipeline(temp)
    done = subprocess.run([program, "run", path, "--progress", "never"], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}")
    found = [f for r in reports for f in r.check()]
    by_body = {(r.body.id, r.year): r for r in reports}
    for r in reports:
        if (r.body.id, r.year - 1) in by_body:
            found += r.check_against(by_body[r.body.id, r.year - 1])
    headers, expected, notes, _ = expect([r.as_row() for r in reports], {r.id: r.cells() for r in reports}, found, coverage_of(reports), read_parameters(path))
    summaries = os.path.join(temp, "summaries")
    print(f"{len(reports)} reports, {sum(len(r.values) for r in reports)} cells printed, {len(found)} findings expected")
    wrong = compare(summaries, headers, expected, notes)
    printed = {str(f) for rows in expected.values() for _, fields in rows for f in fields}
    wrong += [f"the archive has no {x}" for x in ("红牌", "黄牌", "缺报", "停报", "迟报", "正文", "=1+2档案局", "小计（县级部门）", "乡镇") if x not in printed]
    wrong += check_workbooks(summaries)
    wrong += check_libreoffice(summaries, temp)
    for line in wrong[:40]:
        print(line, file=sys.stderr)
    print(f"{len(wrong)} differences")
    if wrong:
        print(f"kept: {temp}", file=sys.stderr)
        sys.exit(1)
    shutil.rmtree(temp)


if __name__ == "__main__":
    main()
