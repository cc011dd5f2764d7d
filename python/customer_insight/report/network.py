"""Where the products of a network stand, so that every name can be read."""

from __future__ import annotations

from math import pi, sin
from typing import Any

import networkx

# Share of a column to the left of its first product.
MARGIN = 0.06
# Share of a column over which its products are spread.
SPREAD = 0.14


def in_groups(pairs: list[dict[str, Any]], largest: int) -> list[dict[str, Any]]:
    """The pairs, strongest first, without those that would join more than `largest` products into one group.

    A shop's products all hang together sooner or later; what is drawn is which of them do so most (single linkage).
    """
    group: dict[str, set[str]] = {}
    kept = []
    for pair in pairs:
        one, other = (group.setdefault(name, {name}) for name in (pair["one"], pair["other"]))
        joined = one | other
        if len(joined) <= largest:
            group.update(dict.fromkeys(joined, joined))
            kept.append(pair)
    return kept


def placed(pairs: list[dict[str, Any]], columns: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Nodes (`name`, `x`, `y`), edges (`x`, `y`, `x2`, `y2`, `lift`, `label`) and the number of lines that they take.

    Each product has a line of its own, its name to the right of it; x is in columns, y in lines downwards. Connected
    products stand below each other on an arc, so that no two edges lie on one another; groups fill the shortest column,
    the largest group first, with a line between them.
    """
    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_edges_from(sorted((min(ends), max(ends)) for ends in ((pair["one"], pair["other"]) for pair in pairs)))
    groups = sorted(
        (sorted(group) for group in networkx.connected_components(graph)), key=lambda names: (-len(names), names)
    )
    used = [0] * columns
    places: dict[str, tuple[float, float]] = {}
    for names in groups:
        column = used.index(min(used))
        for line, name in enumerate(_neighbours_near(graph, names)):
            places[name] = (column + MARGIN + SPREAD * sin(pi * (line + 0.5) / len(names)), float(used[column] + line))
        used[column] += len(names) + 1
    nodes = [{"name": name, "x": x, "y": y} for name, (x, y) in sorted(places.items())]
    edges = [_edge(pair, *places[pair["one"]], *places[pair["other"]]) for pair in pairs]
    return nodes, edges, max(used)


def _neighbours_near(graph: networkx.Graph[str], names: list[str]) -> list[str]:
    """The names of a group in an order that keeps edges short (reverse Cuthill and McKee, 1969)."""
    number = {name: place for place, name in enumerate(names)}  # sets of numbers have an order, sets of names have none
    numbered: networkx.Graph[int] = networkx.Graph()
    numbered.add_nodes_from(range(len(names)))
    numbered.add_edges_from(sorted((number[min(edge)], number[max(edge)]) for edge in graph.subgraph(names).edges))
    return [names[place] for place in networkx.utils.reverse_cuthill_mckee_ordering(numbered)]


def _edge(pair: dict[str, Any], x: float, y: float, x2: float, y2: float) -> dict[str, Any]:
    label = f"{pair['one']} and {pair['other']}: lift {pair['lift']:.1f}"
    return {"x": x, "y": y, "x2": x2, "y2": y2, "lift": pair["lift"], "label": label}
