#!/bin/sh
# mabwiser 2.7.4: linear Thompson sampling copies its random numbers with each arm's model when it is fitted, so all arms are drawn
# with the same ones. Of two arms of which the same is known, drawn apart, each is the best half of the time; here a draw says
# the same of both, and which one is chosen hangs on the last digits. An arm that is surer of a worse mean is hardly tried.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mabwiser==2.7.4
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import numpy as np
from mabwiser.mab import MAB, LearningPolicy

# two arms, one context of 1, four rewards each: means 0.30 and 0.20, each with a standard deviation of 1 / sqrt(5) = 0.45
bandit = MAB(["a", "b"], LearningPolicy.LinTS(alpha=1.0, l2_lambda=1.0), seed=1)
bandit.fit(["a"] * 4 + ["b"] * 4, [0.375] * 4 + [0.25] * 4, np.ones((8, 1)))
print(*(f"{name} {version(name)}" for name in ("mabwiser", "numpy")), "python", sys.version.split()[0])
share = float(np.mean([arm == "a" for arm in bandit.predict(np.ones((20_000, 1)))]))
print("means 0.30 and 0.20, standard deviations 0.45: arm a is the best in 56 of 100 draws of both")
print(f"expected: 0.56, found: {share:.2f}")
as_seen = share > 0.99
print("as seen" if as_seen else "CHANGED")
sys.exit(not as_seen)
PYTHON
