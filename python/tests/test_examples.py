"""Every example of the docstrings, run as written."""

import doctest
import importlib

import nianbao
import pytest

MODULES = ["nianbao", "nianbao._run", "nianbao.stage", "nianbao._read", "nianbao._records", "nianbao._release"]


def examples(dataset):
    names = {"nianbao": nianbao, "sample_dataset": str(dataset)}
    finder = doctest.DocTestFinder(exclude_empty=True)
    for name in MODULES:
        module = importlib.import_module(name)
        yield from finder.find(module, name, module=module, extraglobs=names)
    # The finder takes no methods of compiled classes.
    parser = doctest.DocTestParser()
    for name in vars(nianbao.Table):
        text = getattr(nianbao.Table, name).__doc__ or ""
        if ">>>" in text:
            yield parser.get_doctest(text, dict(names), f"Table.{name}", None, 0)


def test_examples(dataset):
    runner = doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL)
    found = [test for test in examples(dataset) if test.examples]
    for test in found:
        result = runner.run(test)
        assert result.failed == 0, test.name
    assert len(found) >= 13


def test_public_names_have_words():
    for name in nianbao.__all__:
        if not name.startswith("__"):
            assert getattr(nianbao, name).__doc__, name


@pytest.mark.parametrize("cls", [nianbao.Report, nianbao.Reports, nianbao.Release, nianbao.ReleaseReport, nianbao.Table])
def test_methods_have_words(cls):
    for name, member in vars(cls).items():
        if not name.startswith("_") and (callable(member) or isinstance(member, property)):
            assert member.__doc__, f"{cls.__name__}.{name}"
