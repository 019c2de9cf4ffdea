"""Damaged copies of made documents: truncation, lost, doubled and zeroed blocks, flipped bits.

Only structure is damaged. A cut never falls beside an ASCII digit (so no figure loses some of its digits), and a flipped
byte neither was nor becomes a digit; flips in compressed parts spoil the stream. Excel 97 holds its numbers in binary,
where any changed or moved byte can be a figure: .xls and .et are only truncated. So are pages in base64, where a flipped bit
makes another digit, and .doc files with tracked changes, where one says whether a figure is deleted.
"""

import csv
import random
from pathlib import Path

DIGITS = frozenset(range(0x30, 0x3A))
BINARY = (".xls", ".et")
CODED = ("mhtml-utf8", "named-mhtml-utf8", "doc-tracked")


def _cut(data, at):
    """The first place from `at` on with no digit within two bytes before and after it."""
    while at < len(data) and not DIGITS.isdisjoint(data[max(0, at - 2) : at + 2]):
        at += 1
    return at


def _truncate(data, rng):
    at = _cut(data, rng.randrange(1, len(data)))
    return data[:at], f"cut at {at}"


def _lose(data, rng):
    start, end = _block(data, rng)
    return data[:start] + data[end:], f"bytes {start} to {end} lost"


def _double(data, rng):
    start, end = _block(data, rng)
    return data[:end] + data[start:], f"bytes {start} to {end} doubled"


def _zero(data, rng):
    start, end = _block(data, rng)
    return data[:start] + bytes(end - start) + data[end:], f"bytes {start} to {end} zeroed"


def _flip(data, rng):
    out, places = bytearray(data), []
    for _ in range(rng.choice([1, 4, 16, 64])):
        at = rng.randrange(len(out))
        new = out[at] ^ (1 << rng.randrange(8))
        if out[at] not in DIGITS and new not in DIGITS:
            out[at] = new
            places.append(at)
    return bytes(out), f"flipped bits at {places}"


def _block(data, rng):
    size = min(len(data) // 2, rng.choice([16, 256, 2048, 16384]))
    start = _cut(data, rng.randrange(len(data) - size))
    return start, _cut(data, start + size)


WAYS = [_truncate, _lose, _double, _zero, _flip, _flip]


def mutate_all(out, count, seed):
    """Writes OUT/mutated/<case>-<k>.<ext>, `count` of each document, with log.csv, cases.csv and expected.csv."""
    target = out / "mutated"
    target.mkdir(exist_ok=True)
    expected = {}
    for row in _rows(out / "expected.csv"):
        expected.setdefault(row[0].split("!/")[0], []).append(row)
    log, cases, cells = [], [], []
    for name, _, _ in _rows(out / "cases.csv"):
        path = out / name
        data = path.read_bytes()
        for k in range(count):
            rng = random.Random(f"{seed}/{name}/{k}")
            ways = [_truncate] if path.suffix in BINARY or path.stem in CODED else WAYS
            damaged, what = ways[k % len(ways)](data, rng)
            copy = f"{path.stem}-{k}{path.suffix}"
            (target / copy).write_bytes(damaged)
            log.append((copy, name, what))
            cases.append((copy, what, "none_wrong"))
            cells += [(row[0].replace(name, copy, 1), *row[1:]) for row in expected.get(name, [])]
    _write(target / "log.csv", ("file", "source", "change"), log)
    _write(target / "cases.csv", ("file", "note", "must"), cases)
    _write(target / "expected.csv", ("file", "table", "row", "column", "value"), cells)


def _rows(path):
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def _write(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
