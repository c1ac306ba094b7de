"""Find an event class by its name in a dictionary.

Rasa walks all subclasses of Event for every stored event of a conversation: about a quarter of a
turn in a long conversation. Unknown names still go to Rasa's own function.
"""

from __future__ import annotations

from typing import Optional, Type

import rasa.shared.utils.common
from rasa.shared.core.events import Event

ORIGINAL = Event.resolve_by_type
ORIGINAL_SHA256 = "b5cf570fa7f286c7059ec73d8880528d03a78b28cf4e80285a46079c0fa65968"

_known: dict[str, Type[Event]] = {}


def _resolve_by_type(
    type_name: str, default: Optional[Type[Event]] = None
) -> Optional[Type[Event]]:
    found = _known.get(type_name)
    if found is None:
        for cls in reversed(list(rasa.shared.utils.common.all_subclasses(Event))):
            _known[cls.type_name] = cls
        found = _known.get(type_name)
    return found if found is not None else ORIGINAL(type_name, default)


def apply() -> None:
    """Replace `Event.resolve_by_type`."""
    Event.resolve_by_type = staticmethod(_resolve_by_type)
