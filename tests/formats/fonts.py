"""Fonts for the hand-made PDFs: a small TrueType subset, and the ways old and new writers put Chinese into a PDF font."""

import io
import logging
import unicodedata
from functools import cache
from pathlib import Path

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTCollection
from fontTools.ttLib.scaleUpem import scale_upem
from pdfminer.cmapdb import CMapDB
from pikepdf import Array, Dictionary, Name, Stream

RADICALS = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}
RADICALS |= dict(zip("民见角贝车长门韦页风飞食马鱼鸟齐龙", "⺠⻅⻆⻉⻋⻓⻔⻙⻚⻛⻜⻝⻢⻥⻦⻬⻰"))
SOURCE = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")
logging.getLogger("fontTools").setLevel(logging.ERROR)  # names of tables it drops
PRINTABLE = "".join(map(chr, range(32, 127)))


@cache
def _source():
    return SOURCE.read_bytes()


class Face:
    """A TrueType subset of WenQuanYi Zen Hei (glyf outlines, cmap kept) for the characters given."""

    def __init__(self, chars):
        font = TTCollection(io.BytesIO(_source())).fonts[0]
        options = subset.Options(layout_features=[], name_IDs=[1, 6], hinting=False, notdef_outline=True)
        options.drop_tables += ["vhea", "vmtx", "EBDT", "EBLC", "bdat", "bloc"]
        font.recalcTimestamp = False
        cutter = subset.Subsetter(options)
        cutter.populate(text=chars + PRINTABLE)
        cutter.subset(font)
        scale_upem(font, 256)  # coarse outlines, a third of the bytes
        out = io.BytesIO()
        font.save(out)
        self.data = out.getvalue()
        self.name = font["name"].getDebugName(6)
        self.cmap = font.getBestCmap()
        self.scale = 1000 / font["head"].unitsPerEm
        self.ids = {char: font.getGlyphID(name) for char, name in self.cmap.items()}
        self.advances = {char: font["hmtx"][name][0] * self.scale for char, name in self.cmap.items()}

    def advance(self, char):
        return self.advances[ord(char)]


class Identity:
    """Type0, Identity-H, codes are glyph ids; without `to_unicode` the font's own cmap is all there is.

    `radicals`: ToUnicode names Kangxi and CJK radicals instead of the ideographs that look like them.
    """

    def __init__(self, chars, to_unicode=True, radicals=False):
        self.face = Face(chars)
        self.to_unicode = to_unicode
        self.names = RADICALS if radicals else {}

    def measure(self, text):
        return sum(self.face.advance(c) for c in text) / 1000

    def encode(self, text):
        return b"".join(self.face.ids[ord(c)].to_bytes(2, "big") for c in text)

    def widths(self):
        return {glyph: self.face.advances[char] for char, glyph in self.face.ids.items()}

    def resource(self, pdf):
        font = _type0(pdf, self.face, "Identity-H", "Identity", self.widths(), Name.Identity)
        if self.to_unicode:
            ids = {ord(self.names.get(chr(char), chr(char))): glyph for char, glyph in self.face.ids.items()}
            font.ToUnicode = Stream(pdf, _to_unicode(ids))
        return font


class Unembedded:
    """STSong-Light, UniGB-UCS2-H, not embedded: small files, for traps that do not concern the font."""

    def __init__(self, chars):
        pass

    def measure(self, text):
        return sum(1 if ord(c) > 255 else 0.5 for c in text)

    def encode(self, text):
        return text.encode("utf-16-be")

    def resource(self, pdf):
        name = Name("/STSong-Light")
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=name, Flags=6, FontBBox=[-25, -254, 1000, 880], ItalicAngle=0,
            Ascent=880, Descent=-120, CapHeight=880, StemV=93,
        )  # fmt: skip
        return _composite(
            pdf, name, "UniGB-UCS2-H", "GB1", Name.CIDFontType0, descriptor, dict.fromkeys(range(1, 96), 500)
        )


