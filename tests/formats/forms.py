"""The geometry of the official forms (editions 2019 and 2021), written down by hand from the printed layout.

Owns what stands in which cell and how cells are merged; knows nothing of values or file formats.
"""

from dataclasses import dataclass, field

SLOT = tuple  # (table, row, column), the codes of one value


@dataclass(frozen=True)
class Cell:
    """One printed cell: its place and spans in the grid, and a fixed text or the slot of a value."""

    row: int
    column: int
    rows: int
    columns: int
    text: str = ""
    slot: SLOT | None = None


@dataclass
class Grid:
    """A table: relative column widths, cells in reading order, and how many first rows are headers."""

    table: str
    widths: list[float]
    heads: int
    cells: list[Cell] = field(default_factory=list)

    def add(self, row, column, text="", rows=1, columns=1, slot=None):
        self.cells.append(Cell(row, column, rows, columns, text, slot))

    @property
    def rows(self):
        return max(c.row + c.rows for c in self.cells)

    @property
    def columns(self):
        return len(self.widths)

    def owners(self):
        """For each (row, column) the cell that covers it."""
        return {
            (r, c): cell
            for cell in self.cells
            for r in range(cell.row, cell.row + cell.rows)
            for c in range(cell.column, cell.column + cell.columns)
        }


APPLICANTS = [
    ("natural_person", "自然人"),
    ("enterprise", "商业企业"),
    ("research_institution", "科研机构"),
    ("social_organization", "社会公益组织"),
    ("legal_service", "法律服务机构"),
    ("other_organization", "其他"),
    ("total", "总计"),
]

RESULTS = [
    ("upheld", "结果维持"),
    ("corrected", "结果纠正"),
    ("other", "其他结果"),
    ("pending", "尚未审结"),
    ("total", "总计"),
]

DENIED = [
    ("denied_state_secret", "1.属于国家秘密"),
    ("denied_law_prohibits", "2.其他法律行政法规禁止公开"),
    ("denied_security_stability", "3.危及“三安全一稳定”"),
    ("denied_third_party_rights", "4.保护第三方合法权益"),
    ("denied_internal_affairs", "5.属于三类内部事务信息"),
    ("denied_process_information", "6.属于四类过程性信息"),
    ("denied_enforcement_file", "7.属于行政执法案卷"),
    ("denied_administrative_query", "8.属于行政查询事项"),
]

UNAVAILABLE = [
    ("unavailable_not_held", "1.本机关不掌握相关政府信息"),
    ("unavailable_needs_creation", "2.没有现成信息需要另行制作"),
    ("unavailable_unclear", "3.补正后申请内容仍不明确"),
]

NOT_PROCESSED = [
    ("not_processed_petition", "1.信访举报投诉类申请"),
    ("not_processed_repeated", "2.重复申请"),
    ("not_processed_published", "3.要求提供公开出版物"),
    ("not_processed_excessive", "4.无正当理由大量反复申请"),
    ("not_processed_reissue", "5.要求行政机关确认或重新出具已获取信息"),
]

