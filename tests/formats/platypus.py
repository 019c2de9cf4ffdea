"""PDFs by reportlab's own layout (platypus): a non-embedded CJK font or an embedded TrueType subset."""

import io
from html import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from fonts import Face


def stsong(report, **options):
    """STSong-Light with UniGB-UCS2-H, not embedded (as iText writes it)."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return _write(report, "STSong-Light", **options)


def truetype(report, **options):
    """An embedded TrueType font, which reportlab cuts into 8-bit subsets with ToUnicode."""
    chars = "".join(block for kind, block in report.blocks if kind != "table")
    chars += "".join(report.show(cell) for grid in report.grids() for cell in grid.cells)
    pdfmetrics.registerFont(TTFont("Zen", io.BytesIO(Face(chars).data)))
    return _write(report, "Zen", **options)


def _write(report, font, repeat=False):
    style = ParagraphStyle("body", fontName=font, fontSize=9, leading=13, wordWrap="CJK")
    small = ParagraphStyle("cell", parent=style, fontSize=7.5, leading=9.5, alignment=TA_CENTER)
    story = []
    for kind, block in report.blocks:
        if kind == "table":
            story += [_table(report, block, small, repeat), Spacer(1, 6)]
        else:
            story.append(Paragraph(escape(block), style))
    out = io.BytesIO()
    SimpleDocTemplate(out, leftMargin=45, rightMargin=45, topMargin=50, bottomMargin=50, invariant=1).build(story)
    return out.getvalue()


def _table(report, grid, style, repeat):
    unit = 500 / sum(grid.widths)
    data = [[""] * grid.columns for _ in range(grid.rows)]
    commands = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    commands.append(("LEFTPADDING", (0, 0), (-1, -1), 2))
    commands.append(("RIGHTPADDING", (0, 0), (-1, -1), 2))
    for cell in grid.cells:
        data[cell.row][cell.column] = Paragraph(escape(report.show(cell)), style)
        if cell.rows > 1 or cell.columns > 1:
            end = (cell.column + cell.columns - 1, cell.row + cell.rows - 1)
            commands.append(("SPAN", (cell.column, cell.row), end))
    widths = [w * unit for w in grid.widths]
    return Table(data, widths, style=TableStyle(commands), repeatRows=grid.heads if repeat else 0)
