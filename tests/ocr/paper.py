"""Reports as a scanner leaves them: drawn by FreeType on white paper, then skewed, blurred, specked, stamped and packed.

Owns the pixels. Knows nothing of the reader: pages come from the setter of `tests/formats`, figures from its filler.
"""

import io
import math
import struct
import subprocess
import tempfile
import zlib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SONG = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
HEI = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
WQY = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"
# Faces of a collection: simplified Chinese in the Noto files, the only one in the other.
FACES = {SONG: 2, HEI: 2, WQY: 0}


@dataclass(frozen=True)
class Scan:
    """How a page was printed and scanned. Angles in degrees, lengths in points, shares 0 to 1."""

    dpi: int = 200
    font: str = SONG
    figures: str | None = None  # font of figures, that of the text else
    mode: str = "grey"  # bw, grey, colour
    pack: str = "jpeg"  # jpeg, g4, jbig2, flate
    quality: int = 75
    skew: float = 0
    turn: int = 0  # 90, 180, 270
    blur: float = 0
    noise: float = 0  # deviation of grey
    specks: float = 0  # a page of A4 has 10,000 times as many
    rule: float = 0.5  # width of ruling lines
    broken: float = 0  # share of ruling lines that is gone
    faint: int = 0  # grey of ruling lines
    shadow: bool = False
    seal: str = ""  # "beside" or "over" the figures
    two_up: bool = False
    ink: int = 0  # grey of the text
    words: bool = False  # somebody's recognition lies under the picture, with errors
    by: str = ""  # "poppler": set by reportlab and painted by pdftoppm, not here
    as_file: str = ""  # jpg, png, tif


@cache
def face(path, size):
    return ImageFont.truetype(path, size, index=FACES.get(path, 0))


def measure(scan):
    """The width of a text at size 1."""

    def width(text):
        return sum(1 if ord(c) > 255 else face(scan.figures or scan.font, 100).getlength(c) / 100 for c in text)

    return width


def draw(page, scan, rng):
    """A page as printed, at its resolution, in colour."""
    scale = scan.dpi / 72
    image = Image.new("RGB", (round(page.width * scale), round(page.height * scale)), "white")
    pen = ImageDraw.Draw(image)
    for rule in page.rules:
        for piece in _pieces(rule, scan, rng):
            thick = max(1, round(scan.rule * scale))
            pen.line([round(v * scale) for v in piece], fill=(scan.faint,) * 3, width=thick)
    for text in page.texts:
        x = text.x * scale
        for char in text.text:
            path = scan.font if ord(char) > 255 else scan.figures or scan.font
            font = face(path, round(text.size * scale))
            pen.text((x, text.y * scale), char, font=font, fill=(scan.ink,) * 3, anchor="ls")
            x += (text.size * scale) if ord(char) > 255 else font.getlength(char)
    return image


def _pieces(rule, scan, rng):
    """A rule, or what is left of it."""
    if not scan.broken:
        return [(rule.x0, rule.y0, rule.x1, rule.y1)]
    length = abs(rule.x1 - rule.x0) + abs(rule.y1 - rule.y0)
    flat = rule.y0 == rule.y1
    at, pieces = 0.0, []
    while at < length:
        # Gaps of half a point to two points.
        gap = rng.uniform(0.5, 2)
        run = gap * (1 - scan.broken) / scan.broken * rng.uniform(0.3, 1.7)
        end = min(length, at + run)
        ends = (rule.x0 + at, rule.y0, rule.x0 + end, rule.y0) if flat else (rule.x0, rule.y0 + at, rule.x0, rule.y0 + end)
        pieces.append(ends)
        at = end + gap
    return pieces


