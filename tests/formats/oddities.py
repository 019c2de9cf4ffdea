"""What a file stores and nobody sees, or sees otherwise: the same oddities in every format that can have them.

Word documents are made by python-docx, odfpy and a raw RTF writer; sheets by openpyxl, XlsxWriter, xlwt and odfpy.
"""

import copy
import io

import openpyxl
import xlsxwriter
import xlwt
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from odf.number import Number, NumberStyle
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from odf.style import Style, TableProperties, TextProperties
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import Note, NoteBody, NoteCitation, P, Span
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils import get_column_letter

import sheets
import word

STRUCK, RAISED, NOTED, HIDDEN, WHITE = "struck", "raised", "noted", "unseen", "white"


def beside(report, rng):
    """The values of table 三 and 四 beside which something else stands, with that: by slot, a number or a mark."""
    slots = [s for s, p in report.values.items() if s[0] != "disclosure" and p.text]
    return {slot: str(rng.randint(1, 99)) for slot in slots if rng.random() < 0.3}


# Word


def docx(report, rng, kind):
    """A python-docx document in which a run of that kind stands beside some values."""
    doc = word.document(report)
    for number, run in enumerate(list(word._value_runs(doc, report))):
        if number % 3:
            continue
        if kind == "box":
            body = f"<w:p><w:r><w:t>{run.find(qn('w:t')).text}</w:t></w:r></w:p>"
            run.addnext(parse_xml(word.TEXT_BOX.format(ns=nsdecls("w"), id=number + 1, body=body)))
            run.getparent().remove(run)
            continue
        extra = copy.deepcopy(run)
        extra.find(qn("w:t")).text = str(rng.randint(1, 99))
        name, value = {
            STRUCK: ("w:dstrike" if number % 2 else "w:strike", None),
            RAISED: ("w:position", "8") if number % 2 else ("w:vertAlign", "superscript"),
            NOTED: ("w:b", None),
            HIDDEN: ("w:sz", "1"),
            WHITE: ("w:color", "FFFFFF"),
        }[kind]
        mark = OxmlElement(name)
        if value:
            mark.set(qn("w:val"), value)
        extra.get_or_add_rPr().append(mark)
        if kind == NOTED:
            note = OxmlElement("w:footnoteReference")
            note.set(qn("w:customMarkFollows"), "1")
            note.set(qn("w:id"), "2")
            extra.find(qn("w:t")).addprevious(note)
        (run.addprevious if kind == STRUCK else run.addnext)(extra)
    if kind == NOTED:
        _add_notes(doc)
    return word.data(doc)


def _add_notes(doc):
    """The part that holds the notes: LibreOffice opens no document that refers to one that is not there."""
    note = "<w:footnote w:id='{}'{}><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>".format
    kinds = ((-1, " w:type='separator'", ""), (0, " w:type='continuationSeparator'", ""), (2, "", "note"))
    notes = f"<w:footnotes {nsdecls('w')}>{''.join(note(*kind) for kind in kinds)}</w:footnotes>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), doc.part.package)
    doc.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def prompts(report, rng):
    """A python-docx document whose blank cells hold empty content controls; figures stand in filled ones."""
    doc = word.document(report)
    for paragraph in doc.element.body.iter(qn("w:p")):
        inside = any(True for _ in paragraph.iterancestors(qn("w:tc")))
        if (
            not inside
            or "".join(paragraph.itertext())
            or paragraph.getparent().find(f".//{qn('w:vMerge')}") is not None
        ):
            continue
        control, properties, content = (OxmlElement(f"w:{n}") for n in ("sdt", "sdtPr", "sdtContent"))
        properties.append(OxmlElement("w:showingPlcHdr"))
        run, text = OxmlElement("w:r"), OxmlElement("w:t")
        text.text = "单击或点击此处输入文字。"
        run.append(text)
        content.append(run)
        control.extend([properties, content])
        paragraph.append(control)
    return word.data(doc)


def _rtf_text(text):
    return "".join(c if c.isascii() else f"\\u{ord(c) if ord(c) < 32768 else ord(c) - 65536}?" for c in text)


