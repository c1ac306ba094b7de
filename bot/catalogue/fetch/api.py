"""Schools and offers from the API of Onderwijs en Vorming, as rows of the catalogue.

Only what is named here is taken over; above all never instelling_directeur, a person.
"""

from __future__ import annotations

import re
from typing import Any, Collection, Iterable, Mapping

from bot.catalogue.fetch.failure import REPORT, FetchError
from bot.catalogue.fetch.fetcher import Fetcher
from bot.catalogue.fetch.groups import NETS, ordinal, parse_group, school_year_of
from bot.catalogue.fetch.page import Record
from bot.catalogue.places import resolve_province
from bot.catalogue.staging import Retrieval, Row, Staging

SOURCE = "Onderwijs en Vorming, API Instellingsgegevens"
BASE = "/instellingsgegevens"
INSTITUTIONS = f"{BASE}/instelling/v2/instelling"
LOCATIONS = f"{BASE}/instellingslocatie/v1/instellingslocatie"
GROUPS = f"{BASE}/onderwijsaanbod_so/v2/administratievegroep"
OFFERS = f"{BASE}/onderwijsaanbod_so/v2/ingerichteadministratievegroep"
# Full-time, part-time, Syntra and special secondary education: dual learning is in all four.
STRUCTURES = ("311", "312", "315", "321")
STRUCTURE_FILTER = "filter_instellingslocatie_hoofdstructuur"
RECORD_URL = "https://data-onderwijs.vlaanderen.be/onderwijsaanbod/instelling?sn="
PERSONAL = {"instelling_directeur"}

INSTITUTION, LOCATION = "instelling_nummer", "instellingslocatie_vestigingsnummer"
CODE, NAME = "administratievegroep_code", "administratievegroep_omschrijving"
NUMBER = "structuuronderdeel_nummer"
Key = tuple[str, str]


def fetch_api(fetcher: Fetcher, programmes: Collection[str], school_year_start: int,
              today: str) -> Staging:
    """Dual offers of one school year in the given programmes, and the locations that have them.

    `school_year_start` 2026 is 2026-2027; `today` (ISO date) becomes bron_datum. A position, phone,
    website or net that is not there is empty. Raises FetchError for a product that cannot be
    fetched and for a record without a field that every record must have.
    """
    took = _Products(fetcher)
    groups = _groups(took.get(GROUPS), programmes, school_year_start)
    offers = _offers(took.get(OFFERS), groups, school_year_start)
    locations: dict[Key, Record] = {}
    for structure in STRUCTURES:
        for record in took.get(LOCATIONS, **{STRUCTURE_FILTER: structure}):
            locations.setdefault(_location_key("instellingslocatie", record), record)
    institutions = {_text("instelling", record, INSTITUTION): record
                    for record in took.get(INSTITUTIONS)}
    source = {"bron": SOURCE, "bron_url": fetcher.host, "bron_datum": today}
    offering = {(offer["instelling"], offer["vestiging"]) for offer in offers}
    lost = sorted(offering - locations.keys())
    if lost:
        raise FetchError("instellingslocatie", f"vestiging {'-'.join(lost[0])} heeft duaal aanbod "
                         f"maar staat er niet in (zo zijn er {len(lost)})",
                         f"Kijk na of er een hoofdstructuur naast {', '.join(STRUCTURES)} is")
    return Staging(
        tuple(_school(key, locations[key], institutions) | source for key in sorted(
            offering, key=lambda key: (int(key[0]), int(key[1])))),
        tuple(offer | source for offer in offers), tuple(took.retrievals),
        {product: frozenset(names) for product, names in took.seen.items()})


