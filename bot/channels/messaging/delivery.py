"""What becomes of one call to a platform: delivered, once more later, or never (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, Mapping

from bot.channels.messaging.inbound import mapping, number

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
WINDOW, REFUSED = "venster", "geweigerd"

# Meta's codes (Graph API, Cloud API and Send API), as documented by Meta.
CLOSED = frozenset({131047, 2018278})  # more than 24 hours after the person's last message
GONE = frozenset({551, 1545041})  # the person is not there or blocked us
BUSY = frozenset({1, 2, 4, 17, 32, 341, 368, 613, 1200, 80006, 80007, 130429, 131000, 131016,
                  131048, 131056, 131057, 133004})
OPERATOR = frozenset({0, 3, 10, 190, 200})  # token or permission: the operator can mend it


class Fate(Enum):
    """What becomes of a call."""

    DELIVERED = "delivered"
    LATER = "later"
    NEVER = "never"


@dataclass(frozen=True)
class Delivery:
    """`after` is the wait in seconds that the platform asks; `reason` what is counted."""

    fate: Fate
    after: float = 0.0
    reason: str = ""


DELIVERED = Delivery(Fate.DELIVERED)
LATER = Delivery(Fate.LATER)


def wait(delivery: Delivery, failures: int) -> float:
    """Seconds until the next try after that many failures: doubled each time, or as asked."""
    return max(delivery.after, min(FIRST_WAIT * 2 ** min(failures - 1, 10), LONGEST_WAIT))


def judge_graph(status: int, headers: Mapping[str, str], body: Any) -> Delivery:
    """An answer of Meta's Graph API."""
    error = mapping(body, "error")
    code, subcode = error.get("code"), error.get("error_subcode")
    if status < 300 and not error:
        return DELIVERED
    if code in CLOSED or subcode in CLOSED:
        return Delivery(Fate.NEVER, reason=WINDOW)
    gone = code in GONE or subcode in GONE
    if not gone and (status >= 500 or status in (401, 408, 429) or code in BUSY | OPERATOR):
        return Delivery(Fate.LATER, _seconds(headers.get("Retry-After")))
    return Delivery(Fate.NEVER, reason=REFUSED)


def judge_telegram(status: int, headers: Mapping[str, str], body: Any) -> Delivery:
    """An answer of the Bot API."""
    if status < 300:
        return DELIVERED
    if status >= 500 or status in (401, 404, 408, 409, 429):  # 401, 404: the token is wrong
        asked = mapping(body, "parameters").get("retry_after") or headers.get("Retry-After")
        return Delivery(Fate.LATER, _seconds(asked))
    return Delivery(Fate.NEVER, reason=REFUSED)


def _seconds(value: Any) -> float:
    return min(max(number(value) or 0.0, 0.0), 3600.0)