def rtf(report, rng, kind):
    """RTF by hand, with real cell edges and merges."""
    extra = beside(report, rng)
    out = [
        "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}}",
        "{\\colortbl;\\red255\\green255\\blue255;}{\\stylesheet{\\s0 Normal;}{\\*\\cs15\\additive\\super Mark;}}\n",
    ]
    for what, block in report.blocks:
        if what != "table":
            out.append(f"\\pard {_rtf_text(block)}\\par\n")
            continue
        owners = block.owners()
        for row in range(block.rows):
            line, cells, column = ["\\trowd"], [], 0
            while column < block.columns:
                cell = owners[row, column]
                edge = (cell.column + cell.columns) * 1000
                if cell.rows > 1:
                    line.append("\\clvmgf" if cell.row == row else "\\clvmrg")
                line.append(f"\\cellx{edge}")
                text = report.show(cell) if cell.row == row else ""
                cells.append(f"\\pard\\intbl {_rtf_cell(text, extra.get(cell.slot), kind)}\\cell")
                column = cell.column + cell.columns
            out.append("".join([*line, *cells, "\\row\n"]))
    return "".join([*out, "}"]).encode("ascii")


def _rtf_cell(text, extra, kind):
    shown = _rtf_text(text)
    if not extra:
        return shown
    return {
        STRUCK: f"{{\\striked1 {extra}}}{shown}" if len(extra) > 1 else f"{{\\strike {extra}}}{shown}",
        RAISED: f"{shown}{{\\up6 {extra}}}" if len(extra) > 1 else f"{shown}{{\\cs15\\super {extra}}}",
        NOTED: f"{shown}{{{extra}{{\\footnote \\pard note}}}}",
        HIDDEN: f"{{\\v {extra}}}{shown}",
        WHITE: f"{shown}{{\\cf1 {extra}}}",
        "box": f"{{\\shp{{\\*\\shpinst\\shpleft0{{\\sp{{\\sn shapeType}}{{\\sv 202}}}}{{\\shptxt \\pard {shown}\\par}}}}}}",
    }[kind]


def _odf_styles(document):
    for name, properties in {
        STRUCK: {"textlinethroughstyle": "solid", "textlinethroughtype": "double"},
        RAISED: {"textposition": "33% 58%"},
        HIDDEN: {"display": "none"},
        WHITE: {"color": "#ffffff"},
    }.items():
        style = Style(name=name, family="text")
        style.addElement(TextProperties(**properties))
        document.automaticstyles.addElement(style)


def _odf_paragraph(text, extra, kind):
    paragraph = P()
    if extra and kind in (STRUCK, HIDDEN):
        paragraph.addElement(Span(stylename=kind, text=extra))
    paragraph.addText(text)
    if extra and kind in (RAISED, WHITE):
        paragraph.addElement(Span(stylename=kind, text=extra))
    if extra and kind == NOTED:
        note = Note(id=f"n{extra}", noteclass="footnote")
        note.addElement(NoteCitation(label=extra, text=extra))
        body = NoteBody()
        body.addElement(P(text="note"))
        note.addElement(body)
        paragraph.addElement(note)
    return paragraph


def _grid(parent, cells, make):
    starts = {(c[0], c[1]): c for c in cells}
    covered = {(r, k) for c in cells for r in range(c[0], c[0] + c[2]) for k in range(c[1], c[1] + c[3])}
    width = max(k for _, k in covered) + 1
    for row in range(max(r for r, _ in covered) + 1):
        line = TableRow()
        parent.addElement(line)
        for column in range(width):
            start = starts.get((row, column))
            line.addElement(make(*start) if start else CoveredTableCell() if (row, column) in covered else TableCell())


def odt(report, rng, kind):
    """An OpenDocument text by odfpy."""
    extra, document = beside(report, rng), OpenDocumentText()
    _odf_styles(document)

    def cell(row, column, rows, columns, text, slot):
        made = TableCell(**({"numberrowsspanned": rows, "numbercolumnsspanned": columns} if rows * columns > 1 else {}))
        if text:
            made.addElement(_odf_paragraph(text, extra.get(slot), kind))
        return made

    for what, block in report.blocks:
        if what != "table":
            document.text.addElement(P(text=block))
            continue
        table = Table(name=block.table)
        table.addElement(TableColumn(numbercolumnsrepeated=block.columns))
        _grid(table, [(c.row, c.column, c.rows, c.columns, report.show(c), c.slot) for c in block.cells], cell)
        document.text.addElement(table)
    return sheets._odf(document)


# Sheets


