"""Small replacements of slow places in Rasa 3.6.21, each with its reason and its measure.

Every module names the function it replaces and the SHA-256 of that function's source; the tests
fail when Rasa's code is no longer the code that was read. `apply()` is idempotent.
"""

from __future__ import annotations

import hashlib
import inspect
from typing import Any

from bot.rasa_patches import (
    action_schema,
    domain_empty,
    event_lookup,
    examples,
    graph_run,
    rule_keys,
    session_length,
    training_cache,
)

SERVING = (action_schema, domain_empty, event_lookup, graph_run, rule_keys, session_length)
TRAINING = (examples, training_cache)


def apply() -> None:
    """Put the replacements for serving in place."""
    for patch in SERVING:
        patch.apply()


def apply_for_training() -> None:
    """Put the replacements for training in place; in a process that only trains."""
    for patch in TRAINING:
        patch.apply()


def source_hash(function: Any) -> str:
    """SHA-256 of a function's source, to see when Rasa has changed."""
    return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()