OTHER = [
    ("other_not_corrected", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("other_fee_unpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("other_misc", "3.其他"),
]

# Table 二: per block its heading, the columns (code, label, width in grid columns) and the rows (code, label).
BLOCKS = {
    "2021": [
        (
            "第二十条第（一）项",
            [("issued", "本年制发件数", 1), ("repealed", "本年废止件数", 1), ("in_force", "现行有效件数", 1)],
            [("rules", "规章"), ("normative_documents", "行政规范性文件")],
        ),
        ("第二十条第（五）项", [("decisions", "本年处理决定数量", 3)], [("licensing", "行政许可")]),
        (
            "第二十条第（六）项",
            [("decisions", "本年处理决定数量", 3)],
            [("penalties", "行政处罚"), ("compulsory_measures", "行政强制")],
        ),
        ("第二十条第（八）项", [("fee_amount", "本年收费金额（单位：万元）", 3)], [("fees", "行政事业性收费")]),
    ],
    "2019": [
        (
            "第二十条第（一）项",
            [
                ("created", "本年新制作数量", 1),
                ("newly_disclosed", "本年新公开数量", 1),
                ("total_disclosed", "对外公开总数量", 1),
            ],
            [("rules", "规章"), ("normative_documents", "规范性文件")],
        ),
        (
            "第二十条第（五）项",
            [("prior_items", "上一年项目数量", 1), ("item_change", "本年增/减", 1), ("decisions", "处理决定数量", 1)],
            [("licensing", "行政许可"), ("other_services", "其他对外管理服务事项")],
        ),
        (
            "第二十条第（六）项",
            [("prior_items", "上一年项目数量", 1), ("item_change", "本年增/减", 1), ("decisions", "处理决定数量", 1)],
            [("penalties", "行政处罚"), ("compulsory_measures", "行政强制")],
        ),
        (
            "第二十条第（八）项",
            [("prior_items", "上一年项目数量", 1), ("item_change", "本年增/减", 2)],
            [("fees", "行政事业性收费")],
        ),
        (
            "第二十条第（九）项",
            [("procurement_items", "采购项目数量", 1), ("procurement_amount", "采购总金额", 2)],
            [("procurement", "政府集中采购")],
        ),
    ],
}


def outcome_groups(edition):
    """The rows of 三、本年度办理结果 before （七）: (label, [(code, sub label)]) or (label, code) without sub rows."""
    last = ("（六）其他处理", OTHER) if edition == "2021" else ("（六）其他处理", "other")
    return [
        ("（一）予以公开", "granted"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "partially_granted"),
        ("（三）不予公开", DENIED),
        ("（四）无法提供", UNAVAILABLE),
        ("（五）不予处理", NOT_PROCESSED),
        last,
    ]


def outcomes(edition):
    """The codes of all outcome rows, which （七）总计 adds up."""
    codes = []
    for _, rows in outcome_groups(edition):
        codes += [rows] if isinstance(rows, str) else [code for code, _ in rows]
    return codes


def disclosure(edition):
    """Table 二: blocks under each other, each with its own headers."""
    grid = Grid("disclosure", [1.5, 1, 1, 1], 1)
    row = 0
    for heading, columns, rows in BLOCKS[edition]:
        grid.add(row, 0, heading, columns=4)
        for at, (code, label) in enumerate([(None, "信息内容"), *rows], row + 1):
            grid.add(at, 0, label)
            column = 1
            for column_code, header, width in columns:
                if code is None:
                    grid.add(at, column, header, columns=width)
                else:
                    grid.add(at, column, columns=width, slot=("disclosure", code, column_code))
                column += width
        row += len(rows) + 2
    return grid


def requests(edition, total_row=1):
    """Table 三: three stub columns, seven applicant columns; the header 总计 begins in row `total_row` (0 or 1)."""
    grid = Grid("requests", [1.0, 1.6, 4.6, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.6], 3)
    corner = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    grid.add(0, 0, corner, rows=3, columns=3)
    grid.add(0, 3, "申请人情况", columns=6 + total_row)
    if total_row == 0:
        grid.add(0, 9, "总计", rows=3)
    grid.add(1, 3, "自然人", rows=2)
    grid.add(1, 4, "法人或其他组织", columns=5)
    if total_row == 1:
        grid.add(1, 9, "总计", rows=2)
    for column, (_, label) in enumerate(APPLICANTS[1:6], 4):
        grid.add(2, column, label)
    _value_row(grid, 3, 0, 3, "一、本年新收政府信息公开申请数量", "received")
    _value_row(grid, 4, 0, 3, "二、上年结转政府信息公开申请数量", "carried_in")
    grid.add(5, 0, "三、本年度办理结果", rows=len(outcomes(edition)) + 1)
    row = 5
    for label, rows in [*outcome_groups(edition), ("（七）总计", "processed")]:
        if isinstance(rows, str):
            _value_row(grid, row, 1, 2, label, rows)
            row += 1
            continue
        grid.add(row, 1, label, rows=len(rows))
        for code, sub in rows:
            _value_row(grid, row, 2, 1, sub, code)
            row += 1
    _value_row(grid, row, 0, 3, "四、结转下年度继续办理", "carried_out")
    return grid


def _value_row(grid, row, column, columns, label, code):
    grid.add(row, column, label, columns=columns)
    for at, (applicant, _) in enumerate(APPLICANTS, 3):
        grid.add(row, at, slot=("requests", code, applicant))


def disputes():
    """Table 四: fifteen columns under three header rows, one row of values."""
    grid = Grid("disputes", [1.0] * 15, 3)
    grid.add(0, 0, "行政复议", columns=5)
    grid.add(0, 5, "行政诉讼", columns=10)
    for column, (_, label) in enumerate(RESULTS):
        grid.add(1, column, label, rows=2)
    grid.add(1, 5, "未经复议直接起诉", columns=5)
    grid.add(1, 10, "复议后起诉", columns=5)
    for column in range(10):
        grid.add(2, 5 + column, RESULTS[column % 5][1])
    kinds = ["reconsideration", "litigation_direct", "litigation_after_reconsideration"]
    for column in range(15):
        grid.add(3, column, slot=("disputes", kinds[column // 5], RESULTS[column % 5][0]))
    return grid


def grids(edition, total_row):
    """The three tables of an edition, in the order of the report."""
    return [disclosure(edition), requests(edition, total_row), disputes()]
