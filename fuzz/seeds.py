"""Seeds for the targets `pdf` and `word`: python3 seeds.py FORMATS CORPUS, where FORMATS is tests/data/formats.

Writes CORPUS/pdf and CORPUS/word. Packed streams of a PDF are stored unpacked beside the file itself, and parts of
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
