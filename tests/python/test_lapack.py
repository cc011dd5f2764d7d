import threading
import time

import numpy as np
import pytest
from customer_insight.numerics.lapack import invert_positive_definite


def positive_definite(size, order="C"):
    rows = np.random.default_rng(size).normal(size=(size + 5, size))
    return np.array(rows.T @ rows + np.eye(size), order=order)


@pytest.mark.parametrize("size", [1, 2, 7, 511, 512, 513, 1100])
@pytest.mark.parametrize("order", ["C", "F"])
def test_is_the_inverse_whole_and_symmetric(size, order):
    matrix = positive_definite(size, order)
    expected = np.linalg.inv(matrix)
    found = invert_positive_definite(matrix)
    np.testing.assert_allclose(found, expected, rtol=1e-7, atol=1e-12)
    np.testing.assert_array_equal(found, found.T)
    assert (found is matrix) == (order == "C" or size == 1)


NOT_A_NUMBER = np.array([[4.0, np.nan, 0.0], [np.nan, 4.0, 0.0], [0.0, 0.0, 4.0]])


@pytest.mark.parametrize("matrix", [np.zeros((3, 3)), np.array([[1.0, 2.0], [2.0, 1.0]]), NOT_A_NUMBER])
def test_what_is_not_positive_definite_is_refused(matrix):
    with pytest.raises(ValueError, match=f"a matrix of {len(matrix)} rows is not positive definite"):
        invert_positive_definite(matrix)


def test_only_what_is_square_is_looked_at():
    with pytest.raises(ValueError, match=r"square matrix .* \(5, 3\)"):
        invert_positive_definite(np.ones((5, 3)))
    assert invert_positive_definite(np.zeros((0, 0))).shape == (0, 0)


def test_other_threads_go_on_meanwhile():
    matrix, pauses, is_done = positive_definite(2000), [], threading.Event()

    def other():
        before = time.perf_counter()
        while not is_done.is_set():
            time.sleep(0.001)
            pauses.append(time.perf_counter() - before)
            before = time.perf_counter()

    thread = threading.Thread(target=other)
    thread.start()
    began = time.perf_counter()
    invert_positive_definite(matrix)
    took = time.perf_counter() - began
    is_done.set()
    thread.join()
    assert max(pauses) < took / 2
