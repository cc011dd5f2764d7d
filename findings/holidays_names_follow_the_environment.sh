#!/bin/sh
# holidays 0.109: without `language` the names of public holidays are in the language of the environment (LANGUAGE, LC_ALL, LANG)
# where the country has a translation, not in the `default_language` that the country's calendar names. The same call
# gives other names on another machine, so whatever is keyed, joined or sorted by them changes with who runs it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check holidays==0.109
cat > "$folder/ask.py" <<'PYTHON'
import sys
from datetime import date
from importlib.metadata import version

import holidays

asked = holidays.country_holidays("DE", years=2025, **({"language": "de"} if "own" in sys.argv else {}))
print(f"holidays {version('holidays')}, default language {asked.default_language}: {asked[date(2025, 12, 25)]}")
PYTHON
ask() { env -u LC_ALL -u LC_MESSAGES -u LANGUAGE LANG="$1" "$folder/venv/bin/python" "$folder/ask.py" $2; }
plain=$(ask C "")
english=$(ask en_US.UTF-8 "")
own=$(ask en_US.UTF-8 own)
echo "expected: one name, wherever it is asked"
printf '%s\n' "LANG=C:                         $plain" "LANG=en_US.UTF-8:               $english" \
  "LANG=en_US.UTF-8, language=de:  $own"
if [ "$plain" != "$english" ] && [ "$plain" = "$own" ]; then echo "as seen"; else echo "CHANGED"; exit 1; fi
