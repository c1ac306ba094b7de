"""Know once whether a domain is empty.

Rasa asks it for every message, and each time makes an empty domain and compares both as
dictionaries: 1.5 of the 20 ms of a turn. A loaded domain never changes.
"""

from __future__ import annotations

from rasa.shared.core.domain import Domain

ORIGINAL = Domain.is_empty
ORIGINAL_SHA256 = "884be90ef485f1d2c0f140657a47f106a7d2785b63b03e46cd699b4072e95369"


def _is_empty(self: Domain) -> bool:
    known = self.__dict__.get("_known_empty")
    if known is None:
        known = self.__dict__["_known_empty"] = ORIGINAL(self)
    return bool(known)


def apply() -> None:
    """Replace `Domain.is_empty`."""
    Domain.is_empty = _is_empty
