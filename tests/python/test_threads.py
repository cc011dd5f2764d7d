import sklearn.ensemble  # noqa: F401 - has OpenMP loaded
from customer_insight.numerics.threads import THREADS, in_threads, linear_algebra_in_threads
from threadpoolctl import threadpool_info


def limits(_part):
    return {(library["user_api"], library["num_threads"]) for library in threadpool_info()}


def test_results_stand_in_the_order_of_the_parts():
    assert in_threads(lambda part: part * 2, list(range(50))) == list(range(0, 100, 2))
    assert in_threads(lambda part: part * 2, []) == []


def test_every_library_has_one_thread_in_each_part_and_as_many_as_before_afterwards():
    before = limits(None)
    for parts in ([0], list(range(4 * THREADS))):
        for found in linear_algebra_in_threads(limits, parts):
            assert {api for api, _ in found} >= {"blas", "openmp"}
            assert {count for _, count in found} == {1}
    assert limits(None) == before
