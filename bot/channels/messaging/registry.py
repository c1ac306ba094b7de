"""The messaging channels, and which of them are on."""

from __future__ import annotations

import asyncio
import time
from typing import List

from bot.channels.messaging.channel import Clock, MessagingChannel
from bot.channels.messaging.readiness import missing, status
from bot.channels.messaging.worker import Sleep
from bot.channels.messenger import MessengerChannel
from bot.channels.telegram import TelegramChannel
from bot.channels.whatsapp import WhatsAppChannel
from bot.settings import Settings

CHANNELS: tuple[type[MessagingChannel], ...] = (WhatsAppChannel, MessengerChannel,
                                                TelegramChannel)


def messaging(settings: Settings, clock: Clock = time.time, sleep: Sleep = asyncio.sleep
              ) -> List[MessagingChannel]:
    """Those with all their secrets; SettingError when a secret cannot be used."""
    turns = asyncio.Semaphore(1)
    return [channel(settings, clock, sleep, turns) for channel in CHANNELS
            if not missing(channel.needs, settings)]


def active(settings: Settings) -> List[str]:
    """The names of the apps that are on, as people know them."""
    return [channel.app for channel in CHANNELS if not missing(channel.needs, settings)]


def said_at_start(settings: Settings) -> str:
    """Which are on, which are off and what they lack, in Dutch."""
    apps = (status(channel.app, channel.needs, settings) for channel in CHANNELS)
    return ", ".join(["web aan", *apps])
