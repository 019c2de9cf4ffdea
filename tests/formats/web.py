"""HTML and MHTML pages of a report, and their printing to PDF by Chromium and WeasyPrint."""

import html
import subprocess
import tempfile
from email.charset import BASE64, QP, Charset
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from pathlib import Path

import weasyprint as printer

STYLE = """@page {{ size: {paper}; margin: 15mm 14mm; {running} }}
body {{ font-family: "{font}"; font-size: 9pt; }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed; }}
td {{ border: {border}; padding: 2pt 1pt; text-align: center; font-size: {size}; word-break: {cut}; }}
tr.break {{ break-before: page; }}"""


def page(
    report,
    *,
    charset="utf-8",
    paper="A4",
    font="Noto Sans CJK SC",
    border="0.5pt solid black",
    head=False,
    running="",
    breaks=(),
    size="7.5pt",
    cut="normal",
):
    """The report as an HTML page. `head`: header rows in thead; `breaks`: rows of table 三 that begin a page;
    `size`: of the type in tables; `cut`: whether figures may break over lines (CSS word-break)."""
    style = STYLE.format(paper=paper, font=font, border=border, running=running, size=size, cut=cut)
    out = [f'<html><head><meta charset="{charset}"><title>{report.title}</title><style>{style}</style></head><body>']
    for kind, block in report.blocks:
        if kind == "table":
            out.append(table(report, block, head, breaks if block.table == "requests" else ()))
        else:
            tag = {"title": "h1", "heading": "h3", "text": "p"}[kind]
            out.append(f"<{tag}>{html.escape(block)}</{tag}>")
    return "\n".join([*out, "</body></html>"])


def table(report, grid, head=False, breaks=()):
    """One table with rowspan and colspan."""
    unit = 100 / sum(grid.widths)
    out = ["<table><colgroup>", *[f'<col style="width:{w * unit:.1f}%">' for w in grid.widths], "</colgroup>"]
    if head:
        out.append("<thead>")
    for row in range(grid.rows):
        if head and row == grid.heads:
            out.append("</thead><tbody>")
        out.append('<tr class="break">' if row in breaks else "<tr>")
        for cell in grid.cells:
            if cell.row == row:
                spans = f' rowspan="{cell.rows}"' * (cell.rows > 1) + f' colspan="{cell.columns}"' * (cell.columns > 1)
                out.append(f"<td{spans}>{html.escape(report.show(cell))}</td>")
        out.append("</tr>")
    out.append("</tbody></table>" if head else "</table>")
    return "\n".join(out)


def mhtml(report, charset, encoding):
    """A single-file web page: multipart/related with the page and a picture beside it."""
    whole = MIMEMultipart("related", boundary="----=_NextPart_01DA2B.55", type="text/html")
    whole["From"] = "<Saved by Blink>"
    whole["Subject"] = "report"
    part = MIMENonMultipart("text", "html")
    rules = Charset(charset)
    rules.body_encoding = encoding
    part.set_payload(page(report, charset=charset), rules)
    part["Content-Location"] = "http://www.example.gov.cn/report.html"
    picture = MIMENonMultipart("image", "gif")
    picture["Content-Transfer-Encoding"] = "base64"
    picture.set_payload("R0lGODlhAQABAAAAACw=")
    whole.attach(part)
    whole.attach(picture)
    return whole.as_bytes().replace(b"\n", b"\r\n")


def mhtml_gbk(report):
    """Quoted-printable GBK."""
    return mhtml(report, "gbk", QP)


def mhtml_utf8(report):
    """Base64 UTF-8."""
    return mhtml(report, "utf-8", BASE64)


def chromium(source):
    """Prints an HTML page to PDF with Chromium."""
    with tempfile.TemporaryDirectory() as home:
        path, out = Path(home, "page.html"), Path(home, "page.pdf")
        path.write_text(source, encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        command += ["--no-pdf-header-footer", f"--user-data-dir={home}/profile", f"--print-to-pdf={out}", path.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return out.read_bytes()


def weasyprint(source):
    """Prints an HTML page to PDF with WeasyPrint."""
    return printer.HTML(string=source).write_pdf()
