"""Recomputes the summaries of a dataset and compares every field and note. usage: summaries.py DATASET SUMMARIES [PIPELINE]

Reads `reports`, `cells`, `findings` and `coverage` (not the wide tables, not `series`) and works in plain Python, so that it shares
nothing with the queries. Every row and every note below must be there, in the documented order; rates are compared with exact
fractions. Lateness is recomputed from dates, with no days of grace. The numbers of the pipeline file (`parameters`) are read from it,
by default from pipelines/sample.toml. Exit code 1 on any difference.
"""

import csv
import datetime
import os
import re
import sys
import tomllib
from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
PIPELINE = os.path.join(HERE, "..", "..", "pipelines", "sample.toml")


def read_parameters(pipeline):
    """The numbers that the pipeline file gives each summary."""
    with open(pipeline, "rb") as file:
        return {entry["name"]: {k: Fraction(str(v)) for k, v in entry.get("parameters", {}).items()} for entry in tomllib.load(file)["summary"]}


class Near:
    """An amount in decimals that were added."""

    def __init__(self, exact):
        self.exact = exact

    def agrees(self, text):
        if self.exact is None:
            return text == ""
        return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None and abs(Fraction(text) - self.exact) <= Fraction(1, 10**6)


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
        return str(int(v)) if v == int(v) else format(Decimal(repr(float(v))), "f")
    if isinstance(v, str):
        v = v.replace("\n", " ").replace("\r", " ")
        return "'" + v if v[:1] in tuple("=+-@\t\0＝＋－＠") and v else v
    return str(v)


def low(*parts):
    """A sort key with nulls first."""
    return tuple((p is not None, p if p is not None else 0) for p in parts)


