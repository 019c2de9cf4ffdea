"""A run in this process: the stages, on threads."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from nianbao import stage
from nianbao._release import Release


def run(
    source: str | os.PathLike[str],
    dataset: str | os.PathLike[str],
    *,
    threads: int | None = None,
    full: bool = False,
    allow_gone: bool = False,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    delta: bool = False,
) -> Release:
    """Reads an archive and publishes a release, as `nianbao run` does, without summaries; opens it.

    >>> import tempfile
    >>> run("data/sample/archive", tempfile.mkdtemp(), threads=2).rows["reports"] > 50
    True
    """
    workers = threads or os.cpu_count() or 1
    job = stage.plan(
        source,
        dataset,
        bins=4 * workers,
        full=full,
        allow_gone=allow_gone,
        include=include,
        exclude=exclude,
        delta=delta,
    )
    at = job["at"]
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda task: stage.read(at, task), job["left"]))
        settled = stage.settle(at)
        list(pool.map(lambda task: stage.write(at, task), range(settled["partitions"])))
    return Release(stage.commit(at)["release"])
