"""The first comment of a model is its description: the docs read it there, so that it is written in one place."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping

# Before the comment a model may have its configuration; the comment ends with the first line that is none.
FIRST_COMMENT = re.compile(r"\A(?:\s*\{\{\s*config\(.*?\)\s*\}\})?\s*((?:--[^\n]*(?:\n|\Z))+)", re.DOTALL)


def first_comment(code: str, language: str) -> str:
    """The text of the comment or docstring that a model begins with, in one line; '' where it has none."""
    if language == "python":
        return " ".join((ast.get_docstring(ast.parse(code)) or "").split())
    found = FIRST_COMMENT.match(code)
    lines = found.group(1).splitlines() if found else []
    return " ".join(line.removeprefix("--").strip() for line in lines)


def with_descriptions(manifest: str, columns: Mapping[str, Mapping[str, str]]) -> str:
    """The manifest (JSON) that dbt wrote; a model that has no description in yml gets its first comment.

    `columns`: what the columns of some models mean, by the names of both.
    """
    content = json.loads(manifest)
    for node in content["nodes"].values():
        if node["resource_type"] == "model":
            node["description"] = node["description"] or first_comment(node["raw_code"], node["language"])
            meanings = columns.get(node["name"], {})
            for name, said in meanings.items():
                node["columns"][name] = {"name": name, "description": said, "meta": {}, "tags": [], "data_type": None}
    return json.dumps(content)