class _Products:
    """Fetches products, and remembers the retrievals and the fields that had a value."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self.retrievals: list[Retrieval] = []
        self.seen: dict[str, set[str]] = {}

    def get(self, path: str, **filters: str) -> list[Record]:
        records, retrieval = self._fetcher.pages(path, **filters)
        self.retrievals.append(retrieval)
        seen = self.seen.setdefault(path.rsplit("/", 1)[-1], set())
        for record in records:
            seen.update(name for name, value in record.items()
                        if value is not None and name not in PERSONAL)
        return records


def _groups(records: Iterable[Record], programmes: Collection[str],
            start: int) -> dict[str, Record]:
    """The dual groups of these programmes by code; every other code has an empty record."""
    product = "administratievegroep"
    found: dict[str, Record] = {}
    dual = linked = 0
    for record in records:
        code = _text(product, record, CODE)
        # A group may be there for more than one school year.
        if code in found and record.get("schooljaar") != start:
            continue
        found[code] = {}
        if not _flag(product, record, "administratievegroep_duaal"):
            continue
        number = _optional(record, NUMBER)
        dual, linked = dual + 1, linked + bool(number)
        if number in programmes:
            found[code] = record
    if dual and not linked:
        raise FetchError(product, f"het veld {NUMBER} ontbreekt in elke duale groep", REPORT)
    return found


def _offers(records: Iterable[Record], groups: Mapping[str, Record], start: int) -> list[Row]:
    product = "ingerichteadministratievegroep"
    found: dict[tuple[str, str, str], Row] = {}
    for record in records:
        institution, location = _location_key(product, record)
        code, year = _text(product, record, CODE), _text(product, record, "schooljaar")
        name = _text(product, record, NAME)
        opened = "1" if _flag(product, record, "inschrijvingen") else "0"
        if year != str(start):
            continue
        if code not in groups and parse_group(name).dual:
            raise FetchError("administratievegroep", f"de duale groep {code} ({name}) staat er "
                             f"niet in", "Begin een nieuwe ophaling; meld het anders aan de bron")
        group = groups.get(code)
        if not group:
            continue
        known = found.get((institution, location, code))
        if known:
            # The same group twice, for two periods: open when one of them is.
            known["inschrijvingen_open"] = max(known["inschrijvingen_open"], opened)
            continue
        found[institution, location, code] = {
            "instelling": institution, "vestiging": location, "nummer": _optional(group, NUMBER),
            "schooljaar": f"{start}-{start + 1}", "leerjaar": _year(name, group),
            "variant": parse_group(name).variant, "inschrijvingen_open": opened,
            "administratieve_groep": code, "groep_naam": name}
    return list(found.values())


def _year(name: str, group: Record) -> str:
    """Year 1 to 7 of secondary school; empty when neither the name nor the group tells."""
    told = parse_group(name).year
    if told is None:
        grade = _words(group, "administratievegroep_graad")
        step = ordinal(_words(group, "administratievegroep_leerjaar")) or 0
        # 1 and 2 count within the grade, from 3 on the whole of secondary school.
        told = step if 3 <= step <= 7 else school_year_of(step, ordinal(grade)) if step else None
    return str(told) if told and 1 <= told <= 7 else ""


def _school(key: Key, location: Record, institutions: Mapping[str, Record]) -> Row:
    product = "instellingslocatie"
    institution = institutions.get(key[0])
    if institution is None:
        raise FetchError("instelling", f"instelling {key[0]} heeft duaal aanbod maar staat er niet "
                         f"in", "Begin een nieuwe ophaling; meld het anders aan de bron")
    province = _text(product, location, "instellingslocatie_provincie")
    phones = location.get("instellingslocatie_telefoonnummers")
    phone = next((p.strip() for p in phones if isinstance(p, str) and p.strip()), "") \
        if isinstance(phones, list) else ""
    lat, lon = (_degrees(location, name) for name in ("gps_breedtegraad", "gps_lengtegraad"))
    return {
        "instelling": key[0], "vestiging": key[1],
        "naam": _text("instelling", institution, "instelling_naam_volledig"),
        "straat": _text(product, location, "instellingslocatie_straatnaam"),
        "huisnummer": _optional(location, "instellingslocatie_huisnummer"),
        "postcode": _text(product, location, "instellingslocatie_postcode"),
        "gemeente": _text(product, location, "instellingslocatie_gemeente"),
        # An unknown province stays as it is: the validation refuses it.
        "provincie": resolve_province(province) or province,
        "lat": lat if lon else "", "lon": lon if lat else "",
        "net": NETS.get(_words(institution, "instelling_net"),
                        _words(institution, "instelling_net")),
        "telefoon": phone or _optional(institution, "instelling_telefoon"),
        "website": _website(_optional(institution, "instelling_website")),
        "fiche_url": f"{RECORD_URL}{key[0]}",
    }


def _website(text: str) -> str:
    return text if not text or re.match(r"https?://", text, re.IGNORECASE) else f"https://{text}"


def _degrees(record: Record, name: str) -> str:
    """A coordinate as text; 0 is how sources write "unknown"."""
    text = _optional(record, name)
    return "" if re.fullmatch(r"0(\.0*)?", text) else text


def _words(record: Record, name: str) -> str:
    """The description of a coded value, or its code when it has no description."""
    value: Any = record.get(name)
    if isinstance(value, dict):
        return _optional(value, "omschrijving") or _optional(value, "code")
    return _optional(record, name)


def _location_key(product: str, record: Record) -> Key:
    keys = []
    for name in (INSTITUTION, LOCATION):
        text = _text(product, record, name)
        if not re.fullmatch(r"[0-9]+", text):
            raise FetchError(product, f"het veld {name} is geen nummer: {text[:40]}", REPORT)
        keys.append(text)
    return keys[0], keys[1]


def _optional(record: Record, name: str) -> str:
    """The text or the number of a field; empty when it is missing or of another kind."""
    value = record.get(name)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return str(value).strip()


def _text(product: str, record: Record, name: str) -> str:
    text = _optional(record, name)
    if not text:
        raise _missing(product, record, name)
    return text


def _flag(product: str, record: Record, name: str) -> bool:
    value = record.get(name)
    if not isinstance(value, bool):
        raise _missing(product, record, name)
    return value


def _missing(product: str, record: Record, name: str) -> FetchError:
    where = next((f" ({key} {told})" for key in (INSTITUTION, CODE)
                  if key != name and (told := _optional(record, key))), "")
    return FetchError(product, f"het veld {name} ontbreekt in een record{where}", REPORT)
