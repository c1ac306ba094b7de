"""What Rasa says in one turn, kept as the contract has it; every channel shows it its own way."""

from __future__ import annotations

from typing import Any, Awaitable, Callable, Dict, List

from rasa.core.channels.channel import OutputChannel, UserMessage

ERASED = "utter_gewist"
OnMessage = Callable[[UserMessage], Awaitable[Any]]


class Collected(OutputChannel):
    """The answers of one turn; `erase` when the person had the conversation erased."""

    def __init__(self) -> None:
        """No answers yet."""
        self.answers: List[Dict[str, Any]] = []
        self.said: List[str] = []  # the name of the response behind each answer
        self.erase = False

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Keep the whole answer; a stock response becomes one with text only."""
        answer = message.get("custom") or {"v": 1, "kind": "smalltalk", "text": message["text"]}
        self.erase = self.erase or message.get("utter_action") == ERASED
        self.answers.append(answer)
        self.said.append(str(message.get("utter_action") or ""))
