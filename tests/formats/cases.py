"""The cases: which program writes which document, the trap it holds, and what a reader owes."""

from collections.abc import Callable
from dataclasses import dataclass

import archives
import drawn
import oddities
import ofd
import platypus
import programs
import rawpdf
import seen
import sheets
import traps
import web
import word
from fill import Options
from fonts import Gb1, Identity, Unembedded, WinAnsi
from layout import Style

ALL, NONE_WRONG, NEEDS_OCR, UNREADABLE = "all", "none_wrong", "needs_ocr", "unreadable"
FULL_WIDTH = str.maketrans("0123456789.-+", "０１２３４５６７８９．－＋")
NO_BLANKS = Options(blanks=False)
RUNNING = (
    """@top-center { content: "政府信息公开工作年度报告 2023" } @bottom-center { content: "— " counter(page) " —" }"""
)


@dataclass(frozen=True)
class Case:
    """One document. `build(job)` gives its bytes; `via` (source, target) has LibreOffice convert them first to last."""

    name: str
    note: str
    build: Callable
    edition: str = "2021"
    must: str = ALL
    via: tuple | None = None
    small: bool = False
    after: Callable | None = None


def _letters(report):
    """Every character a report prints."""
    prose = "".join(block for kind, block in report.blocks if kind != "table")
    return prose + "".join(report.show(cell) for grid in report.grids() for cell in grid.cells) + "页共"


def _word(change=lambda doc, report, job: None, make=word.document):
    def build(job):
        report = job.report()
        doc = make(report)
        change(doc, report, job)
        return word.data(doc)

    return build


def _page(printer, **options):
    return lambda job: printer(web.page(job.report(), **options))


def _raw(style=Style(), font=None, after=lambda data: data, map_digits=None, options=Options(), **shapes):
    def build(job):
        report = job.report(options=options)
        shown = report.translated(map_digits) if map_digits else report
        make = font or (Unembedded if job.brief else Identity)
        return after(rawpdf.write(shown, make(_letters(shown)), style, **shapes))

    return build


def _html_bytes(job):
    return web.page(job.report(), charset="gb2312").encode("gb18030")


def _flat(job):
    report = job.report(options=NO_BLANKS)
    make = Unembedded if job.brief else Identity
    return rawpdf.flat(report, make(_letters(report)))


def _error_page(job):
    return "<html><head><title>404</title></head><body><h1>您访问的页面不存在</h1><p>错误代码 404</p></body></html>".encode()


def _zip(job):
    inner = word.data(word.document(job.report("年报/海原县2023年年报.docx", "2021")))
    page = web.page(job.report("年报/附件（网页）.html", "2019"), charset="gbk").encode("gbk")
    return archives.pack(
        {"年报/海原县2023年年报.docx": inner, "年报/附件（网页）.html": page, "年报/说明.txt": b"see files"}
    )


def _nested_zip(job):
    inner = archives.pack({"报告.docx": word.data(word.document(job.report("下级.zip!/报告.docx", "2019")))})
    table = sheets.xlsx(job.report("表格.xlsx", "2021"))
    return archives.pack({"下级.zip": inner, "表格.xlsx": table})


def _both(name, note, build, small=False, ext="", **more):
    """The case in both editions; only the first of them may be small."""
    ext = ext or name.split("-")[0]
    return [
        Case(f"{name}-2021.{ext}", note, build, "2021", small=small, **more),
        Case(f"{name}-2019.{ext}", note, build, "2019", **more),
    ]


WQY = "WenQuanYi Zen Hei"
FIVE = (21,)  # a row within group （五） of table 三

