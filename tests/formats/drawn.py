"""Pages on which a file holds other text than a person sees: marks drawn in an order, and one oddity a document.

Owns the oddities and the two writers (PDF by operators, OFD by hand) that draw the same marks. The expected figures are
those of the report: whatever an oddity adds is hidden, struck, raised or laid over them.
"""

import io
import math
import zipfile
from dataclasses import dataclass, field, replace
from html import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from fonts import Unembedded
from layout import Setter, Style

MM = 25.4 / 72
BLACK, WHITE, GREY, RED, BLUE, YELLOW = (0, 0, 0), (1, 1, 1), (0.7, 0.7, 0.7), (0.85, 0.05, 0.05), (0, 0, 0.8), (1, 1, 0.5)
SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
DATE = (2024, 1, 15, 9, 0, 0)


def width(text):
    return sum(1 if ord(c) > 255 else 0.5 for c in text)


@dataclass(frozen=True)
class Text:
    """A line of text; `turn` in degrees, `space` between its characters, `mode` 3 draws nothing."""

    x: float
    y: float
    size: float
    text: str
    rgb: tuple = BLACK
    alpha: float = 1
    mode: int = 0
    space: float = 0
    turn: float = 0
    slot: tuple | None = None
    room: tuple | None = None

    @property
    def right(self):
        return self.x + width(self.text) * self.size + self.space * len(self.text)


@dataclass(frozen=True)
class Line:
    """A polyline, or a curve through four points."""

    points: tuple
    width: float = 0.5
    rgb: tuple = BLACK
    curve: bool = False


@dataclass(frozen=True)
class Box:
    x0: float
    y0: float
    x1: float
    y1: float
    rgb: tuple = WHITE
    alpha: float = 1
    multiply: bool = False


@dataclass(frozen=True)
class Ring:
    x: float
    y: float
    radius: float
    rgb: tuple = RED


@dataclass(frozen=True)
class Picture:
    """A picture of one white pixel; with an alpha channel if `alpha` is stated: 0 is a hole."""

    x0: float
    y0: float
    x1: float
    y1: float
    alpha: int | None = None


@dataclass(frozen=True)
class Clipped:
    """Marks of which only those within the bounds are seen."""

    x0: float
    y0: float
    x1: float
    y1: float
    marks: tuple


@dataclass
class Sheet:
    width: float
    height: float
    marks: list = field(default_factory=list)


def sheets(report, style=Style(), rules=True):
    """The report as marks: rules first, then texts."""
    pages = []
    for page in Setter(style, width).report(report):
        marks = [Line(((r.x0, r.y0), (r.x1, r.y1))) for r in page.rules if rules]
        marks += [Text(t.x, t.y, t.size, t.text, slot=t.slot, room=t.room) for t in page.texts]
        pages.append(Sheet(page.width, page.height, marks))
    return pages


def figures(mark):
    """Whether a mark is a figure of a cell."""
    return isinstance(mark, Text) and mark.slot is not None and any(c.isdigit() for c in mark.text)


def change(pages, rng, share, how, which=figures):
    """Replaces a share of the marks by what `how(mark)` gives for each."""
    for page in pages:
        out = []
        for mark in page.marks:
            out += how(mark) if which(mark) and rng.random() < share else [mark]
        page.marks = out
    return pages


def old(rng, mark, **more):
    """An old figure before the real one, and the real one moved aside for it."""
    text = str(rng.randint(1, 99))
    room = (width(text) + 0.8) * mark.size
    return replace(mark, text=text, x=mark.x - room / 2, slot=None, **more), replace(mark, x=mark.x + room / 2)


# Oddities: each takes pages and randomness and gives pages.


def beside(**ink):
    """Text that is not seen beside the figure."""
    return lambda pages, rng: change(pages, rng, 0.4, lambda m: list(old(rng, m, **ink)))


