"""LAPACK without the interpreter's lock: SciPy's own wrappers keep it, so all other threads wait for seconds.

The routines are those that `scipy.linalg.cython_lapack` hands to compiled code.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.linalg import cython_lapack

from customer_insight.numerics.arrays import Floats

_BLOCK = 512


def invert_positive_definite(matrix: Floats) -> Floats:
    """The inverse of a symmetric positive definite matrix, shape (n, n), in its place where its rows are contiguous.

    By its Cholesky factor, which is half the work of a general inverse. Raises ValueError where it is not square, or
    not positive definite.
    """
    matrix = np.ascontiguousarray(matrix, dtype=np.float64)
    if matrix.shape != matrix.shape[:1] * 2:
        raise ValueError(f"only a square matrix has an inverse, not one of shape {matrix.shape}")
    if not matrix.size:
        return matrix
    for routine in (_FACTOR, _INVERT):
        size, failed = ctypes.c_int(matrix.shape[0]), ctypes.c_int(0)
        # in Fortran's order of columns this is the lower triangle
        routine(b"L", ctypes.byref(size), matrix.ctypes.data, ctypes.byref(size), ctypes.byref(failed))
        if failed.value or not np.isfinite(matrix.diagonal()).all():  # NaN is no failure to LAPACK
            raise ValueError(f"a matrix of {size.value:,} rows is not positive definite")
    for start in range(0, matrix.shape[0], _BLOCK):  # the upper triangle holds the answer
        rows = slice(start, start + _BLOCK)
        corner = np.triu(matrix[rows, rows])
        matrix[rows, rows] = corner + np.triu(corner, 1).T
        matrix[start + _BLOCK :, rows] = matrix[rows, start + _BLOCK :].T
    return matrix


def _routine(name: str) -> Callable[..., Any]:
    """Of (triangle, size, matrix, rows apart, failure). Raises ImportError where this SciPy's takes anything else."""
    capsule, python = cython_lapack.__pyx_capi__[name], ctypes.pythonapi
    signature = ctypes.PYFUNCTYPE(ctypes.c_char_p, ctypes.py_object)(("PyCapsule_GetName", python))(capsule)
    if not (signature.startswith(b"void (char *, int *, ") and signature.endswith(b"d *, int *, int *)")):
        raise ImportError(f"SciPy's {name} is {signature.decode()}, which customer_insight.numerics.lapack cannot call")
    address = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.py_object, ctypes.c_char_p)(("PyCapsule_GetPointer", python))
    of = ctypes.CFUNCTYPE(None, ctypes.c_char_p, *[ctypes.c_void_p] * 4)
    return of(address(capsule, signature))


_FACTOR, _INVERT = _routine("dpotrf"), _routine("dpotri")
