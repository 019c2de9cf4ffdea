#!/usr/bin/env python3
"""Makes the documents of the format tests: make.py OUT [--small] [--seed N] [--only TEXT] | make.py --mutate OUT N.

Writes OUT/<case>.<ext>, OUT/expected.csv (file,table,row,column,value) and OUT/cases.csv (file,note,must).
Fills and layouts depend on the seed only; LibreOffice, Chromium, openpyxl and encryption put dates and ids of their
own into the bytes.
"""

import argparse
import csv
import random
import zlib
from dataclasses import replace
from pathlib import Path

import fill
import mutate
import office
from cases import CASES


class Job:
    """One case being made: its randomness, and the reports that went into it."""

    def __init__(self, case, seed, brief):
        self.case = case
        self.rng = random.Random(zlib.crc32(f"{seed}/{case.name}".encode()))
        self.brief = brief
        self.reports = []

    def report(self, inner="", edition=None, options=fill.Options()):
        """A fresh report; `inner` is its path inside an archive."""
        report = fill.report(self.rng, edition or self.case.edition, replace(options, brief=self.brief))
        self.reports.append((self.case.name + ("!/" + inner if inner else ""), report))
        return report


def make(out, cases, seed, brief):
    """Writes the cases and the two tables."""
    out.mkdir(parents=True, exist_ok=True)
    jobs = [Job(case, seed, brief) for case in cases]
    data = {job.case.name: job.case.build(job) for job in jobs}
    for route in sorted({case.via for case in cases if case.via}):
        names = [case.name for case in cases if case.via == route]
        sources = {f"{Path(name).stem}.{route[0]}": data[name] for name in names}
        for name, result in zip(names, office.convert(sources, route[1]).values()):
            data[name] = result
    for job in jobs:
        after = job.case.after or (lambda result: result)
        (out / job.case.name).write_bytes(after(data[job.case.name]))
    rows = ((name, *cell) for job in jobs for name, report in job.reports for cell in report.expected())
    write_table(out / "expected.csv", ("file", "table", "row", "column", "value"), rows)
    write_table(out / "cases.csv", ("file", "note", "must"), ((c.name, c.note, c.must) for c in cases))


def write_table(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("count", nargs="?", type=int, help="mutated documents a case, with --mutate")
    parser.add_argument("--mutate", action="store_true")
    parser.add_argument("--small", action="store_true", help="the committed subset, with short prose")
    parser.add_argument("--seed", type=int, default=2023)
    parser.add_argument("--only", default="", help="cases whose name contains this")
    args = parser.parse_args()
    if args.mutate:
        mutate.mutate_all(args.out, args.count or 5, args.seed)
    else:
        cases = [c for c in CASES if args.only in c.name and (c.small or not args.small)]
        make(args.out, cases, args.seed, args.small)


if __name__ == "__main__":
    main()
