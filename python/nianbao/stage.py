"""The stages of a run, for engines: `plan` on the driver, `read` anywhere, `settle`, `write` anywhere, `commit`.

Only numbers go out and only short lines come back: the archive, the records and the release lie in storage that all
machines see. Tasks may run twice, at once, and anywhere; the release is that of one process, byte for byte. All machines
need the same build of this package. `docs/operations.md` draws the whole.

>>> import tempfile, nianbao
>>> dataset = tempfile.mkdtemp()
>>> job = plan("data/sample/archive", dataset, bins=3)
>>> done = [read(job["at"], task) for task in job["left"]]
>>> settled = settle(job["at"], done)
>>> parts = [write(job["at"], task) for task in range(settled["partitions"])]
>>> release = commit(job["at"], parts)
>>> release["rows"]["reports"] == nianbao.open(dataset).rows["reports"] > 50
True
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any

from nianbao import _native

__all__ = ["commit", "plan", "read", "settle", "write"]


def plan(
    source: str | os.PathLike[str],
    dataset: str | os.PathLike[str],
    *,
    bins: int = 16,
    full: bool = False,
    allow_gone: bool = False,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    delta: bool = False,
) -> dict[str, Any]:
    """Lists the archive and cuts the work into `bins` tasks of reading; goes on with the plan of the same archive.

    `at` is what the other stages are called with, `left` the numbers of the tasks that are not done.
    """
    told: dict[str, Any] = json.loads(
        _native.stage_plan(
            os.fspath(source), os.fspath(dataset), bins, full, allow_gone, list(include), list(exclude), delta
        )
    )
    return told


def read(at: str, task: int) -> str:
    """Reads the files of one task; returns what `settle` wants to hear."""
    return _native.stage_read(at, int(task))


def settle(at: str, done: Sequence[str] | None = None) -> dict[str, Any]:
    """Decides what takes all files, from what the tasks of reading returned; `partitions` tasks of writing are left.

    Without `done` the folder of the plan is asked, which only a file system answers truly.
    """
    told: dict[str, Any] = json.loads(_native.stage_settle(at, None if done is None else list(done)))
    return told


def write(at: str, task: int) -> str:
    """Writes one partition of the release; returns what `commit` wants to hear."""
    return _native.stage_write(at, int(task))


def commit(at: str, done: Sequence[str] | None = None) -> dict[str, Any]:
    """Publishes the release, if every task is done; otherwise raises, and nothing is published."""
    told: dict[str, Any] = json.loads(_native.stage_commit(at, None if done is None else list(done)))
    return told
