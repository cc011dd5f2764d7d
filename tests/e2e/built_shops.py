"""The shops of which what is true of any shop is proved; each is a fixture of conftest.py."""

import pytest

EVALUATED = pytest.param("retail_evaluated", marks=pytest.mark.long)
RETAIL = ["retail", EVALUATED]
REAL_SHOPS = ["retail", "rees46", EVALUATED]
SHOPS = ["demo", *REAL_SHOPS]