WORD = [
    *_both("docx-plain", "python-docx, gridSpan and vMerge", _word(), small=True),
    Case(
        "docx-tracked.docx",
        "tracked insertions, deletions, a moved number, a deleted row",
        _word(lambda d, r, j: word.track(d, r, j.rng)),
        small=True,
    ),
    Case(
        "docx-boxes.docx",
        "text boxes in mc:Choice and mc:Fallback; one holds the title",
        _word(lambda d, r, j: word.boxes(d, r)),
        "2019",
        small=True,
    ),
    Case("docx-nested.docx", "everything inside one cell of a layout table", _word(make=word.nested), small=True),
    Case(
        "docx-hidden.docx",
        "hidden runs (w:vanish) with other digits beside values",
        _word(lambda d, r, j: word.hide(d, r, j.rng)),
        "2019",
        small=True,
    ),
    Case(
        "docx-fields.docx",
        "values in content controls and as results of fields",
        _word(lambda d, r, j: word.field_and_control(d, r)),
        small=True,
    ),
    *_both("doc-lo", "Word 97 by LibreOffice", _word(), via=("docx", "doc"), small=True),
    *_both("odt-lo", "ODT by LibreOffice", _word(), via=("docx", "odt"), small=True),
    *_both("rtf-lo", "RTF by LibreOffice", _word(), via=("docx", "rtf"), small=True),
    Case(
        "doc-nested.doc",
        "Word 97 by LibreOffice, nested in a layout table (LibreOffice itself reads only paragraphs back)",
        _word(make=word.nested),
        "2019",
        NONE_WRONG,
        via=("docx", "doc"),
    ),
    Case(
        "odt-nested.odt",
        "ODT by LibreOffice, nested in a layout table",
        _word(make=word.nested),
        "2019",
        via=("docx", "odt"),
    ),
    Case(
        "rtf-nested.rtf",
        "RTF by LibreOffice, nested in a layout table",
        _word(make=word.nested),
        "2019",
        via=("docx", "rtf"),
    ),
    Case(
        "doc-tracked.doc",
        "Word 97 by LibreOffice with tracked changes",
        _word(lambda d, r, j: word.track(d, r, j.rng)),
        "2019",
        NONE_WRONG,
        via=("docx", "doc"),
    ),
    Case(
        "odt-tracked.odt",
        "ODT by LibreOffice with tracked changes",
        _word(lambda d, r, j: word.track(d, r, j.rng)),
        "2019",
        NONE_WRONG,
        via=("docx", "odt"),
    ),
    Case(
        "rtf-tracked.rtf",
        "RTF by LibreOffice with tracked changes",
        _word(lambda d, r, j: word.track(d, r, j.rng)),
        "2019",
        NONE_WRONG,
        via=("docx", "rtf"),
    ),
    Case("odt-odfpy.odt", "ODT by odfpy", lambda job: sheets.odt(job.report())),
    Case("wps-renamed.wps", "Word 97 named .wps", _word(), "2019", via=("docx", "doc")),
]

NAMED = [
    Case("named-html.doc", "an HTML page in GBK named .doc", _html_bytes, small=True),
    Case(
        "named-mhtml-gbk.doc",
        "MHTML (quoted-printable GBK) named .doc",
        lambda job: web.mhtml_gbk(job.report()),
        "2019",
        small=True,
    ),
    Case("named-mhtml-utf8.doc", "MHTML (base64 UTF-8) named .doc", lambda job: web.mhtml_utf8(job.report())),
    Case("named-rtf.doc", "RTF named .doc", _word(), "2019", via=("docx", "rtf")),
    Case("named-docx.doc", "DOCX named .doc", _word(), small=True),
    Case("named-pdf.html", "a PDF named .html", _raw(), "2019", small=True),
    Case("named-error.pdf", "an HTML error page named .pdf", _error_page, must=NONE_WRONG, small=True),
    Case("mht-gbk.mht", "MHTML, quoted-printable GBK", lambda job: web.mhtml_gbk(job.report())),
    Case("mhtml-utf8.mhtml", "MHTML, base64 UTF-8", lambda job: web.mhtml_utf8(job.report()), "2019", small=True),
]

PAGES = [
    *_both(
        "html-seen", "hidden, struck and raised text, controls and readings beside values", seen.page, ext="html", small=True
    ),
    *_both("html-draft", "another year hidden before the report, its own tables in tabs", seen.draft, ext="html", small=True),
    Case("html-article.html", "the article as JSON in a script", seen.article, small=True),
    Case("html-written.html", "the article written by a script", seen.written, "2019", small=True),
    Case("html-framed.html", "srcdoc within a layout table, GB18030, packed", seen.framed, small=True),
    Case("html-escaped.html", "escaped in a field or in the address of a frame", seen.escaped, "2019", small=True),
    *_both("md-merged", "Markdown: merged cells repeated, escaped bars, notes", seen.markdown, ext="md", small=True),
]

