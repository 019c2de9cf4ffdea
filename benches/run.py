#!/usr/bin/env python3
"""Runs nianbao and the floor over generated archives and prints files/s, MB/s, CPU seconds, peak RSS and ratios.

usage: run.py BIN_DIR WORK_DIR RESULT_FILE
The archives are made once and kept in WORK_DIR; the page cache is warmed by a run of the floor that is not counted.
"""

import datetime
import os
import platform
import resource
import shutil
import subprocess
import sys
import time

ARCHIVES = [("text", 10000), ("html", 10000), ("both", 5000), ("both", 20000)]
THREADS = "2"


def timed(command):
    """CPU seconds, wall seconds and peak RSS in MB of one command."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    output = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    if status != 0:
        sys.exit(f"{command} failed: {status}")
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, output


def best(command, before, times=2):
    """The run with the least CPU of several: other load only ever adds."""
    runs = []
    for _ in range(times):
        before()
        runs.append(timed(command))
    return min(runs, key=lambda r: r[0])


def main():
    binaries, work, result = sys.argv[1:4]
    lines = [
        f"# {datetime.date.today()}: {platform.machine()}, {os.cpu_count()} cores, Linux {platform.release()}",
        "",
        "`make bench`; warm cache, 2 threads, least CPU of 2 runs; a run is `nianbao run` with publishing and summaries.",
        "",
        "| archive | files | MB | floor CPU s | run CPU s | ratio | run wall s | files/s | MB/s | peak RSS MB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for kind, count in ARCHIVES:
        archive = os.path.join(work, f"{kind}-{count}")
        if not os.path.isdir(archive):
            timed([os.path.join(binaries, "examples/make_archive"), archive + ".tmp", str(count), kind])
            os.rename(archive + ".tmp", archive)
        floor = [os.path.join(binaries, "examples/floor"), archive, THREADS]
        timed(floor)
        floor_cpu, _, _, output = best(floor, lambda: None)
        size = int(output.split()[2]) / 1e6
        out = os.path.join(work, "out")
        run = [os.path.join(binaries, "nianbao"), "run", "benches/pipeline.toml", "--source", archive, "--dataset", out + "/dataset",
               "--summaries", out + "/summaries", "--threads", THREADS, "--progress", "never"]
        cpu, wall, rss, _ = best(run, lambda: shutil.rmtree(out, ignore_errors=True))
        lines.append(f"| {kind} | {count} | {size:.0f} | {floor_cpu:.2f} | {cpu:.2f} | {cpu / floor_cpu:.1f} | {wall:.2f} | "
                     f"{count / wall:.0f} | {size / wall:.0f} | {rss:.0f} |")
        print(lines[-1], flush=True)
    text = "\n".join(lines) + "\n"
    with open(result, "w", encoding="utf-8") as file:
        file.write(text)
    print(text)


main()
