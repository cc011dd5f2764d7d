"""What earlier windows teach the blender, left by the evaluation for the lists that the same process makes next.

To learn every strategy again at each of these windows is half the time that the lists take. What is left is exactly
what would be worked out again: it is looked up by all that it follows from. One shop's is kept, and given out once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from customer_insight.numerics.arrays import Bools
from customer_insight.recommendations.proposing.blender import Blender
from customer_insight.recommendations.proposing.blender_features import Pool
from customer_insight.scoring.contract import Parameters
from customer_insight.steps.step_result import as_json


@dataclass
class BlenderExamples:
    """windows: by moment, what was proposed and which of it was bought. blenders: by scope and the
    moments learned from.
    """

    windows: dict[int, tuple[Pool, Bools]] = field(default_factory=dict)
    blenders: dict[tuple[str, tuple[int, ...]], Blender | None] = field(default_factory=dict)

    def forget_before(self, moment: int) -> None:
        """Frees the windows that lie further back, which have larger numbers; blenders are small."""
        for each in [each for each in self.windows if each > moment]:
            del self.windows[each]


_Key: TypeAlias = "tuple[str, tuple[str, ...], str, int]"
_left: dict[_Key, BlenderExamples] = {}


def leave(
    examples: BlenderExamples, history_fingerprint: str, parameters: Mapping[str, Parameters], window_days: int
) -> None:
    """For whoever asks next."""
    _left.clear()
    _left[_key(history_fingerprint, parameters, window_days)] = examples


def take(history_fingerprint: str, parameters: Mapping[str, Parameters], window_days: int) -> BlenderExamples:
    """What was left for this history, these parameters of the strategies and this window; otherwise nothing yet."""
    found = _left.pop(_key(history_fingerprint, parameters, window_days), None)
    _left.clear()
    return found or BlenderExamples()


def _key(history_fingerprint: str, parameters: Mapping[str, Parameters], window_days: int) -> _Key:
    # the strategies in their order, which is that of the blender's columns
    return history_fingerprint, tuple(parameters), as_json(parameters), window_days