SHEETS = [
    *_both(
        "xlsx-one", "openpyxl, all tables in one sheet, merged cells", lambda job: sheets.xlsx(job.report()), small=True
    ),
    *_both("xlsx-three", "openpyxl, a sheet a table", lambda job: sheets.xlsx(job.report(), 3), small=True),
    Case(
        "xlsx-text.xlsx",
        "numbers stored as text",
        lambda job: sheets.xlsx(job.report(), as_text=True),
        "2019",
        small=True,
    ),
    Case(
        "xlsx-cached.xlsx",
        "totals are formulas with values cached by LibreOffice",
        lambda job: sheets.xlsx(job.report(), formulas=True),
        via=("xlsx", "xlsx"),
        small=True,
    ),
    *_both("xls-one", "xlwt, all tables in one sheet", lambda job: sheets.xls(job.report()), small=True),
    Case(
        "xls-three-text.xls",
        "xlwt, a sheet a table, numbers as text",
        lambda job: sheets.xls(job.report(), 3, True),
        "2019",
    ),
    Case("xls-lo.xls", "Excel 97 by LibreOffice", lambda job: sheets.xlsx(job.report()), via=("xlsx", "xls")),
    *_both("ods-lo", "ODS by LibreOffice", lambda job: sheets.xlsx(job.report()), via=("xlsx", "ods"), small=True),
    Case("ods-odfpy.ods", "odfpy, a sheet a table", lambda job: sheets.ods(job.report())),
    Case("et-renamed.et", "Excel 97 named .et", lambda job: sheets.xls(job.report()), "2019"),
]


def _odd(make, kind):
    return lambda job: make(job.report(), job.rng, kind)


BESIDE = {
    oddities.STRUCK: "a struck figure before the new one",
    oddities.RAISED: "a raised digit behind the figure",
    oddities.NOTED: "the mark of a note, of its own, behind the figure",
    oddities.HIDDEN: "hidden digits beside the figure",
    oddities.WHITE: "white digits behind the figure",
}
SHEETED = {
    "hidden-rows": "hidden rows with other figures under the same labels",
    "hidden-column": "a hidden column with other figures",
    "hidden-sheet": "a hidden sheet with other figures before the report",
    "scaled": "thousands of what is shown, by a number format",
    "formulas": "totals are formulas without results",
    "stray": "a cell at the far end of the sheet",
}
COMMITTED = {
    "docx-struck.docx",
    "docx-noted.docx",
    "docx-prompts.docx",
    "odt-raised.odt",
    "rtf-struck.rtf",
    "rtf-noted.rtf",
    "rtf-box.rtf",
    "xlsx-struck.xlsx",
    "xlsx-hidden-rows.xlsx",
    "xlsx-hidden-column.xlsx",
    "xlsx-scaled.xlsx",
    "xlsx-zeros.xlsx",
    "xlsx-references.xlsx",
    "xls-raised.xls",
    "xls-hidden-sheet.xls",
    "xls-formulas.xls",
    "ods-struck.ods",
    "ods-hidden-column.ods",
}


def _odds(makers, kinds):
    return [
        Case(f"{ext}-{kind}.{ext}", note, _odd(make, kind), small=f"{ext}-{kind}.{ext}" in COMMITTED)
        for ext, make in makers.items()
        for kind, note in kinds.items()
    ]


