"""Conversions by LibreOffice, many files in one call."""

import subprocess
import tempfile
from pathlib import Path


def convert(files, target):
    """{name: bytes} → {name: converted bytes}; names carry the source extension, `target` is the new one."""
    with tempfile.TemporaryDirectory() as home:
        source, out = Path(home, "in"), Path(home, "out")
        source.mkdir()
        for name, data in files.items():
            (source / name).write_bytes(data)
        command = ["soffice", f"-env:UserInstallation=file://{home}/profile", "--headless", "--convert-to", target]
        command += ["--outdir", str(out), *[str(source / name) for name in files]]
        subprocess.run(command, check=True, capture_output=True, timeout=900)
        return {name: (out / name).with_suffix("." + target).read_bytes() for name in files}
