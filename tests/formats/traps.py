"""Changes made to a finished file: encryption, object streams, broken cross-references, lost ToUnicode, scans."""

import io
import re
import subprocess
import tempfile
import time
from pathlib import Path

import pikepdf
from PIL import Image

JUNK = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n"


def _saved(data, change=lambda pdf: None, **options):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out, deterministic_id="encryption" not in options, **options)
    return out.getvalue()


def encrypted(data, revision, aes, password=""):
    """Standard encryption: revision 3 RC4-128, 4 AES-128, 6 AES-256. `password`: the one needed to open."""
    rule = pikepdf.Encryption(owner="besitzer", user=password, R=revision, aes=aes, metadata=aes)
    return _saved(data, encryption=rule)


def object_streams(data):
    """Objects in compressed object streams, the cross-reference as a stream."""
    return _saved(data, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def junk(data):
    """Foreign bytes before the header, so that every offset is off."""
    return JUNK + data


def broken_xref(data):
    """Every offset of the cross-reference table and startxref are wrong."""
    data = re.sub(rb"(\d{10})( \d{5} n)", lambda m: b"%010d" % (int(m[1]) + 7) + m[2], data)
    return re.sub(rb"startxref\s+\d+", b"startxref\n12", data)


def without_to_unicode(data):
    """All /ToUnicode maps removed."""

    def change(pdf):
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                del item["/ToUnicode"]

    return _saved(data, change)


def scan(data, dpi=200, grey=False):
    """A PDF of page pictures only, as pdftoppm paints the pages: black and white (CCITT G4) or grey (JPEG)."""
    with tempfile.TemporaryDirectory() as work:
        Path(work, "in.pdf").write_bytes(data)
        subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", "-png", "in.pdf", "page"], cwd=work, check=True)
        pages = [Image.open(path) for path in sorted(Path(work).glob("page*.png"))]
        if not grey:
            pages = [page.convert("1", dither=Image.Dither.NONE) for page in pages]
        out = io.BytesIO()
        dates = dict.fromkeys(("creationDate", "modDate"), time.gmtime(0))
        pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=dpi, **dates)
        return out.getvalue()
