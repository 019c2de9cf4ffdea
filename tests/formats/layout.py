"""Sets a report on pages by itself: where each line of text and each rule goes, in points from the top left corner.

Shared by the hand-made PDF and OFD writers; knows nothing of either format.
"""

from dataclasses import dataclass, field, replace

PAD = 2.5


@dataclass(frozen=True)
class Text:
    """A line of text with its baseline at (x, y)."""

    x: float
    y: float
    size: float
    text: str
    strong: bool = False
    slot: tuple | None = None  # of a value: the codes of the cell that it stands in
    room: tuple | None = None  # of a cell: left, top, right, bottom


@dataclass(frozen=True)
class Rule:
    """A horizontal or vertical line."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass
class Page:
    width: float
    height: float
    texts: list = field(default_factory=list)
    rules: list = field(default_factory=list)


@dataclass(frozen=True)
class Style:
    """Paper, type size, and the traps: forced breaks before rows of table 三, repeated headers, running heads, open sides."""

    width: float = 595
    height: float = 842
    margin: float = 45
    size: float = 8
    breaks: tuple = ()
    repeat: bool = False
    running: bool = False
    open_sides: bool = False
    pieces: bool = False
    strong_cells: bool = False

    def sideways(self):
        return replace(self, width=self.height, height=self.width)


class Setter:
    """Fills pages from the top down. `measure(text)` is the width of a text at size 1."""

    def __init__(self, style, measure):
        self.style = style
        self.measure = measure
        self.pages = []
        self.turn()

    def turn(self):
        """Begins a new page."""
        self.pages.append(Page(self.style.width, self.style.height))
        self.y = self.style.margin

    @property
    def bottom(self):
        return self.style.height - self.style.margin

    def wrap(self, text, size, width):
        """The lines of a text set to a width; breaks anywhere, as Chinese text does."""
        lines = [""]
        for char in text:
            if lines[-1] and self.measure(lines[-1] + char) * size > width:
                lines.append("")
            lines[-1] += char
        return lines

    def paragraph(self, text, size, strong=False, centred=False):
        width = self.style.width - 2 * self.style.margin
        for line in self.wrap(text, size, width):
            if self.y + size * 1.5 > self.bottom:
                self.turn()
            left = self.style.margin + (width - self.measure(line) * size) / 2 * centred
            self.pages[-1].texts.append(Text(left, self.y + size, size, line, strong))
            self.y += size * 1.5
        self.y += size * 0.4

    def report(self, report):
        """The whole report; gives the pages."""
        for kind, block in report.blocks:
            if kind == "table":
                self.table(report, block)
            else:
                size = {"title": 14, "heading": 11, "text": 9}[kind]
                self.paragraph(block, size, kind != "text", kind == "title")
        if self.style.running:
            self._run(report)
        return self.pages

    def _run(self, report):
        for number, page in enumerate(self.pages, 1):
            page.texts.append(Text(self.style.margin, 25, 7, report.title))
            page.texts.append(Text(page.width / 2 - 20, page.height - 20, 8, f"第 {number} 页 共 {len(self.pages)} 页"))

    def table(self, report, grid):
        """A table, broken over pages between rows."""
        edges, lines, heights = self._measure_table(report, grid)
        leading = self.style.size * 1.25
        drawn = dict.fromkeys(grid.cells, 0)
        rows = list(range(grid.rows))
        while rows:
            part = self._next_part(rows, grid, heights)
            if part:
                self._draw_part(grid, part, edges, lines, heights, drawn, leading)
                rows = [r for r in rows if r not in part]
            if rows:
                self.turn()
        self.y += 8

    def _measure_table(self, report, grid):
        unit = (self.style.width - 2 * self.style.margin) / sum(grid.widths)
        edges = [self.style.margin]
        for width in grid.widths:
            edges.append(edges[-1] + width * unit)
        leading = self.style.size * 1.25
        lines, heights = {}, [leading + 2 * PAD] * grid.rows
        for cell in sorted(grid.cells, key=lambda c: c.rows):
            room = edges[cell.column + cell.columns] - edges[cell.column] - 2 * PAD
            lines[cell] = [t for t in self.wrap(report.show(cell), self.style.size, room) if t]
            need = len(lines[cell]) * leading + 2 * PAD
            last = cell.row + cell.rows - 1
            heights[last] += max(0, need - sum(heights[cell.row : last + 1]))
        return edges, lines, heights

    def _next_part(self, rows, grid, heights):
        """The rows that go on this page; a continuation begins with the header rows again if the style says so."""
        forced = self.style.breaks if grid.table == "requests" else ()
        part, y = [], self.y
        if rows[0] > 0 and self.style.repeat:
            part, y = list(range(grid.heads)), y + sum(heights[: grid.heads])
        heads = len(part)
        for row in rows:
            y += heights[row]
            if y > self.bottom or (row in forced and row != rows[0]):
                break
            part.append(row)
        started = part[heads:] and part[-1] >= grid.heads - 1
        return part if started else []

    def _draw_part(self, grid, part, edges, lines, heights, drawn, leading):
        tops = [self.y]
        for row in part:
            tops.append(tops[-1] + heights[row])
        place = {row: at for at, row in enumerate(part)}
        for cell in grid.cells:
            seen = [place[r] for r in range(cell.row, cell.row + cell.rows) if r in place]
            if not seen:
                continue
            repeated = part[0] == 0 and cell.row < grid.heads
            start = 0 if repeated else drawn[cell]
            room = tops[seen[-1] + 1] - tops[seen[0]]
            some = lines[cell][start : start + max(1, int(room / leading))]
            drawn[cell] = start + len(some)
            y = tops[seen[0]] + (room - len(some) * leading) / 2
            for at, line in enumerate(some):
                width = self.measure(line) * self.style.size
                left, right = edges[cell.column], edges[cell.column + cell.columns]
                x = (left + right - width) / 2 if cell.slot or cell.row < grid.heads or cell.rows > 1 else left + PAD
                baseline = y + at * leading + self.style.size
                bounds = (left, tops[seen[0]], right, tops[seen[-1] + 1])
                text = Text(x, baseline, self.style.size, line, self.style.strong_cells, cell.slot, bounds)
                self.pages[-1].texts.append(text)
        self._rules(grid, part, edges, tops)
        self.y = tops[-1]

    def _rules(self, grid, part, edges, tops):
        owners = grid.owners()

        def owner(at, column):
            if not (0 <= at < len(part) and 0 <= column < grid.columns):
                return None
            return owners[part[at], column]

        flat = [
            (top, edges[c], edges[c + 1])
            for at, top in enumerate(tops)
            for c in range(grid.columns)
            if owner(at - 1, c) != owner(at, c)
        ]
        inner = range(1, grid.columns) if self.style.open_sides else range(grid.columns + 1)
        upright = [
            (edges[c], tops[at], tops[at + 1])
            for c in inner
            for at in range(len(part))
            if owner(at, c - 1) != owner(at, c)
        ]
        if not self.style.pieces:
            flat, upright = _joined(flat), _joined(upright)
        self.pages[-1].rules += [Rule(a, y, b, y) for y, a, b in flat]
        self.pages[-1].rules += [Rule(x, a, x, b) for x, a, b in upright]


def _joined(segments):
    """Joins segments (position, from, to) on one line that touch."""
    out = []
    for position, start, end in segments:
        if out and out[-1][0] == position and abs(out[-1][2] - start) < 0.01:
            out[-1] = (position, out[-1][1], end)
        else:
            out.append((position, start, end))
    return out