def in_ground(pages, rng):
    """Cells are grey, and so is the old figure; the heads are white on blue."""
    fill, back = (0.75, 0.75, 0.75), (0.1, 0.2, 0.5)

    def ground(mark):
        left, top, right, bottom = mark.room
        head = mark.slot is None
        box = Box(left + 0.3, top + 0.3, right - 0.3, bottom - 0.3, back if head else fill)
        if head:
            return [(box, replace(mark, rgb=WHITE))]
        gone, new = old(rng, mark, rgb=fill)
        return [(box, gone, new)]

    for page in pages:
        boxes, texts, done = [], [], set()
        for mark in page.marks:
            if isinstance(mark, Text) and mark.room and (figures(mark) or not mark.slot):
                (box, *own), = ground(mark)
                if mark.room not in done:
                    boxes.append(box)
                    done.add(mark.room)
                texts += own
            else:
                texts.append(mark)
        page.marks = boxes + texts
    return pages


def covered(cover):
    """An old figure, a cover over its cell, and the real figure over that."""

    def how(rng, mark):
        left, top, right, bottom = mark.room
        gone = replace(mark, text=str(rng.randint(1, 9999)), slot=None)
        return [gone, cover(left + 1, top + 1, right - 1, bottom - 1), mark]

    return lambda pages, rng: change(pages, rng, 0.4, lambda m: how(rng, m))


def clipped(pages, rng):
    """An old figure that the clip of its cell lets nothing through of."""

    def how(mark):
        gone, new = old(rng, mark)
        left, top, right, bottom = mark.room
        return [Clipped(left, bottom + 50, right, bottom + 60, (gone,)), Clipped(left, top, right, bottom, (new,))]

    return change(pages, rng, 0.4, how)


def below_a_page(pages, rng):
    """A whole page of other figures lies under a white one."""
    for page in pages:
        other = [replace(m, text=str(rng.randint(1, 9999)), y=m.y + 3) if figures(m) else m for m in page.marks]
        moved = [replace(m, points=tuple((x, y + 3) for x, y in m.points)) if isinstance(m, Line) else m for m in other]
        page.marks = moved + [Box(0, 0, page.width, page.height)] + page.marks
    return pages


def shadow(dx, dy, rgb=GREY, copies=1):
    """Every text of a table has a shadow; several copies are a glow around it."""

    def how(mark):
        around = [(dx * math.cos(a), dy * math.sin(a)) for a in (2 * math.pi * n / copies for n in range(copies))]
        offsets = [(dx, dy)] if copies == 1 else around
        return [replace(mark, x=mark.x + x, y=mark.y + y, rgb=rgb, slot=None) for x, y in offsets] + [mark]

    return lambda pages, rng: change(pages, rng, 1, how, lambda m: isinstance(m, Text))


def watermark(text, size, rgb, alpha=1, step=(170, 90), first=False):
    """Upright tiles of text over or under the page."""

    def how(pages, rng):
        for page in pages:
            tiles = [
                Text(20 + x * step[0] + 17 * (y % 3), 40 + y * step[1], size, text, rgb, alpha)
                for x in range(int(page.width / step[0]) + 1)
                for y in range(int(page.height / step[1]) + 1)
            ]
            page.marks = tiles + page.marks if first else page.marks + tiles
        return pages

    return how


def seal(ring=True):
    """A red seal over the table: a ring, text on a curve, and a number."""

    def how(pages, rng):
        for page in pages:
            cells = [m for m in page.marks if figures(m)]
            if not cells:
                continue
            at = rng.choice(cells)
            x, y, radius = at.x, at.y, 55
            marks = [Ring(x, y, radius)] if ring else []
            name = "安平县人民政府办公室"
            for n, char in enumerate(name):
                angle = math.radians(200 + 140 * (n + 0.5) / len(name) * 1.0)
                px, py = x + 42 * math.cos(angle), y + 42 * math.sin(angle)
                marks.append(Text(px, py, 10, char, RED, turn=math.degrees(angle) + 90))
            marks.append(Text(x - 26, y + 30, 7, "1311250012345", RED))
            marks.append(Text(x - 18, y + 16, 9, "专用章", RED))
            page.marks += marks
        return pages

    return how


