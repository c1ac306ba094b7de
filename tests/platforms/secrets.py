"""The secrets of every channel, as the stand-in platforms expect them."""

from __future__ import annotations

from cryptography.fernet import Fernet

from tests.platforms import graph, telegram

SECRETS = {
    "PEPER": "peper-voor-proeven-die-lang-genoeg-is",
    "BERICHTSLEUTEL": Fernet.generate_key().decode(),
    "WHATSAPP_TOKEN": graph.TOKEN, "WHATSAPP_NUMMER": graph.NUMBER,
    "WHATSAPP_APPGEHEIM": graph.SECRET, "WHATSAPP_VERIFICATIE": graph.WORD,
    "MESSENGER_TOKEN": graph.TOKEN, "MESSENGER_APPGEHEIM": graph.SECRET,
    "MESSENGER_VERIFICATIE": graph.WORD,
    "TELEGRAM_TOKEN": telegram.TOKEN, "TELEGRAM_GEHEIM": telegram.SECRET,
}
