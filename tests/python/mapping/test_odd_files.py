"""Files of odd shops: nearly every column is right, none is wrong without a word, the rest is asked."""

import json
from collections import Counter
from dataclasses import replace

import pytest
from customer_insight.commands.project_sql import ProjectSql
from customer_insight.commands.raw_check import RawCheck
from customer_insight.mapping.file_tables import tables_in
from customer_insight.mapping.mapped_input import findings_of
from customer_insight.mapping.mapping_text import column_as_yaml, mapping_of, text_of
from customer_insight.mapping.proposal import propose
from odd_files import ASKED, CASES
from source_warehouse import ROOT

SQL = ProjectSql(ROOT, {})
TABLES = SQL.call("files_raw_tables")
DESCRIBED = {name: list(table["columns"]) for name, table in TABLES.items()}
READINGS = ("date_order", "decimal_mark", "time_zone")


def verdicts(name, folder):
    """What is right, asked and wrong of a case: of each column and each reading."""
    truth = CASES[name](folder)
    tables, problems = tables_in(folder)
    assert problems == []
    mapping = propose(tables, DESCRIBED, {}).mapping
    asked = {place.split("/", 2)[0] + "/" + place.split("/", 2)[2] for q in mapping.questions for place in q.sets}
    found = {}
    for table, entries in mapping.tables.items():
        for entry in entries:
            found |= {f"{table}/columns/{ours}": column_as_yaml(said) for ours, said in entry.columns.items()}
            found |= {f"{table}/{each}": getattr(entry, each) for each in READINGS if getattr(entry, each)}
    wanted = {f"{table}/columns/{ours}": said for table, each in truth.columns.items() for ours, said in each.items()}
    tables_with_times = [
        table for table in truth.columns if any(f"{table}/{one}" in {*found, *asked} for one in READINGS)
    ]
    for reading, said in truth.readings.items():
        wanted |= {f"{table}/{reading}": said for table in list(truth.columns)[:1]}
    counted, said = Counter(), []
    for place in sorted({*wanted, *found}):
        expected, have = wanted.get(place), found.get(place)
        if place in asked:
            verdict = "asked"
        elif expected == have:
            verdict = "right"
        elif have is None:
            verdict = "wrong" if place.endswith(READINGS) else "missing"
        elif expected is None and place.endswith(READINGS):
            # what is read in one way only may say so
            verdict = "right" if place.endswith("decimal_mark") or tables_with_times else "wrong"
        else:
            verdict = "wrong"
        counted[verdict] += 1
        if verdict != "right":
            said.append(f"{place}: {verdict}, expected {expected}, found {have}")
    must_ask = [place for place, expected in wanted.items() if expected == ASKED and place not in asked]
    return counted, said, [place for place in must_ask if "columns" not in place]


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_wrong_without_a_word(name, tmp_path):
    counted, said, unasked = verdicts(name, tmp_path)
    assert counted["wrong"] == 0, said
    assert unasked == [], said


def test_of_a_hundred_columns_ninety_five_are_right(tmp_path):
    total, said = Counter(), []
    for name in CASES:
        (tmp_path / name).mkdir()
        truth = CASES[name](tmp_path / name)
        _, notes, _ = verdicts(name, tmp_path / name)
        columns = sum(len(each) for each in truth.columns.values())
        wrong = [note for note in notes if "/columns/" in note]
        total["columns"] += columns
        total["right"] += columns - len(wrong)
        said += [f"{name}: {note}" for note in wrong]
    assert len(CASES) >= 30
    assert total["right"] >= 0.95 * total["columns"], (total, said)


def answers_one_by_one(mapping):
    """The mapping with each answer of each question, the other questions with their first one."""
    plain = [replace(question, answer=next(iter(question.candidates))) for question in mapping.questions]
    for at, question in enumerate(plain):
        for answer in question.candidates:
            given = [*plain[:at], replace(question, answer=answer), *plain[at + 1 :]]
            yield question, answer, replace(mapping, questions=tuple(given))


@pytest.mark.parametrize("name", CASES)
def test_every_answer_of_every_question_is_one_that_the_check_takes(name, tmp_path, monkeypatch):
    CASES[name](tmp_path)
    monkeypatch.setenv("CUSTOMER_INSIGHT_SOURCE", "files")
    monkeypatch.setenv("CUSTOMER_INSIGHT_RAW", str(tmp_path))
    for question, answer, mapping in answers_one_by_one(propose(tables_in(tmp_path)[0], DESCRIBED, {}).mapping):
        findings = findings_of(tmp_path, mapping_of(text_of(mapping)).answered(), TABLES)
        problems = [problem for finding in findings for problem in finding.problems]
        if answer == "none" and problems:
            # what each row needs cannot be left out, and the sentence says so
            assert all("which each row of" in problem for problem in problems), (question.question, problems)
            continue
        assert problems == [], (question.question, answer)
        if answer != "none" and any("/columns/" in place for place in question.sets):
            texts = {finding.table: json.dumps(finding.as_dict()) for finding in findings}
            check = RawCheck(ROOT, {}, lambda _, request, texts=texts: texts[json.loads(request)["table"]])
            assert check.read_rows("order_lines", 2)[1], (question.question, answer)
