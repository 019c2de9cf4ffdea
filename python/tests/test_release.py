"""Releases: what the files hold, whichever way they are opened."""

import os
import shutil

import nianbao
import polars
import pytest


@pytest.fixture(scope="module")
def release(dataset):
    return nianbao.open(dataset)


def scanned(release, table):
    return polars.scan_parquet(f"{release.folder}/{table}/**/*.parquet", hive_partitioning=table != "files").collect()


def test_every_table_as_polars_sees_it(release):
    assert {"files", "reports", "cells", "coverage"} <= set(release.rows)
    for table, rows in release.rows.items():
        ours, theirs = release.table(table).to_polars(), scanned(release, table)
        assert len(ours) == len(release.table(table)) == rows == len(theirs)
        assert ours.columns == theirs.columns
        cast = [polars.col(n).cast(t) for n, t in ours.schema.items()]
        assert ours.sort(ours.columns).equals(theirs.select(cast).sort(ours.columns)), table


def test_years_provinces_and_counties_choose(release):
    whole = release.cells.to_polars()
    some = release.table("cells", year=[2021, 2022], province=34).to_polars()
    assert len(some) and some.equals(whole.filter(polars.col("year").is_in([2021, 2022]), polars.col("province") == 34))
    assert release.table("cells", year=2022, province="34").to_polars().equals(some.filter(polars.col("year") == 2022))
    county = release.table("cells", county="凤阳县").to_polars()
    assert county.equals(whole.filter(polars.col("county_code") == "341126")) and len(county)
    assert len(release.table("cells", year=1999)) == 0
    assert release.table("cells", year=1999).columns == release.cells.columns


def test_names_that_mean_nothing_or_several(release):
    with pytest.raises(KeyError, match="no table figures"):
        release.table("figures")
    with pytest.raises(KeyError, match="names no county"):
        release.table("cells", county="无此县")
    with pytest.raises(ValueError, match="may be any of"):
        release.table("cells", county="长安区")
    with pytest.raises(ValueError, match="zh or en"):
        release.table("cells", labels="de")
    assert release.counties("甘肃城关区") == {"620102": "甘肃省兰州市城关区"}
    assert release.counties("江苏城关区") == {}


def test_a_series(release):
    rows = release.series("requests_received", county="渝中区").to_polars().sort("year")
    whole = release.table("series").to_polars().filter(series="requests_received", county_code="500103").sort("year")
    assert rows.equals(whole) and len(rows) > 1
    with pytest.raises(KeyError, match="there are .*requests_received"):
        release.series("received")


def test_a_report_and_its_source(release):
    finding = next(row for row in release.findings.to_dicts() if row["raw"] and row["line"])
    report = release.report(finding["report_id"])
    assert finding in report.findings.to_dicts()
    assert {row["report_id"] for row in report.cells.to_dicts()} <= {finding["report_id"]}
    source = release.source(finding)
    assert source == (finding["source_path"], finding["line"], finding["page"], finding["raw"])
    with pytest.raises(KeyError):
        release.report("0" * 16)


def test_labels(release):
    zh, plain = release.table("requests", labels="zh"), release.table("requests")
    assert "本年新收政府信息公开申请数量" in zh.columns and len(set(zh.columns)) == len(plain.columns)
    assert set(zh.to_polars()["申请人"]) >= {"自然人", "总计"}
    assert len(release.table("requests", labels="en").columns) == len(plain.columns)
    for name in release.rows:
        for labels in ("zh", "en"):
            table = release.table(name, labels=labels)
            assert len(set(table.columns)) == len(table.columns) == len(release.table(name).columns)
            assert len(table) == release.rows[name]


def test_a_release_stands_still(dataset, tmp_path):
    """What is published while a release is open is another release."""
    copy = tmp_path / "dataset"
    shutil.copytree(dataset, copy, symlinks=True)
    opened = nianbao.open(copy)
    before = len(opened.cells)
    other = copy / "releases/29990101T000000Z"
    other.mkdir()
    os.remove(copy / "current")
    os.symlink("releases/29990101T000000Z", copy / "current")
    assert len(opened.cells) == before and opened.name != other.name
    with pytest.raises(FileNotFoundError):
        nianbao.open(copy)
    assert nianbao.open(opened.folder).name == opened.name


def test_what_is_no_release_is_said(tmp_path):
    with pytest.raises(FileNotFoundError, match="no published dataset"):
        nianbao.open(tmp_path)
    (tmp_path / "_manifest.json").write_text("{")
    with pytest.raises(FileNotFoundError, match="damaged"):
        nianbao.open(tmp_path)


def test_a_damaged_file_is_named(dataset, tmp_path):
    copy = tmp_path / "dataset"
    shutil.copytree(os.path.realpath(dataset / "current"), copy)
    opened = nianbao.open(copy)
    victim = next((copy / "cells").rglob("*.parquet"))
    victim.write_bytes(b"PAR1")
    with pytest.raises(Exception, match=victim.name):
        opened.cells.to_dicts()
    with pytest.raises(Exception, match=victim.name):
        opened.cells.to_polars()
