"""Random figures whose printed sums hold, and the report around them.

Owns the values (all different where the form allows), what is printed for each, the expected rows, and the prose.
"""

import math
from dataclasses import dataclass, replace

import forms

PLACES = [
    "宁夏回族自治区中卫市海原县",
    "湖南省岳阳市平江县",
    "山西省晋中市榆社县",
    "安徽省滁州市凤阳县",
    "福建省泉州市安溪县",
    "云南省大理白族自治州祥云县",
]
OVERVIEW = [
    "县政府办公室坚持以公开为常态、不公开为例外，全年通过门户网站发布信息{a}条，政务新媒体推送{b}条。",
    "全年处理行政许可决定{a}件、行政处罚{b}件，均已按期向社会公布。",
    "本年度收到政府信息公开申请{a}件，答复{b}件，无因公开引发的赔偿。",
    "举办政府开放日活动{a}场次，邀请群众代表{b}人走进机关参观。",
]
PROBLEMS = [
    "一是部分单位对公开工作重视不够，信息更新不够及时；二是政策解读的形式较为单一，图解比例只有{a}%。",
    "下一步将完善信息审查制度，组织培训{b}人次，提高公开的质量和实效。",
]


@dataclass(frozen=True)
class Printed:
    """What the form shows and the number that stands for (None for a printed blank)."""

    text: str
    value: str | None


@dataclass(frozen=True)
class Options:
    """How a report is filled: with printed blanks or without, with full prose or only a line a chapter."""

    blanks: bool = True
    brief: bool = False


@dataclass
class Report:
    """A filled report: blocks ("title" | "heading" | "text", string) or ("table", Grid), and printed values by slot."""

    edition: str
    year: int
    agency: str
    title: str
    blocks: list
    values: dict

    def show(self, cell):
        """The printed text of a cell."""
        return self.values[cell.slot].text if cell.slot else cell.text

    def expected(self):
        """The rows (table, row, column, value) of all slots, in the form's order."""
        for kind, grid in self.blocks:
            if kind == "table":
                for cell in grid.cells:
                    if cell.slot:
                        value = self.values[cell.slot].value
                        yield (*cell.slot, "" if value is None else value)

    def grids(self):
        return [block for kind, block in self.blocks if kind == "table"]

    def translated(self, table):
        """The same report with its printed values spelled through `str.translate`."""
        values = {slot: replace(p, text=p.text.translate(table)) for slot, p in self.values.items()}
        return replace(self, values=values)


class Figures:
    """Draws numbers, each at most once."""

    def __init__(self, rng, options):
        self.rng = rng
        self.options = options
        self.used = {0}

    def fresh(self, high=None):
        """An unused number, of any length up to that of `high`."""
        high = high or self.rng.choice([99, 999, 9999, 99999])
        for _ in range(1000):
            value = max(1, int(math.exp(self.rng.uniform(0, math.log(high)))))
            if value not in self.used:
                break
        self.used.add(value)
        return value

    def matrix(self, rows, parts, zeros, high=None):
        """`rows` × `parts` fresh numbers, some of them 0 and (as None) blank."""
        found = [[self.fresh(high) for _ in range(parts)] for _ in range(rows)]
        cells = [(r, c) for r in range(rows) for c in range(parts)]
        for at, (row, column) in enumerate(self.rng.sample(cells, zeros)):
            found[row][column] = None if self.options.blanks and at % 2 else 0
        return found


def _sum(values):
    return sum(v or 0 for v in values)


