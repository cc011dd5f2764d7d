"""The model by which splink weighs two customers: what is compared, how often it agrees of one person and of two."""

from __future__ import annotations

import hashlib
from collections import Counter
from importlib import import_module
from typing import Any

import duckdb
import pyarrow as pa

Person = dict[str, Any]

# Two spellings are alike by Jaro and Winkler's measure and as few slips of the keyboard.
_ALIKE = (
    "jaro_winkler_similarity({0}_l, {0}_r) >= 0.9"
    " and damerau_levenshtein({0}_l, {0}_r) <= case when least(length({0}_l), length({0}_r)) < 6 then 1 else 2 end"
)
_SWAPPED = "first_name_l = last_name_r and last_name_l = first_name_r"
_UNKNOWN = "{0}_l is null or {0}_r is null"
_SAME = "{0}_l = {0}_r"
# What is compared -> its levels: a word, the condition, how often it is so of one person's two entries, whose rarity
# counts. The shares are assumed: one name in ten is typed otherwise, people move, marry and have several addresses.
_COMPARED: dict[str, list[tuple[str, str, float | None, str]]] = {
    "first_name": [
        ("unknown", _UNKNOWN.format("first_name"), None, ""),
        ("same", _SAME.format("first_name"), 0.83, "first_name"),
        ("swapped", _SWAPPED, 0.02, ""),
        ("alike", _ALIKE.format("first_name"), 0.09, ""),
        ("different", "ELSE", 0.06, ""),
    ],
    "last_name": [
        # swapped names are weighed once, above
        ("unknown", f"{_UNKNOWN.format('last_name')} or ({_SWAPPED})", None, ""),
        ("same", _SAME.format("last_name"), 0.85, "last_name"),
        ("alike", _ALIKE.format("last_name"), 0.09, ""),
        ("different", "ELSE", 0.06, ""),
    ],
    "place": [
        ("unknown", f"({_UNKNOWN.format('postal_code')}) and ({_UNKNOWN.format('city')})", None, ""),
        ("same code", _SAME.format("postal_code"), 0.7, "postal_code"),
        ("same city", _SAME.format("city"), 0.12, "city"),
        ("different", "ELSE", 0.18, ""),
    ],
    **{
        name: [
            ("unknown", _UNKNOWN.format(name), None, ""),
            ("same", _SAME.format(name), same, name),
            ("different", "ELSE", 1 - same, ""),
        ]
        for name, same in (("birth_date", 0.95), ("email", 0.6), ("phone", 0.7))
    },
}
# Who is compared at all: pairs that share two things, so that their number grows like that of the customers.
_BLOCKS = [
    "l.first_name = r.first_name and l.last_name = r.last_name",
    "l.first_name = r.last_name and l.last_name = r.first_name",
    "l.first_name = r.first_name and l.postal_code = r.postal_code",
    *(
        f"l.{known} = r.{known} and left(l.{name}, 1) = left(r.{name}, 1)"
        for known in ("birth_date", "email", "phone")
        for name in ("first_name", "last_name")
    ),
]
_COLUMNS = pa.schema(
    (name, pa.string())
    for name in ("unique_id", "first_name", "last_name", "postal_code", "city", "birth_date", "email", "phone")
)


def linker(people: list[Person], prior: float, strangers: int) -> Any:
    """A splink Linker of people of several sources, trained.

    prior: how likely two of different sources are one before anything is compared; strangers: how many people are
    compared with each other to count how often strangers agree. The same people give the same bytes: the sample is by
    hash, all its pairs are counted, and the engine has one thread.
    """
    sources = sorted({person["source"] for person in people})
    each = max(strangers // len(sources), 1)
    sample = [
        person
        for source in sources
        for person in sorted((p for p in people if p["source"] == source), key=_hash)[:each]
    ]
    counted = _linker(sample, sources, [_comparison(name, {}) for name in _COMPARED], prior)
    counted.training.estimate_u_using_random_sampling(max_pairs=1e15, min_count_per_level=None, num_chunks=1)
    # in what no two strangers of the sample agreed, two may all the same: half a time
    least = 0.5 / pairs_of_sources(sample)
    shares = {
        comparison["output_column_name"]: _shares(comparison["comparison_levels"], least)
        for comparison in counted.misc.save_model_to_json()["comparisons"]
    }
    return _linker(people, sources, [_comparison(name, shares) for name in _COMPARED], prior)


def pairs_of_sources(people: list[Person]) -> int:
    """How many pairs of people of different sources there are."""
    sizes = Counter(person["source"] for person in people).values()
    return (sum(sizes) ** 2 - sum(size**2 for size in sizes)) // 2


def _shares(levels: list[dict[str, Any]], least: float) -> list[float]:
    """How often strangers are of each level, as splink counted.

    Where the sample has no two people with, say, an e-mail address, splink has counted nothing, not even that they
    differ. So the last level is what the others leave, and as much at least as of one person: to differ never speaks
    for being one.
    """
    found = [level.get("u_probability") for level in levels[:-1] if not level.get("is_null_level")]
    counted = [max(share, least) if isinstance(share, float) else least for share in found]
    return [0.0, *counted, max(1 - sum(counted), levels[-1]["m_probability"])]


def _linker(people: list[Person], sources: list[str], comparisons: list[dict[str, Any]], prior: float) -> Any:
    splink = import_module("splink")
    engine = splink.DuckDBAPI(duckdb.connect(config={"threads": 1}))
    tables = [
        engine.register(
            pa.Table.from_pylist([p for p in people if p["source"] == source], _COLUMNS),
            dataset_display_name=f"source_{place}",
        )
        for place, source in enumerate(sources)
    ]
    settings = splink.SettingsCreator(
        link_type="link_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[{"blocking_rule": block} for block in _BLOCKS],
        probability_two_random_records_match=prior,
        retain_matching_columns=True,  # and how they agree
    )
    return splink.Linker(tables, settings, log_level="ERROR")


def _comparison(name: str, shares: dict[str, list[float]]) -> dict[str, Any]:
    """What splink compares under this name, with how often strangers agree, where that is known."""
    levels: list[dict[str, Any]] = []
    for place, (word, condition, share, rare) in enumerate(_COMPARED[name]):
        level: dict[str, Any] = {"sql_condition": condition, "label_for_charts": word}
        if share is None:
            level["is_null_level"] = True
        else:
            level["m_probability"] = share
            if shares:
                level["u_probability"] = shares[name][place]
            if rare:
                level |= {"tf_adjustment_column": rare, "disable_tf_exact_match_detection": True}
        levels.append(level)
    return {"output_column_name": name, "comparison_levels": levels}


def agreements(row: dict[str, Any]) -> dict[str, str]:
    """How the two of a predicted pair compare: {'first_name': 'alike', 'birth_date': 'unknown', …}."""
    words = {name: [level[0] for level in levels[1:]] + ["unknown"] for name, levels in _COMPARED.items()}
    # splink counts levels from below, and has -1 for what is not known
    return {name: of_name[len(of_name) - 2 - row[f"gamma_{name}"]] for name, of_name in words.items()}


def _hash(person: Person) -> bytes:
    return hashlib.sha256(person["unique_id"].encode()).digest()