def struck(thick=0.5, rgb=BLACK, boxed=False, twice=False, slanted=False, cell=False):
    """The old figure is struck out, the new one stands beside it."""

    def how(rng, mark):
        gone, new = old(rng, mark)
        y = gone.y - gone.size * 0.3
        left, right = gone.x - 0.8, gone.right + 0.8
        if slanted:
            return [gone, Line(((left, gone.y + 1), (right, gone.y - gone.size * 0.75)), thick, rgb), new]
        lines = [y - 0.8, y + 0.8] if twice else [y]
        if boxed:
            return [gone, *(Box(left, y - thick / 2, right, y + thick / 2, rgb) for y in lines), new]
        return [gone, *(Line(((left, y), (right, y)), thick, rgb) for y in lines), new]

    return lambda pages, rng: change(pages, rng, 0.4, lambda m: how(rng, m))


def underlined(pages, rng):
    """Figures with a line under them, as tracked insertions and links have: they stay."""
    return change(pages, rng, 0.5, lambda m: [m, Line(((m.x, m.y + 1.2), (m.right, m.y + 1.2)), 0.4, BLUE)])


def marked(size, raised, text="1", rgb=BLACK, before=False):
    """A note mark beside the figure: its size and how far it is raised, in sizes of the figure."""

    def how(mark):
        own = mark.size * size
        x = mark.x - width(text) * own if before else mark.right
        return [mark, Text(x, mark.y - raised * mark.size, own, text, rgb)]

    return lambda pages, rng: change(pages, rng, 0.4, how)


def broken(pages, rng):
    """Figures of four digits over two lines."""

    def how(mark):
        middle = (mark.x + mark.right) / 2
        parts = [mark.text[:3], mark.text[3:]]
        step = mark.size * 1.2
        return [
            replace(mark, text=part, x=middle - width(part) * mark.size / 2, y=mark.y + (n - 0.5) * step)
            for n, part in enumerate(parts)
        ]

    return change(pages, rng, 1, how, lambda m: figures(m) and len(m.text) > 3 and m.text.isdigit())


def spaced(space, each=False):
    """Digits set apart; `each` draws every one by itself."""

    def how(mark):
        own = space * mark.size
        x = mark.x - own * len(mark.text) / 2
        if len(mark.text) * (own + mark.size / 2) > mark.room[2] - mark.room[0] - 4:
            return [mark]
        if not each:
            return [replace(mark, x=x, space=own)]
        step = mark.size * 0.5 + own
        return [replace(mark, x=x + n * step, text=char) for n, char in enumerate(mark.text)]

    return lambda pages, rng: change(pages, rng, 1, how, lambda m: figures(m) and m.text.isdigit())


def wavering(kind):
    """Ruling lines that an unsteady hand drew."""

    def how(rng, mark):
        (x0, y0), (x1, y1) = mark.points
        off = lambda: rng.uniform(-1.2, 1.2)
        if kind == "ends":
            return [replace(mark, points=((x0 + off(), y0 + off()), (x1 + off(), y1 + off())))]
        if kind == "curve":
            third = lambda n: ((x0 * (3 - n) + x1 * n) / 3 + off(), (y0 * (3 - n) + y1 * n) / 3 + off())
            return [replace(mark, points=((x0, y0), third(1), third(2), (x1, y1)), curve=True)]
        length = math.hypot(x1 - x0, y1 - y0)
        count = max(1, int(length / 15))
        points = [(x0 + (x1 - x0) * n / count, y0 + (y1 - y0) * n / count) for n in range(count + 1)]
        points = [(x + off() * (y1 != y0), y + off() * (x1 != x0)) for x, y in points]
        return [replace(mark, points=tuple(points))]

    return lambda pages, rng: change(pages, rng, 1, lambda m: how(rng, m), lambda m: isinstance(m, Line))