def stamp(image, x, y, radius, dpi):
    """A round red seal, translucent as ink is: what lies under it shows through."""
    layer = Image.new("RGB", image.size, "white")
    pen = ImageDraw.Draw(layer)
    red = (225, 40, 40)
    width = max(2, round(dpi / 50))
    pen.ellipse([x - radius, y - radius, x + radius, y + radius], outline=red, width=width)
    points = [
        (x + r * math.sin(a * math.pi / 5), y - r * math.cos(a * math.pi / 5))
        for a in range(10)
        for r in [radius * (0.35 if a % 2 == 0 else 0.14)]
    ]
    pen.polygon(points, fill=red)
    font = face(SONG, max(8, round(radius * 0.28)))
    name = "海原县人民政府办公室"
    for at, char in enumerate(name):
        turn = (at - (len(name) - 1) / 2) * 26
        glyph = Image.new("RGBA", (2 * font.size, 2 * font.size))
        ImageDraw.Draw(glyph).text((font.size, font.size), char, font=font, fill=red, anchor="mm")
        glyph = glyph.rotate(-turn, resample=Image.Resampling.BICUBIC)
        a = math.radians(turn)
        place = (round(x + radius * 0.76 * math.sin(a)) - font.size, round(y - radius * 0.76 * math.cos(a)) - font.size)
        layer.paste(glyph, place, glyph)
    return Image.fromarray(np.minimum(np.asarray(image), np.asarray(layer)))


def scanned(image, scan, rng):
    """A printed page behind the scanner: grey pixels, or coloured ones."""
    noise = np.random.default_rng(rng.getrandbits(32))
    scale = scan.dpi / 72
    if scan.seal:
        radius = 60 * scale
        places = {"beside": (0.72, 0.86), "over": (0.6, 0.45)}[scan.seal]
        image = stamp(image, image.width * places[0], image.height * places[1], radius, scan.dpi)
    if scan.turn:
        image = image.rotate(scan.turn, expand=True)
    if scan.skew:
        image = image.rotate(scan.skew, resample=Image.Resampling.BICUBIC, fillcolor="white")
    if scan.mode != "colour":
        image = image.convert("L")
    if scan.blur:
        image = image.filter(ImageFilter.GaussianBlur(scan.blur * scan.dpi / 200))
    pixels = np.asarray(image).astype(np.float32)
    if scan.shadow:
        width = pixels.shape[1]
        ramp = 1 - 0.65 * np.exp(-np.arange(width) / (0.03 * width))
        pixels = pixels * (ramp[None, :, None] if pixels.ndim == 3 else ramp[None, :])
    if scan.noise:
        pixels = pixels + noise.normal(0, scan.noise, pixels.shape[:2])[..., None][..., : (3 if pixels.ndim == 3 else 1)].reshape(
            pixels.shape if pixels.ndim == 2 else (*pixels.shape[:2], 1)
        )
    for _ in range(round(scan.specks * 10_000)):
        y, x = noise.integers(pixels.shape[0]), noise.integers(pixels.shape[1])
        size = int(noise.integers(1, 3))
        pixels[y : y + size, x : x + size] = noise.integers(0, 90)
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    return image.point(lambda v: 255 if v > 150 else 0).convert("1") if scan.mode == "bw" else image


def rasterised(report, scan):
    """The pages of a PDF that another program wrote, painted by a third."""
    import platypus  # noqa: PLC0415

    return painted(platypus.truetype(report), scan.dpi)