def _decoys(cells):
    """Rows to hide: before each row of table 三 that has figures a copy of it with other figures. Gives all cells with
    their new rows, and the hidden ones."""
    starts = sorted({c[0] for c in cells if c[5] and c[5][0] == "requests"})
    chosen = [row for row in starts if all(c[2] == 1 for c in cells if c[0] == row)][::3]
    shift = lambda row: row + sum(1 for c in chosen if c <= row)
    out = []
    for row, column, rows, columns, text, slot in cells:
        span = rows + sum(1 for c in chosen if row < c < row + rows)
        out.append((shift(row), column, span, columns, text, slot))
        if row in chosen:
            out.append((shift(row) - 1, column, 1, columns, "77" if slot and text else text, None))
    return out, [shift(row) - 1 for row in chosen]


def _column(cells):
    """A column to hide: figures of last year stand before the totals of table 三. Gives all cells, and the column."""
    totals = [c for c in cells if c[5] and c[5][0] == "requests" and c[5][2] == "total"]
    column = totals[0][1]
    out = []
    for row, at, rows, columns, text, slot in cells:
        if at >= column:
            at += 1
        elif at + columns > column:
            columns += 1
        out.append((row, at, rows, columns, text, slot))
    return out + [(c[0], column, 1, 1, "88", None) for c in totals], column


def _sum(row, column, slot):
    first, last = get_column_letter(column - (6 if slot[0] == "requests" else 4) + 1), get_column_letter(column)
    return f"=SUM({first}{row + 1}:{last}{row + 1})"


def _is_total(slot):
    return slot and slot[0] != "disclosure" and slot[2] == "total"


def xlsx(report, rng, kind):
    """A workbook by openpyxl."""
    book, extra = openpyxl.Workbook(), beside(report, rng)
    sheet = book.active
    if kind == "hidden-sheet":
        for row, column, _, _, text, slot in sheets.placed(report, 1)[0]:
            sheet.cell(row + 1, column + 1).value = "66" if slot else text
        sheet.sheet_state = "veryHidden"
        sheet = book.create_sheet("年报")
    cells = sheets.placed(report, 1)[0]
    if kind == "hidden-rows":
        cells, rows = _decoys(cells)
        for row in rows:
            sheet.row_dimensions[row + 1].hidden = True
    if kind == "hidden-column":
        cells, column = _column(cells)
        sheet.column_dimensions[get_column_letter(column + 1)].hidden = True
    for row, column, rows, columns, text, slot in cells:
        cell = sheet.cell(row + 1, column + 1)
        value = sheets.number(text) if slot or text in ("77", "88") else text
        cell.value = None if text == "" else value
        if slot in extra:
            _openpyxl(cell, value, text, extra[slot], kind)
        if kind == "formulas" and _is_total(slot):
            cell.value = _sum(row, column, slot)
        if rows > 1 or columns > 1:
            sheet.merge_cells(None, row + 1, column + 1, row + rows, column + columns)
    if kind == "stray":
        sheet["XFD1048576"] = "x"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _openpyxl(cell, value, text, extra, kind):
    if kind == STRUCK:
        cell.value = CellRichText(TextBlock(InlineFont(strike=True), extra), TextBlock(InlineFont(), text))
    elif kind == RAISED:
        cell.value = CellRichText(text, TextBlock(InlineFont(vertAlign="superscript"), extra))
    elif kind == WHITE:
        cell.value = CellRichText(text, TextBlock(InlineFont(color="FFFFFFFF"), extra))
    elif kind == "scaled" and not isinstance(value, str):
        cell.value, cell.number_format = value * 1000, "#,##0,"
    elif kind == "words" and not isinstance(value, str):
        cell.number_format = '#,##0"件";-#,##0"件"'


