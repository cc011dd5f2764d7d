#!/bin/sh
# py3langid 0.4.0: classify() names Afrikaans for a text in which it finds nothing to go by: an empty one, "5", "ok", a picture. The
# number beside it (-3.4e38) is how one can tell; with normalised probabilities the language is Serbian and the number 1/71.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check py3langid==0.4.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import py3langid
from py3langid.langid import MODEL_FILE, LanguageIdentifier

print("py3langid", version("py3langid"), "python", sys.version.split()[0])
normalised = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
as_seen = True
for text in ("", "5", "ok", "\U0001f44d"):
    name, score = py3langid.classify(text)
    other, probability = normalised.classify(text)
    print(f"{text!r}: {name} {score}, normalised {other} {probability:.4f}")
    as_seen = as_seen and (name, other) == ("af", "sr") and score < -3e38 and probability < 0.02
print("expected: no language")
print("as seen" if as_seen else "CHANGED")
sys.exit(not as_seen)
PYTHON
