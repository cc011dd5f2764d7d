"""Planted abuse found, and the honest who look like it left alone, in several made shops: see README.md."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import duckdb

from benchmarks.measure import run

SHOPS = [(2_000, 7), (2_000, 11), (6_000, 23), (6_000, 41), (20_000, 5)]
PROJECT = Path(__file__).parents[1]
# What is planted, and by which rules it may be found.
FOUND_BY = {
    "coupon_ring": ("coupon_ring",),
    "review_burst": ("review_burst", "review_twin"),
    "review_twin": ("review_burst", "review_twin"),
    "return_abuse": ("return_abuse", "wardrobing"),
    "wardrobing": ("return_abuse", "wardrobing"),
    "mail_scanner": ("clicks_on_everything", "clicked_at_once"),
    "click_farm": ("regular_clicks",),
}
Planted = tuple[str, str, str, bool]
HONEST = ("family", "office", "parcel_shop", "several_sizes")
SUSPECTS = """
select distinct s.kind, s.id, s.rule from quality.suspicions as s
where s.left_out_of <> 'nothing' and s.kind <> 'session'
union
select 'visitor', f.visitor_id, s.rule from quality.suspicions as s
join intermediate.int_session_facts as f on s.kind = 'session' and s.id = f.session_id where s.left_out_of <> 'nothing'
"""


def main(folder: Path) -> None:
    """Prints precision and recall of what is planted, and the share of honest look-alikes who are suspected."""
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    named: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for customers, seed in SHOPS:
        truth, suspects = _shop(folder, customers, seed)
        rules: dict[tuple[str, str], set[str]] = {}
        for kind, name, rule in suspects:
            rules.setdefault((kind, name), set()).add(rule)
        abusive = {(kind, name, what) for kind, name, what, is_abusive in truth if is_abusive}
        whose = {(kind, name) for kind, name, _ in abusive}
        for kind, name, what, _ in truth:
            if what in HONEST and (kind, name) in whose:
                continue  # who abuses in another way
            planted[what] += 1
            by = FOUND_BY.get(what)
            mine = rules.get((kind, name), set())
            found[what] += bool(mine if by is None else mine & set(by))
        for what, by in FOUND_BY.items():
            theirs = {key for key, mine in rules.items() if mine & set(by)}
            named[what] += len(theirs)
            right[what] += sum(
                any((*key, each) in abusive for each in FOUND_BY if FOUND_BY[each] == by) for key in theirs
            )
    print("planted         there  found  named  precision  recall")
    for what in FOUND_BY:
        # rules that are for two kinds of abuse are judged by both
        precision = right[what] / named[what] if named[what] else float("nan")
        recall = found[what] / planted[what]
        print(f"{what:15} {planted[what]:5} {found[what]:6} {named[what]:6} {precision:10.3f} {recall:7.3f}")
    print("honest          there  suspected  share")
    for what in HONEST:
        print(f"{what:15} {planted[what]:5} {found[what]:10} {found[what] / max(1, planted[what]):6.4f}")


def _shop(
    folder: Path, customers: int, seed: int
) -> tuple[list[tuple[str, str, str, bool]], list[tuple[str, str, str]]]:
    """(kind, id, what, is_abusive) of what is planted in a made shop, and (kind, id, rule) of its suspects."""
    shop, warehouse = folder / f"abuse_{customers}_{seed}", folder / f"abuse_warehouse_{customers}_{seed}.duckdb"
    if not shop.is_dir():
        demo = [sys.executable, "-m", "customer_insight.commands.cli", "demo"]
        run([*demo, "--customers", str(customers), "--seed", str(seed), "--to", str(shop)], folder / "abuse_demo.log")
    dbt = [*(sys.executable, "-m", "dbt.cli.main", "build", "--project-dir", str(PROJECT), "--no-write-json")]
    dbt += ["--profiles-dir", str(PROJECT / "profiles"), "--resource-type", "model", "--resource-type", "seed"]
    environment = {
        "CUSTOMER_INSIGHT_SOURCE": "files",
        "CUSTOMER_INSIGHT_RAW": str(shop),
        "CUSTOMER_INSIGHT_WAREHOUSE": str(warehouse),
        "DBT_TARGET_PATH": str(folder / "abuse_target"),
    }
    run([*dbt, "--select", "+suspicions", "--vars", "{evaluate: false}"], folder / "abuse_build.log", environment)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        file = f"read_csv('{shop}/planted/abuse.csv', all_varchar = true)"
        told = f"select kind, id, planted, is_abusive = 'true' from {file}"
        return connection.execute(told).fetchall(), connection.execute(SUSPECTS).fetchall()
