#!/usr/bin/env bash
# A run as a Slurm job array: `DATASET=/shared/dataset BINS=64 ./slurm.sh pipelines/nightly.toml`
# The archive and the dataset lie on a file system that all nodes mount; nianbao is installed on all of them.
# Every step waits for the one before. A task that failed is run again by submitting its number: names hold hashes, so that
# nothing is done twice for the reader. After a lost job run this script again: only what is left is submitted.
set -euo pipefail
pipeline=${1:-pipelines/nightly.toml}
plan=$(nianbao stage plan "$pipeline" --at "$DATASET" --bins "${BINS:-64}")
at=$(jq -r .at <<<"$plan")
left=$(jq -r '.left | join(",")' <<<"$plan")
if [ -n "$left" ]; then
    sbatch --wait --array="$left%${AT_ONCE:-64}" --cpus-per-task=1 --mem=2G --time=4:00:00 --requeue \
        --wrap "nianbao stage read --at '$at' --task \$SLURM_ARRAY_TASK_ID"
fi
partitions=$(nianbao stage settle --at "$at" | jq .partitions)
# Slurm takes some thousand tasks of an array; partitions are a few hundred.
if [ "$partitions" -gt 0 ]; then
    sbatch --wait --array="0-$((partitions - 1))%${AT_ONCE:-64}" --cpus-per-task=1 --mem=2G --time=1:00:00 --requeue \
        --wrap "nianbao stage write --at '$at' --task \$SLURM_ARRAY_TASK_ID"
fi
nianbao stage commit --at "$at"