def expect(reports, cells, findings, coverage, parameters):
    """Headings by name; (sort key, fields) and notes by file; how many relations were evaluated again.

    `reports`, `findings`, `coverage`: rows as dictionaries, findings of primary reports only; `cells`: by report, then by (table, row,
    column).
    """
    primary = {r["report_id"]: r for r in reports if r["is_primary"]}
    province_name = {r["province"]: r["province_name"] for r in reports if r["province"]}

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


    def place(r):
        own = f"{r['province']}0000" if r["province"] and r["province"] > 10 else None
        return [r["prefecture"], r["county"], r["county_code"] or r["prefecture_code"] or own]


    def order(r):
        return low(r["prefecture_code"], r["county_code"], r["agency"])


    def folder_of(province):
        return f"{province}-{province_name[province] or '国家级'}"


    def file_of(r, name):
        return f"{folder_of(r['province'])}/{r['year']}-{name}.csv"


    # Each: heading, then (sort key, fields) per file, then the lines below.
    expected = defaultdict(list)
    notes = defaultdict(list)
    headers = {}


    def kinds_of(group):
        """How many county governments, other governments, departments and others."""
        governments = [r for r in group if r["agency_kind"] == "government"]
        counties = sum(1 for r in governments if r["county_code"])
        departments = sum(1 for r in group if r["agency_kind"] == "department")
        return counties, len(governments) - counties, departments, len(group) - len(governments) - departments


    def faulty(group):
        return sum(1 for r in group if r["checks_failed"] > 0)


    def due_and_found(province=None, years=None):
        own = [c for c in coverage if c["subject"] == "government" and (province is None or c["province"] == province) and (years is None or c["year"] in years)]
        return len(own), sum(1 for c in own if c["status"] == "found")


    def rests_on(group, between="，", of="份"):
        counties, above, departments, rest = kinds_of(group)
        return f"县级政府{counties}{of}{between}地级、省级政府{above}{of}{between}部门{departments}{of}{between}乡镇、街道等其他单位{rest}{of}"


    in_province = defaultdict(list)  # primary reports by province and year
    for r in primary.values():
        if r["province"] is not None and r["year"] is not None:
            in_province[r["province"], r["year"]].append(r)
    all_years = defaultdict(list)
    for r in primary.values():
        if r["province"] is not None:
            all_years[r["province"]].append(r)

    # The three summaries with subtotals.
    FRAME = ["年度", "省级", "地级", "县级", "区划代码", "填报单位", "单位类别", "层级"]
    LAST = ["不成立勾稽关系（个）", "所加报告（份）", "不全的合计项（有数的份数）"]
    CLASSES = ["government", "department", "township", "street", "zone", "institution", "national", None]
    CASES = {"reconsideration": "行政复议", "litigation_direct": "未经复议直接起诉", "litigation_after_reconsideration": "复议后起诉"}


    def tier(r):
        if r["province"] == 10:
            return "国家级"
        return "县级" if r["county_code"] else "地级" if r["prefecture_code"] else "省级或地区未定"


    def is_added(r):
        office = (r["agency"] or "").endswith(("政府办公室", "政府办公厅", "政府办"))
        return bool(r["county_code"]) and (r["agency_kind"] == "government" or (r["agency_kind"] == "department" and not office))


    def form_of(report, table, column=None):
        forms = [c["edition"] for k, c in cells[report].items() if k[0] == table and (column is None or k[2] == column)]
        return max(forms) if forms else None


    def decisions(report, row, edition):
        cell = cells[report].get(("disclosure", row, "decisions"))
        return value(report, "disclosure", row, "decisions") if cell and cell["edition"] == edition else None


    def of_requests(report):
        rows = [asked(report, r) for r in ("received", "carried_in", "granted", "partially_granted", "denied", "unavailable", "not_processed")]
        return {None: rows + [other(report), asked(report, "processed"), asked(report, "carried_out")]}


    def of_disclosure(report):
        of = lambda row, column: value(report, "disclosure", row, column)  # noqa: E731
        documents = [of(row, column) for row in ("rules", "normative_documents") for column in ("issued", "repealed", "in_force")]
        decided = {e: [decisions(report, row, e) for row in ("licensing", "penalties", "compulsory_measures")] for e in ("2021", "2019")}
        return {None: documents + decided["2021"] + [of("fees", "fee_amount"), of("rules", "created"), of("normative_documents", "created")] + decided["2019"]}


    def of_disputes(report):
        present = {k[1] for k in cells[report] if k[0] == "disputes"}
        return {c: [value(report, "disputes", c, column) for column in ("upheld", "corrected", "other", "pending", "total")] for c in CASES if c in present}


    THREE = {
        "依申请公开情况汇总": (
            of_requests, ("requests", "total"), "表三",
            "本年新收（件）,上年结转（件）,予以公开（件）,部分公开（件）,不予公开（件）,无法提供（件）,不予处理（件）,其他处理（件）,办理总计（件）,结转下年度（件）",
            "两版的“补正后申请内容仍不明确”（计入无法提供）和其他处理口径略有不同。",
        ),
        "主动公开情况汇总": (
            of_disclosure, ("disclosure", None), "表二",
            "规章本年制发（件）,规章本年废止（件）,规章现行有效（件）,行政规范性文件本年制发（件）,行政规范性文件本年废止（件）,行政规范性文件现行有效（件）,"
            "行政许可处理决定（件）,行政处罚处理决定（件）,行政强制处理决定（件）,行政事业性收费（万元）,规章本年新制作（件，2019版）,规范性文件本年新制作（件，2019版）,"
            "行政许可处理决定（件，2019版）,行政处罚处理决定（件，2019版）,行政强制处理决定（件，2019版）",
            "两版栏目不同，分列而不相加，两版之间不可比。",
        ),
        "行政复议诉讼情况汇总": (
            of_disputes, ("disputes", None), "表四", "结果维持（件）,结果纠正（件）,其他结果（件）,尚未审结（件）,总计（件）", "两版表四相同，可比。",
        ),
    }
    for name, (figures_of, (table, column), form_table, titles, comparable) in THREE.items():
        titles = titles.split(",")
        by_case = table == "disputes"
        headers[name] = FRAME + (["案件类别"] if by_case else []) + titles + LAST
        short = [re.sub(r"（(件|万元)(，(2019版))?）", lambda m: f"（{m[3]}）" if m[3] else "", t) for t in titles]
        for (province, year), group in in_province.items():
            path = file_of(group[0], name)
            used = [r for r in group if form_of(r["report_id"], table, column)]
            sums = defaultdict(list)  # (class, level, prefecture, case) -> [(report, figures)]
            for r in used:
                at = CLASSES.index(r["agency_kind"])
                for case, figures in figures_of(r["report_id"]).items():
                    fields = [year, r["province_name"], *place(r), r["agency"], KINDS.get(r["agency_kind"]), tier(r)]
                    fields += ([CASES[case]] if by_case else []) + figures + [r["checks_failed"], None, None]
                    key = (at, 0, *low(r["prefecture_code"]), 1, *order(r)[1:], r["report_id"], list(CASES).index(case) if by_case else 0)
                    expected[path].append((key, fields))
                    if is_added(r):
                        sums[at, 3, None, case].append((r, figures))
                        if r["prefecture_code"]:
                            sums[at, 2, r["prefecture_code"], case].append((r, figures))
            for (at, level, prefecture, case), added in sums.items():
                kind = KINDS[CLASSES[at]]
                one = added[0][0]
                fields = [year, one["province_name"], one["prefecture"] if level == 2 else None, None, prefecture or f"{province}0000"]
                fields += [f"{'小计' if level == 2 else '合计'}（县级{kind}）", kind, "县级"] + ([CASES[case]] if by_case else [])
                lacking = []
                for i, title in enumerate(short):
                    stated = [figures[i] for _, figures in added if figures[i] is not None]
                    total = sum(stated) if stated else None
                    fields.append(Near(total) if "收费" in title else total)
                    if 0 < len(stated) < len(added):
                        lacking.append(f"{title}{len(stated)}份")
                fields += [sum(r["checks_failed"] for r, _ in added), len(added), "、".join(lacking) or None]
                key = (at, int(level == 3), *low(prefecture), level, *low(None, None), "", list(CASES).index(case) if by_case else 0)
                expected[path].append((key, fields))
            due, found_there = due_and_found(province, {year})
            forms = Counter(form_of(r["report_id"], table, column) for r in used)
            notes[path] = [
                f"注：本表依据{len(used)}份报告：{rests_on(used)}。另有{len(group) - len(used)}份报告没有可用的{form_table}。",
                f"注：本年度应有报告的县级政府{due}个，存档中有报告的{found_there}个，缺{due - found_there}个；缺报只说明存档中没有，见“缺报与迟报清单”。",
                f"注：所据报告中{faulty(used)}份有勾稽关系不成立，见“勾稽关系核查清单”；数均照报告原文，未作更正。",
                f"注：用2021年版格式（国办公开办函〔2021〕30号）的{forms['2021']}份，用2019年版格式（〔2019〕60号）的{forms['2019']}份；{comparable}2014—2018年统计表口径不同，不在本表。",
                "注：空白表示未填、未印或无法辨认，不是零。小计、合计只加县级，政府与部门分别计算，不得相加；各级政府的数也不得相加。",
            ]

    # 缺报与迟报清单
    headers["缺报与迟报清单"] = "年度,省级,地级,县级,区划代码,单位,情况,发布日期,说明,文件（停报为上一年度的报告）".split(",")
    by_id = {r["report_id"]: r for r in reports}
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
        if c["province"] is None:
            continue
        expected[f"{folder_of(c['province'])}/缺报与迟报清单.csv"].append((key, [c["year"], province_name[c["province"]] or "国家级", *place(c), *said]))
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
        if r["province"] is None:
            continue
        fields = [r["year"], r["province_name"] or "国家级", *place(r), r["agency"], "迟报", r["published_on"].isoformat(), message, r["source_path"]]
        expected[f"{folder_of(r['province'])}/缺报与迟报清单.csv"].append((key, fields))
    for province, group in all_years.items():
        due, found_there = due_and_found(province)
        stopped = sum(1 for c in coverage if c["province"] == province and c["status"] == "stopped")
        late = sum(1 for r in group if r["report_id"] in late_by_date)
        undated = sum(1 for r in group if r["published_on"] is None)
        notes[f"{folder_of(province)}/缺报与迟报清单.csv"] = [
            f"注：本表依据各年度{len(group)}份报告：{rests_on(group)}；其中{faulty(group)}份有勾稽关系不成立。",
            f"注：存档首年至末年，应有县级政府报告{due}份，存档中有{found_there}份，缺报{due - found_there}份；停报{stopped}个机关次；迟报{late}份。缺报、停报只说明存档中没有。",
            f"注：{undated}份报告没有印明日期，是否迟报无从判断。期限：2019年度起部门1月31日、政府3月31日（国务院令第711号第四十九条），以前均为3月31日（第492号第三十一条）；两段时间的迟报数不可比。",
            "注：乡镇、街道的期限条例没有规定，不判断迟报。政府与部门的份数不得相加比较。",
        ]

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


    evaluated = 0
    listed = defaultdict(Counter)
    for f in findings:
        r = primary[f["report_id"]]
        if f["rule"] not in RULES or r["year"] is None or r["province"] is None:
            continue
        cell = cells[f["report_id"]].get((f["table"], f["row"], f["column"]), {})
        # Both sides of the relation from the cells themselves; a check counts a blank as 0, the summary leaves it blank.
        relation = re.search(r"\]: (.+) (?:==|<=|>=) (.+) \(.*\)$", f["message_en"])
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
        listed[r["province"], r["year"]][f["severity"] if f["severity"] in ("error", "warning") else "hint"] += 1
    for (province, year), group in in_province.items():
        due, found_there = due_and_found(province, {year})
        checked = sum(1 for r in group if r["checks_evaluated"] > 0)
        sums, broken = (sum(r[c] for r in group) for c in ("checks_evaluated", "checks_failed"))
        of = listed[province, year]
        notes[file_of(group[0], "勾稽关系核查清单")] = [
            f"注：本表依据{len(group)}份报告：{rests_on(group)}。其中{checked}份可核对，共核对勾稽关系{sums}个，{faulty(group)}份报告的{broken}个必然成立的关系不成立。",
            f"注：本年度应有报告的县级政府{due}个，存档中有报告的{found_there}个，缺{due - found_there}个；没有列入的报告可能是没有收入或没有可核对的表，不说明数据无误。",
            f"注：本表列错误{of['error']}项、警告{of['warning']}项、提示{of['hint']}项；“警告”“提示”是通常成立的关系或最可能的原因，是否有误以原文为准，数据未作任何改动。",
            "注：各版格式（2014—2018年统计表、2019年版、2021年版）各依自己的勾稽关系核对，项数不可比。核对时空白计作零，只为核对，不作为数据。政府与部门的项数不得相加比较。",
        ]

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

    counties, above, departments, rest = kinds_of(list(primary.values()))
    due, found_there = due_and_found()
    forms = Counter(r["edition"] for r in primary.values())
    notes["全国汇总.csv"] = [
        f"注：本表依据各年度{len(primary)}份报告：县级政府{counties}份，地级、省级政府等{above}份，部门{departments}份，乡镇、街道等其他单位{rest}份；件数只加政府的。",
        f"注：存档各省首年至末年，应有县级政府报告{due}份，存档中有{found_there}份；和数只是有数的政府之和，份数见各 N，不能当作全省、全国的总数。",
        f"注：所据报告中{faulty(primary.values())}份有勾稽关系不成立；数均照报告原文，未作更正。",
        f"注：用2021年版格式的{forms['2021']}份，2019年版{forms['2019']}份，2014—2018年统计表{forms['2014']}份；统计表口径不同，只计份数，2018与2019年度之间不可比。各年度所据政府不同，比较前先看 N。",
        "注：空白表示没有一个政府有数，不是零。政府与部门不得相加，各层级也不得相加。",
    ]

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
            if r["province"] is not None and last["province"] == r["province"]:
                expected[f"{folder_of(r['province'])}/年度对比.csv"].append((low(r["province"], year) + order(r) + low(r["report_id"], i), fields))
    for province, group in all_years.items():
        governments = [r for r in group if r["agency_kind"] == "government"]
        both = [(r, government[r["body_id"], r["year"] - 1]) for r in governments if r["body_id"] and r["year"] and (r["body_id"], r["year"] - 1) in government]
        both = [(r, last) for r, last in both if last["province"] == province]
        due, found_there = due_and_found(province)
        notes[f"{folder_of(province)}/年度对比.csv"] = [
            f"注：存档中有政府报告{len(governments)}份，相邻两年都有报告、可以对比的{len(both)}对，其中县级政府{sum(1 for r, _ in both if r['county_code'])}对；部门不在本表。",
            f"注：存档首年至末年，应有县级政府报告{due}份，存档中有{found_there}份；缺任一年的无从对比。",
            f"注：可以对比的报告中{sum(1 for pair in both if faulty(pair))}对至少一份有勾稽关系不成立；数均照报告原文，未作更正。",
            "注：两年有一年空白的不列，空白不是零；上年为零的不计变化率。口径“近似”的（2014—2018年统计表与2019年版格式之间）变化可能只来自口径；2019、2021年版格式之间表三、表四可比。",
        ]

    # 指标与排名
    RATES = [  # title, limit, N where it stands first, ranked from above
        ("实质公开率（一）", "open", "N：办理总计（件）", True),
        ("不予公开率", "denied", None, False),
        ("无法提供率", "unavailable", None, False),
        ("争议转化率", "dispute", None, False),
        ("实质公开率（二）", "answered", "N：办理总计减不予处理和其他处理（件）", True),
        ("结转率", "carried", "N：新收加上年结转（件）", False),
        ("复议纠错率", "review", "N：复议已审结（件）", False),
        ("诉讼纠错率", "suit", "N：诉讼已审结（件）", False),
    ]
    headers["指标与排名"] = ["年度", "省级", "地级", "县级", "区划代码", "填报单位", "单位类别"]
    for title, _, count, _ in RATES:
        headers["指标与排名"] += ([count] if count else []) + [f"{title}（%）", f"{title}名次", f"{title}红黄牌"]
    headers["指标与排名"].append("不成立勾稽关系（个）")
    limits = parameters["指标与排名"]
    LEAST = limits["min_n"]


    def parts_of(report):
        """Numerator and denominator of each rate."""
        total, opened = asked(report, "processed"), add(asked(report, "granted"), asked(report, "partially_granted"))
        answered = minus(minus(total, asked(report, "not_processed")), other(report))
        cases = add(value(report, "disputes", "reconsideration", "total"), suits(report, "total"))
        review = {c: value(report, "disputes", "reconsideration", c) for c in ("upheld", "corrected", "other")}
        suit = {c: suits(report, c) for c in ("upheld", "corrected", "other")}
        return {
            "open": (opened, total),
            "denied": (asked(report, "denied"), total),
            "unavailable": (asked(report, "unavailable"), total),
            "dispute": (cases, total),
            "answered": (opened, answered),
            "carried": (asked(report, "carried_out"), add(asked(report, "received"), asked(report, "carried_in"))),
            "review": (review["corrected"], add(*review.values())),
            "suit": (suit["corrected"], add(*suit.values())),
        }


    for (province, year), group in in_province.items():
        used, parts, ranked = [], {}, defaultdict(list)
        for r in group:
            keys = cells[r["report_id"]]
            cases = {k[1] for k in keys if k[0] == "disputes"}
            if not (any(k[0] == "requests" and k[2] == "total" for k in keys) or "reconsideration" in cases or cases.issuperset(SUITS)):
                continue
            used.append(r)
            parts[r["report_id"]] = parts_of(r["report_id"])
            for code, (part, whole) in parts[r["report_id"]].items():
                rate = Rate(part, whole, LEAST).exact if whole is not None and whole > 0 else None
                if rate is not None and r["agency_kind"] == "government" and r["county_code"]:
                    ranked[code].append(rate)
        path = file_of(group[0], "指标与排名")
        for r in used:
            fields = [year, r["province_name"], *place(r), r["agency"], KINDS.get(r["agency_kind"])]
            for title, code, count, above in RATES:
                part, whole = parts[r["report_id"]][code]
                rate = Rate(part, whole, LEAST) if whole is None or whole > 0 else Rate(None, None, None)
                rank = card = None
                if rate.exact is not None:
                    if r["agency_kind"] == "government" and r["county_code"]:
                        rank = 1 + sum(1 for o in ranked[code] if (o > rate.exact if above else o < rate.exact))
                    beyond = lambda limit: rate.exact < limit if above else rate.exact > limit  # noqa: E731
                    card = "红牌" if beyond(limits[f"{code}_red"]) else "黄牌" if beyond(limits[f"{code}_yellow"]) else None
                fields += ([whole] if count else []) + [rate, rank, card]
            expected[path].append((order(r) + low(r["report_id"]), fields + [r["checks_failed"]]))
        due, found_there = due_and_found(province, {year})
        said = "，".join(f"{title}{len(ranked[code])}" for title, code, _, _ in RATES)
        shown = "，".join(f"{t}{'低于' if above else '高于'}{field(limits[f'{c}_yellow'])}、{field(limits[f'{c}_red'])}" for t, c, _, above in RATES)
        notes[path] = [
            f"注：本表依据{len(used)}份报告：{rests_on(used)}；其中{faulty(used)}份有勾稽关系不成立，率仅供参考。",
            f"注：本年度应有报告的县级政府{due}个，存档中有报告的{found_there}个，缺{due - found_there}个；名次只在有报告且计得出率的县级政府之间。",
            f"注：参加排名的县级政府（个）：{said}。实质公开率由高到低，其余由低到高。",
            f"注：分母 N 小于{field(LEAST)}的不计率、不排名、不亮牌。",
            f"注：黄牌、红牌界限（%）：{shown}；由流程文件给出，各地自定，没有国家标准。",
            "注：各率的公式国家没有统一规定，见本表查询文件；空白表示有数项空白、缺失或 N 过小，不是零。政府与部门不得相加。2019、2021年版格式的其他处理口径略有不同；2014—2018年统计表口径不同，不在本表。",
        ]

    # 两年对照
    headers["两年对照"] = "本年度,上年度,省级,地级,县级,区划代码,填报单位,单位类别,表,行,列,单位,上年（见单位）,本年（见单位）,变化（见单位）,两年格式".split(",")
    ROWS_TWO = "rules=规章 normative_documents=规范性文件 licensing=行政许可 other_services=其他对外管理服务事项 penalties=行政处罚 compulsory_measures=行政强制 fees=行政事业性收费 procurement=政府集中采购"
    COLUMNS_TWO = (
        "issued=本年制发件数=件 repealed=本年废止件数=件 in_force=现行有效件数=件 decisions=处理决定数量=件 fee_amount=本年收费金额=万元 created=本年新制作数量=件 "
        "newly_disclosed=本年新公开数量=件 total_disclosed=对外公开总数量=件 prior_items=上一年项目数量=项 item_change=本年增/减=项 procurement_items=采购项目数量=项 procurement_amount=采购总金额="
    )
    ROWS_THREE = (
        "received=一、本年新收 carried_in=二、上年结转 granted=三（一）予以公开 partially_granted=三（二）部分公开 denied_state_secret=三（三）1.属于国家秘密 "
        "denied_law_prohibits=三（三）2.其他法律行政法规禁止公开 denied_security_stability=三（三）3.危及“三安全一稳定” denied_third_party_rights=三（三）4.保护第三方合法权益 "
        "denied_internal_affairs=三（三）5.属于三类内部事务信息 denied_process_information=三（三）6.属于四类过程性信息 denied_enforcement_file=三（三）7.属于行政执法案卷 "
        "denied_administrative_query=三（三）8.属于行政查询事项 unavailable_not_held=三（四）1.本机关不掌握相关政府信息 unavailable_needs_creation=三（四）2.没有现成信息需要另行制作 "
        "unavailable_unclear=三（四）3.补正后申请内容仍不明确 not_processed_petition=三（五）1.信访举报投诉类申请 not_processed_repeated=三（五）2.重复申请 "
        "not_processed_published=三（五）3.要求提供公开出版物 not_processed_excessive=三（五）4.无正当理由大量反复申请 not_processed_reissue=三（五）5.要求行政机关确认或重新出具已获取信息 "
        "other_not_corrected=三（六）1.逾期不补正、不再处理 other_fee_unpaid=三（六）2.逾期未缴费、不再处理 other_misc=三（六）3.其他 other=三（六）其他处理（2019版） processed=三（七）总计 "
        "carried_out=四、结转下年度继续办理"
    )
    PLACES = []  # (table, row, column, printed table, row, column, unit)
    for row in ROWS_TWO.split():
        row, label = row.split("=")
        for column in COLUMNS_TWO.split():
            column, heading, unit = column.split("=")
            PLACES.append(("disclosure", row, column, "表二", label, heading, unit or None))
    for row in ROWS_THREE.split():
        row, label = row.split("=")
        PLACES.append(("requests", row, "total", "表三", label, "总计", "件"))
    for row, label in CASES.items():
        for column, heading in (("upheld", "结果维持"), ("corrected", "结果纠正"), ("other", "其他结果"), ("pending", "尚未审结"), ("total", "总计")):
            PLACES.append(("disputes", row, column, "表四", label, heading, "件"))
    years = int(parameters["两年对照"]["years"])
    known = {(r["body_id"], r["year"]): r for r in primary.values() if r["body_id"] and r["year"]}
    copied = defaultdict(list)
    for f in findings:
        if f["rule"] == "narrative_copied":
            copied[f["report_id"]].append(f["actual"])


    def form_of_row(report, table, row):
        """Of the row in table 二 and 四, of the column 总计 in table 三."""
        if table == "requests":
            return form_of(report, table, "total")
        return max((c["edition"] for k, c in cells[report].items() if k[:2] == (table, row)), default=None)


    for province, group in all_years.items():
        latest = max((r["year"] for r in group if r["body_id"] and r["year"]), default=None)
        path = f"{folder_of(province)}/两年对照.csv"
        both = []
        for r in group:
            last = known.get((r["body_id"], r["year"] - 1)) if r["body_id"] and r["year"] else None
            if last is None or last["province"] != province or r["year"] <= latest - years:
                continue
            both.append((r, last))
            fixed = [r["year"], r["year"] - 1, r["province_name"], *place(r), r["agency"], KINDS.get(r["agency_kind"])]
            for i, (table, row, column, *printed) in enumerate(PLACES):
                now, was = value(r["report_id"], table, row, column), value(last["report_id"], table, row, column)
                if (now is None and was is None) or (now == 0 and was == 0):
                    continue
                change = minus(now, was)
                change = Near(change) if column in ("fee_amount", "procurement_amount") else change
                forms = [form_of_row(x["report_id"], table, row) for x in (last, r)]
                if None in forms:
                    compared = f"上年无此表，本年{forms[1]}版" if forms[0] is None else f"上年{forms[0]}版，本年无此表"
                else:
                    compared = f"均为{forms[0]}版" if forms[0] == forms[1] else f"上年{forms[0]}版，本年{forms[1]}版"
                expected[path].append((low(r["year"]) + order(r) + low(r["report_id"], i), fixed + printed + [was, now, change, compared]))
            for share in copied[r["report_id"]]:
                fields = fixed + ["正文", "与上一年度正文重复的比例", None, "%", None, Rate(Fraction(share), Fraction(1), None), None, None]
                expected[path].append((low(r["year"]) + order(r) + low(r["report_id"], len(PLACES)), fields))
        if latest is None:
            continue
        due, found_there = due_and_found(province, set(range(latest - years + 1, latest + 1)))
        notes[path] = [
            f"注：本表列最近{years}个年度，依据{len(both)}对相邻两年的报告：{rests_on([r for r, _ in both], of='对')}。只有一年报告的机关不在本表。",
            f"注：所列年度应有县级政府报告{due}份，存档中有{found_there}份；缺报只说明存档中没有。",
            f"注：{sum(1 for pair in both if faulty(pair))}对至少一份有勾稽关系不成立；数均照报告原文，未作更正。",
            f"注：{sum(1 for r, _ in both if copied[r['report_id']])}份报告的正文与上一年度高度重复，比例见“正文”一行；没有这一行的，重复比例未达界限或正文过短，不等于没有重复。",
            "注：空白表示未填、未印、无法辨认或该版格式没有此栏，不是零，不计变化；两年都空白或都是零的不列。两年格式不同的，表二不可比。政府与部门不得相加。",
        ]
    return headers, expected, notes, evaluated