def coloured(pages, rng):
    """Figures in blue and red: they are seen."""
    return change(pages, rng, 0.6, lambda m: [replace(m, rgb=rng.choice([BLUE, RED]))])


def highlighted(pages, rng):
    """A yellow box behind the figure, or one that multiplies over it: they are seen."""

    def how(mark):
        box = Box(mark.x - 1, mark.y - mark.size, mark.right + 1, mark.y + 2, YELLOW)
        return [box, mark] if rng.random() < 0.5 else [mark, replace(box, multiply=True)]

    return change(pages, rng, 0.5, how)


def under_glass(pages, rng):
    """A transparent picture lies over the whole page: all is seen."""
    for page in pages:
        page.marks.append(Picture(0, 0, page.width, page.height, 0))
    return pages


def tiny(pages, rng):
    """Text too small to read beside the figure."""
    return change(pages, rng, 0.4, lambda m: [m, replace(m, x=m.right + 0.5, size=0.8, text="37", slot=None)])


def two_up(pages, rng):
    """Two pages on one sheet, half as large."""
    scale = 0.7

    def moved(mark, x):
        if isinstance(mark, Line):
            return replace(mark, points=tuple((x + a * scale, b * scale) for a, b in mark.points))
        return replace(mark, x=x + mark.x * scale, y=mark.y * scale, size=mark.size * scale)

    out = []
    for at in range(0, len(pages), 2):
        pair = pages[at : at + 2]
        sheet = Sheet(pair[0].width * scale * 2, pair[0].height * scale)
        for n, page in enumerate(pair):
            sheet.marks += [moved(mark, n * page.width * scale) for mark in page.marks]
        out.append(sheet)
    return out


def overprinted(pages, rng):
    """The old figure and the new one printed over each other: nobody can read them. One that begins with the other is read."""

    def how(mark):
        old = next(text for text in iter(lambda: str(rng.randint(1, 9999)), None) if text[0] != mark.text[0])
        return [replace(mark, text=old), mark]

    return change(pages, rng, 0.4, how)


def recognised(pages, rng):
    """A scan, here a white picture, with what somebody recognised in it as invisible text: every tenth 1 is a 7."""

    def how(mark):
        text = "".join("7" if c == "1" and rng.random() < 0.1 else c for c in mark.text)
        return [replace(mark, text=text, mode=3)]

    change(pages, rng, 1, how, lambda m: isinstance(m, Text))
    for page in pages:
        texts = [m for m in page.marks if isinstance(m, Text)]
        page.marks = [Picture(0, 0, page.width, page.height), *texts]
    return pages


# Writers.


def pdf(pages):
    """The marks by operators, STSong-Light not embedded."""
    file = pikepdf.new()
    font = Unembedded("")
    shared = file.make_indirect(font.resource(file))
    pixel = dict(Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, ColorSpace=Name.DeviceGray, BitsPerComponent=8)
    mask = file.make_indirect(Stream(file, b"\x00", **pixel))
    full = file.make_indirect(Stream(file, b"\xff", **pixel))
    pictures = Dictionary(
        P=full,
        H=file.make_indirect(Stream(file, b"\xff", SMask=mask, **pixel)),
        F=file.make_indirect(Stream(file, b"\xff", SMask=full, **pixel)),
    )
    for page in pages:
        states = Dictionary(M=Dictionary(BM=Name.Multiply), N=Dictionary(BM=Name.Normal))
        parts = []
        for mark in page.marks:
            _draw(mark, page.height, font, states, parts)
        resources = Dictionary(Font=Dictionary(F1=shared), XObject=pictures, ExtGState=states)
        content = file.make_indirect(Stream(file, "\n".join(parts).encode()))
        box = Array([0, 0, page.width, page.height])
        file.pages.append(pikepdf.Page(Dictionary(Type=Name.Page, MediaBox=box, Resources=resources, Contents=content)))
    out = io.BytesIO()
    file.save(out, deterministic_id=True, compress_streams=True)
    return out.getvalue()


