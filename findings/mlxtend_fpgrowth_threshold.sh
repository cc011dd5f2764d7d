#!/bin/sh
# mlxtend 0.25.0: fpgrowth leaves out itemsets of two and more items whose support is exactly min_support, where the product
# of min_support and the number of transactions is a little above a whole number in floating point: 0.07 * 100 is
# 7.000000000000001, rounded up to 8. Single items stay, and apriori gives all of them.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mlxtend==0.25.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import mlxtend
import numpy
import pandas as pd
from mlxtend.frequent_patterns import apriori, fpgrowth

# {a, b} in 7 baskets, c in 7 others, {a} in one, {b} in one, nothing in 84
baskets = pd.DataFrame(
    {
        "a": [True] * 7 + [True, False] + [False] * 91,
        "b": [True] * 7 + [False, True] + [False] * 91,
        "c": [False] * 9 + [True] * 7 + [False] * 84,
    }
)
print("mlxtend", mlxtend.__version__, "pandas", pd.__version__, "numpy", numpy.__version__, "python", sys.version.split()[0])
print("100 transactions, {a, b} in 7 of them, {c} in 7, min_support=0.07; expected of both: {a}, {a, b}, {b}, {c}")


def found(miner):
    return sorted(sorted(items) for items in miner(baskets, min_support=0.07, use_colnames=True)["itemsets"])


print("apriori ", found(apriori))
print("fpgrowth", found(fpgrowth))
as_seen = found(apriori) == [["a"], ["a", "b"], ["b"], ["c"]] and found(fpgrowth) == [["a"], ["b"], ["c"]]
print("as seen" if as_seen else "CHANGED")
sys.exit(not as_seen)
PYTHON
