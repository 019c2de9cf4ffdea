"""A run on Ray: the driver plans, settles and commits; workers get the numbers of tasks and return one line each.

    python ray_job.py ARCHIVE DATASET [BINS]

ARCHIVE and DATASET must be the same folders on every machine, with the same wheel everywhere. Ray runs a task again when its
worker dies, and, with `retry_exceptions`, when it raises.
"""

import sys

import ray

from nianbao import stage


@ray.remote(max_retries=3, retry_exceptions=True)
def read(at, number):
    return stage.read(at, number)


@ray.remote(max_retries=3, retry_exceptions=True)
def write(at, number):
    return stage.write(at, number)


def main(archive, dataset, bins=16):
    ray.init(ignore_reinit_error=True)
    job = stage.plan(archive, dataset, bins=bins)
    at = job["at"]
    # A driver that was lost goes on: only the tasks that are left are run, and the folder tells of the others.
    ray.get([read.remote(at, number) for number in job["left"]])
    settled = stage.settle(at)
    parts = ray.get([write.remote(at, number) for number in range(settled["partitions"])])
    print(stage.commit(at, parts)["release"])
    ray.shutdown()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:4]))
