#!/usr/bin/env python3
"""Measures nights over 100,000 small files: nothing changed, one in a hundred changed, ten changed; appends to a result file.

usage: nightly.py BIN EXAMPLES WORK_DIR RESULT_FILE
The bound for a night without a change is three times `find -printf '%s %T@'` over the same tree plus 2 s.
"""

import json
import os
import shutil
import subprocess
import sys
import time

FILES = 100_000


def timed(command, **more):
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command} failed: {status}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    binary, examples, work, result = sys.argv[1:5]
    archive = os.path.join(work, f"small-{FILES}")
    if not os.path.isdir(archive):
        timed([os.path.join(examples, "make_archive"), archive + ".tmp", str(FILES), "small"])
        os.rename(archive + ".tmp", archive)
    out = os.path.join(work, "night")
    shutil.rmtree(out, ignore_errors=True)
    files = sorted(os.path.join(folder, name) for folder, _, names in os.walk(archive) for name in names)
    run = [binary, "run", "benches/pipeline.toml", "--source", archive, "--dataset", out + "/dataset",
           "--summaries", out + "/summaries", "--threads", "2", "--progress", "never"]
    find = min(timed(["find", archive, "-printf", "%s %T@\\n"])[0] for _ in range(3))
    lines = []

    def night(name, changed):
        for path in changed:
            with open(path, "ab") as file:
                file.write(b"\n")
        wall, cpu, memory = timed(run)
        release = os.path.realpath(out + "/dataset/current")
        with open(release + "/_run.json", encoding="utf-8") as file:
            report = json.load(file)
        carried, all_partitions = report["partitions_carried"], len(json.load(open(release + "/_manifest.json"))["partitions"])
        lines.append(f"| {name} | {wall:.2f} | {cpu:.2f} | {memory:.0f} | {report['changes']['parsed']} | {all_partitions - carried} of {all_partitions} |")
        print(lines[-1], flush=True)
        return wall

    night("first night", [])
    # What was written in the seconds before the first look is hashed once more.
    time.sleep(3)
    night("second night, nothing changed", [])
    still = min(night("nothing changed", []) for _ in range(3))
    night("1 % changed, everywhere", files[::100])
    time.sleep(3)
    night("nothing changed (stats refreshed)", [])
    province = [path for path in files if "/2023/" in path and path.startswith(os.path.join(archive, "宁夏"))]
    night("1 % changed, one province and year", (province or files)[:FILES // 100])
    time.sleep(3)
    night("nothing changed (stats refreshed)", [])
    night("10 changed", files[5::len(files) // 10][:10])
    ledger = os.path.getsize(os.path.realpath(out + "/dataset/current") + "/_ledger.parquet")
    bound = 3 * find + 2
    text = "\n".join([
        "",
        f"## Nights over {FILES:,} small files",
        "",
        "`benches/nightly.py`; warm cache, 2 threads, publishing and summaries included.",
        "",
        "| night | wall s | CPU s | peak RSS MB | files parsed | partitions written |",
        "| --- | --- | --- | --- | --- | --- |",
        *lines,
        "",
        f"`find -printf '%s %T@'`: {find:.2f} s; bound 3x + 2 s = {bound:.2f} s; a night without a change took {still:.2f} s"
        f" ({'within' if still <= bound else 'BEYOND'} it).",
        f"Ledger: {ledger / FILES:.0f} bytes a file, {ledger / FILES * 3:.0f} MB for three million.",
        "",
    ])
    with open(result, "a", encoding="utf-8") as file:
        file.write(text)
    print(text)


main()
