"""OFD packages (GB/T 33190) written by hand from the pages of `layout`; lengths in millimetres."""

import io
import zipfile
from html import escape

from layout import Setter, Style

MM = 25.4 / 72
SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
DATE = (2024, 1, 15, 9, 0, 0)


def _width(text):
    return sum(1 if ord(c) > 255 else 0.5 for c in text)


def write(report, style=Style(), scaled=False, names="ofd:"):
    """A package. `scaled`: objects in points under a CTM, Boundary in mm; `names`: the prefix of the elements."""
    pages = Setter(style, _width).report(report)
    entries = {"OFD.xml": _root(report), "Doc_0/Document.xml": _document(pages), "Doc_0/PublicRes.xml": _fonts()}
    for number, page in enumerate(pages):
        entries[f"Doc_0/Pages/Page_{number}/Content.xml"] = _content(page, number, scaled)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in entries.items():
            if names != "ofd:":
                text = text.replace("ofd:", names).replace("xmlns:ofd", "xmlns")
            package.writestr(zipfile.ZipInfo(name, DATE), HEAD + text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _root(report):
    return (
        f'<ofd:OFD {SPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0f0e0d0c0b0a09080706050403020100'
        f"</ofd:DocID><ofd:Title>{escape(report.title)}</ofd:Title><ofd:CreationDate>2024-01-15</ofd:CreationDate>"
        "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )


def _document(pages):
    box = f"0 0 {pages[0].width * MM:.2f} {pages[0].height * MM:.2f}"
    places = "".join(f'<ofd:Page ID="{n + 10}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    return (
        f"<ofd:Document {SPACE}><ofd:CommonData><ofd:MaxUnitID>99999</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>{box}"
        "</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
        f"<ofd:Pages>{places}</ofd:Pages></ofd:Document>"
    )


def _fonts():
    return (
        f'<ofd:Res {SPACE} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="3" FontName="宋体" FamilyName="宋体" '
        'Charset="unicode"/></ofd:Fonts></ofd:Res>'
    )


def _content(page, number, scaled):
    ids = iter(range(1000 * (number + 1), 1000 * (number + 1) + 100000))
    objects = [_rule(rule, next(ids), scaled) for rule in page.rules]
    objects += [_text(text, next(ids), scaled) for text in page.texts]
    box = f"0 0 {page.width * MM:.2f} {page.height * MM:.2f}"
    return (
        f"<ofd:Page {SPACE}><ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area><ofd:Content>"
        f'<ofd:Layer ID="{next(ids)}" Type="Body">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def _frame(left, top, right, bottom, scaled):
    """The Boundary (mm), the CTM if scaled, and the unit of what stands inside."""
    box = f'Boundary="{left * MM:.3f} {top * MM:.3f} {(right - left) * MM:.3f} {(bottom - top) * MM:.3f}"'
    return (box + f' CTM="{MM:.6f} 0 0 {MM:.6f} 0 0"', 1) if scaled else (box, MM)


def _rule(rule, number, scaled):
    box, unit = _frame(rule.x0 - 0.5, rule.y0 - 0.5, rule.x1 + 0.5, rule.y1 + 0.5, scaled)
    start, width, height = 0.5 * unit, (rule.x1 - rule.x0 + 0.5) * unit, (rule.y1 - rule.y0 + 0.5) * unit
    path = f"M {start:.3f} {start:.3f} L {width:.3f} {height:.3f}"
    return (
        f'<ofd:PathObject ID="{number}" {box} LineWidth="{0.5 * unit:.3f}"><ofd:StrokeColor Value="0 0 0"/>'
        f"<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _text(text, number, scaled):
    right = text.x + _width(text.text) * text.size
    box, unit = _frame(text.x, text.y - text.size, right, text.y + text.size * 0.3, scaled)
    size = text.size * unit
    return (
        f'<ofd:TextObject ID="{number}" {box} Font="3" Size="{size:.3f}"><ofd:FillColor Value="0 0 0"/>'
        f'<ofd:TextCode X="0" Y="{size:.3f}"{_deltas(text.text, size)}>{escape(text.text)}</ofd:TextCode></ofd:TextObject>'
    )


def _deltas(text, size):
    """DeltaX: the advances of all characters but the last, runs of three or more shortened to `g count value`."""
    steps = [size * _width(c) for c in text[:-1]]
    out, at = [], 0
    while at < len(steps):
        end = at
        while end < len(steps) and steps[end] == steps[at]:
            end += 1
        run = [f"{steps[at]:.3f}"] * (end - at)
        out += ["g", str(end - at), run[0]] if end - at >= 3 else run
        at = end
    return f' DeltaX="{" ".join(out)}"' if out else ""
