#!/bin/sh
# causalml 0.18.0: customers of equal scores are counted one by one in the order of their rows, so that the Qini of one and the
# same ranking depends on how a table happens to be sorted. A model that gives everybody one score, which ranks nobody, has
# a Qini of -3.1, -0.6 or +0.3 (normalised; 0 is random) for the same 400 customers.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check causalml==0.18.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import pandas as pd
from causalml.metrics import qini_score

# 200 treated, of whom 40 convert; 200 others, of whom 20 do; one score for all
arms = pd.DataFrame({"y": [1] * 40 + [0] * 160 + [1] * 20 + [0] * 180, "w": [1] * 200 + [0] * 200})
arms["score"] = 0.5
print(*(f"{name} {version(name)}" for name in ("causalml", "pandas", "numpy")), "python", sys.version.split()[0])
print("one score for all; expected: a Qini of 0 in any order of the rows")
orders = {
    "treated first": arms,
    "others first": arms.iloc[::-1].reset_index(drop=True),
    "in turns": arms.iloc[[half + place for place in range(200) for half in (0, 200)]].reset_index(drop=True),
}
found = {name: float(qini_score(rows)["score"]) for name, rows in orders.items()}
for name, value in found.items():
    print(f"{name:20} {value:+.2f}")
as_seen = max(found.values()) - min(found.values()) > 1
print("as seen" if as_seen else "CHANGED")
sys.exit(not as_seen)
PYTHON
