"""The stages from Python: the release of the program, whoever begins and whoever goes on."""

import json
import pathlib
import random
import subprocess
from concurrent.futures import ThreadPoolExecutor

import nianbao
import polars
import pytest
from conftest import SAMPLE
from nianbao import stage


def hashes(dataset):
    manifest = json.loads((pathlib.Path(dataset) / "current/_manifest.json").read_text())
    return sorted((f["path"], f["sha256"], f["rows"]) for f in manifest["files"] + manifest["records"])


def test_the_release_is_that_of_the_program(dataset, tmp_path):
    job = stage.plan(SAMPLE, tmp_path, bins=5)
    tasks = job["left"] * 2
    random.Random(5).shuffle(tasks)
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda n: stage.read(job["at"], n), tasks))
        assert len(set(done)) == 5
        settled = stage.settle(job["at"], done)
        parts = list(pool.map(lambda n: stage.write(job["at"], n), range(settled["partitions"])))
    told = stage.commit(job["at"], parts)
    assert told["crossed"] == [] and hashes(tmp_path) == hashes(dataset)


def test_run(dataset, tmp_path):
    release = nianbao.run(SAMPLE, tmp_path, threads=2)
    assert hashes(tmp_path) == hashes(dataset)
    again = nianbao.run(SAMPLE, tmp_path, threads=1)
    assert again.name > release.name and hashes(tmp_path) == hashes(dataset)


def test_the_program_goes_on_with_a_plan_of_python(dataset, program, tmp_path):
    job = stage.plan(SAMPLE, tmp_path, bins=2)
    stage.read(job["at"], 1)

    def nianbao_stage(*args):
        ran = subprocess.run([program, "stage", *args, "--at", tmp_path], capture_output=True, text=True, check=True)
        return json.loads(ran.stdout)

    nianbao_stage("read", "--task", "0")
    for task in range(nianbao_stage("settle")["partitions"]):
        stage.write(job["at"], task)
    nianbao_stage("commit")
    assert hashes(tmp_path) == hashes(dataset)


def test_what_is_not_done_is_said(tmp_path):
    job = stage.plan(SAMPLE, tmp_path, bins=2)
    with pytest.raises(RuntimeError, match="no task 2"):
        stage.read(job["at"], 2)
    with pytest.raises(RuntimeError, match="not done: 1;"):
        stage.settle(job["at"], [stage.read(job["at"], 0)])
    with pytest.raises(ValueError, match="not what tasks returned"):
        stage.settle(job["at"], ["done"])
    with pytest.raises(RuntimeError, match="settle"):
        stage.commit(job["at"])
    with pytest.raises(RuntimeError, match="cannot read the source folder"):
        stage.plan(tmp_path / "nowhere", tmp_path)
    assert not (tmp_path / "current").exists()


def test_delta(program, tmp_path):
    """Readers of Delta tables find the rows of the files, and filter by partition."""
    deltalake = pytest.importorskip("deltalake")
    release = nianbao.run(SAMPLE, tmp_path, delta=True)
    for name, rows in release.rows.items():
        table = deltalake.DeltaTable(str(release.folder / name))
        assert table.to_pyarrow_dataset().count_rows() == rows, name
    scan = polars.scan_delta(str(release.folder / "cells"))
    some = scan.filter(polars.col("year") == 2022).select(polars.len()).collect().item()
    assert some == len(release.table("cells", year=2022)) > 0
    unknown = scan.filter(polars.col("year").is_null()).select(polars.len()).collect().item()
    assert unknown == sum(row["year"] is None for row in release.cells.to_dicts())
    # Those who read Parquet see what they saw.
    assert len(polars.scan_parquet(f"{release.folder}/cells/**/*.parquet").collect()) == release.rows["cells"]
    checked = subprocess.run([program, "check", tmp_path], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    log = release.folder / "cells/_delta_log/00000000000000000000.json"
    log.write_text(log.read_text().replace("2022", "2023"))
    assert subprocess.run([program, "check", tmp_path], capture_output=True).returncode != 0