def compare(summaries, headers, expected, notes):
    """What is wrong; prints how much agrees."""
    wrong, agreed, filled, rows_of, noted = [], Counter(), Counter(), Counter(), Counter()
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
        below = [row for row in rows if row[0].startswith("注：")]
        if below and rows[-len(below) :] != below:
            wrong.append(f"{path}: a note stands among the rows")
        rows = rows[: len(rows) - len(below)]
        for got, due in zip(below + [[]] * len(notes[path]), notes[path] + [None] * len(below)):
            if not got and due is None:
                break
            if got != ([due] + [""] * (len(header) - 1) if due else None):
                wrong.append(f"{path}: note {''.join(got)!r}, expected {due!r}")
            else:
                noted[name] += 1
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
                right = due.agrees(got) if hasattr(due, "agrees") else field(due) == got
                if right:
                    agreed[name] += 1
                    filled[name] += got != ""
                else:
                    wrong.append(f"{path}:{i}: {title}: {got!r}, expected {float(due.exact) if isinstance(due, (Rate, Near)) and due.exact is not None else due!r}")
    for name in headers:
        print(f"{name}: {rows_of[name]} rows, {agreed[name]} fields agree ({filled[name]} filled), {noted[name]} notes agree")
    print(f"{sum(agreed.values())} fields agree, {len(wrong)} differ")
    return wrong


