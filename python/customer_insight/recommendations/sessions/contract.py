"""What a session strategy is: a module with PARAMETERS and `fit`, which gives what can score the next click."""

from __future__ import annotations

from typing import TypeAlias

from scipy import sparse

from customer_insight.recommendations.sessions.clicks import Clicks
from customer_insight.recommendations.sessions.prefixes import Prefixes
from customer_insight.scoring.contract import Scorer, TunedMethod

# Fitted to the clicks of the past. Scores say what products are worth as the next click of each query, shape (queries,
# products); above 0, at most 1.
FittedSessionStrategy: TypeAlias = Scorer[Prefixes, sparse.csr_array]

# A module of this folder.
SessionStrategy: TypeAlias = TunedMethod[Clicks, FittedSessionStrategy]
