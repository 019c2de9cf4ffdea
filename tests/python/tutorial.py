"""Runs docs/tutorial.md as written. usage: tutorial.py --have DATASET | --from REPOSITORY

The blocks ```sh and ```python of the page run in its order, in one working folder: a shell keeps its folder from one block to the
next, Python blocks run with the environment that the page makes. `--from` runs everything in an empty folder, as a new user
would, cloning from there. `--have` skips the clone and `make run` blocks, takes the
checkout that this script lies in, and reads DATASET. Exit code 1 when a block fails or no chart comes out.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "tutorial.md"


def blocks(text):
    """(mark, language, code, line) of each fenced sh or python block; the mark is the comment right above."""
    for found in re.finditer(r"^(?:<!-- (\w+) -->\n)?```(sh|python)\n(.*?)^```$", text, re.M | re.S):
        yield found[1], found[2], found[3], text.count("\n", 0, found.start(3)) + 1


def main():
    parser = argparse.ArgumentParser()
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--have", help="a dataset that is there already")
    way.add_argument("--from", dest="origin", help="address or folder to clone")
    parser.add_argument("--keep", type=pathlib.Path, help="where to put the chart, to look at")
    args = parser.parse_args()
    text = PAGE.read_text(encoding="utf-8")
    every = list(blocks(text))
    marks = [mark for mark, *_ in every if mark]
    assert marks == ["clone", "make"], f"blocks marked {marks}"
    assert len(re.findall(r"^```(?:sh|python)\b", text, re.M)) == len(every), "a block that is not understood"

    with tempfile.TemporaryDirectory() as scratch:
        environment = dict(os.environ)
        environment.pop("NIANBAO_DATASET", None)
        folder = scratch
        if args.origin:
            here = os.path.isdir(args.origin)
            environment["NIANBAO_REPOSITORY"] = os.path.abspath(args.origin) if here else args.origin
        else:
            environment["NIANBAO_DATASET"] = os.path.abspath(args.have)
            # The page writes into `out`, and reads `notebooks`: a folder with the one and a link to the other.
            os.symlink(ROOT / "notebooks", os.path.join(scratch, "notebooks"))
        for mark, language, code, line in every:
            if mark and args.have:
                print(f"line {line}: {mark}, skipped")
                continue
            if language == "sh":
                # The folder that a block ends in is the folder of the next.
                command = ["bash", "-euc", f"{code}\npwd -P > {scratch}/.folder"]
            else:
                command = ["out/venv/bin/python", "-c", code]
            print(f"line {line}: {language}", flush=True)
            done = subprocess.run(command, cwd=folder, env=environment)
            if done.returncode != 0:
                print(f"line {line} of {PAGE}: exit code {done.returncode}", file=sys.stderr)
                return 1
            if language == "sh":
                folder = pathlib.Path(scratch, ".folder").read_text().strip()
        chart = pathlib.Path(folder, "out", "chart.png")
        if not chart.exists() or chart.read_bytes()[:8] != b"\x89PNG\r\n\x1a\n":
            print("no chart came out", file=sys.stderr)
            return 1
        if args.keep:
            args.keep.write_bytes(chart.read_bytes())
    print(f"{len(every)} blocks, one chart")
    return 0


if __name__ == "__main__":
    sys.exit(main())
