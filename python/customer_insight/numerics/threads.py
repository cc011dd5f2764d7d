"""Work in parts on all cores. Parts are independent and keep their order: the answer never depends on threads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import cpu_count
from typing import TypeVar

from threadpoolctl import ThreadpoolController

Part = TypeVar("Part")
Result = TypeVar("Result")

THREADS = cpu_count()


def in_threads(
    function: Callable[[Part], Result], parts: Sequence[Part], prepare: Callable[[], object] | None = None
) -> list[Result]:
    """The function of each part, in the order of the parts; NumPy lets go of the interpreter while it computes.

    Parts should take milliseconds: threads that call NumPy for microseconds wait for each other. prepare: what
    each thread does before its parts.
    """
    if len(parts) < 2:
        return [function(part) for part in parts]
    with ThreadPoolExecutor(THREADS, initializer=prepare) as pool:
        return list(pool.map(function, parts))


def linear_algebra_in_threads(function: Callable[[Part], Result], parts: Sequence[Part]) -> list[Result]:
    """The same for functions that use linear algebra or scikit-learn, which get one thread in each part.

    Threads of their own would wait for those of other parts, up to a hundred times as long. Finding these libraries
    takes forty milliseconds, so whoever does without them does not wait for that.
    """
    libraries = ThreadpoolController()
    of_each_thread = libraries.select(user_api="openmp")  # OpenMP's limit, unlike those of the others
    with libraries.limit(limits=1):
        return in_threads(function, parts, lambda: of_each_thread.limit(limits=1))
