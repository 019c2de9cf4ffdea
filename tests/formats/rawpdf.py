"""PDFs written operator by operator: one font of `fonts`, texts and rules of `layout`, in the shapes other writers give them."""

import io

import pikepdf
from pikepdf import Dictionary, Name, Stream

from layout import Setter, Style


def write(report, font, style=Style(), rules="stroke", bold="", turn=""):
    """A PDF of the report. `rules`, `bold`, `turn`: see `_rules`, `_text`, `_place`."""
    pages = Setter(style, font.measure).report(report)
    return draw(pages, font, rules, bold, turn)


def flat(report, font):
    """The report as lines of text only, one table row a line, values after the label with single blanks."""
    setter = Setter(Style(size=7).sideways(), font.measure)
    for kind, block in report.blocks:
        if kind != "table":
            setter.paragraph(block, 9)
            continue
        for row in range(block.rows):
            cells = [report.show(c) for c in block.cells if c.row == row]
            setter.paragraph(" ".join(cells), 7)
    return draw(setter.pages, font)


def draw(pages, font, rules="stroke", bold="", turn=""):
    """Pages as a PDF file."""
    pdf = pikepdf.new()
    shared = pdf.make_indirect(font.resource(pdf))
    for page in pages:
        parts = [_place(page, turn), _rules(page, rules)]
        parts += [_text(page, text, font, bold if text.strong else "") for text in page.texts]
        box = [0, 0, page.height, page.width] if turn in ("rotate", "sideways") else [0, 0, page.width, page.height]
        content = Stream(pdf, "\n".join(parts).encode())
        resources = Dictionary(Font=Dictionary(F1=shared))
        sheet = Dictionary(Type=Name.Page, MediaBox=box, Resources=resources, Contents=pdf.make_indirect(content))
        if turn in ("rotate", "shown-sideways"):
            sheet.Rotate = 90
        pdf.pages.append(pikepdf.Page(sheet))
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, compress_streams=True)
    return out.getvalue()


def _place(page, turn):
    """`rotate`, `sideways`: the content is turned on the sheet, with /Rotate setting it right again or not.

    `shown-sideways`: upright content on a page that /Rotate lays on its side.
    """
    return f"0 1 -1 0 {page.height} 0 cm" if turn in ("rotate", "sideways") else ""


def _rules(page, shape):
    """`stroke`: lines; `rect`: thin filled rectangles with corner squares; `polygon`: filled four-point paths; `none`."""
    out = ["0 0 0 RG 0 0 0 rg 0.5 w"]
    corners = set()
    for rule in page.rules if shape != "none" else ():
        x0, y0, x1, y1 = rule.x0, page.height - rule.y0, rule.x1, page.height - rule.y1
        if shape == "stroke":
            out.append(f"{x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S")
            continue
        flat = y0 == y1
        left, low = (x0 + 0.25, y0 - 0.25) if flat else (x0 - 0.25, y1 + 0.25)
        width, height = (x1 - x0 - 0.5, 0.5) if flat else (0.5, y0 - y1 - 0.5)
        if shape == "rect":
            out.append(f"{left:.2f} {low:.2f} {width:.2f} {height:.2f} re f")
            corners |= {(x0, y0), (x1, y1)}
        else:
            right, high = left + width, low + height
            out.append(
                f"{left:.2f} {low:.2f} m {right:.2f} {low:.2f} l {right:.2f} {high:.2f} l {left:.2f} {high:.2f} l h f"
            )
    out += [f"{x - 0.25:.2f} {y - 0.25:.2f} 0.5 0.5 re f" for x, y in sorted(corners)]
    return "\n".join(out)


def _text(page, text, font, bold):
    """`stroked`: fill and stroke (mode 2); `twice`: the line struck again 0.3 pt to the right."""
    mode = "2 Tr 0.3 w " if bold == "stroked" else ""
    out = []
    for shift in (0, 0.3) if bold == "twice" else (0,):
        place = f"1 0 0 1 {text.x + shift:.2f} {page.height - text.y:.2f} Tm"
        out.append(f"BT /F1 {text.size} Tf {mode}{place} <{font.encode(text.text).hex()}> Tj ET")
    return "\n".join(out + (["0 Tr"] if mode else []))