def _fill_requests(figures, edition, values):
    codes = forms.outcomes(edition)
    parts = figures.matrix(len(codes), 6, 14)
    columns = []
    for applicant in range(6):
        column = {code: parts[at][applicant] for at, code in enumerate(codes)}
        column["processed"] = _sum(column.values())
        column["carried_out"] = figures.fresh()
        both = column["processed"] + column["carried_out"]
        column["carried_in"] = figures.fresh(max(2, both // 2))
        column["received"] = both - column["carried_in"]
        columns.append(column)
    columns.append({code: _sum(c[code] for c in columns) for code in columns[0]})
    for (applicant, _), column in zip(forms.APPLICANTS, columns):
        for code, value in column.items():
            values["requests", code, applicant] = _plain(value)


def _fill_disputes(figures, values):
    kinds = ["reconsideration", "litigation_direct", "litigation_after_reconsideration"]
    for kind, parts in zip(kinds, figures.matrix(3, 4, 3, 9999)):
        for (result, _), value in zip(forms.RESULTS, [*parts, _sum(parts)]):
            values["disputes", kind, result] = _plain(value)


def _fill_disclosure(figures, edition, values):
    rng = figures.rng
    for _, columns, rows in forms.BLOCKS[edition]:
        for row, _ in rows:
            for column, _, _ in columns:
                values["disclosure", row, column] = _disclosure_value(figures, column)
            if ("disclosure", row, "total_disclosed") in values:
                newly = int(values["disclosure", row, "newly_disclosed"].value)
                values["disclosure", row, "total_disclosed"] = _plain(newly + figures.fresh())
    slots = [s for s in values if s[0] == "disclosure" and s[2] != "total_disclosed"]
    zero, blank = rng.sample(slots, 2)
    values[zero] = _plain(0)
    if figures.options.blanks:
        values[blank] = _plain(None)


def _disclosure_value(figures, column):
    rng = figures.rng
    if column == "item_change":
        value = figures.fresh(999)
        return rng.choice(
            [_plain(-value), _plain(value), Printed(f"+{value}", str(value)), Printed(f"减{value}", str(-value))]
        )
    if column in ("fee_amount", "procurement_amount"):
        whole = f"{figures.fresh(9999)}.{rng.randint(1, 9)}{rng.randint(1, 9)}"
        yuan = column == "procurement_amount" and rng.random() < 0.5
        return Printed(whole + "元" if yuan else whole, whole)
    return _plain(figures.fresh())


def _plain(value):
    return Printed("", None) if value is None else Printed(str(value), str(value))


def _values(rng, edition, options):
    """Values for all slots; drawn again (a few times) while a sum happens to equal another figure."""
    for _ in range(30):
        figures = Figures(rng, options)
        values = {}
        _fill_disclosure(figures, edition, values)
        _fill_requests(figures, edition, values)
        _fill_disputes(figures, values)
        numbers = [p.value for p in values.values() if p.value not in (None, "0")]
        if len(set(numbers)) == len(numbers):
            break
    return values


def report(rng, edition, options=Options()):
    """A filled report of an edition, with title, prose and the three tables."""
    values = _values(rng, edition, options)
    year = rng.choice([2021, 2022, 2023, 2024] if edition == "2021" else [2019, 2020])
    place = rng.choice(PLACES)
    agency = place + "人民政府"
    title = f"{agency}{year}年政府信息公开工作年度报告"
    second, third, fourth = forms.grids(edition, rng.choice([0, 1]))
    prose = 1 if options.brief else len(OVERVIEW)
    numbers = {"a": rng.randint(100, 999), "b": rng.randint(10, 99)}
    blocks = [
        ("title", title),
        ("text", f"根据《中华人民共和国政府信息公开条例》编制本报告，统计期限自{year}年1月1日起至{year}年12月31日止。"),
        ("heading", "一、总体情况"),
        *[("text", text.format(**numbers)) for text in OVERVIEW[:prose]],
        ("heading", "二、主动公开政府信息情况"),
        ("table", second),
        ("heading", "三、收到和处理政府信息公开申请情况"),
        ("table", third),
        ("heading", "四、政府信息公开行政复议、行政诉讼情况"),
        ("table", fourth),
        ("heading", "五、存在的主要问题及改进情况"),
        *[("text", text.format(**numbers)) for text in PROBLEMS[: 1 if options.brief else 2]],
        ("heading", "六、其他需要报告的事项"),
        ("text", "无其他需要报告的事项。"),
    ]
    return Report(edition, year, agency, title, blocks, values)
