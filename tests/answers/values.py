"""Small hand-made programmes, places and schools, and a check against the answer contract."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.answers.model import Answer
from bot.catalogue.model import Clb, Info, Offered, Place, Programme, School
from bot.catalogue.offers import Hit
from tests.conftest import SCHEMA

INFO = Info("2026-2027", "2026-10-09", 9, "Een lijst")
GENT = Place("Gent", "9000", "44021", "Gent", "Oost-Vlaanderen", 51.05, 3.73)
ELECTRIC = Programme(
    number="88", title="Elektrische installaties duaal", group="G-1", grade="3", years=(5, 6),
    finality="arbeidsmarkt", domain="STEM", discipline="Elektro", dual=True, introductory=False,
    seventh=False, seventh_type="", special_form="", qualification="", addresses=None,
    source="Een bron", source_date="2026-10-01",
)


def contract(answer: Answer) -> dict[str, Any]:
    """The answer as JSON, after a check against the contract."""
    message = answer.to_dict()
    SCHEMA.validate(message)
    assert message["text"].strip()
    return message


def programme(number: str = "88", title: str = ELECTRIC.title, **changes: Any) -> Programme:
    return replace(ELECTRIC, **{"number": number, "title": title, **changes})


def school(number: int = 1, **changes: Any) -> School:
    made = School(f"{number}-1", f"School {number}", f"Markt {number}", "9000", "Gent",
                  "Oost-Vlaanderen", 51.05, 3.73, "GO!", "", "", f"https://example.org/{number}")
    return replace(made, **changes)


def offered(number: str = "88", opens: bool | None = None, years: tuple[int, ...] = (5, 6),
            title: str = ELECTRIC.title) -> Offered:
    return Offered(number, title, years, opens)


def hit(number: int = 1, distance: float | None = None, *trajectories: Offered) -> Hit:
    return Hit(school(number), trajectories or (offered(),), distance)


def clb(number: int = 1, **changes: Any) -> Clb:
    made = Clb(f"CLB {number}", "GO!", "Straat 1", "9000", "Gent", "09 123 45 67", "",
               f"https://example.org/clb{number}", f"202{number}")
    return replace(made, **changes)