def written(report, rng, kind):
    """A workbook by XlsxWriter, which stores a zero for every formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, source = book.add_worksheet("年报"), book.add_worksheet("底稿")
    source.hide()
    used = 0
    for row, column, rows, columns, text, slot in sheets.placed(report, 1)[0]:
        value = sheets.number(text) if slot else text
        if _is_total(slot) and kind == "formulas":
            sheet.write_formula(row, column, _sum(row, column, slot))
        elif slot and text and kind == "references":
            source.write(used, 0, value)
            sheet.write_formula(row, column, f"='底稿'!$A${used + 1}")
            used += 1
        elif rows > 1 or columns > 1:
            sheet.merge_range(row, column, row + rows - 1, column + columns - 1, value)
        elif text:
            sheet.write(row, column, value)
    book.close()
    return out.getvalue()


def xls(report, rng, kind):
    """An Excel 97 workbook by xlwt."""
    book, extra = xlwt.Workbook(encoding="utf-8"), beside(report, rng)
    if kind == "hidden-sheet":
        sheet = book.add_sheet("上年")
        for row, column, _, _, text, slot in sheets.placed(report, 1)[0]:
            sheet.write(row, column, "66" if slot else text)
        sheet.visibility = 1
    sheet = book.add_sheet("年报", cell_overwrite_ok=True)
    book.active_sheet = len(book._Workbook__worksheets) - 1
    cells = sheets.placed(report, 1)[0]
    if kind == "hidden-rows":
        cells, rows = _decoys(cells)
        for row in rows:
            sheet.row(row).hidden = True
    if kind == "hidden-column":
        cells, column = _column(cells)
        sheet.col(column).hidden = True
    for row, column, rows, columns, text, slot in cells:
        value = sheets.number(text) if slot or text in ("77", "88") else text
        if rows > 1 or columns > 1:
            sheet.write_merge(row, row + rows - 1, column, column + columns - 1, value)
        elif slot in extra and kind in (STRUCK, RAISED, WHITE):
            font = xlwt.Font()
            font.struck_out = kind == STRUCK
            font.escapement = 1 if kind == RAISED else 0
            font.colour_index = 1 if kind == WHITE else 0x7FFF
            runs = ((extra[slot], font), (text, xlwt.Font()))
            sheet.write_rich_text(row, column, runs if kind == STRUCK else runs[::-1])
        elif kind == "formulas" and _is_total(slot):
            sheet.write(row, column, xlwt.Formula(_sum(row, column, slot)[1:]))
        elif slot in extra and kind == "scaled" and not isinstance(value, str):
            sheet.write(row, column, value * 1000, xlwt.easyxf(num_format_str="0,"))
        elif value != "":
            sheet.write(row, column, value)
    if kind == "stray":
        sheet.write(65535, 255, "x")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(report, rng, kind):
    """An OpenDocument spreadsheet by odfpy."""
    extra, book = beside(report, rng), OpenDocumentSpreadsheet()
    _odf_styles(book)
    scaled = NumberStyle(name="scaled")
    scaled.addElement(Number(minintegerdigits="1", displayfactor="1000"))
    book.automaticstyles.addElement(scaled)
    style = Style(name="cell", family="table-cell", datastylename="scaled")
    book.automaticstyles.addElement(style)
    away = Style(name="away", family="table")
    away.addElement(TableProperties(display="false"))
    book.automaticstyles.addElement(away)

    def cell(row, column, rows, columns, text, slot):
        spans = {"numberrowsspanned": rows, "numbercolumnsspanned": columns} if rows * columns > 1 else {}
        value = sheets.number(text) if slot or text in ("77", "88") else text
        if kind == "formulas" and _is_total(slot):
            at = _sum(row, column, slot)[5:-1].replace(":", ":.")
            return TableCell(formula=f"of:=SUM([.{at}])", valuetype="float", **spans)
        odd = extra.get(slot)
        if not isinstance(value, str) and not (odd and kind in (STRUCK, RAISED, WHITE)):
            factor = 1000 if odd and kind == "scaled" else 1
            made = TableCell(
                valuetype="float", value=value * factor, **({"stylename": "cell"} if factor > 1 else {}), **spans
            )
        else:
            made = TableCell(valuetype="string", **spans)
        if text:
            made.addElement(_odf_paragraph(text, odd, kind))
        return made

    if kind == "hidden-sheet":
        table = Table(name="上年", stylename="away")
        last = [(r, c, h, w, "66" if s else t, None) for r, c, h, w, t, s in sheets.placed(report, 1)[0]]
        _grid(table, last, cell)
        book.spreadsheet.addElement(table)
    table = Table(name="年报")
    cells, hidden, column = sheets.placed(report, 1)[0], [], None
    if kind == "hidden-rows":
        cells, hidden = _decoys(cells)
    if kind == "hidden-column":
        cells, column = _column(cells)
        table.addElement(TableColumn(numbercolumnsrepeated=column))
        table.addElement(TableColumn(visibility="collapse"))
    _grid(table, cells, cell)
    for number, row in enumerate(table.getElementsByType(TableRow)):
        if number in hidden:
            row.setAttribute("visibility", "collapse")
    book.spreadsheet.addElement(table)
    return sheets._odf(book)