def _rgb(rgb, operator):
    return " ".join(f"{c:.3f}" for c in rgb) + " " + operator


def _draw(mark, height, font, states, parts):
    flip = lambda y: height - y
    if isinstance(mark, Text):
        turn = math.radians(-mark.turn)
        c, s = math.cos(turn), math.sin(turn)
        alpha = ""
        if mark.alpha < 1:
            name = f"A{round(mark.alpha * 100)}"
            states["/" + name] = Dictionary(ca=mark.alpha)
            alpha = f"/{name} gs "
        parts.append(
            f"q {alpha}{_rgb(mark.rgb, 'rg')} BT /F1 {mark.size:.2f} Tf {mark.mode} Tr {mark.space:.3f} Tc "
            f"{c:.4f} {s:.4f} {-s:.4f} {c:.4f} {mark.x:.2f} {flip(mark.y):.2f} Tm "
            f"<{font.encode(mark.text).hex()}> Tj ET Q"
        )
    elif isinstance(mark, Line):
        points = [f"{x:.2f} {flip(y):.2f}" for x, y in mark.points]
        path = f"{points[0]} m " + (
            " ".join(points[1:]) + " c" if mark.curve else " ".join(f"{p} l" for p in points[1:])
        )
        parts.append(f"{_rgb(mark.rgb, 'RG')} {mark.width} w {path} S")
    elif isinstance(mark, Box):
        state = "/M gs " if mark.multiply else ""
        if mark.alpha < 1:
            name = f"A{round(mark.alpha * 100)}"
            states["/" + name] = Dictionary(ca=mark.alpha)
            state += f"/{name} gs "
        box = f"{mark.x0:.2f} {flip(mark.y1):.2f} {mark.x1 - mark.x0:.2f} {mark.y1 - mark.y0:.2f} re f"
        parts.append(f"q {state}{_rgb(mark.rgb, 'rg')} {box} Q")
    elif isinstance(mark, Ring):
        x, y, r, k = mark.x, flip(mark.y), mark.radius, mark.radius * 0.5523
        curves = [(r, k, k, r, 0, r), (-k, r, -r, k, -r, 0), (-r, -k, -k, -r, 0, -r), (k, -r, r, -k, r, 0)]
        path = " ".join(
            " ".join(f"{x + a:.2f} {y + b:.2f}" for a, b in zip(c[::2], c[1::2])) + " c" for c in curves
        )
        parts.append(f"{_rgb(mark.rgb, 'RG')} 1.5 w {x + r:.2f} {y:.2f} m {path} h S")
    elif isinstance(mark, Picture):
        size = f"{mark.x1 - mark.x0:.2f} 0 0 {mark.y1 - mark.y0:.2f} {mark.x0:.2f} {flip(mark.y1):.2f} cm"
        parts.append(f"q {size} /{({None: 'P', 0: 'H'}).get(mark.alpha, 'F')} Do Q")
    elif isinstance(mark, Clipped):
        box = f"{mark.x0:.2f} {flip(mark.y1):.2f} {mark.x1 - mark.x0:.2f} {mark.y1 - mark.y0:.2f} re W n"
        parts.append(f"q {box}")
        for inner in mark.marks:
            _draw(inner, height, font, states, parts)
        parts.append("Q")


