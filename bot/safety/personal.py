"""Personal data in a message, replaced before anything is stored: people type it unasked.

Each kind becomes a fixed word between brackets, so that the sentence stays readable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Callable

EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\s?\.\s?[\w-]+)+")
PHONE = re.compile(
    r"(?<![\d/.-])(?:(?:\+|00)\s?32[\s./-]*(?:\(0\)[\s./-]*)?|0)(?:[\s./-]*\d){8,9}(?!\d)")
NATIONAL_NUMBER = re.compile(
    r"(?<!\d)\d{2}[\s.-]?\d{2}[\s.-]?\d{2}[\s.-]{0,3}\d{3}[\s.-]{0,3}\d{2}(?!\d)")
# A Belgian account has a fixed length; elsewhere the last group must hold a digit, or it is a word.
IBAN = re.compile(
    r"\b(?:BE\d{2}(?:[ .-]?\d{4}){3}|"
    r"[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]{4}){2,7}(?:[ .-]?(?=[A-Z]{0,2}\d)[A-Z0-9]{1,3})?)\b",
    re.IGNORECASE)
STREET = re.compile(
    r"\b(?!(?:onder|heen|terug|snel|auto|spoor|half)weg)[^\W\d_][\w'’.-]*"
    r"(?:straat|str|laan|weg|lei|plein|steenweg|stwg|dreef|baan|kaai|singel|vest|dijk|hof|wijk|pad)"
    r"\.?,?\s+(?:nr\.?\s*|nummer\s*|huisnummer\s*)?\d{1,4}(?:\s?[a-z]\b)?"
    r"(?:,?\s*(?:bus|b)\.?\s*\d+)?",
    re.IGNORECASE,
)
LOGIN = re.compile(
    r"\b(login|gebruikersnaam|username|user|wachtwoord|paswoord|passwoord|password|ww|pincode)"
    r"(\s+(?:van smartschool |voor smartschool |op school )?(?:is|=)|\s*[:=])\s*\S+",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"\b((?:ik|hij|zij|ze|die|zoon|dochter|kind|vriend|vriendin|broer|zus|man|vrouw|baas|mentor)\s+"
    r"(?:heet|heette|noem|noemt)|(?:mijn|m'n|mn|zijn|haar)\s+(?:naam|voornaam|achternaam)\s+is|"
    r"(?:my name is|je m'appelle|je mappelle))\s+([^\W\d_][\w'’-]*)((?:\s+[A-ZÀ-Ý][\w'’-]*){0,3})",
    re.IGNORECASE,
)
FULL_NAME = re.compile(
    r"\b([Ii]k ben|[Gg]roeten,?|[Gg]roetjes,?|[Mm]vg,?)\s+(?!Duaal|Vlaam)"
    r"([A-ZÀ-Ý][a-zà-ÿ'’-]+(?:\s+(?:[Vv]an|[Dd]e|[Dd]en|[Dd]er))*\s+[A-ZÀ-Ý][a-zà-ÿ'’-]+)")
# Words after "ik heet" that are no name.
NO_NAME = frozenset("niet dat de het een geen ook wel zo dus hier nu maar iedereen welkom".split())


@dataclass(frozen=True)
class Masked:
    """A text without the personal data that was found, and which kinds those were."""

    text: str
    kinds: tuple[str, ...] = ()


def mask(text: str) -> Masked:
    """Replace e-mail, phone, national number, bank account, address, login and names."""
    kinds: list[str] = []

    def put(
        kind: str, holds: Callable[[str], bool] = lambda _: True
    ) -> Callable[[re.Match[str]], str]:
        def replace(match: re.Match[str]) -> str:
            if not holds(match.group()):
                return match.group()
            kinds.append(kind)
            return f"[{kind}]"

        return replace

    text = EMAIL.sub(put("e-mail"), text)
    text = IBAN.sub(put("rekening", is_iban), text)
    text = NATIONAL_NUMBER.sub(put("rijksregisternummer", is_national_number), text)
    text = PHONE.sub(put("telefoon"), text)
    text = STREET.sub(put("adres"), text)
    text = _mask_after(LOGIN, text, "login", kinds)
    text = NAMED.sub(lambda m: _named(m, kinds), text)
    text = _mask_after(FULL_NAME, text, "naam", kinds)
    return Masked(text, tuple(dict.fromkeys(kinds)))


def is_national_number(text: str) -> bool:
    """True when the check digits hold (97 minus the rest), for births before and since 2000."""
    digits = re.sub(r"\D", "", text)
    if len(digits) != 11:
        return False
    number, check = digits[:9], int(digits[9:])
    return check in (97 - int(number) % 97, 97 - int(f"2{number}") % 97)


def is_iban(text: str) -> bool:
    """True when the account number's own check holds (ISO 13616: remainder 1 modulo 97)."""
    compact = re.sub(r"[^A-Za-z0-9]", "", text).upper()
    if not 15 <= len(compact) <= 34:
        return False
    moved = compact[4:] + compact[:4]
    return int("".join(str(int(c, 36)) for c in moved)) % 97 == 1


def _mask_after(pattern: re.Pattern[str], text: str, kind: str, kinds: list[str]) -> str:
    def replace(match: re.Match[str]) -> str:
        kinds.append(kind)
        return f"{match.group(1)} [{kind}]"

    return pattern.sub(replace, text)


def _named(match: re.Match[str], kinds: list[str]) -> str:
    if match.group(2).lower() in NO_NAME:
        return match.group()
    # Further words belong to the name only when they are written with a capital.
    words = re.split(r"(?=\s)", match.group(3))
    rest = "".join(word for word in words if word.strip()[:1].islower())
    kinds.append("naam")
    return f"{match.group(1)} [naam]{rest}"
