"""Records as the API gives them, for a few small schools, and a fetcher that asks for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import requests

from bot.catalogue.fetch.api import GROUPS, INSTITUTIONS, LOCATIONS, OFFERS
from bot.catalogue.fetch.fetcher import Fetcher
from bot.catalogue.staging import Staging

Data = dict[str, list[dict[str, Any]]]
Fetch = Callable[..., Staging]


def group(code: int, number: int, name: str, dual: bool = True, **more: Any) -> dict[str, Any]:
    return {"administratievegroep_code": code, "administratievegroep_omschrijving": name,
            "administratievegroep_duaal": dual, "structuuronderdeel_nummer": number,
            "schooljaar": 2026, **more}


def offer(school: int, location: int, code: int, name: str, **more: Any) -> dict[str, Any]:
    return {"instelling_nummer": school, "instellingslocatie_vestigingsnummer": location,
            "administratievegroep_code": code, "administratievegroep_omschrijving": name,
            "schooljaar": 2026, "inschrijvingen": True, **more}


def location(school: int, number: int, structures: str, **more: Any) -> dict[str, Any]:
    return {"instelling_nummer": school, "instellingslocatie_vestigingsnummer": number,
            "instellingslocatie_provincie": "Provincie Oost-Vlaanderen",
            "instellingslocatie_straatnaam": "Markt", "instellingslocatie_postcode": "9300",
            "instellingslocatie_gemeente": "Aalst", "instellingslocatie_gemeente_nis": "41002",
            "structures": structures, **more}


ELEKTRO = "2e leerjaar van de 3e graad Elektrische installaties duaal DBSO"
SMALL: Data = {
    GROUPS: [group(500, 88, ELEKTRO), group(501, 188, "1e leerjaar Iets BSO", dual=False),
             group(502, 4711, "1e leerjaar van de 2e graad Onbekend duaal BSO")],
    OFFERS: [offer(7, 1, 500, ELEKTRO), offer(7, 2, 501, "1e leerjaar Iets BSO"),
             offer(8, 1, 502, "1e leerjaar van de 2e graad Onbekend duaal BSO")],
    LOCATIONS: [location(7, 1, "311 312", instellingslocatie_huisnummer="5 A",
                         gps_breedtegraad=50.9381, gps_lengtegraad=4.04,
                         instellingslocatie_telefoonnummers=["053 00 00 01", "053 00 00 02"]),
                location(7, 2, "311"), location(8, 1, "311")],
    INSTITUTIONS: [{"instelling_nummer": 7, "instelling_naam": "Proef",
                    "instelling_naam_volledig": "Proefschool 7",
                    "instelling_net": {"code": "1", "omschrijving": "Gemeenschapsonderwijs"},
                    "instelling_website": "www.proefschool.example",
                    "instelling_directeur": {"naam": "NIET OVERNEMEN"}},
                   {"instelling_nummer": 8, "instelling_naam_volledig": "Proefschool 8"}],
}


def fetcher(folder: Path, url: str, key: str) -> Fetcher:
    return Fetcher(requests.Session(), folder / "run", key=key, sleep=lambda seconds: None,
                   now=lambda: datetime(2026, 11, 26, 10), host=url)
