#!/usr/bin/env python3
"""nianbao beside the floor and beside what a competent user would write instead, on generated national archives.

usage: run.py BIN EXAMPLES WORK RESULT [--stages] [--quick] [--only=text-5000]

BIN is the program, EXAMPLES the folder of `floor`, `make_archive` and `stages`. The peer is the script that the environment
names (NIANBAO_PEER="python peer.py"); without it its columns stay empty. All commands of an archive run in turn, three times,
and the least CPU of each counts: other load only ever adds. Archives are made once and kept in WORK; the page cache is warmed by
a floor that is not counted. `--stages` adds where the time of a file and of a data file goes; `--quick` leaves out the 20,000, `--only` all but one archive.
"""

import datetime
import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
import time

ARCHIVES = [("text", 5000), ("html", 5000), ("both", 5000), ("few", 5000), ("text", 20000), ("html", 20000)]
TIMES = 3
THREADS = "2"
ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), ".."))
SEVERITY = '[checks.severity]\npublished_late = "error"\n'


def timed(command):
    """CPU seconds of all processes, wall seconds, peak memory in MB, what was said."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    said = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"{shlex.join(command)} failed: {status}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss / 1024, said


class Bench:
    def __init__(self, binary, examples, work):
        self.binary, self.examples, self.work = os.path.abspath(binary), os.path.abspath(examples), os.path.abspath(work)
        self.out = os.path.join(self.work, "out")
        self.plain = self.pipeline("plain.toml", "")
        self.severe = self.pipeline("severe.toml", SEVERITY)
        self.full = os.path.join(ROOT, "pipelines/sample.toml")

    def pipeline(self, name, more):
        path = os.path.join(self.work, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(f'[source]\npath = "."\n[dataset]\npath = "{self.out}/dataset"\n{more}')
        return path

    def archive(self, kind, count):
        archive = os.path.join(self.work, f"{kind}-{count}")
        if not os.path.isdir(archive):
            timed([os.path.join(self.examples, "make_archive"), archive + ".tmp", str(count), kind])
            os.rename(archive + ".tmp", archive)
        return archive

    def run(self, pipeline, archive):
        command = [self.binary, "run", pipeline, "--source", archive, "--dataset", self.out + "/dataset"]
        return command + ["--summaries", self.out + "/summaries"] * (pipeline == self.full) + \
            ["--threads", THREADS, "--progress", "never"]

    def release(self):
        with open(os.path.join(self.out, "dataset/current/_run.json"), encoding="utf-8") as file:
            return json.load(file)

    def beside(self, archive):
        """Floor, peer, without summaries and with everything on, in turn; and the data files of the last."""
        peer = shlex.split(os.environ.get("NIANBAO_PEER", ""))
        commands = {"floor": [os.path.join(self.examples, "floor"), archive, THREADS]}
        if peer:
            commands["peer"] = [*peer, archive, os.path.join(self.work, "peer.parquet")]
        commands |= {"plain": self.run(self.plain, archive), "full": self.run(self.full, archive)}
        timed(commands["floor"])
        runs = {name: [] for name in commands}
        for _ in range(TIMES):
            for name, command in commands.items():
                shutil.rmtree(self.out, ignore_errors=True)
                runs[name].append(timed(command))
        return {name: min(of, key=lambda r: r[0]) for name, of in runs.items()}, self.release()["data_files"]

    def writing(self, archive):
        """CPU seconds and data files of a night that reads nothing and writes everything again."""
        shutil.rmtree(self.out, ignore_errors=True)
        timed(self.run(self.plain, archive))
        time.sleep(3)
        timed(self.run(self.plain, archive))
        nights = [timed(self.run(p, archive))[0] for p in [self.severe, self.plain] * TIMES]
        still = min(timed(self.run(self.plain, archive))[0] for _ in range(TIMES))
        return min(nights) - still, self.release()["data_files"]


def table(bench, archives):
    yield "| archive | files | MB | floor | peer | no summaries | everything | of the peer | wall s | peak MB | data files |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for kind, count in archives:
        best, data_files = bench.beside(bench.archive(kind, count))
        size = int(best["floor"][3].split()[2]) / 1e6
        peer = best.get("peer", (None,))[0]
        ratio = f"{best['plain'][0] / peer:.2f}, {best['full'][0] / peer:.2f}" if peer else ""
        walls, peaks = (", ".join(f"{best[n][i]:.0f}" if i == 2 else f"{best[n][i]:.1f}" for n in ("plain", "full")) for i in (1, 2))
        yield (f"| {kind} | {count} | {size:.0f} | {best['floor'][0]:.2f} | {f'{peer:.1f}' if peer else ''} | {best['plain'][0]:.1f} | "
               f"{best['full'][0]:.1f} | {ratio} | {walls} | {peaks} | {data_files} |")


def stages(bench):
    yield "\n### Stages\n"
    for kind in ("text", "html"):
        archive = bench.archive(kind, 5000)
        spent, files = bench.writing(archive)
        yield f"{kind}, one thread:\n\n```"
        yield timed([os.path.join(bench.examples, "stages"), archive])[3].rstrip()
        yield f"{'write':<24} {spent * 1e6 / files:>8.1f} µs/data file ({files} of them, records and ledger included)\n```\n"


def main():
    flags = {a for a in sys.argv[1:] if a.startswith("--")}
    binary, examples, work, result = (a for a in sys.argv[1:] if not a.startswith("--"))
    bench = Bench(binary, examples, work)
    only = {flag.partition("=")[2] for flag in flags if flag.startswith("--only=")}
    archives = [a for a in ARCHIVES if f"{a[0]}-{a[1]}" in only or (not only and (a[1] <= 5000 or "--quick" not in flags))]
    size = os.path.getsize(binary) / 1e6
    head = [
        f"# {datetime.date.today()}: {platform.machine()}, {os.cpu_count()} cores, Linux {platform.release()}, load {os.getloadavg()[0]:.1f}",
        "",
        f"`make bench`; `{binary}` ({size:.0f} MB); CPU seconds of all processes, least of {TIMES}, commands in turn, warm cache, "
        f"{THREADS} threads; 31 provinces and 6 years (`few`: two provinces); everything is `pipelines/sample.toml`: nine summaries as CSV and workbooks, and the quality page. "
        "Pairs are without summaries, with everything.",
        "",
    ]
    with open(result, "w", encoding="utf-8") as file:
        print(*head, sep="\n", file=file)
        for part in (table(bench, archives), stages(bench) if "--stages" in flags else ()):
            for line in part:
                print(line, file=file, flush=True)
                print(line, flush=True)


main()
