"""Runs the notebooks in a fresh kernel each. usage: notebooks.py DATASET ARCHIVE [--keep FOLDER] [--only NAME]

Each `notebooks/*.py` (jupytext, py:percent) becomes a notebook and is executed by nbclient with the interpreter that runs this
script. Exit code 1 when a cell fails, prints a traceback, or a notebook shows no picture. `--keep` writes the executed
notebooks and their pictures to a folder, to look at.
"""

import argparse
import base64
import os
import pathlib
import sys
import tempfile
import time

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "notebooks"


def run(path, timeout, home):
    """The executed notebook and what went wrong in it, or None."""
    import jupytext
    import nbclient
    import nbformat
    from jupyter_client import KernelManager

    notebook = jupytext.read(path)
    # Sockets in the temporary folder instead of open ports.
    manager = KernelManager(kernel_name="python3", transport="ipc", ip=f"{home}/{path.stem}")
    # This interpreter's own kernel, whatever kernels are installed for the user.
    manager.kernel_spec.argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    client = nbclient.NotebookClient(
        notebook, km=manager, timeout=timeout, resources={"metadata": {"path": str(FOLDER)}}
    )
    try:
        client.execute()
    except nbclient.exceptions.CellExecutionError as error:
        return notebook, str(error)
    except Exception as error:  # the kernel died, or a cell took too long
        return notebook, f"{type(error).__name__}: {error}"
    finally:
        if manager.has_kernel:
            manager.shutdown_kernel(now=True)
    nbformat.validate(notebook)
    return notebook, None


def pictures(notebook):
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                found.append(base64.b64decode(output["data"]["image/png"]))
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("dataset")
    parser.add_argument("archive")
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--timeout", type=int, default=300, help="seconds for one cell")
    args = parser.parse_args()
    os.environ["NIANBAO_DATASET"] = os.path.abspath(args.dataset)
    os.environ["NIANBAO_ARCHIVE"] = os.path.abspath(args.archive)

    import nbformat

    paths = sorted(p for p in FOLDER.glob("*.py") if args.only in p.name)
    failed = 0 if paths else 1
    with tempfile.TemporaryDirectory() as home:
        # No settings or matplotlib style of the user.
        os.environ.update(IPYTHONDIR=f"{home}/ipython", MPLCONFIGDIR=f"{home}/matplotlib", JUPYTER_CONFIG_DIR=f"{home}/jupyter")
        for path in paths:
            start = time.time()
            notebook, wrong = run(path, args.timeout, home)
            shown = pictures(notebook)
            plots = sum("plt.show()" in cell.source for cell in notebook.cells if cell.cell_type == "code")
            if wrong is None and (not shown or len(shown) < plots):
                wrong = f"{len(shown)} pictures for {plots} cells that plot"
            if wrong is None and any(picture[:8] != b"\x89PNG\r\n\x1a\n" for picture in shown):
                wrong = "a picture is no PNG"
            print(f"{path.name}: {wrong or 'ok'}; {len(shown)} pictures, {time.time() - start:.1f} s")
            failed += wrong is not None
            if args.keep:
                args.keep.mkdir(parents=True, exist_ok=True)
                nbformat.write(notebook, args.keep / f"{path.stem}.ipynb")
                for i, picture in enumerate(shown):
                    (args.keep / f"{path.stem}-{i + 1}.png").write_bytes(picture)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
