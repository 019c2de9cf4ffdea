"""Pages whose source has more than a person sees, and pages packed into pages."""

import base64
import gzip
import html
import json
import re
from urllib.parse import quote

import fill
import web

# What stands in a cell beside its text and is not seen: `{n}` is another figure, `{c}` the class that the style sheet hides.
HIDDEN = [
    '<span style="display:none">{n}</span>',
    "<span hidden>{n}</span>",
    '<i class="x {c}">{n}</i>',
    '<b style="visibility:hidden">{n}</b>',
    "<span style='mso-hide:all;display:none'>{n}</span>",
    '<font style="font-size:0">{n}</font>',
    '<span style="opacity:0">{n}</span>',
    '<span style="position:absolute;left:-9999px">{n}</span>',
    '<em style="position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)">件数</em>',
    '<font color="#ffffff">{n}</font>',
    "<!--[if gte mso 9]><xml>{n}</xml><![endif]-->",
    '<input type="hidden" value="{n}">',
    "<template>{n}</template>",
    "<script>var old = {n};</script>",
    "<ruby><rt>{n}</rt></ruby>",
]
STRUCK = ["<del>{n}</del>", "<s>{n}</s> ", "<strike>{n}</strike>", '<span style="text-decoration:line-through">{n}</span>']
RAISED = [
    "<sup>{d}</sup>",
    "<sup><a href='#n'>[{d}]</a></sup>",
    '<span style="vertical-align:super;font-size:60%">{d}</span>',
    "<i class=note>{d}</i>",
    "<sup>*</sup>",
]
CONTROLS = [
    '<input type="text" readonly value="{t}">',
    "<textarea rows=1>{t}</textarea>",
    "<select><option>{n}</option><option selected>{t}</option></select>",
    "<script>document.write({j})</script>",
    "{t}<button>修改</button>",
]
SHEET = (
    ".{c}, td > i.{c} {{ display: none }} @media print {{ td {{ color: red }} }} .note {{ vertical-align: super }}"
    " .old {{ visibility: hidden }} .tab {{ display: none }} .tab.on {{ display: block }}"
)


def cell(report, rng, text):
    """The text of a cell with something beside it that is no part of it."""
    rest = {"n": rng.randint(1, 999), "d": rng.randint(1, 9), "c": "k7", "t": html.escape(text), "j": json.dumps(text)}
    kind = rng.choice([HIDDEN, STRUCK, RAISED, CONTROLS, None, None])
    if kind is None or not text.strip():
        return html.escape(text)
    odd = rng.choice(kind).format(**rest)
    return odd if kind is CONTROLS else odd + rest["t"] if kind is STRUCK or rng.random() < 0.5 and kind is HIDDEN else rest["t"] + odd


def page(job):
    """Hidden, struck and raised text, controls, readings and a foot that stands before its table."""
    report, rng = job.report(), job.rng
    whole = web.page(report)
    for grid in report.grids():
        table = web.table(report, grid)
        odd = iter([cell(report, rng, report.show(c)) for r in range(grid.rows) for c in grid.cells if c.row == r and c.slot])
        fixed = iter([bool(c.slot) for r in range(grid.rows) for c in grid.cells if c.row == r])
        marked = re.sub(r"(<td[^>]*>)(.*?)(</td>)", lambda m: m[1] + (next(odd) if next(fixed) else m[2]) + m[3], table, flags=re.S)
        whole = whole.replace(table, marked)
    whole = whole.replace("行政处罚", "行政<ruby>处<rp>(</rp><rt>chǔ</rt><rp>)</rp>罚<rt>fá</rt></ruby>")
    return whole.replace("<style>", "<style>" + SHEET.format(c="k7")).encode()


def draft(job):
    """The report of another year hidden before it, a template behind it, and its own tables in tabs."""
    report = job.report()
    old = fill.report(job.rng, job.case.edition, fill.Options(brief=job.brief))
    body = re.search(r"<body>(.*)</body>", web.page(old), re.S)[1]
    blank = re.sub(r">[\d.]+<", ">0<", "\n".join(web.table(old, grid) for grid in old.grids()))
    own = re.sub(r"<table>.*?</table>", r"<div class=tab>\g<0></div>", web.page(report), flags=re.S)
    own = own.replace("<div class=tab>", '<div class="tab on">', 1).replace("<style>", "<style>" + SHEET.format(c="k7"))
    own = own.replace("<body>", f'<body><div class="old">{body}</div>')
    return own.replace("</body>", f"<div style='display:none'>{blank}</div></body>").encode()


def article(job):
    """The page as JSON in a script, and once more as text of the page that nobody sees."""
    report = job.report()
    body = re.search(r"<body>(.*)</body>", web.page(report), re.S)[1]
    body = re.sub(r"<h1>.*?</h1>", "", body)
    data = json.dumps({"list": [{"title": report.title, "content": body}]}, ensure_ascii=job.rng.random() < 0.5)
    data = data.replace("<", "\\u003c")
    return f"<html><head><title>年报</title></head><body><div id=app></div><script>window.__DATA__ = {data};</script></body></html>".encode()


def written(job):
    """The page in a script that writes it line by line."""
    lines = re.search(r"<body>(.*)</body>", web.page(job.report()), re.S)[1].split("\n")
    calls = "\n".join(f"document.write({json.dumps(line, ensure_ascii=False)} + '\\n');".replace("</", "<\\/") for line in lines)
    return f"<html><body><script>\n{calls}\n</script></body></html>".encode()


def framed(job):
    """The page in `srcdoc` within a layout table; the page around it is packed."""
    inner = html.escape(web.page(job.report()))
    outer = f'<html><body><table><tr><td>首页</td><td><iframe srcdoc="{inner}"></iframe></td></tr></table></body></html>'
    return gzip.compress(outer.encode("gb18030"), mtime=0)


def escaped(job):
    """The page in a field, its markup escaped, or in the address of a frame."""
    whole = web.page(job.report())
    if job.rng.random() < 0.5:
        return f"<html><body><textarea style='display:none'>{html.escape(whole)}</textarea></body></html>".encode()
    data = base64.b64encode(whole.encode()).decode() if job.rng.random() < 0.5 else None
    address = f"data:text/html;base64,{data}" if data else f"data:text/html,{quote(whole)}"
    return f'<html><body><iframe src="{address}"></iframe></body></html>'.encode()


def markdown(job):
    """Tables with an alignment row, merged cells repeated in every place, escaped bars, references to notes."""
    report, out = job.report(), []
    for kind, block in report.blocks:
        if kind != "table":
            out.append({"title": "# ", "heading": "## ", "text": ""}[kind] + block + "\n")
            continue
        width = sum(c.columns for c in block.cells if c.row == 0)
        rows = [[""] * width for _ in range(block.rows)]
        for c in block.cells:
            text = report.show(c).replace("|", "\\|").replace("“", "“\\|")
            if c.slot and text and job.rng.random() < 0.2:
                text += job.rng.choice(["[^1]", "<sup>2</sup>"])
            for row in range(c.row, c.row + c.rows):
                for column in range(c.column, c.column + c.columns):
                    rows[row][column] = text
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        out += [lines[0], "|" + ":---:|" * width, *lines[1:], ""]
    return "\n".join(out).encode()
