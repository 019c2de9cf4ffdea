#!/usr/bin/env python3
"""Makes scans with known truth: make.py OUT [--small] [--seed N] [--count N] [--only TEXT] [--real FOLDER].

Thirty kinds: `--count 5` makes 150 scans. Writes OUT/<name>.pdf (.jpg, .png, .tif) and OUT/expected.csv (file,table,row,column,value; no value: printed blank).
"""

import argparse
import csv
import random
import sys
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "formats"))

import fill  # noqa: E402
import paper  # noqa: E402
from layout import Setter, Style  # noqa: E402
from paper import usual  # noqa: E402

KINDS = {
    "plain-bw": usual(mode="bw", pack="g4"),
    "skewed-grey": usual(skew=0.7, noise=4),
    "jbig2-hei": usual(mode="bw", pack="jbig2", font=paper.HEI, skew=-1.3),
    "colour-seal": usual(mode="colour", seal="beside", skew=0.4, noise=5),
    "turned": usual(turn=90, mode="bw", pack="g4"),
    "upside-down": usual(turn=180, noise=3),
    "specked": usual(mode="bw", pack="g4", specks=0.15, skew=0.9, rule=0.35),
    "thin-150": usual(dpi=150, rule=0.4, skew=-0.6, noise=5),
    "broken-rules": usual(broken=0.12, skew=0.5, mode="bw", pack="g4"),
    "faint-rules": usual(faint=150, noise=6, skew=1.1),
    "shadow": usual(shadow=True, noise=5, skew=-0.8),
    "seal-over": usual(mode="colour", seal="over", dpi=300, noise=4),
    "seal-over-grey": usual(seal="over", noise=4, skew=0.3),
    "dpi-400": usual(dpi=400, mode="bw", pack="g4", skew=2.2, font=paper.WQY),
    "soft-jpeg": usual(quality=35, blur=0.8, noise=5, skew=-1.7),
    "dpi-150-bw": usual(dpi=150, mode="bw", pack="g4", skew=0.5, font=paper.HEI),
    "skew-3": usual(skew=3.0, mode="bw", pack="g4"),
    "two-up": usual(two_up=True, skew=0.6),
    "fonts-mixed": usual(figures=paper.WQY, skew=0.2, noise=3),
    "pale-ink": usual(ink=90, noise=7, skew=0.5),
    "own-words": usual(words=True, noise=3, skew=0.4),
    "poppler": usual(by="poppler", skew=-0.9, noise=4),
    "poppler-bw": usual(by="poppler", mode="bw", pack="g4", dpi=300, specks=0.05),
    "poppler-150": usual(by="poppler", dpi=150, quality=60, noise=3, skew=0.3),
    "jpg": usual(as_file="jpg", two_up=True, noise=4, skew=0.4),
    "png": usual(as_file="png", two_up=True, mode="bw", skew=-0.5),
    "tif": usual(as_file="tif", mode="bw", skew=0.8),
    "tif-grey": usual(as_file="tif", noise=2, skew=0.2),
    "seal-turned": usual(mode="colour", seal="over", turn=270, skew=-0.5, noise=3),
    "dark-150": usual(dpi=150, shadow=True, quality=60, noise=4, skew=0.8),
}
SMALL = ["plain-bw", "skewed-grey", "jbig2-hei", "colour-seal", "turned", "specked", "thin-150", "broken-rules", "own-words", "tif"]


def make(out, name, scan, seed):
    """One scan; gives its expected rows."""
    rng = random.Random(zlib.crc32(f"{seed}/{name}".encode()))
    report = fill.report(rng, rng.choice(["2021", "2021", "2019"]), fill.Options())
    style = Style(size=rng.choice([8.5, 9, 10]), margin=rng.choice([42, 55]), strong_cells=False)
    if scan.by == "poppler":
        pages, images = [], paper.rasterised(report, scan)
    else:
        pages = Setter(style, paper.measure(scan)).report(report)
        images = [paper.draw(page, scan, rng) for page in pages]
    if scan.two_up:
        images = paper.two_up(images)
    images = [paper.scanned(image, scan, rng) for image in images]
    file = f"{name}.{scan.as_file or 'pdf'}"
    if scan.as_file:
        paper.save(images, out / file, scan)
    else:
        (out / file).write_bytes(paper.pdf(images, scan, pages if scan.words else []))
    return [(file, *row) for row in report.expected()]


def printed(out, folder):
    """Scans of real reports: FOLDER/*.pdf painted at 200 dpi, without their text; their truth is in FOLDER/truth.csv."""
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as file:
        rows = [tuple(row) for row in csv.reader(file)][1:]
    scan = usual(dpi=200, noise=3)
    for name in sorted({row[0] for row in rows}):
        images = [paper.scanned(page, scan, random.Random(name)) for page in paper.painted((folder / name).read_bytes(), scan.dpi)]
        (out / name).write_bytes(paper.pdf(images, scan))
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--small", action="store_true", help="ten kinds, one scan each")
    parser.add_argument("--seed", type=int, default=21)
    parser.add_argument("--count", type=int, default=1, help="scans of each kind")
    parser.add_argument("--real", type=Path, help="instead: a folder of real reports with their truth.csv")
    parser.add_argument("--only", default="", help="kinds whose name contains this")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    names = [n for n in (SMALL if args.small else KINDS) if args.only in n]
    with (args.out / "expected.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("file", "table", "row", "column", "value"))
        if args.real:
            writer.writerows(printed(args.out, args.real))
            return
        for at in range(args.count):
            for name in names:
                writer.writerows(make(args.out, f"{name}-{at}" if args.count > 1 else name, KINDS[name], args.seed))


if __name__ == "__main__":
    main()
