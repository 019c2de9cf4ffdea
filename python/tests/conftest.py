"""Where the tests find the sample: `make test-python` has published it."""

import os
import pathlib

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data/sample/archive"
# The examples of the docstrings name files from the root of the project.
os.chdir(ROOT)


@pytest.fixture(scope="session")
def dataset():
    return pathlib.Path(os.environ["NIANBAO_DATASET"]).resolve()


@pytest.fixture(scope="session")
def program():
    return os.environ["NIANBAO_PROGRAM"]
