"""Telegram through the Bot API."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping

from sanic.request import Request

from bot.answers.render import telegram
from bot.channels.messaging.channel import MessagingChannel
from bot.channels.messaging.delivery import Delivery, judge_telegram
from bot.channels.messaging.inbound import Event
from bot.channels.messaging.parse_telegram import parse
from bot.channels.messaging.secrecy import same
from bot.channels.messaging.sending import Call
from bot.channels.output import Collected

NAME = "telegram"
CONFIRMATION = "answerCallbackQuery"  # the one call that has no recipient


class TelegramOutput(Collected):
    """Collects the answers of one turn."""

    @classmethod
    def name(cls) -> str:
        """The name by which the way out knows us."""
        return NAME


class TelegramChannel(MessagingChannel):
    """The webhook /webhooks/telegram/webhook and the calls of one bot."""

    app = "Telegram"
    party = "Telegram"
    needs = ("TELEGRAM_TOKEN", "TELEGRAM_GEHEIM")
    output = TelegramOutput

    @classmethod
    def name(cls) -> str:
        """Path part: /webhooks/telegram."""
        return NAME

    def signed(self, request: Request) -> bool:
        """Telegram sends the secret that we gave to setWebhook."""
        return same(self.secret("TELEGRAM_GEHEIM"),
                    request.headers.get("X-Telegram-Bot-Api-Secret-Token"))

    def parse(self, body: Mapping[str, Any]) -> List[Event]:
        """The message of an update."""
        return parse(body)

    def render(self, answer: Mapping[str, Any]) -> List[Dict[str, Any]]:
        """Calls of the Bot API: method and parameters."""
        return telegram.render(answer, self.settings.public_url)

    def call(self, to: Mapping[str, str], rendered: Mapping[str, Any]) -> Call:
        """`to` holds the chat; private chats only, so it is the person."""
        method, params = rendered["method"], rendered["params"]
        whom = {} if method == CONFIRMATION else to
        return Call(
            f"{self.settings.telegram_url}/bot{self.secret('TELEGRAM_TOKEN')}/{method}",
            {**whom, **params}, {})

    def judge(self, status: int, headers: Mapping[str, str], body: Any) -> Delivery:
        """An answer of the Bot API."""
        return judge_telegram(status, headers, body)
