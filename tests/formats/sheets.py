"""Spreadsheets: openpyxl (xlsx), xlwt (xls) and odfpy (ods)."""

import io

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import P
from openpyxl.utils import get_column_letter


def placed(report, sheets):
    """Lists of (row, column, rows, columns, text, slot) per sheet, the report's blocks under each other.

    `sheets` 1: everything in one; 3: a table with the blocks before it in each.
    """
    found, row = [[]], 0
    for kind, block in report.blocks:
        if kind != "table":
            found[-1].append((row, 0, 1, 1, block, None))
            row += 1
            continue
        for cell in block.cells:
            found[-1].append((row + cell.row, cell.column, cell.rows, cell.columns, report.show(cell), cell.slot))
        row += block.rows + 1
        if sheets > len(found):
            found.append([])
            row = 0
    return found


def number(text):
    """What a spreadsheet holds for a printed figure: a number if it reads as one."""
    try:
        return int(text)
    except ValueError:
        try:
            return float(text)
        except ValueError:
            return text


def xlsx(report, sheets=1, as_text=False, formulas=False):
    """A workbook; with `formulas` the totals of table 三 and 四 are formulas (without cached values)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for index, cells in enumerate(placed(report, sheets), 1):
        sheet = book.create_sheet(f"Sheet{index}")
        for row, column, rows, columns, text, slot in cells:
            cell = sheet.cell(row + 1, column + 1)
            cell.value = None if text == "" else text if as_text or not slot else number(text)
            if as_text:
                cell.number_format = "@"
            if formulas and slot and slot[2] == "total":
                cell.value = _formula(row + 1, column + 1, 6 if slot[0] == "requests" else 4)
            if rows > 1 or columns > 1:
                sheet.merge_cells(None, row + 1, column + 1, row + rows, column + columns)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _formula(row, column, parts):
    first, last = get_column_letter(column - parts), get_column_letter(column - 1)
    return f"=SUM({first}{row}:{last}{row})"


def xls(report, sheets=1, as_text=False):
    """An Excel 97 workbook."""
    book = xlwt.Workbook(encoding="utf-8")
    for index, cells in enumerate(placed(report, sheets), 1):
        sheet = book.add_sheet(f"Sheet{index}")
        for row, column, rows, columns, text, slot in cells:
            value = text if as_text or not slot else number(text)
            if rows > 1 or columns > 1:
                sheet.write_merge(row, row + rows - 1, column, column + columns - 1, value)
            elif value != "":
                sheet.write(row, column, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(parent, cells):
    """Adds ODF rows with spanned and covered cells."""
    starts = {(c[0], c[1]): c for c in cells}
    covered = {(r, k) for c in cells for r in range(c[0], c[0] + c[2]) for k in range(c[1], c[1] + c[3])}
    width = max(k for _, k in covered) + 1
    parent.addElement(TableColumn(numbercolumnsrepeated=width))
    for row in range(max(r for r, _ in covered) + 1):
        line = TableRow()
        parent.addElement(line)
        for column in range(width):
            start = starts.get((row, column))
            if start:
                line.addElement(_cell(*start))
            else:
                line.addElement(CoveredTableCell() if (row, column) in covered else TableCell())


def _cell(row, column, rows, columns, text, slot):
    spans = {"numberrowsspanned": rows, "numbercolumnsspanned": columns} if rows > 1 or columns > 1 else {}
    value = number(text)
    if slot and not isinstance(value, str):
        spans |= {"valuetype": "float", "value": value}
    cell = TableCell(**spans)
    if text:
        cell.addElement(P(text=text))
    return cell


def _odf(document):
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def ods(report):
    """An OpenDocument spreadsheet with one sheet a table."""
    book = OpenDocumentSpreadsheet()
    for index, cells in enumerate(placed(report, 3), 1):
        table = Table(name=f"Sheet{index}")
        _rows(table, cells)
        book.spreadsheet.addElement(table)
    return _odf(book)


def odt(report):
    """An OpenDocument text straight from odfpy."""
    document = OpenDocumentText()
    for kind, block in report.blocks:
        if kind != "table":
            document.text.addElement(P(text=block))
            continue
        table = Table(name=block.table)
        _rows(table, [(c.row, c.column, c.rows, c.columns, report.show(c), c.slot) for c in block.cells])
        document.text.addElement(table)
    return _odf(document)