ODD = [
    *_odds({"docx": oddities.docx, "odt": oddities.odt, "rtf": oddities.rtf}, BESIDE),
    Case(
        "docx-prompts.docx",
        "blank cells hold empty content controls",
        lambda job: oddities.prompts(job.report(), job.rng),
        small=True,
    ),
    Case("docx-box.docx", "figures in text boxes in their cells", _odd(oddities.docx, "box")),
    Case("rtf-box.rtf", "figures in text boxes in their cells", _odd(oddities.rtf, "box"), small=True),
    *[
        Case(
            f"{ext}-lo-{kind}.{ext}",
            f"{note}; by LibreOffice",
            _odd(oddities.docx, kind),
            must=NONE_WRONG,
            via=("docx", ext),
        )
        for ext in ("doc", "odt", "rtf")
        for kind, note in {**BESIDE, "box": "figures in text boxes in their cells"}.items()
        # LibreOffice prints a mark of its own and the text that follows it.
        if kind != oddities.NOTED
    ],
    *_odds(
        {"xlsx": oddities.xlsx, "xls": oddities.xls, "ods": oddities.ods},
        {k: BESIDE[k] for k in (oddities.STRUCK, oddities.RAISED, oddities.WHITE)},
    ),
    *_odds({"xlsx": oddities.xlsx, "xls": oddities.xls}, SHEETED),
    *_odds({"ods": oddities.ods}, {k: note for k, note in SHEETED.items() if k != "stray"}),
    Case("xlsx-words.xlsx", "a number format that writes 件 behind figures", _odd(oddities.xlsx, "words")),
    Case(
        "xlsx-zeros.xlsx",
        "XlsxWriter: totals are formulas, stored as 0",
        _odd(oddities.written, "formulas"),
        small=True,
    ),
    Case(
        "xlsx-references.xlsx",
        "XlsxWriter: figures refer to a hidden sheet, stored as 0",
        _odd(oddities.written, "references"),
        small=True,
    ),
]

PRINTED = [
    *_both("pdf-lo", "LibreOffice", _word(), via=("docx", "pdf"), small=True),
    Case(
        "pdf-lo-landscape.pdf",
        "LibreOffice, landscape",
        _word(make=lambda report: word.document(report, True)),
        "2019",
        via=("docx", "pdf"),
    ),
    Case(
        "pdf-lo-sheet.pdf",
        "a spreadsheet printed by LibreOffice",
        lambda job: sheets.xlsx(job.report(), 3),
        must=NONE_WRONG,
        via=("xlsx", "pdf"),
    ),
    *_both("pdf-chromium", "Chromium, Noto CJK, which it turns into Type 3 fonts", _page(web.chromium), ext="pdf"),
    *_both(
        "pdf-chromium-wqy",
        "Chromium, a TrueType font, embedded as Type0",
        _page(web.chromium, font=WQY),
        small=True,
        ext="pdf",
    ),
    Case(
        "pdf-chromium-cut.pdf",
        "Chromium, 13 pt type: figures broken over two lines in their cells",
        _page(web.chromium, size="13pt", cut="break-all"),
        must=NONE_WRONG,
    ),
    *_both("pdf-chromium-landscape", "Chromium, landscape", _page(web.chromium, paper="A4 landscape"), ext="pdf"),
    Case(
        "pdf-chromium-heads.pdf",
        "Chromium, table 三 broken within （五）, header rows repeated",
        _page(web.chromium, head=True, breaks=FIVE, font=WQY),
    ),
    Case(
        "pdf-chromium-break.pdf",
        "Chromium, table 三 broken within （五）, no repeated header",
        _page(web.chromium, breaks=FIVE),
        "2019",
    ),
    Case(
        "pdf-chromium-serif.pdf",
        "Chromium, Noto Serif CJK, thick coloured rules",
        _page(web.chromium, font="Noto Serif CJK SC", border="1.5pt solid #333"),
    ),
    Case(
        "pdf-chromium-unruled.pdf",
        "Chromium, no rules: columns by position only",
        _page(web.chromium, border="none"),
    ),
    *_both("pdf-weasyprint", "WeasyPrint, a CFF font", _page(web.weasyprint), ext="pdf"),
    *_both("pdf-weasyprint-wqy", "WeasyPrint, a TrueType font", _page(web.weasyprint, font=WQY), small=True, ext="pdf"),
    Case(
        "pdf-weasyprint-running.pdf",
        "WeasyPrint, running heads and page numbers, repeated header rows",
        _page(web.weasyprint, head=True, running=RUNNING),
        "2019",
    ),
    *_both(
        "pdf-stsong",
        "reportlab, STSong-Light not embedded, UniGB-UCS2-H",
        lambda job: platypus.stsong(job.report()),
        small=True,
        ext="pdf",
    ),
    Case(
        "pdf-truetype-2021.pdf",
        "reportlab, embedded TrueType subsets",
        lambda job: platypus.truetype(job.report()),
        "2021",
        small=True,
    ),
    # The second subset of this font has lost some characters (pdftotext does not see them either).
    Case(
        "pdf-truetype-2019.pdf",
        "reportlab, embedded TrueType subsets, some characters lost",
        lambda job: platypus.truetype(job.report()),
        "2019",
        must=NONE_WRONG,
    ),
    Case(
        "pdf-platypus-heads.pdf",
        "reportlab, repeated header rows",
        lambda job: platypus.truetype(job.report(), repeat=True),
    ),
]


