#!/bin/sh
# phonenumbers 9.0.43: a German mobile number written with its country code but without a plus gets the code twice, and the
# result counts as valid, because area codes of German fixed lines (0491, Leer) begin like the country code. In most other
# countries the code is found. So validity alone does not tell whether a number was read rightly.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check phonenumbers==9.0.43
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import phonenumbers


def read(text, region):
    number = phonenumbers.parse(text, region)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), phonenumbers.is_valid_number(number)


print("phonenumbers", phonenumbers.__version__, "python", sys.version.split()[0])
expected = {
    ("+4915123456789", None): ("+4915123456789", True),
    ("4915123456789", "DE"): ("+494915123456789", True),
    ("34612345678", "ES"): ("+34612345678", True),
}
as_seen = True
for (text, region), seen in expected.items():
    came = read(text, region)
    print(f"parse({text!r}, {region!r}) -> {came[0]}, valid: {came[1]}")
    as_seen = as_seen and came == seen
print("expected of the second: +4915123456789, or not valid")
print("as seen" if as_seen else "CHANGED")
sys.exit(not as_seen)
PYTHON
