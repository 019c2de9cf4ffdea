"""Word documents through python-docx, plain and with the traps of tracked changes, text boxes, nesting, hidden text."""

import copy
import io

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from archives import undated

TEXT_BOX = """<w:r {ns} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0"
 layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset>
</wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>
<wp:extent cx="4000000" cy="900000"/><wp:wrapTopAndBottom/><wp:docPr id="{id}" name="box{id}"/><a:graphic>
<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>
<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="4000000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
</wps:spPr><wps:txbx><w:txbxContent>{body}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>
</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style="width:300pt;height:70pt"><v:textbox>
<w:txbxContent>{body}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


def document(report, landscape=False):
    """The report as a python-docx document; merges are true gridSpan and vMerge."""
    doc = _empty(landscape)
    _fill(doc, report)
    return doc


def nested(report):
    """The whole report inside the single cell of a layout table."""
    doc = _empty(False)
    frame = doc.add_table(1, 1)
    _fill(frame.cell(0, 0), report)
    return doc


def data(doc):
    """The bytes of a document."""
    out = io.BytesIO()
    doc.save(out)
    return undated(out.getvalue())


def _slim(doc):
    """Drops what the template of python-docx carries and no table needs: half a megabyte of styles, a thumbnail."""
    for style in [
        s for s in doc.styles if s.type == WD_STYLE_TYPE.TABLE and s.name not in ("Table Grid", "Normal Table")
    ]:
        style.delete()
    for owner in (doc.part, doc.part.package):
        for key, rel in list(owner.rels.items()):
            if rel.reltype.endswith(("stylesWithEffects", "customXml", "thumbnail")):
                del owner.rels[key]


def _empty(landscape):
    doc = docx.Document()
    _slim(doc)
    style = doc.styles["Normal"]
    style.font.name = "Noto Sans CJK SC"
    style.font.size = Pt(7.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Sans CJK SC")
    style.paragraph_format.space_after = Pt(2)
    section = doc.sections[0]
    section.page_width, section.page_height = Pt(595), Pt(842)
    section.left_margin = section.right_margin = Pt(50)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    return doc


def _fill(parent, report):
    for kind, block in report.blocks:
        if kind == "table":
            _table(parent, report, block)
        else:
            parent.add_paragraph(block).runs[0].bold = kind != "text"


def _table(parent, report, grid):
    table = parent.add_table(grid.rows, grid.columns)
    table.style = "Table Grid"
    table.autofit = False
    _widths(table, grid)
    cells = [row.cells for row in table.rows]
    for cell in grid.cells:
        place = cells[cell.row][cell.column]
        if cell.rows > 1 or cell.columns > 1:
            place = place.merge(cells[cell.row + cell.rows - 1][cell.column + cell.columns - 1])
        place.text = report.show(cell)


def _widths(table, grid):
    unit = 495 / sum(grid.widths)
    for column, width in zip(table.columns, grid.widths):
        column.width = Pt(width * unit)
        for cell in column.cells:
            cell.width = Pt(width * unit)


def _value_runs(doc, report):
    """The runs of the document that print a value of table 三 or 四, in order."""
    wanted = {p.text for slot, p in report.values.items() if slot[0] != "disclosure" and len(p.text) > 1}
    for text in doc.element.body.iter(qn("w:t")):
        inside = any(True for _ in text.iterancestors(qn("w:tc")))
        if inside and text.text in wanted:
            yield text.getparent()


def _wrap(run, name, number):
    change = OxmlElement(name)
    change.set(qn("w:id"), str(9000 + number))
    change.set(qn("w:author"), "办公室")
    change.set(qn("w:date"), "2024-01-10T09:00:00Z")
    run.addprevious(change)
    change.append(run)
    return change


def track(doc, report, rng):
    """Some values are tracked insertions beside a deleted (or moved away) other number; one deleted row stands in table 二."""
    for number, run in enumerate(list(_value_runs(doc, report))):
        if number % 3:
            continue
        old = copy.deepcopy(run)
        _wrap(run, "w:ins", number * 2)
        run.getparent().addprevious(old)
        old.find(qn("w:t")).text = str(rng.randint(10, 9999))
        moved = number % 2
        _wrap(old, "w:moveFrom" if moved else "w:del", number * 2 + 1)
        if not moved:
            old.find(qn("w:t")).tag = qn("w:delText")
    _delete_row(doc.tables[0].rows[2]._tr)


def _delete_row(row):
    """Inserts before `row` a copy of it, with other content, that is marked deleted."""
    dead = copy.deepcopy(row)
    mark = OxmlElement("w:del")
    for key, value in (("w:id", "8999"), ("w:author", "办公室"), ("w:date", "2024-01-10T09:00:00Z")):
        mark.set(qn(key), value)
    dead.get_or_add_trPr().append(mark)
    for run in list(dead.iter(qn("w:r"))):
        text = run.find(qn("w:t"))
        if text is None:
            continue
        if text.text.isdigit():
            text.text = "77"
        text.tag = qn("w:delText")
        _wrap(run, "w:del", 500 + len(dead))
    row.addprevious(dead)


def boxes(doc, report):
    """The title and a line with figures stand in text boxes, each twice (mc:Choice and mc:Fallback)."""
    title, narrative = doc.paragraphs[0], doc.paragraphs[3]
    for run in title.runs:
        title._p.remove(run._r)
    for number, (paragraph, text) in enumerate([(title, report.title), (narrative, "行政许可 4321 件，规章 17 件")], 1):
        body = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        paragraph._p.append(parse_xml(TEXT_BOX.format(ns=nsdecls("w"), id=number, body=body)))


def hide(doc, report, rng):
    """Hidden runs (w:vanish) with other digits stand before or after some values."""
    for number, run in enumerate(list(_value_runs(doc, report))):
        if number % 4:
            continue
        hidden = copy.deepcopy(run)
        properties = hidden.get_or_add_rPr()
        properties.append(OxmlElement("w:vanish"))
        hidden.find(qn("w:t")).text = str(rng.randint(1, 99))
        (run.addnext if number % 8 else run.addprevious)(hidden)


def field_and_control(doc, report):
    """Some values stand in content controls (w:sdt), some are results of fields with instructions."""
    for number, run in enumerate(list(_value_runs(doc, report))):
        if number % 5 == 0:
            control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
            control.append(OxmlElement("w:sdtPr"))
            control.append(content)
            run.addprevious(control)
            content.append(run)
        elif number % 5 == 1:
            _field(run)


def _field(run):
    for kind in ("begin", "instr", "separate"):
        part = OxmlElement("w:r")
        if kind == "instr":
            code = OxmlElement("w:instrText")
            code.text = " =SUM(ABOVE) 12 "
            part.append(code)
        else:
            part.append(_mark(kind))
        run.addprevious(part)
    end = OxmlElement("w:r")
    end.append(_mark("end"))
    run.addnext(end)


def _mark(kind):
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark
