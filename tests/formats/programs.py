"""Documents as programs and templates write them: CSV, XML of one file, writers of other languages, WPS.

Owns what is not a package of python-docx, openpyxl or LibreOffice. `programs.cjs` runs the writers of npm: it needs node, and
NODE_PATH with xlsx, exceljs, docx and html-to-docx. WPS's form is not in this repository: WPS_FORM names it.
"""

import copy
import csv
import io
import json
import os
import re
import subprocess
import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import sheets
import web
import word

DOCUMENT_XML = "word/document.xml"


def rows(report, repeated=False):
    """The texts of one sheet, row by row; merged cells once, or in every place they cover."""
    cells = sheets.placed(report, 1)[0]
    height, width = max(c[0] + c[2] for c in cells), max(c[1] + c[3] for c in cells)
    texts = [[""] * width for _ in range(height)]
    for row, column, down, across, text, _ in cells:
        for r in range(down if repeated else 1):
            for c in range(across if repeated else 1):
                texts[row + r][column + c] = text
    return texts


def ragged(texts):
    """Rows without the blanks at their ends."""
    return [row[: max((n for n, t in enumerate(row, 1) if t), default=1)] for row in texts]


def table(texts, encoding="utf-8", **dialect):
    """Rows as Python's csv module writes them."""
    out = io.StringIO()
    csv.writer(out, **dialect).writerows(texts)
    return out.getvalue().encode(encoding)


def texts_of_figures(texts):
    """`="12"`, as programs write what must not become a number."""
    return [[f'="{t}"' if t[:1].isdigit() and len(t) < 8 else t for t in row] for row in texts]


def word_xml(report):
    """A template of Word 2003 as FreeMarker fills it."""
    blocks = []
    for kind, block in report.blocks:
        if kind != "table":
            blocks.append(_paragraph(block))
            continue
        owners = block.owners()
        lines = []
        for row in range(block.rows):
            line, column = [], 0
            while column < block.columns:
                cell = owners[row, column]
                merge = '<w:vmerge w:val="restart"/>' if cell.row == row else "<w:vmerge/>"
                properties = f'<w:gridSpan w:val="{cell.columns}"/>' + (merge if cell.rows > 1 else "")
                text = report.show(cell) if cell.row == row else ""
                line.append(f"<w:tc><w:tcPr>{properties}</w:tcPr>{_paragraph(text)}</w:tc>")
                column += cell.columns
            lines.append(f"<w:tr>{''.join(line)}</w:tr>")
        blocks.append(f"<w:tbl><w:tblPr/>{''.join(lines)}</w:tbl>")
    return (
        '<?xml version="1.0" encoding="GBK" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
        '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
        'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" xml:space="preserve">'
        f"<w:body><wx:sect>{''.join(blocks)}</wx:sect></w:body></w:wordDocument>"
    ).encode("gb18030")


def _paragraph(text):
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" if text else "<w:p/>"


def sheet_xml(report):
    """SpreadsheetML 2003 as report generators write it; totals of table 三 and 四 are formulas without results."""
    lines = {}
    for row, column, down, across, text, slot in sheets.placed(report, 1)[0]:
        merged = "".join(
            f' ss:{name}="{n - 1}"' for name, n in (("MergeAcross", across), ("MergeDown", down)) if n > 1
        )
        figure = bool(slot) and not isinstance(sheets.number(text), str)
        data = f'<Data ss:Type="{"Number" if figure else "String"}">{escape(text)}</Data>' if text else ""
        if slot and slot[2] == "total":
            merged += f' ss:Formula="=SUM(RC[-{6 if slot[0] == "requests" else 4}]:RC[-1])"'
            data = ""
        lines.setdefault(row, []).append((column, f'<Cell ss:Index="{column + 1}"{merged}>{data}</Cell>'))
    body = "".join(f'<Row ss:Index="{n + 1}">{"".join(c for _, c in sorted(cells))}</Row>' for n, cells in lines.items())
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="年报"><Table>{body}</Table>'
        "</Worksheet></Workbook>"
    ).encode()


def flat_opc(data):
    """A DOCX as one XML file; parts that are no XML are left out."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name == "[Content_Types].xml" or not name.endswith((".xml", ".rels")):
                continue
            xml = re.sub(r"^\s*<\?xml.*?\?>\s*", "", package.read(name).decode("utf-8"))
            parts.append(f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{xml}</pkg:xmlData></pkg:part>')
    head = '<?xml version="1.0" standalone="yes"?>\r\n<?mso-application progid="Word.Document"?>\r\n'
    namespace = "http://schemas.microsoft.com/office/2006/xmlPackage"
    return f'{head}<pkg:package xmlns:pkg="{namespace}">{"".join(parts)}</pkg:package>'.encode()


def flat_odf(data, kind):
    """An OpenDocument file of odfpy as one XML file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        content = package.read("content.xml").decode("utf-8")
    media = f'<office:document office:mimetype="application/vnd.oasis.opendocument.{kind}"'
    return content.replace("<office:document-content", media).replace("</office:document-content", "</office:document").encode()


def wps(report):
    """The form that WPS Office wrote, filled in."""
    form = docx.Document(os.environ["WPS_FORM"])
    for grid, table in zip(report.grids(), form.tables):
        places = [row.cells for row in table.rows]
        for cell in grid.cells:
            if cell.slot:
                paragraph = places[cell.row][cell.column].paragraphs[0]
                for run in paragraph.runs[1:]:
                    run._r.getparent().remove(run._r)
                run = paragraph.runs[0] if paragraph.runs else paragraph.add_run()
                run.text = report.show(cell)
    for paragraph in form.paragraphs:
        if "格式模板" in paragraph.text:
            for run in paragraph.runs[1:]:
                run.text = ""
            paragraph.runs[0].text = report.title
            period = copy.deepcopy(paragraph._p)
            paragraph._p.addnext(period)
            docx.text.paragraph.Paragraph(period, paragraph._parent).runs[0].text = report.blocks[1][1]
            break
    return word.data(form)


def npm(report, writer):
    """What a writer of `programs.cjs` makes of a report."""
    cells = [
        {"row": r, "column": c, "rows": down, "columns": across, "text": text, "slot": bool(slot)}
        for r, c, down, across, text, slot in sheets.placed(report, 1)[0]
    ]
    blocks = [
        {"kind": kind, "text": block}
        if kind != "table"
        else {
            "kind": kind,
            "rows": block.rows,
            "cells": [
                {"row": c.row, "column": c.column, "rows": c.rows, "columns": c.columns, "text": report.show(c)}
                for c in block.cells
            ],
        }
        for kind, block in report.blocks
    ]
    job = {"writer": writer, "cells": cells, "blocks": blocks, "page": web.page(report)}
    with tempfile.TemporaryDirectory() as home:
        source, out = Path(home, "job.json"), Path(home, "out")
        source.write_text(json.dumps(job, ensure_ascii=False), encoding="utf-8")
        subprocess.run(["node", str(Path(__file__).with_suffix(".cjs")), str(source), str(out)], check=True)
        return out.read_bytes()
