"""Seeds for the targets `pdf`, `word` and `page`: python3 seeds.py FORMATS CORPUS, where FORMATS is tests/data/formats.

Writes CORPUS/pdf, CORPUS/word and CORPUS/page. Packed streams of a PDF are stored unpacked beside the file itself, and parts of
packages under the first byte that the target `word` gives them: mutations of packed bytes reach no reader.
"""

import re
import sys
import zipfile
import zlib
from pathlib import Path

# The first match counts.
KINDS = [
    (r"word/document\.xml", 0),
    (r"word/styles\.xml", 3),
    (r"word/numbering\.xml", 4),
    (r"\.odt:content\.xml", 5),
    (r"\.ods:content\.xml", 7),
    (r"xl/worksheets/.*\.xml", 8),
    (r"xl/sharedStrings\.xml", 10),
    (r"xl/styles\.xml", 11),
    (r"xl/workbook\.xml", 12),
    (r"\.ofd:Doc_\d+/Document\.xml", 13),
    (r"\.ofd:.*/Content\.xml", 14),
]
# Style sheets, cells, scripts and Markdown, in the order of the target `page`.
PAGES = [
    (".a,td b:not(.x){display:none!important}@media screen{#c{opacity:0}}", "<b class=a>7</b>12<sup>1</sup>", "", ""),
    ("position:absolute;clip:rect(0,0,0,0);width:1px", "<del>6</del><ins>12</ins><ruby>a<rt>b</ruby>", "", ""),
    ("font-size:0;color:#fff;background:url(a)", "<input value=12><select><option selected>3</select><img src=a>", "", ""),
    ("", "<iframe srcdoc='<p>a'></iframe><textarea>&lt;td&gt;1</textarea>", "document.write('<td>'+1+'</td>')", ""),
    ("", "", 'x={"title":"a","c":"<table><td>b<td>\\u0031"};s="<td>";s+=unescape("%3Ctd%3E")', ""),
    ("td:nth-child(2n+1)>i[data-x^=y]{text-indent:-999em}", "<tfoot><tr><td>1</tfoot><tbody hidden><tr><td>2", "", ""),
    ("", "", "", "| a | a |\n|:-:|---|\n| b\\|c | 1[^1] |\n| ~~2~~ 3 | <br>4 |\n"),
]
STREAM = re.compile(rb"(\d+ \d+ obj\s*<<(?:(?!endobj).)*?>>)\s*stream\r?\n(.*?)\r?\n?endstream", re.S)


def unpacked(match: re.Match[bytes]) -> bytes:
    head, body = match.groups()
    if b"FlateDecode" not in head or b"ASCII85" in head or b"/Predictor" in head or b"/FontFile" in head:
        return match[0]
    try:
        body = zlib.decompressobj().decompress(body, 1 << 16)
    except zlib.error:
        return match[0]
    head = re.sub(rb"/Filter\s*(\[[^\]]*\]|/FlateDecode)", b"", head)
    head = re.sub(rb"/Length\s+\d+(\s+\d+\s+R)?", b"/Length %d" % len(body), head)
    return head + b"\nstream\n" + body + b"\nendstream"


def main(formats: Path, corpus: Path) -> None:
    (corpus / "pdf").mkdir(parents=True, exist_ok=True)
    (corpus / "word").mkdir(parents=True, exist_ok=True)
    (corpus / "page").mkdir(parents=True, exist_ok=True)
    for number, parts in enumerate(PAGES):
        (corpus / "page" / f"{number}.txt").write_text("\x1e".join(parts), encoding="utf-8")
    for path in sorted(formats.iterdir()):
        data = path.read_bytes()
        if b"%PDF-" in data[:1024]:
            (corpus / "pdf" / path.name).write_bytes(data)
            (corpus / "pdf" / f"{path.name}.plain").write_bytes(STREAM.sub(unpacked, data))
        elif path.suffix != ".csv":
            (corpus / "word" / path.name).write_bytes(data)
        if not zipfile.is_zipfile(path) or path.suffix == ".zip":
            continue
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                kind = next((k for pattern, k in KINDS if re.search(pattern, f"{path.name}:{name}")), None)
                if kind is not None:
                    seed = f"{path.name}-{name.replace('/', '-')}"
                    (corpus / "word" / seed).write_bytes(bytes([kind]) + package.read(name))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
