import json
from fractions import Fraction

import numpy as np
import pyarrow as pa
from customer_insight.numerics import arrays
from customer_insight.rules import association_rules
from customer_insight.steps import step_result
from customer_insight.steps.step_result import StepResult
from hypothesis import given, settings
from hypothesis import strategies as st


def example(**changes):
    values = {
        "tables": {"a": pa.table({"x": [1, 2], "y": [[1], [2, 3]]}), "b": pa.table({"z": pa.array([], pa.string())})},
        "status": "ok",
        "parameters": {"size": 3},
        "input_fingerprint": "f",
        "metrics": {"count": np.int64(2), "mean": float("nan")},
    }
    return StepResult(**(values | changes))


def test_one_row_holds_every_table_as_a_typed_list():
    row = example().as_rows("m")
    assert row.num_rows == 1
    assert row["a"].to_pylist() == [[{"x": 1, "y": [1]}, {"x": 2, "y": [2, 3]}]]
    assert row["b"].to_pylist() == [[]]
    assert row.schema.field("b").type.value_type == pa.struct([("z", pa.string())])
    assert json.loads(row["metrics"][0].as_py()) == {"count": 2, "mean": None}
    assert set(json.loads(row["versions"][0].as_py())) >= {"numpy", "python", "pyarrow"}


def test_many_rows_travel_without_being_copied():
    values = pa.array(np.arange(1_000_000))
    listed = step_result.in_lists(pa.table({"x": values}), 5)
    assert [len(part) for part in listed] == [200_000] * 5
    assert listed.values.field(0).buffers()[1].address == values.buffers()[1].address


def test_chunks_become_one_list():
    table = pa.concat_tables([pa.table({"x": [1]}), pa.table({"x": [2]})])
    assert step_result.in_lists(table, 1).to_pylist() == [[{"x": 1}, {"x": 2}]]


def test_a_large_table_is_spread_over_rows_that_tell_the_same(monkeypatch):
    monkeypatch.setattr(step_result, "LIST_ROWS", 2)
    rows = StepResult({"a": pa.table({"x": range(5)}), "b": pa.table({"y": [1]})}, "ok", {}, "f").as_rows("m")
    assert [[item["x"] for item in part] for part in rows["a"].to_pylist()] == [[0, 1], [2, 3], [4]]
    assert [len(part) for part in rows["b"].to_pylist()] == [1, 0, 0]
    assert len(set(rows["run_id"].to_pylist())) == 1


def test_run_id_is_16_hex_digits_that_change_with_model_input_parameters_and_code():
    first = example().run_id("m")
    assert len(first) == 16
    assert int(first, 16) >= 0
    assert example(metrics={}, status="other.").run_id("m") == first
    assert example().run_id("n") != first
    assert example(input_fingerprint="g").run_id("m") != first
    assert example(parameters={"size": 4}).run_id("m") != first
    assert step_result.run_id("m", "f", "{}", code="1") != step_result.run_id("m", "f", "{}", code="2")


def test_code_fingerprint_sees_names_and_bytes_but_not_order():
    base = step_result.code_fingerprint({"a.py": b"1", "b.py": b"2"})
    assert step_result.code_fingerprint({"b.py": b"2", "a.py": b"1"}) == base
    assert step_result.code_fingerprint({"a.py": b"12", "b.py": b""}) != base
    assert step_result.code_fingerprint({"a.py": b"1", "c.py": b"2"}) != base


def test_learning_again_gives_the_same_run_and_other_input_another():
    rows = pa.table({"basket_code": [1, 1, 2], "item_code": [1, 2, 1]})
    same = pa.table({"basket_code": [2, 1, 1, 1], "item_code": [1, 2, 1, 1]})
    other = pa.table({"basket_code": [1, 1, 2], "item_code": [1, 2, 2]})
    run = association_rules.run(rows, min_support=Fraction(1, 10)).run_id("m")
    assert association_rules.run(same, min_support=0.1).run_id("m") == run
    assert association_rules.run(other, min_support=0.1).run_id("m") != run
    assert association_rules.run(rows, min_support=0.2).run_id("m") != run


@given(st.lists(st.text(max_size=4), max_size=6), st.lists(st.text(max_size=4), max_size=6))
@settings(max_examples=40)
def test_texts_have_one_fingerprint_each(first, second):
    prints = [arrays.fingerprint({"t": pa.array(texts, pa.large_string())}) for texts in (first, second)]
    assert (prints[0] == prints[1]) == (first == second)


def test_a_sliced_text_array_has_the_fingerprint_of_its_copy():
    whole = pa.array(["a", "bb", "ccc"], pa.large_string())
    assert arrays.fingerprint({"t": whole.slice(1)}) == arrays.fingerprint({"t": pa.array(["bb", "ccc"])})