def number(value):
    """A partition value: DuckDB gives text when one partition is unknown."""
    return int(value) if value is not None and str(value).isdigit() else None


def read_dataset(dataset):
    import duckdb

    release = os.path.realpath(os.path.join(dataset, "current"))
    connection = duckdb.connect()

    def read(table, columns="*"):
        source = f"read_parquet('{release}/{table}/**/*.parquet', hive_partitioning = true)"
        cursor = connection.execute(f"select {columns} from {source}")
        names = [d[0] for d in cursor.description]
        return [dict(zip(names, row)) for row in cursor.fetchall()]

    reports = read("reports")
    coverage = read("coverage")
    for r in reports + coverage:
        r["year"], r["province"] = number(r["year"]), number(r["province"])
    primary = {r["report_id"] for r in reports if r["is_primary"]}
    cells = defaultdict(dict)
    for c in read("cells", 'report_id, "table", "row", "column", value, unit, raw, row_label, column_label, edition'):
        cells[c["report_id"]][c["table"], c["row"], c["column"]] = c
    return reports, cells, [f for f in read("findings") if f["report_id"] in primary], coverage


def main():
    dataset, summaries = sys.argv[1:3]
    parameters = read_parameters(sys.argv[3] if len(sys.argv) > 3 else PIPELINE)
    headers, expected, notes, evaluated = expect(*read_dataset(dataset), parameters)
    wrong = compare(summaries, headers, expected, notes)
    print(f"{evaluated} relations evaluated again from the cells")
    for line in wrong[:30]:
        print(line, file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
