"""Work in parts on all cores. Parts are independent and keep their order: the answer never depends on threads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import cpu_count
from typing import TypeVar

from threadpoolctl import threadpool_limits

Part = TypeVar("Part")
Result = TypeVar("Result")

THREADS = cpu_count()


def in_threads(function: Callable[[Part], Result], parts: Sequence[Part]) -> list[Result]:
    """The function of each part, in the order of the parts; NumPy lets go of the interpreter while it computes.

    Parts should take milliseconds: threads that call NumPy for microseconds wait for each other. Linear algebra gets
    one thread in each part: threads of its own would wait for those of other parts, up to a hundred times as long.
    """
    if len(parts) < 2:
        return [function(part) for part in parts]
    with threadpool_limits(1), ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(function, parts))