def _encrypted(revision, aes, password=""):
    return lambda data: traps.encrypted(data, revision, aes, password)


RAW = [
    *_both("pdf-raw", "raw writer, stroked rules", _raw(), ext="pdf"),
    *_both(
        "pdf-break",
        "table 三 broken within （五）, no repeated header",
        _raw(Style(breaks=FIVE)),
        small=True,
        ext="pdf",
    ),
    *_both(
        "pdf-heads",
        "table 三 broken within （五）, header rows repeated, running heads and page numbers",
        _raw(Style(breaks=FIVE, repeat=True, running=True)),
        small=True,
        ext="pdf",
    ),
    Case(
        "pdf-breaks.pdf",
        "table 三 broken four times, once between the header and the first row",
        _raw(Style(breaks=(3, 8, 17, 24))),
    ),
    Case("pdf-running.pdf", "running heads and page numbers, landscape", _raw(Style(running=True).sideways()), "2019"),
    *_both("pdf-unruled", "no rules: columns by position only", _raw(rules="none"), small=True, ext="pdf"),
    Case("pdf-unruled-full.pdf", "no rules, no blank cells", _raw(rules="none", options=NO_BLANKS), "2019"),
    *_both(
        "pdf-rotate",
        "content turned on the sheet, /Rotate 90",
        _raw(Style().sideways(), turn="rotate"),
        small=True,
        ext="pdf",
    ),
    Case(
        "pdf-sideways.pdf", "content drawn sideways, no /Rotate", _raw(Style().sideways(), turn="sideways"), small=True
    ),
    Case(
        "pdf-shown-sideways.pdf", "upright content, /Rotate 90 lays it on its side", _raw(turn="shown-sideways"), "2019"
    ),
    Case("pdf-rc4.pdf", "encrypted, RC4-128, empty user password", _raw(after=_encrypted(3, False)), small=True),
    Case(
        "pdf-aes128.pdf", "encrypted, AES-128, empty user password", _raw(after=_encrypted(4, True)), "2019", small=True
    ),
    Case("pdf-aes256.pdf", "encrypted, AES-256, empty user password", _raw(after=_encrypted(6, True)), small=True),
    Case(
        "pdf-password.pdf",
        "encrypted, AES-256, a real user password",
        _raw(after=_encrypted(6, True, "geheim")),
        "2019",
        UNREADABLE,
        small=True,
    ),
    Case("pdf-objstm.pdf", "object streams, cross-reference stream", _raw(after=traps.object_streams), small=True),
    Case("pdf-junk.pdf", "junk before the header", _raw(after=traps.junk), "2019", small=True),
    Case("pdf-xref.pdf", "cross-reference table and startxref wrong", _raw(after=traps.broken_xref), small=True),
    Case(
        "pdf-rects.pdf",
        "rules as thin filled rectangles a cell, corner squares",
        _raw(Style(pieces=True), rules="rect"),
        "2019",
        small=True,
    ),
    Case("pdf-polygons.pdf", "rules as filled four-point paths", _raw(rules="polygon")),
    Case("pdf-open.pdf", "tables without side rules", _raw(Style(open_sides=True)), "2019", small=True),
    Case(
        "pdf-open-break.pdf",
        "tables without side rules, broken within （五）",
        _raw(Style(open_sides=True, breaks=FIVE)),
    ),
    Case(
        "pdf-bold.pdf",
        "fake bold: filled and stroked glyphs",
        _raw(Style(strong_cells=True), bold="stroked"),
        small=True,
    ),
    Case(
        "pdf-twice.pdf",
        "fake bold: every line struck twice, 0.3 pt apart",
        _raw(Style(strong_cells=True), bold="twice"),
        "2019",
    ),
    Case("pdf-fullwidth.pdf", "full-width digits", _raw(Style(size=5.5), map_digits=FULL_WIDTH), "2019", small=True),
    Case(
        "pdf-no-tounicode.pdf",
        "Identity-H without ToUnicode; the font keeps its cmap",
        _raw(font=lambda c: Identity(c, False)),
        small=True,
    ),
    *_both(
        "pdf-radicals",
        "ToUnicode names Kangxi and CJK radicals (U+2E80–2FD5) for 一 人 民 工 行 自 见 …",
        _raw(font=lambda c: Identity(c, radicals=True)),
        small=True,
        ext="pdf",
    ),
    Case("pdf-unembedded.pdf", "raw writer, STSong-Light not embedded", _raw(font=Unembedded)),
    Case(
        "pdf-gb1.pdf",
        "Identity-H, ordering GB1, embedded, no ToUnicode",
        _raw(font=lambda c: Gb1(c, "Identity-H")),
        "2019",
        small=True,
    ),
    *_both(
        "pdf-gbk-euc",
        "GBK-EUC-H, embedded, no ToUnicode",
        _raw(font=lambda c: Gb1(c, "GBK-EUC-H")),
        small=True,
        ext="pdf",
    ),
    Case(
        "pdf-winansi.pdf",
        "GBK bytes in a WinAnsi font that is not embedded",
        _raw(font=lambda _: WinAnsi()),
        "2019",
        small=True,
    ),
    Case(
        "pdf-simple-lost.pdf",
        "8-bit subset fonts without ToUnicode",
        lambda job: traps.without_to_unicode(platypus.truetype(job.report())),
        must=NEEDS_OCR,
        small=True,
    ),
    Case(
        "pdf-lo-lost.pdf",
        "LibreOffice, ToUnicode removed",
        _word(),
        "2019",
        NEEDS_OCR,
        via=("docx", "pdf"),
        after=traps.without_to_unicode,
    ),
    Case(
        "pdf-scan.pdf",
        "page pictures only, black and white",
        _raw(after=traps.scan, font=Identity),
        must=NEEDS_OCR,
        small=True,
    ),
    Case(
        "pdf-scan-grey.pdf",
        "page pictures only, grey JPEG",
        _raw(after=lambda data: traps.scan(data, grey=True), font=Identity),
        "2019",
        NEEDS_OCR,
    ),
    Case("pdf-flat.pdf", "text only, one table row a line, no grid", _flat, small=True),
]