class Gb1:
    """Embedded font in the Adobe-GB1 collection without /ToUnicode: codes are GBK bytes (GBK-EUC-H) or CIDs (Identity-H)."""

    def __init__(self, chars, encoding):
        self.face = Face(chars)
        self.encoding = encoding
        self.cmap = CMapDB.get_cmap("GBK-EUC-H")

    def cid(self, char):
        return next(iter(self.cmap.decode(char.encode("gbk"))))

    def measure(self, text):
        return sum(1 if ord(c) > 255 else 0.5 for c in text)

    def encode(self, text):
        if self.encoding == "GBK-EUC-H":
            return text.encode("gbk")
        return b"".join(self.cid(c).to_bytes(2, "big") for c in text)

    def resource(self, pdf):
        glyphs, widths = bytearray(2 * 32768), {}
        for char, glyph in self.face.ids.items():
            try:
                cid = self.cid(chr(char))
            except UnicodeEncodeError:
                continue
            glyphs[2 * cid : 2 * cid + 2] = glyph.to_bytes(2, "big")
            widths[cid] = 1000 if char > 255 else 500
        return _type0(pdf, self.face, self.encoding, "GB1", widths, Stream(pdf, bytes(glyphs)))


class WinAnsi:
    """An 8-bit font that is not embedded and claims WinAnsi, set with GBK bytes, as some old writers do."""

    def measure(self, text):
        return len(text.encode("gbk")) / 2

    def encode(self, text):
        return text.encode("gbk")

    def resource(self, pdf):
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name.SimSun, Flags=32, FontBBox=[0, -141, 1000, 859], ItalicAngle=0,
            Ascent=859, Descent=-141, CapHeight=683, StemV=80,
        )  # fmt: skip
        return Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.SimSun, Encoding=Name.WinAnsiEncoding, FirstChar=32,
            LastChar=255, Widths=[500] * 224, FontDescriptor=pdf.make_indirect(descriptor),
        )  # fmt: skip


def _type0(pdf, face, encoding, ordering, widths, glyph_map):
    file = Stream(pdf, face.data)
    file.Length1 = len(face.data)
    base = Name("/ABCDEF+" + face.name)
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=base, Flags=4, FontBBox=[-100, -200, 1100, 950], ItalicAngle=0,
        Ascent=950, Descent=-200, CapHeight=700, StemV=80, FontFile2=file,
    )  # fmt: skip
    font = _composite(pdf, base, encoding, ordering, Name.CIDFontType2, descriptor, widths)
    font.DescendantFonts[0].CIDToGIDMap = glyph_map
    return font


def _composite(pdf, base, encoding, ordering, kind, descriptor, widths):
    """A Type0 font and its descendant; `widths` by CID, 1000 otherwise."""
    each = []
    for code, width in sorted(widths.items()):
        each += [code, Array([round(width)])]
    system = Dictionary(
        Registry=pikepdf.String("Adobe"),
        Ordering=pikepdf.String(ordering),
        Supplement=0 if ordering == "Identity" else 2,
    )
    descendant = Dictionary(
        Type=Name.Font, Subtype=kind, BaseFont=base, CIDSystemInfo=system, DW=1000, W=Array(each),
        FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=base, Encoding=Name("/" + encoding),
        DescendantFonts=[pdf.make_indirect(descendant)],
    )  # fmt: skip


def _to_unicode(ids):
    pairs = sorted((glyph, char) for char, glyph in ids.items())
    out = ["/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def"]
    out.append("1 begincodespacerange <0000> <FFFF> endcodespacerange")
    for at in range(0, len(pairs), 100):
        some = pairs[at : at + 100]
        out.append(f"{len(some)} beginbfchar")
        out += [f"<{glyph:04X}> <{char:04X}>" for glyph, char in some]
        out.append("endbfchar")
    out.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(out).encode()