def reportlab(pages, left_on=False):
    """The marks by reportlab's canvas; `left_on`: the rendering mode is never set back."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    paper = canvas.Canvas(out, invariant=1)
    for page in pages:
        paper.setPageSize((page.width, page.height))
        for mark in page.marks:
            if not left_on or not isinstance(mark, Text):
                paper.saveState()
            _paint(paper, mark, page.height)
            if not left_on or not isinstance(mark, Text):
                paper.restoreState()
        paper.showPage()
    paper.save()
    return out.getvalue()


def _paint(paper, mark, height):
    if isinstance(mark, Text):
        paper.setFillColorRGB(*mark.rgb, alpha=mark.alpha)
        if mark.turn:
            paper.translate(mark.x, height - mark.y)
            paper.rotate(-mark.turn)
        text = paper.beginText(*((0, 0) if mark.turn else (mark.x, height - mark.y)))
        text.setFont("STSong-Light", mark.size)
        if mark.mode:
            text.setTextRenderMode(mark.mode)
        if mark.space:
            text.setCharSpace(mark.space)
        text.textOut(mark.text)
        paper.drawText(text)
    elif isinstance(mark, Line):
        paper.setStrokeColorRGB(*mark.rgb)
        paper.setLineWidth(mark.width)
        points = [(x, height - y) for x, y in mark.points]
        path = paper.beginPath()
        path.moveTo(*points[0])
        if mark.curve:
            path.curveTo(*points[1], *points[2], *points[3])
        else:
            for point in points[1:]:
                path.lineTo(*point)
        paper.drawPath(path)
    elif isinstance(mark, Box):
        paper.setFillColorRGB(*mark.rgb, alpha=0.3 if mark.multiply else mark.alpha)
        paper.rect(mark.x0, height - mark.y1, mark.x1 - mark.x0, mark.y1 - mark.y0, stroke=0, fill=1)
    elif isinstance(mark, Ring):
        paper.setStrokeColorRGB(*mark.rgb)
        paper.setLineWidth(1.5)
        paper.circle(mark.x, height - mark.y, mark.radius)
    elif isinstance(mark, Picture):
        white = (255, 255, 255) if mark.alpha is None else (255, 255, 255, mark.alpha)
        picture = ImageReader(Image.new("RGB" if mark.alpha is None else "RGBA", (4, 4), white))
        size = (mark.x1 - mark.x0, mark.y1 - mark.y0)
        paper.drawImage(picture, mark.x0, height - mark.y1, *size, mask="auto")
    else:
        path = paper.beginPath()
        path.rect(mark.x0, height - mark.y1, mark.x1 - mark.x0, mark.y1 - mark.y0)
        paper.clipPath(path, stroke=0, fill=0)
        for inner in mark.marks:
            _paint(paper, inner, height)


def ofd(pages, lower=False):
    """The marks as an OFD package; `lower`: names of attributes begin in lower case."""
    box = f"0 0 {pages[0].width * MM:.2f} {pages[0].height * MM:.2f}"
    places = "".join(f'<ofd:Page ID="{n + 10}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    entries = {
        "OFD.xml": f'<ofd:OFD {SPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>{box}"
        "</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
        f"<ofd:Pages>{places}</ofd:Pages></ofd:Document>",
        "Doc_0/PublicRes.xml": f'<ofd:Res {SPACE} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="7" Type="Image">'
        '<ofd:MediaFile>a.jpg</ofd:MediaFile></ofd:MultiMedia><ofd:MultiMedia ID="8" Type="Image"><ofd:MediaFile>'
        "b.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>",
    }
    for number, page in enumerate(pages):
        body = "".join(_object(mark) for mark in page.marks)
        page_box = f"0 0 {page.width * MM:.2f} {page.height * MM:.2f}"
        entries[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f"<ofd:Page {SPACE}><ofd:Area><ofd:PhysicalBox>{page_box}</ofd:PhysicalBox></ofd:Area><ofd:Content>"
            f'<ofd:Layer ID="1" Type="Body">{body}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, mode, kind in (("a.jpg", "RGB", "JPEG"), ("b.png", "RGBA", "PNG")):
            picture = io.BytesIO()
            Image.new(mode, (4, 4), (255, 255, 255, 0)[: len(mode)]).save(picture, kind)
            package.writestr(zipfile.ZipInfo(f"Doc_0/Res/{name}", DATE), picture.getvalue())
        for name, text in entries.items():
            if lower:
                for word in ("Size", "Boundary", "DeltaX", "Value", "LineWidth", "X=", "Y=", "BaseLoc", "ID="):
                    text = text.replace(f" {word}", f" {word.lower()}")
            package.writestr(zipfile.ZipInfo(name, DATE), HEAD + text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _colour(name, rgb, alpha=1):
    value = " ".join(str(round(c * 255)) for c in rgb)
    strength = f' Alpha="{round(alpha * 255)}"' if alpha < 1 else ""
    return f'<ofd:{name} Value="{value}"{strength}/>'


def _numbers(*numbers):
    return " ".join(f"{n * MM:.3f}" for n in numbers)


def _path(points, closed=False):
    steps = "M " + " L ".join(f"{x * MM:.3f} {y * MM:.3f}" for x, y in points)
    return f"<ofd:AbbreviatedData>{steps}{' C' if closed else ''}</ofd:AbbreviatedData>"


def _object(mark, clips=""):
    if isinstance(mark, Clipped):
        x0, y0, x1, y1 = mark.x0, mark.y0, mark.x1, mark.y1
        out = ""
        for inner in mark.marks:
            left, top = inner.x, inner.y - inner.size
            corners = [(x - left, y - top) for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
            clip = f"<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path>{_path(corners, True)}</ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>"
            out += _object(inner, clip)
        return out
    if isinstance(mark, Text):
        size = mark.size
        box = _numbers(mark.x, mark.y - size, max(mark.right - mark.x, size), size * 1.3)
        turn = math.radians(mark.turn)
        c, s = math.cos(turn), math.sin(turn)
        ctm = f' CTM="{c:.4f} {s:.4f} {-s:.4f} {c:.4f} 0 0"' if mark.turn else ""
        steps = " ".join(f"{(width(c) * size + mark.space) * MM:.3f}" for c in mark.text[:-1])
        shown = ' Fill="false"' if mark.mode == 3 else ""
        return (
            f'<ofd:TextObject ID="2" Boundary="{box}" Font="3" Size="{size * MM:.3f}"{ctm}{shown}>'
            f'{clips}{_colour("FillColor", mark.rgb, mark.alpha)}<ofd:TextCode X="0" Y="{size * MM:.3f}"'
            f'{f" DeltaX={chr(34)}{steps}{chr(34)}" if steps else ""}>{escape(mark.text)}</ofd:TextCode></ofd:TextObject>'
        )
    if isinstance(mark, Line):
        points = mark.points if not mark.curve else [mark.points[0], mark.points[-1]]
        left, top = min(x for x, _ in points) - 0.5, min(y for _, y in points) - 0.5
        right, bottom = max(x for x, _ in points) + 0.5, max(y for _, y in points) + 0.5
        inner = [(x - left, y - top) for x, y in points]
        return (
            f'<ofd:PathObject ID="2" Boundary="{_numbers(left, top, right - left, bottom - top)}" '
            f'LineWidth="{mark.width * MM:.3f}">{_colour("StrokeColor", mark.rgb)}{_path(inner)}</ofd:PathObject>'
        )
    if isinstance(mark, Box):
        size = (mark.x1 - mark.x0, mark.y1 - mark.y0)
        corners = [(0, 0), (size[0], 0), size, (0, size[1])]
        return (
            f'<ofd:PathObject ID="2" Boundary="{_numbers(mark.x0, mark.y0, *size)}" Stroke="false" Fill="true">'
            f'{_colour("FillColor", mark.rgb, 0.3 if mark.multiply else mark.alpha)}{_path(corners, True)}</ofd:PathObject>'
        )
    if isinstance(mark, Ring):
        r = mark.radius
        arcs = "".join(
            f" A {r * MM:.3f} {r * MM:.3f} 0 0 1 {(r + r * x) * MM:.3f} {(r + r * y) * MM:.3f}"
            for x, y in ((0, 1), (-1, 0), (0, -1), (1, 0))
        )
        return (
            f'<ofd:PathObject ID="2" Boundary="{_numbers(mark.x - r, mark.y - r, 2 * r, 2 * r)}" LineWidth="0.5">'
            f'{_colour("StrokeColor", mark.rgb)}<ofd:AbbreviatedData>M {2 * r * MM:.3f} {r * MM:.3f}{arcs} C'
            "</ofd:AbbreviatedData></ofd:PathObject>"
        )
    box = _numbers(mark.x0, mark.y0, mark.x1 - mark.x0, mark.y1 - mark.y0)
    return f'<ofd:ImageObject ID="2" Boundary="{box}" ResourceID="{8 if mark.alpha == 0 else 7}"/>'


ODDITIES = {
    "white": beside(rgb=WHITE),
    "pale": beside(rgb=(0.97, 0.97, 0.96)),
    "transparent": beside(alpha=0),
    "mode-3": beside(mode=3),
    "in-ground": in_ground,
    "covered": covered(Box),
    "covered-by-picture": covered(Picture),
    "covered-by-channel": covered(lambda *bounds: Picture(*bounds, 255)),
    "below-a-page": below_a_page,
    "clipped": clipped,
    "shadow": shadow(0.8, 0.8),
    "shadow-far": shadow(1.3, 1.0, (0.6, 0.6, 0.8)),
    "shadow-black": shadow(0.9, -0.9, BLACK),
    "glow": shadow(0.5, 0.5, (0.8, 0.8, 0.6), 8),
    "watermark-digits": watermark("20240115 3", 11, (0.8, 0.8, 0.8)),
    "watermark-tiles": watermark("内部资料", 14, (0.85, 0.85, 0.85), step=(110, 60)),
    "watermark-large": watermark("2023", 60, BLACK, 0.12, (300, 260), True),
    "seal": seal(),
    "seal-bare": seal(False),
    "struck": struck(),
    "struck-red": struck(0.7, RED, boxed=True),
    "struck-twice": struck(0.4, twice=True),
    "struck-slanted": struck(0.6, RED, slanted=True),
    "underlined": underlined,
    "mark-high": marked(0.6, 0.45),
    "mark-low": marked(0.7, 0.2),
    "mark-large": marked(0.83, 0.33, "2"),
    "mark-alike": marked(1, 0.35, "3"),
    "mark-below": marked(0.6, -0.2, "1"),
    "mark-small": marked(0.6, 0, "1"),
    "mark-bracket": marked(0.6, 0.4, "[12]", BLUE),
    "mark-circle": marked(0.6, 0.4, "①"),
    "mark-before": marked(0.6, 0.4, "4", before=True),
    "mark-top": marked(0.55, 0.85, "5"),
    "mark-odd": marked(0.85, 0, "2"),
    "mark-uneven": marked(1, 0.15, "3"),
    "mark-lead": marked(0.6, 0, "29", before=True),
    "broken": broken,
    "spaced": spaced(0.5),
    "spaced-each": spaced(0.4, True),
    "wavering-ends": wavering("ends"),
    "wavering-line": wavering("line"),
    "wavering-curve": wavering("curve"),
    "coloured": coloured,
    "highlighted": highlighted,
    "under-glass": under_glass,
    "tiny": tiny,
    "two-up": two_up,
    "overprinted": overprinted,
    "recognised": recognised,
}
# Without ruling lines.
UNRULED = ("white", "covered", "shadow", "struck", "mark-high", "mark-low", "transparent", "coloured", "spaced")
# What this writer of OFD cannot draw.
NO_OFD = ("wavering-curve", "covered-by-channel")


def write(report, rng, oddity, form="pdf", rules=True, **options):
    """A document of one oddity: `form` is `pdf`, `reportlab` or `ofd`."""
    pages = ODDITIES[oddity](sheets(report, rules=rules), rng)
    return {"pdf": pdf, "reportlab": reportlab, "ofd": ofd}[form](pages, **options)
