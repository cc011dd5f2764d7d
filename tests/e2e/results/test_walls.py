"""Who may know whom, and how long a file may get."""

import ast
import re
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from console import ROOT

PACKAGE = ROOT / "python" / "customer_insight"
MODULES = sorted(PACKAGE.rglob("*.py"))
# these alone touch the outside
DOORS = ("commands", "mapping", "publish", "report")
LIBRARY = [path for path in MODULES if path.relative_to(PACKAGE).parts[0] not in DOORS]
LEARNED = sorted((ROOT / "models" / "ml").glob("*.py"))
MARTS = sorted((ROOT / "models" / "marts").rglob("*.sql"))
MODELS = sorted((ROOT / "models").rglob("*.sql"))
MACROS = sorted((ROOT / "macros").rglob("*.sql"))

OUTSIDE = {"dbt", "duckdb", "os", "io", "pathlib", "shutil", "subprocess", "tempfile", "socket", "urllib", "requests"}
OUTSIDE |= {"csv", "sqlite3", "time", "argparse", "sys", "logging"}
FILE_CALLS = {"open", "print", "input", "read_csv", "read_parquet", "to_csv", "to_parquet", "read_text", "write_text"}
FILE_CALLS |= {"read_table", "write_table", "fromfile", "tofile", "loadtxt", "savetxt", "now", "utcnow", "today"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def each(paths):
    return pytest.mark.parametrize("path", paths, ids=name_of)


def lines_of(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def imports_of(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def calls_in(tree: ast.AST) -> set[str]:
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "") for node in functions}


def references_of(path: Path) -> set[str]:
    """The models that a model names in ref(…), directly."""
    return set(re.findall(r"""ref\(\s*['"](\w+)['"]""", path.read_text(encoding="utf-8")))


@each(LIBRARY)
def test_the_library_knows_neither_dbt_nor_duckdb_nor_files_nor_the_clock(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = imports_of(tree)
    # splink compares names in an engine of its own, which knows no table of the warehouse
    allowed = {"duckdb"} if path.name == "name_model.py" else set()
    assert {name for name in imported if name.split(".")[0] in OUTSIDE} == allowed
    doors = tuple(f"customer_insight.{door}" for door in DOORS)
    assert {name for name in imported if name.startswith(doors)} == set()
    assert calls_in(tree) & FILE_CALLS == set()


@each([path for path in MODULES if path.relative_to(PACKAGE).parts[0] in ("publish", "report")])
def test_publishing_and_the_page_know_neither_dbt_nor_the_commands_nor_what_is_learned(path):
    imported = imports_of(ast.parse(path.read_text(encoding="utf-8")))
    own = {name for name in imported if name.startswith("customer_insight.")}
    room = f"customer_insight.{path.relative_to(PACKAGE).parts[0]}"
    assert {name for name in own if not name.startswith(room)} == set()
    assert {name for name in imported if name.split(".")[0] == "dbt"} == set()


# From the bottom up: a room imports itself and those before it.
ROOMS = {
    "recommendations": ("history", "strategies", "proposing", "judging", "serving"),
    "predictions": ("value", "purchase"),
}


@each([path for path in MODULES if path.relative_to(PACKAGE).parts[0] in ROOMS])
def test_rooms_of_a_topic_depend_in_one_direction(path):
    topic, room, *_ = path.relative_to(PACKAGE).parts
    rooms = ROOMS[topic]
    above = rooms[rooms.index(room) + 1 :] if room in rooms else ()
    imported = imports_of(ast.parse(path.read_text(encoding="utf-8")))
    own = {name for name in imported if name.startswith(f"customer_insight.{topic}.")}
    assert {name for name in own if name.split(".")[2] in above} == set()


@each([path for path in MODULES if path.relative_to(PACKAGE).parts[0] in ("numerics", "scoring", "steps", "texts")])
def test_what_topics_share_knows_no_topic(path):
    imported = imports_of(ast.parse(path.read_text(encoding="utf-8")))
    own = {name.split(".")[1] for name in imported if name.startswith("customer_insight.")}
    assert own <= {"numerics", "scoring", "steps", "texts"}


def test_no_name_of_a_class_or_a_module_is_given_twice():
    """Of folders each topic may have a `contract`; a class that is like another's has the name of its topic."""
    modules = [path.stem for path in MODULES if path.stem not in ("__init__", "contract")]
    assert twice(modules) == []
    nodes = [node for path in MODULES for node in ast.parse(path.read_text(encoding="utf-8")).body]
    classes = [node.name for node in nodes if isinstance(node, ast.ClassDef)]
    aliases = [ast.unparse(node.target) for node in nodes if is_alias(node)]
    assert len(classes) > 100
    assert twice([name for name in (*classes, *aliases) if not name.startswith("_")]) == []


def is_alias(node: ast.AST) -> bool:
    """`Parameters: TypeAlias = dict[str, Any]`."""
    return isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias"


def twice(names: list[str]) -> list[str]:
    return sorted(name for name, count in Counter(names).items() if count > 1)


def test_no_module_imports_itself_through_others():
    known = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path for path in MODULES}
    needs = {
        name: {
            each if each in known else each.rpartition(".")[0]
            for each in imports_of(ast.parse(path.read_text(encoding="utf-8")))
        }
        & known.keys()
        for name, path in known.items()
    }
    assert sorted(TopologicalSorter(needs).static_order()) == sorted(known)


@each(MODULES)
def test_a_module_has_at_most_250_lines(path):
    assert lines_of(path) <= 250


@each(LEARNED)
def test_a_learned_step_has_25_lines_at_most_and_reads_features_alone(path):
    assert lines_of(path) <= 25
    assert {name for name in references_of(path) if not name.startswith("int_")} == set()


@each(MARTS)
def test_a_mart_reads_no_mart_but_for_the_profile_of_customers(path):
    marts = {mart.stem for mart in MARTS}
    allowed = marts if path.stem == "customers" else set()
    assert references_of(path) & marts <= allowed


@each(MODELS)
def test_a_model_has_at_most_80_lines_and_nobody_reads_the_profile(path):
    assert "customers" not in references_of(path)
    assert lines_of(path) <= 80


@each(MACROS)
def test_a_file_of_macros_has_35_lines_at_most(path):
    assert lines_of(path) <= 35


def test_only_source_models_read_files_and_only_their_own_system():
    for path in MODELS:
        text = path.read_text(encoding="utf-8")
        if "sources" not in path.parts:
            assert not re.search(r"\b(read_csv|read_parquet|raw_rows)\b", text), name_of(path)
            assert not re.search(r"ref\(\s*'src_\w+__", text), name_of(path)


def test_names_of_models_say_their_layer():
    prefixes = {"sources": "src_", "staging": "stg_", "intermediate": "int_", "ml": "ml_"}
    for path in [*MODELS, *LEARNED]:
        layer = path.relative_to(ROOT / "models").parts[0]
        if layer == "marts":
            assert not path.stem.startswith(tuple(prefixes.values())), name_of(path)
        else:
            assert path.stem.startswith(prefixes[layer]), name_of(path)
