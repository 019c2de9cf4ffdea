"""Reading PDF and Word files against pdftotext and LibreOffice, on the same files in the same run.

Usage: formats.py BIN SUITE RESULT.md   (SUITE: the folder that tests/formats/make.py wrote)

Processor seconds, all threads and children; nianbao reads in one thread and makes lines and grids, pdftotext and
LibreOffice write text.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def cpu(command, **more):
    """Processor seconds, peak memory in MB, and standard output of a command."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, **more)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read().decode(errors="replace")


def pages(binary, rounds, files):
    """Pages and processor seconds of nianbao; starting the program is taken off by a run over nothing."""
    command = [str(binary / "examples/pages")]
    start, _, _ = cpu([*command, "1"])
    seconds, memory, out = cpu([*command, str(rounds), *map(str, files)])
    count, grids, unread = map(int, out.split())
    return count, grids, unread, seconds - start, memory


def against_pdftotext(binary, files):
    count, grids, unread, seconds, _ = pages(binary, 20, files)
    each = count / 20
    theirs = 0.0
    for file in files:
        theirs += cpu(["pdftotext", "-layout", str(file), "/dev/null"])[0]
    # One process a file, as anybody runs it; its start on an empty page is taken off as well.
    ours, other = count / seconds, each / theirs
    return [f"| {len(files)} PDF files, {each:.0f} pages, {grids / 20:.0f} grids, {unread // 20} unread | {ours:.0f} | "
            f"pdftotext -layout {other:.0f} | {ours / other:.1f} |"]


def against_libreoffice(binary, files, kind):
    count, _, unread, seconds, _ = pages(binary, 100, files)
    office = shutil.which("soffice")
    rate = count / seconds
    if office is None:
        return [f"| {len(files)} {kind} files, {unread // 100} unread | {rate:.0f} | LibreOffice is not here | |"]
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [office, profile, "--headless", "--convert-to", "txt:Text", "--outdir", folder]
        cpu([*command, str(files[0])])
        theirs, _, _ = cpu([*command, *map(str, files)])
    other = len(files) / theirs
    return [f"| {len(files)} {kind} files, {unread // 100} unread | {rate:.0f} | LibreOffice {other:.1f} | {rate / other:.0f} |"]


def long_file(binary, suite, folder):
    """A PDF of 500 pages: one report's pages over and over."""
    target = folder / "long.pdf"
    subprocess.run(["qpdf", "--empty", "--pages", *[str(suite / "pdf-stsong-2021.pdf")] * 250, "--", str(target)], check=True)
    count, grids, _, seconds, memory = pages(binary, 1, [target])
    return [f"One PDF of {count} pages ({target.stat().st_size / 1e6:.1f} MB, {grids} grids): {seconds:.2f} s, peak memory {memory:.0f} MB."]


def main():
    binary, suite, result = map(Path, sys.argv[1:4])
    skip = ("password", "scan", "cut", "lost")
    pdf = sorted(p for p in suite.glob("*.pdf") if not any(s in p.name for s in skip) and p.read_bytes()[:1024].find(b"%PDF") >= 0)
    drawn = [p for p in pdf if "chromium" in p.name and "wqy" not in p.name]
    usual = [p for p in pdf if p not in drawn]
    lines = ["", "## Formats", "", "| files | pages or files by CPU second | other | ratio |", "| --- | --- | --- | --- |"]
    lines += against_pdftotext(binary, usual)
    lines += against_pdftotext(binary, drawn)
    for kind in ("docx", "doc"):
        files = sorted(p for p in suite.glob(f"*.{kind}") if not p.name.startswith("named-"))
        lines += against_libreoffice(binary, files, kind.upper())
    with tempfile.TemporaryDirectory() as folder:
        lines += ["", *long_file(binary, suite, Path(folder))]
    lines += ["", "The second line of PDF files are Chromium's with more than a hundred fonts of drawn glyphs each."]
    text = "\n".join(lines) + "\n"
    with result.open("a", encoding="utf-8") as file:
        file.write(text)
    print(text)


if __name__ == "__main__":
    main()
