"""One turn of a messaging channel: from what was kept of a message to the bot's answers."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from typing import Any, Callable, Iterable, Mapping

from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered, UserUttered

from bot import resources
from bot.answers.compose.fixed import compose_fixed
from bot.buttons import pressed, typed
from bot.channels.messaging import intake
from bot.channels.messaging.queue import Content, Waiting
from bot.channels.output import ERASED, Collected, OnMessage
from bot.channels.payloads import ParseData, parse_place
from bot.failures import log_failure

logger = logging.getLogger(__name__)

GROUP = "kanalen"
Answer = Mapping[str, Any]
Before = tuple[tuple[Answer, ...], bool]
NOTHING: Before = ((), False)


@dataclass(frozen=True)
class Reply:
    """The answers to one message; `erase` when the person had the conversation erased."""

    answers: tuple[Answer, ...]
    erase: bool = False


def say(entry: str, **values: object) -> Answer:
    """One fixed message of data/teksten/kanalen.yml."""
    return compose_fixed(resources.texts().entry(GROUP, entry), **values).to_dict()


def opening(app: str, party: str) -> Answer:
    """The notice that comes first: a computer, who else sees it, how long it is kept."""
    settings, texts = resources.settings(), resources.texts()
    days = round(settings.messaging_retention / (24 * 3600.0))
    answer = compose_fixed(texts.entry(GROUP, "opening"), app=app, partij=party, dagen=days)
    if settings.privacy_url.startswith("http"):
        more = texts.say(GROUP, "opening_privacy", privacy=settings.privacy_url)
        answer = replace(answer, text=f"{answer.text}\n\n{more}")
    return answer.to_dict()


class Turns:
    """Asks Rasa, and answers itself what is no question."""

    def __init__(self, output: type[Collected], app: str, store: Callable[[], Any],
                 on_new_message: OnMessage, timeout: float) -> None:
        """`store` gives the tracker store, `timeout` is in seconds."""
        self._output, self._app, self._store = output, app, store
        self._ask, self._timeout = on_new_message, timeout

    async def reply(self, row: Waiting, content: Content, again: bool) -> Reply:
        """The answers; with `again` the message may have been asked before."""
        first: list[Answer] = []
        if intake.MEDIA in content and intake.CRISIS not in content:
            what = resources.texts().entry(GROUP, "wat")[content[intake.MEDIA]]
            first.append(say("media", wat=what))
        if intake.FAULT in content:
            first.append(self._fault(content[intake.FAULT]))
        question = await self._question(row.person, content)
        if question is None:
            return Reply(tuple(first or [say("knop_weg")]))
        answers, erase = await self._before(row) if again else NOTHING
        if not answers:
            output = await self._turn(row, *question)
            answers, erase = tuple(output.answers), output.erase
        if erase:
            self._store().erase(row.person)
            answers = tuple(self._erased(answer) for answer in answers)
        return Reply((*first, *(answers or (say("storing"),))), erase)

    async def _question(self, person: str, content: Content
                        ) -> tuple[str, ParseData | None] | None:
        if intake.CRISIS in content:
            return "[nood]", dict(content[intake.CRISIS])
        if intake.PAYLOAD in content:
            parsed = pressed(content[intake.PAYLOAD])
            return (content[intake.PAYLOAD], parsed) if parsed else None
        if intake.PLACE in content:
            return f"plaats:{content[intake.PLACE]}", parse_place(content[intake.PLACE])
        if intake.TEXT in content:
            text = str(content[intake.TEXT])
            return await typed(self._store(), person, text) or (text, None)
        return None

    async def _turn(self, row: Waiting, text: str, parsed: ParseData | None) -> Collected:
        output = self._output()
        message = UserMessage(text, output, row.person, parse_data=parsed,
                              input_channel=output.name(), message_id=row.message)
        try:
            await asyncio.wait_for(self._ask(message), self._timeout)
        except Exception as error:  # the person must hear something, whatever went wrong
            log_failure(logger, "Beurt mislukt", error)
        return output

    async def _before(self, row: Waiting) -> Before:
        """What was answered to this message, when it is the last one of the conversation."""
        tracker = await self._store().retrieve(row.person)
        return answered_before(tracker.events if tracker else (), row.message)

    def _fault(self, code: str) -> Answer:
        return say(code, tekens=resources.settings().max_text)

    def _erased(self, answer: Answer) -> Answer:
        more = resources.texts().say(GROUP, "gewist_app", app=self._app)
        return {**answer, "text": f"{answer['text']}\n\n{more}"}


def answered_before(events: Iterable[Any], message: str) -> Before:
    """The answers after the last message of a conversation, if that message has this key.

    With it whether one of them was the goodbye of an erased conversation.
    """
    answers: list[Answer] = []
    erased = False
    for event in reversed(list(events)):
        if isinstance(event, UserUttered):
            return (tuple(reversed(answers)), erased) if event.message_id == message else NOTHING
        if isinstance(event, BotUttered) and event.data.get("custom"):
            answers.append(event.data["custom"])
            erased = erased or event.metadata.get("utter_action") == ERASED
    return NOTHING
