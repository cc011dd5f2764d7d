#!/bin/sh
# vaderSentiment 3.3.2: a negation is found by its spelling with a typewriter's apostrophe, or with none. With the typographic
# one (U+2019), which telephones and word processors write by themselves, "isn’t good" is praise.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check vaderSentiment==3.3.2
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

print("vaderSentiment", version("vaderSentiment"), "python", sys.version.split()[0])
analyzer = SentimentIntensityAnalyzer()
expected = {"It isn't good": -0.3412, "It isnt good": -0.3412, "It isn\u2019t good": 0.4404}
as_seen = True
for text, seen in expected.items():
    came = analyzer.polarity_scores(text)["compound"]
    print(f"{text!r}: {came}")
    as_seen = as_seen and came == seen
print("expected: three times the same, below zero")
print("as seen" if as_seen else "CHANGED")
sys.exit(not as_seen)
PYTHON