PACKED = [
    Case("zip-gbk.zip", "names in GBK without the flag; a docx, an html, a note", _zip, small=True),
    Case("zip-nested.zip", "an archive within an archive", _nested_zip, small=True),
    *_both("ofd-plain", "OFD by hand, millimetres", lambda job: ofd.write(job.report()), ext="ofd"),
    Case(
        "ofd-ctm.ofd",
        "OFD, objects in points under a CTM, default namespace, table 三 broken within （五）, running heads",
        lambda job: ofd.write(job.report(), Style(breaks=FIVE, running=True), True, ""),
        "2019",
        small=True,
    ),
]

# Figures that nobody can read for certain, or that only sums confirm.
DOUBTFUL = ("overprinted", "recognised", "spaced-each", "struck-slanted", "mark-odd", "mark-uneven", "mark-lead")
DRAWN_SMALL = ("in-ground-raw", "covered-ofd", "covered-by-channel-rl", "shadow-rl", "seal-raw", "watermark-digits-ofd", "struck-ofd",
             "mark-low-raw", "broken-raw", "wavering-line-ofd", "two-up-raw", "recognised-rl", "clipped-ofd")  # fmt: skip


def _drawn(oddity, writer, **options):
    return lambda job: drawn.write(job.report(), job.rng, oddity, writer, **options)


def _oddities():
    """Each oddity by each writer, in both editions in turn."""
    for at, oddity in enumerate(drawn.ODDITIES):
        for shift, (writer, short, ext) in enumerate((("pdf", "raw", "pdf"), ("reportlab", "rl", "pdf"), ("ofd", "ofd", "ofd"))):
            if writer == "ofd" and oddity in drawn.NO_OFD:
                continue
            name, must = f"{oddity}-{short}", NONE_WRONG if oddity in DOUBTFUL else ALL
            note = f"what is seen: {oddity}, by {writer}"
            options = {"lower": True} if writer == "ofd" and at % 2 else {}
            edition = ("2021", "2019")[(at + shift) % 2]
            yield Case(f"seen-{name}.{ext}", note, _drawn(oddity, writer, **options), edition, must, small=name in DRAWN_SMALL)
    for oddity in drawn.UNRULED:
        yield Case(f"seen-{oddity}-unruled.pdf", f"what is seen, without rules: {oddity}", _drawn(oddity, "pdf", rules=False), must=NONE_WRONG)
    yield Case("seen-mode-3-left-on.pdf", "rendering mode 3, never set back, by reportlab", _drawn("mode-3", "reportlab", left_on=True))


