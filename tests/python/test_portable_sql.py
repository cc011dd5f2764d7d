"""The lint of portable SQL: each rule finds its breach and leaves the portable way alone."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from portable_sql import breaches, main


@pytest.mark.parametrize(
    ("rule", "breach", "fine"),
    [
        ("double-quotes", 'select "name" from t', "select 'a \"name\"' as x from t"),
        ("nulls-order", "select * from t order by a", "select * from t order by a desc nulls last, b nulls first"),
        (
            "nulls-order",
            "select * from t order by a, b nulls last",
            "select a from t order by f(a, b) nulls last limit 3",
        ),
        ("nulls-order", "select sum(x) over (partition by a order by b) from t", "select 1 from t group by b"),
        (
            "nulls-order",
            "select sum(x) over (order by b rows unbounded preceding) from t",
            "select sum(x) over (order by b nulls last rows between 3 preceding and current row) from t",
        ),
        (
            "nulls-order",
            "select 1 from t window w as (order by b)",
            "select 1 from t window w as (order by b nulls last)",
        ),
        (
            "nulls-order",
            "select max(a order by b) from t",
            "select percentile_cont(0.5) within group (order by a) from t",
        ),
        ("concat", "select concat(a, b) from t", "select a || b, concat_ws(' ', a, b) from t"),
        ("regexp-replace", "select regexp_replace(a, 'x', '') from t", "select {{ replace_all('a', 'x') }} from t"),
        ("backslash", r"select a like '\d' from t", "select a like '[0-9]' from t"),
        ("log", "select log(a) from t", "select ln(a), log10(a) from t"),
        ("power", "select a ^ 2 from t", "select power(a, 2) from t"),
        ("hash", "select hash(a) from t", "select md5(a) from t"),
        ("day-of-week", "select dayofweek(a) from t", "select {{ iso_weekday('a') }} from t"),
        ("day-of-week", "select extract(dow from a) from t", "select extract(hour from a) from t"),
        ("index", "select a[1] from t", "select {{ nth_item('a', 1) }} from t"),
        ("division", "select a / b from t", "select a / nullif(b, 0), a / 2, a / {{ var('x') }}, a / (2 * 3) from t"),
        ("division", "select a / (b + 1) from t", "select a / (1.0 * nullif(b, 0)) from t"),
        (
            "cast-to-whole",
            "select cast(2.7 as int) from t",
            "select cast(floor(a / 2) as bigint), cast(a as int) from t",
        ),
        ("round", "select round(a, 2) from t", "select round(cast(a as decimal(18, 4)), 2) from t"),
        ("double-to-text", "select cast(cast(a as double) as string) from t", "select cast(a as string) from t"),
        ("sum-of-integers", "select sum(1) from t", "select cast(count(*) as bigint) from t"),
        (
            "sum-of-integers",
            "select sum(case when a then 1 else 0 end) from t",
            "select sum(cast(a as bigint)), sum(a * 0.5) from t",
        ),
        ("date-minus-date", "select cast(a as date) - b from t", "select {{ whole_days_between('a', 'b') }} from t"),
        ("date-minus-date", "select a - cast(b as date) from t", "select a - interval '1 day' from t"),
        ("first", "select first(a) from t", "select min_by(a, b), first_value(a) over w from t"),
        ("duckdb-only", "select cast(a as varchar) from t", "select cast(a as string), a as text from t"),
        ("duckdb-only", "select a::text from t", "select a::int from t"),
        ("duckdb-only", "select arg_max(a, b) from t", "select max_by(a, b) from t"),
        ("duckdb-only", "select list(a) from t", "select array_agg(a), list_price from t"),
        ("duckdb-only", "select * from t asof join u on a >= b", "select * from t left join u on a >= b"),
        ("division", "select a / b from t", "select split_part(a, '/', 1), f('(', '[') from t"),
        ("duckdb-only", "select * exclude (a) from t", "select count(*) from t"),
        ("duckdb-only", "select distinct on (a) b from t", "select distinct b from t"),
        ("duckdb-only", "pivot t on a using sum(b)", "select 'pivot' as kind from t"),
        (
            "duckdb-only",
            "select a from t union all by name select b from u",
            "select a from t union all select b from u",
        ),
        ("duckdb-only", "select a // 2 from t", "select floor(a / 2) from t"),
        ("trailing-comma", "select a, from t", "select a, b from t"),
    ],
)
def test_each_rule(rule, breach, fine):
    assert rule in {found.rule for found in breaches(breach)}
    assert breaches(fine) == []


def test_comments_and_jinja_are_not_sql_and_lines_are_counted():
    text = "{# concat(a)\n a[1] #}\n-- hash(x)\n{{ config(\n a='\"') }}\nselect {{ f(\n'\"x\"') }}, log(a)\nfrom t"
    assert [(found.line, found.rule) for found in breaches(text)] == [(7, "log")]


def test_both_branches_of_a_condition_are_read():
    text = "select\n{% if x %}\nhash(a)\n{% else %}\nlog(a)\n{% endif %}\nfrom t"
    assert [found.line for found in breaches(text)] == [3, 5]


def test_a_line_may_say_why_it_is_right():
    text = "select a / b -- portable: division, because b is a count of rows\nfrom t"
    assert breaches(text) == []
    assert breaches(text.replace("division", "round")) != []


def test_the_program_names_the_file_and_leaves_sources_out(tmp_path, capsys):
    for folder in ("models/sources/x", "models/staging"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.sql").write_text("select 1\nfrom t\norder by a")
    assert main([str(tmp_path / "models")]) == 1
    said = capsys.readouterr().out
    assert said.startswith(f"{tmp_path}/models/staging/a.sql:3: nulls-order: ")
    assert said.count("\n") == 1
    assert main([str(tmp_path / "models/sources")]) == 0