def painted(data, dpi):
    """The pages of a PDF as poppler paints them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        path.write_bytes(data)
        subprocess.run(["pdftoppm", "-r", str(dpi), "-png", path, Path(folder) / "page"], check=True)
        return [Image.open(page).convert("RGB") for page in sorted(Path(folder).glob("page*.png"))]


def save(images, path, scan):
    """Pages as a picture file; only TIFF holds several."""
    if scan.as_file == "tif":
        packed = "group4" if scan.mode == "bw" else "tiff_lzw"
        if scan.mode == "bw":
            images = [Image.eval(i.convert("L"), lambda v: v).convert("1", dither=Image.Dither.NONE) for i in images]
        images[0].save(path, compression=packed, save_all=True, append_images=images[1:], dpi=(scan.dpi, scan.dpi))
        return
    (image,) = images
    image.save(path, **({"quality": scan.quality} if scan.as_file == "jpg" else {}))


def two_up(images):
    """Two pages side by side on one sheet."""
    sheets = []
    for at in range(0, len(images), 2):
        pair = images[at : at + 2]
        sheet = Image.new("RGB", (2 * pair[0].width, pair[0].height), "white")
        for side, image in enumerate(pair):
            sheet.paste(image, (side * pair[0].width, 0))
        sheets.append(sheet)
    return sheets


def pdf(images, scan, pages=()):
    """A PDF of page pictures, and of words under them if pages are given."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    kids = []
    for number, image in enumerate(images):
        data, keys = packed(image, scan)
        width, height = (72 * side / scan.dpi for side in image.size)
        content = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /I Do Q".encode()
        if pages:
            content += _hidden(pages[number])
        at = len(objects) + 1
        kids.append(f"{at} 0 R")
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width:.2f} {height:.2f}]/Contents {at + 1} 0 R"
            f"/Resources<</XObject<</I {at + 2} 0 R>>/Font<</F <</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
            "/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
            "/Supplement 2>>/DW 1000>>]>>>>>>>>",
            (f"<</Length {len(content)}>>", content),
            (f"<</Type/XObject/Subtype/Image/Width {image.width}/Height {image.height}{keys}/Length {len(data)}>>", data),
        ]
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        head, data = item if isinstance(item, tuple) else (item, None)
        stream = b"" if data is None else b"\nstream\n" + data + b"\nendstream"
        out += f"{number} 0 obj\n{head}".encode() + stream + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _hidden(page):
    """Words as a scanner's own recogniser leaves them, in a mode that paints nothing: every seventh figure is another."""
    out = b"\nBT 3 Tr"
    for at, text in enumerate(page.texts):
        words = text.text if at % 7 else text.text.translate(str.maketrans("0123456789", "8723450169"))
        place = f" /F {text.size:.1f} Tf 1 0 0 1 {text.x:.2f} {page.height - text.y:.2f} Tm <"
        out += place.encode() + words.encode("utf-16-be").hex().encode() + b"> Tj"
    return out + b" ET"


def packed(image, scan):
    """The bytes of a picture and the keys that say how they are packed."""
    if image.mode == "1":
        fax = _fax(image)
        bits = "/ColorSpace/DeviceGray/BitsPerComponent 1"
        if scan.pack == "jbig2":
            return _jbig2(fax, *image.size), f"{bits}/Filter/JBIG2Decode"
        parameters = f"/DecodeParms<</K -1/Columns {image.width}/Rows {image.height}/BlackIs1 false>>"
        return fax, f"{bits}/Filter/CCITTFaxDecode{parameters}"
    space = "/DeviceRGB" if image.mode == "RGB" else "/DeviceGray"
    keys = f"/ColorSpace{space}/BitsPerComponent 8"
    if scan.pack == "flate":
        return zlib.compress(image.tobytes()), f"{keys}/Filter/FlateDecode"
    out = io.BytesIO()
    image.save(out, "JPEG", quality=scan.quality)
    return out.getvalue(), f"{keys}/Filter/DCTDecode"


def _fax(image):
    """Group 4 of a picture in black and white. The writer codes bits that are set as black, here those of white."""
    inverted = Image.eval(image.convert("L"), lambda v: 255 - v).convert("1", dither=Image.Dither.NONE)
    out = io.BytesIO()
    inverted.save(out, "TIFF", compression="group4", strip_size=1 << 30)
    (place,), (length,) = (Image.open(out).tag_v2[tag] for tag in (273, 279))
    return out.getvalue()[place : place + length]


def _jbig2(fax, width, height):
    """The segments of a page whose one region is coded as a fax is (MMR)."""
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", width, height, 0, 0, 0) + b"\x01" + fax
    segments = b""
    for number, (kind, data) in enumerate([(48, page), (38, region)]):
        segments += struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data
    return segments


def usual(**how):
    return replace(Scan(), **how)
