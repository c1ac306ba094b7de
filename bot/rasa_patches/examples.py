"""Merge sets of example questions without copying and hashing every field of every example.

Rasa merges the examples a dozen times in one training and copies them deeply each time: half of
the time before our classifier begins. Nothing in our pipeline changes an example, so the merged
set may hold the same ones; equal examples have equal texts, so the text alone is a hash.
"""

from __future__ import annotations

from typing import Any

from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

ORIGINAL = TrainingData.merge
ORIGINAL_SHA256 = "29a2ae274e01b4352a6c6efbeae7e794cdc817fac4300402a415796825f7ae5a"


def _hash(self: Message) -> int:
    return hash(self.data.get("text"))


def _same(self: Message, _: dict[int, Any]) -> Message:
    return self


def apply() -> None:
    """Give `Message` a cheap hash and let `deepcopy` keep it as it is."""
    Message.__hash__ = _hash
    Message.__deepcopy__ = _same