DRAWN = list(_oddities())



def _csv(change=lambda texts: texts, repeated=False, **options):
    return lambda job: programs.table(change(programs.rows(job.report(), repeated)), **options)


def _npm(writer):
    return lambda job: programs.npm(job.report(), writer)


PROGRAMS = [
    Case("csv-gbk.xls", "CSV in GBK named .xls", _csv(encoding="gb18030"), must=NONE_WRONG, small=True),
    Case("csv-quoted.txt", "semicolons, all in quotes, with a mark", _csv(encoding="utf-8-sig", delimiter=";", quoting=1), "2019", small=True),
    Case("csv-ragged.txt", "rows of different widths", _csv(programs.ragged), small=True),
    Case("csv-texts.txt", 'figures as ="12"', _csv(programs.texts_of_figures), "2019", small=True),
    Case("csv-tabs.xls", "tabs, UTF-16, as Unicode text of Excel", _csv(encoding="utf-16", delimiter="\t"), must=NONE_WRONG, small=True),
    Case("csv-repeated.txt", "merged cells in every place", _csv(repeated=True), must=NONE_WRONG, small=True),
    Case("csv-exceljs.txt", "CSV by exceljs, merged cells in every place", _npm("exceljs:csv"), small=True),
    Case("word-xml-template.doc", "Word 2003 XML in GBK, a filled template", lambda job: programs.word_xml(job.report()), small=True),
    Case("sheet-xml-generator.xls", "SpreadsheetML 2003, formulas without results", lambda job: programs.sheet_xml(job.report()), small=True),
    Case("sheet-xml-sheetjs.xls", "SpreadsheetML 2003 by SheetJS", _npm("sheetjs:xlml"), "2019", small=True),
    Case("docx-flat.doc", "Flat OPC", lambda job: programs.flat_opc(word.data(word.document(job.report()))), small=True),
    Case("odt-flat.xml", "Flat ODF text", lambda job: programs.flat_odf(sheets.odt(job.report()), "text"), small=True),
    Case("ods-flat.xml", "Flat ODF sheets", lambda job: programs.flat_odf(sheets.ods(job.report()), "spreadsheet"), "2019", small=True),
    Case("odt-lo-flat.fodt", "Flat ODF by LibreOffice", _word(), via=("docx", "fodt")),
    Case("ods-lo-flat.fods", "Flat ODF by LibreOffice", lambda job: sheets.xlsx(job.report()), via=("xlsx", "fods")),
    Case("ods-sheetjs-flat.fods", "Flat ODF by SheetJS", _npm("sheetjs:fods")),
    Case("ods-sheetjs.ods", "SheetJS", _npm("sheetjs:ods"), small=True),
    Case("xlsx-sheetjs.xlsx", "SheetJS", _npm("sheetjs:xlsx"), "2019", small=True),
    Case("html-sheetjs.xls", "a page of SheetJS named .xls", _npm("sheetjs:html"), small=True),
    Case("xlsx-exceljs.xlsx", "exceljs", _npm("exceljs:xlsx"), small=True),
    Case("docx-npm.docx", "docx of npm", _npm("docx:docx"), small=True),
    Case("docx-html-to-docx.docx", "html-to-docx: text of cells without paragraphs of their own", _npm("page:docx"), "2019", NONE_WRONG),
    Case("docx-wps.docx", "the form that WPS Office wrote, filled in", lambda job: programs.wps(job.report()), small=True),
]

CASES = [*WORD, *NAMED, *PAGES, *SHEETS, *ODD, *PRINTED, *RAW, *PACKED, *DRAWN, *PROGRAMS]
NAMES = [case.name for case in CASES]
assert len(set(NAMES)) == len(NAMES), [name for name in set(NAMES) if NAMES.count(name) > 1]
