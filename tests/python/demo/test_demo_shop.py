"""The made shop is the same for the same seed, and the committed one is what the code makes."""

import argparse
import csv

import pyarrow.parquet as pq
import pytest
from customer_insight.commands import demo
from customer_insight.demo import shop


def run(*options):
    parser = argparse.ArgumentParser()
    demo.add_arguments(parser)
    return demo.run(parser.parse_args([str(option) for option in options]))


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_committed_shop_is_what_the_code_makes(committed, tmp_path):
    demo.write_shop(demo.DEFAULT_SEED, demo.DEFAULT_CUSTOMERS, tmp_path / "seeds", tmp_path / "planted", form="seeds")
    for fresh, folder in zip((tmp_path / "seeds", tmp_path / "planted"), committed, strict=True):
        for name, content in contents(fresh).items():
            assert content == (folder / name).read_bytes(), f"{name} differs: run customer-insight demo --seeds --to ."


def test_the_committed_shop_has_the_promised_size(committed, tables):
    assert sum(path.stat().st_size for path in committed[0].glob("*.csv")) < 14_000_000
    assert len(tables["customers"]) == pytest.approx(2000, rel=0.01)
    assert len(tables["products"]) == pytest.approx(300, rel=0.02)
    assert len({row["order_id"].strip() for row in tables["order_lines"]}) == pytest.approx(12_000, rel=0.08)
    assert len(tables["events"]) == pytest.approx(60_000, rel=0.05)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path):
    for name, seed in (("one", 3), ("again", 3), ("other", 4)):
        assert run("--customers", 150, "--seed", seed, "--to", tmp_path / name) == 0
    one, again, other = (contents(tmp_path / name) for name in ("one", "again", "other"))
    assert one == again
    # the plan of campaigns is the same in every shop
    drawn = set(shop.TABLES) - set(shop.CLEAN)
    assert all(one[f"{name}.parquet"] != other[f"{name}.parquet"] for name in drawn)


def test_a_block_does_not_depend_on_the_blocks_before_it(monkeypatch):
    monkeypatch.setattr(shop, "BLOCK_CUSTOMERS", 60)
    monkeypatch.setattr("customer_insight.demo.people.BLOCK_CUSTOMERS", 60)
    *_, last = shop.make_shop(5, 150)
    products = shop.catalogue.make_catalogue(5, 150)
    alone = shop._make_block(5, 2, 30, products)
    assert {name: made.table for name, made in last.tables.items()} == {
        name: made.table for name, made in alone.tables.items()
    }
    assert last.planted == alone.planted


def test_ids_of_two_blocks_never_meet(monkeypatch):
    monkeypatch.setattr(shop, "BLOCK_CUSTOMERS", 60)
    monkeypatch.setattr("customer_insight.demo.people.BLOCK_CUSTOMERS", 60)
    one, two = shop.make_shop(5, 120)
    for table, column in (("customers", "customer_id"), ("order_lines", "order_id"), ("events", "event_id"),
                          ("reviews", "review_id"), ("touches", "touch_id"), ("events", "visitor_id")):  # fmt: skip
        first, second = (
            {value.strip() for value in block.tables[table].table[column].to_pylist() if value and value.strip()}
            for block in (one, two)
        )
        assert not first & second, column


@pytest.mark.parametrize("customers", [1, 2, 17])
def test_a_tiny_shop_can_be_made(customers, tmp_path):
    assert run("--customers", customers, "--to", tmp_path / "shop") == 0


def test_both_formats_hold_the_same_rows(tmp_path):
    assert run("--customers", 200, "--to", tmp_path / "parquet") == 0
    assert run("--customers", 200, "--to", tmp_path / "csv", "--format", "csv") == 0
    with (tmp_path / "csv" / "planted" / "defects.csv").open() as file:
        narrow = {
            (r["source_table"], int(r["row_number"]))
            for r in csv.DictReader(file)
            if r["reason"] == "wrong number of fields"
        }
    assert {table for table, _ in narrow} == set(shop.TABLES) - set(shop.CLEAN)
    for name in shop.TABLES:
        rows = pq.read_table(tmp_path / "parquet" / f"{name}.parquet").to_pylist()
        with (tmp_path / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            header, *lines = csv.reader(file)
        assert len(lines) == len(rows)
        for number, (line, row) in enumerate(zip(lines, rows, strict=True), 1):
            if (name, number) in narrow:
                assert len(line) != len(header)
            else:
                assert line == [value or "" for value in row.values()]


def test_a_folder_in_use_and_a_wrong_number_are_refused_in_a_sentence(tmp_path, capsys):
    (tmp_path / "note.txt").write_text("mine")
    assert run("--to", tmp_path) == 2
    assert "is there already and is not an empty folder" in capsys.readouterr().err
    assert run("--customers", 0, "--to", tmp_path / "new") == 2
    assert "--customers must be 1 or more" in capsys.readouterr().err
    assert run("--seeds", "--to", tmp_path) == 2
    assert "dbt_project.yml" in capsys.readouterr().err
    assert (tmp_path / "note.txt").read_text() == "mine"
