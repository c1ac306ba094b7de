"""Signatures, pseudonyms and encryption of what waits on disk (pure)."""

from __future__ import annotations

import hmac
import json
from hashlib import sha256
from typing import Any, Mapping

from cryptography.fernet import Fernet, InvalidToken

from bot.errors import SettingError

SHORTEST_PEPPER = 32


def signature(secret: str, body: bytes) -> str:
    """What Meta sends in X-Hub-Signature-256."""
    return f"sha256={hmac.new(secret.encode(), body, sha256).hexdigest()}"


def same(expected: str, given: str | None) -> bool:
    """Whether two secrets are the same, in a time that does not tell how far they agree."""
    return hmac.compare_digest(expected.encode(), (given or "").encode("utf-8", "replace"))


class Pseudonyms:
    """Names for people and messages that tell nothing without the pepper."""

    def __init__(self, pepper: str) -> None:
        """`pepper` must stay the same as long as conversations are kept.

        SettingError when it is so short that somebody who has the file could guess it, and with it
        every telephone number.
        """
        if len(pepper) < SHORTEST_PEPPER:
            raise SettingError("DUAALWIJZER_PEPER", f"heeft minder dan {SHORTEST_PEPPER} tekens",
                               "maak er een met `openssl rand -hex 32`")
        self._pepper = pepper.encode()

    def person(self, channel: str, platform_id: str) -> str:
        """The sender id of a person: 128 bits after the name of the channel."""
        return f"{channel}-{self._hash(f'{channel}:{platform_id}')[:32]}"

    def message(self, channel: str, message_id: str) -> str:
        """The key of a message. Platforms put the telephone number in theirs."""
        return self._hash(f"{channel}/{message_id}")[:32]

    def _hash(self, text: str) -> str:
        return hmac.new(self._pepper, text.encode(), sha256).hexdigest()


class Sealed:
    """Encrypts and opens JSON objects."""

    def __init__(self, key: str) -> None:
        """SettingError when the key is none that Fernet can use."""
        try:
            self._fernet = Fernet(key.encode())
        except ValueError as error:
            raise SettingError(
                "DUAALWIJZER_BERICHTSLEUTEL", "is geen sleutel van 32 bytes in base64",
                "maak er een met `python -c 'from cryptography.fernet import Fernet; "
                "print(Fernet.generate_key().decode())'`") from error

    def seal(self, content: Mapping[str, Any]) -> bytes:
        """The content, encrypted and signed."""
        return self._fernet.encrypt(json.dumps(content).encode())

    def open(self, sealed: bytes) -> dict[str, Any] | None:
        """The content; None when it was sealed with another key or damaged."""
        try:
            return dict(json.loads(self._fernet.decrypt(sealed)))
        except (InvalidToken, ValueError):
            return None
