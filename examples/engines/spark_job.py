"""A run on Spark: the driver plans, settles and commits; executors get the numbers of tasks and return one line each.

    spark-submit spark_job.py ARCHIVE DATASET [BINS]

ARCHIVE and DATASET must be the same folders on every machine (a shared file system), with the same wheel everywhere. A task
that dies is run again by Spark; `local[2]` never does that, `local[2,4]` does.
"""

import os
import sys

from pyspark.sql import SparkSession

from nianbao import stage


def everywhere(spark, tasks, work, slices=32):
    """Runs `work(number)` for every number, in at most so many tasks of Spark; what it returns, in no order."""
    import pyarrow

    def run(batches):
        for batch in batches:
            for number in batch.column(0).to_pylist():
                yield pyarrow.record_batch({"done": [work(tasks[number])]})

    if not tasks:
        return []
    numbers = spark.range(0, len(tasks), 1, min(slices, len(tasks)))
    return [row.done for row in numbers.mapInArrow(run, "done string").collect()]


def main(archive, dataset, bins=16):
    # Without this, workers take the system's Python.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.appName("nianbao").getOrCreate()
    job = stage.plan(archive, dataset, bins=bins)
    at = job["at"]
    # A driver that was lost goes on: only the tasks that are left are run, and the folder tells of the others.
    everywhere(spark, job["left"], lambda n: stage.read(at, n))
    settled = stage.settle(at)
    parts = everywhere(spark, list(range(settled["partitions"])), lambda n: stage.write(at, n))
    print(stage.commit(at, parts)["release"])
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:4]))
