"""Who may do what in the test bench: tokens, roles and sessions.

A token is given to an organisation (a CLB, the editors), never to a named person. Only its hash is
kept: who has the file cannot log in with it.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from hashlib import sha256
from typing import Callable

from bot.errors import InputError
from bot.testbench.database import Database

SCHEMA = """
CREATE TABLE IF NOT EXISTS access (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, role INTEGER NOT NULL, hash TEXT NOT NULL,
  made TEXT NOT NULL, revoked TEXT);
CREATE TABLE IF NOT EXISTS session (
  hash TEXT PRIMARY KEY, access TEXT NOT NULL REFERENCES access(id), csrf TEXT NOT NULL,
  until REAL NOT NULL, message TEXT NOT NULL DEFAULT '');
"""
SESSION = 8 * 3600.0  # seconds
LONGEST_NAME = 60


class Role(IntEnum):
    """A higher role may do all that a lower one may."""

    TESTER = 1
    EDITOR = 2
    ADMIN = 3

    @property
    def dutch(self) -> str:
        """As people read it."""
        return ("tester", "redacteur", "beheerder")[self - 1]

    @classmethod
    def named(cls, dutch: str) -> Role:
        """The role with that Dutch name; InputError when there is none."""
        for role in cls:
            if role.dutch == dutch:
                return role
        raise InputError("rol", "Kies tester, redacteur of beheerder.")


@dataclass(frozen=True)
class Person:
    """Somebody with a session: `id` is that of their organisation, `name` how it is called.

    Two codes of one organisation are one pair of eyes; `code` tells them apart.
    """

    id: str
    name: str
    role: Role
    csrf: str
    code: str = ""


class Access:
    """Tokens and sessions in the file of the bench; `clock` gives seconds since the epoch."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Makes its tables."""
        self._database, self._clock = database, clock
        database.create(SCHEMA)

    def grant(self, name: str, role: Role) -> str:
        """A new token, shown once; InputError for a name that cannot be shown."""
        name = " ".join(name.split())
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            raise InputError("naam", f"Geef een naam van hoogstens {LONGEST_NAME} tekens.")
        access, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
        with self._database.step() as db:
            db.execute("INSERT INTO access VALUES (?, ?, ?, ?, ?, NULL)",
                       (access, name, int(role), _hash(secret), self._now()))
        return f"{access}.{secret}"

    def revoke(self, access: str) -> bool:
        """End a token and its sessions at once; False when there is none."""
        with self._database.step() as db:
            db.execute("DELETE FROM session WHERE access = ?", (access,))
            done = db.execute("UPDATE access SET revoked = ? WHERE id = ? AND revoked IS NULL",
                              (self._now(), access))
            return bool(done.rowcount)

    def granted(self) -> list[dict[str, object]]:
        """Every token without its secret: id, name, role, made, revoked."""
        return [{**row, "role": Role(row["role"])} for row in self._database.rows(
            "SELECT id, name, role, made, revoked FROM access ORDER BY made, id")]

    def names(self) -> dict[str, str]:
        """How every organisation is called, by its id."""
        return {_organisation(row["name"]): row["name"]
                for row in self._database.rows("SELECT name FROM access ORDER BY made")}

    def log_in(self, token: str) -> str | None:
        """The cookie of a new session; None when the token is not ours or revoked."""
        access, _, secret = token.strip().partition(".")
        row = self._database.row("SELECT hash, revoked FROM access WHERE id = ?", access)
        known = row["hash"] if row else _hash("")
        if not hmac.compare_digest(known, _hash(secret)) or row is None or row["revoked"]:
            return None
        cookie = secrets.token_urlsafe(32)
        with self._database.step() as db:
            db.execute("DELETE FROM session WHERE until < ?", (self._clock(),))
            db.execute("INSERT INTO session (hash, access, csrf, until) VALUES (?, ?, ?, ?)",
                       (_hash(cookie), access, secrets.token_urlsafe(32), self._clock() + SESSION))
        return cookie

    def person(self, cookie: str) -> Person | None:
        """Whose session this is; None when it ended or the token was revoked."""
        row = self._database.row(
            "SELECT access.id, name, role, csrf FROM session JOIN access ON access = access.id "
            "WHERE session.hash = ? AND until >= ? AND revoked IS NULL",
            _hash(cookie), self._clock())
        return Person(_organisation(row["name"]), row["name"], Role(row["role"]), row["csrf"],
                      row["id"]) if row else None

    def leave(self, cookie: str, message: str) -> None:
        """A message for the next page of this session."""
        with self._database.step() as db:
            db.execute("UPDATE session SET message = ? WHERE hash = ?", (message, _hash(cookie)))

    def take(self, cookie: str) -> str:
        """The message that was left for this page, once."""
        row = self._database.row("SELECT message FROM session WHERE hash = ?", _hash(cookie))
        message = str(row["message"]) if row else ""
        if message:
            self.leave(cookie, "")
        return message

    def log_out(self, cookie: str) -> None:
        """End this session."""
        with self._database.step() as db:
            db.execute("DELETE FROM session WHERE hash = ?", (_hash(cookie),))

    def _now(self) -> str:
        return datetime.fromtimestamp(self._clock()).isoformat(timespec="seconds")


def _organisation(name: str) -> str:
    return _hash(name.casefold())[:16]


def _hash(secret: str) -> str:
    # Secrets of 256 random bits cannot be guessed: a slow hash would protect nothing more.
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
