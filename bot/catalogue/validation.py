"""Judge fetched schools and offers before they replace the catalogue: a report by rule, in Dutch.

A hard rule refuses the whole retrieval, the previous catalogue then stays; a warning does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Iterable, Iterator, Sequence

from bot.catalogue.places import distance_km
from bot.catalogue.reference import Municipality, Reference
from bot.catalogue.schema import TABLES, Table
from bot.catalogue.staging import Row, Staging
from bot.errors import CatalogueError

LAT, LON = (49.5, 51.6), (2.5, 6.0)  # Flanders and Brussels, with a margin
MAX_KM = 15.0
MAX_SHRINKAGE = 0.15
ODD_SHARE = 0.02
EXAMPLES = 3
POSITION = ("lat", "lon")
VALUES = {
    "leerjaar": {"", "1", "2", "3", "4", "5", "6", "7"},
    "variant": {"", "BSO", "TSO", "KSO", "DBSO", "CDO", "SYN", "OV3"},
    "inschrijvingen_open": {"", "0", "1"},
}
LINKS = ("website", "fiche_url")
DUAL = re.compile(r"(?i:\bdua(?:al|le)\b)|\bDL\b")
PERSON_FIELD = re.compile(r"directeur|directrice|beheerder|voornaam|achternaam|familienaam|"
                          r"contactpersoon|verantwoordelijke")
EMAIL = re.compile(r"([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)")
# A mailbox of a school, not of a person. Streets and schools are named after people: not judged.
MAILBOXES = {"info", "secretariaat", "contact", "school", "onthaal", "administratie", "directie",
             "inschrijving", "inschrijvingen", "mail", "post", "so", "duaal", "clw", "campus"}
ADDRESSED = re.compile(r"(?i:\b(?:mevr\.?|mevrouw|mw\.|dhr\.?|de heer|t\.a\.v\.|directeur|"
                       r"directrice))\s+[A-Z]")
NAMED_AFTER_PEOPLE = {"naam", "straat", "gemeente"}


@dataclass(frozen=True)
class Finding:
    """One broken rule: how often, up to three examples, and what to do."""

    rule: str
    hard: bool
    count: int
    examples: tuple[str, ...]
    advice: str

    def __str__(self) -> str:
        head = f"{'FOUT' if self.hard else 'LET OP'}: {self.rule} ({self.count} keer)"
        return "\n".join((head, *(f"  - {e}" for e in self.examples), f"  Doe dit: {self.advice}"))


@dataclass(frozen=True)
class Report:
    """Hard findings first. `cleaned` has the rows with single odd coordinates replaced."""

    findings: tuple[Finding, ...]
    cleaned: Staging

    @property
    def refused(self) -> bool:
        """True when a hard rule is broken: this retrieval may not be published."""
        return any(finding.hard for finding in self.findings)

    def __str__(self) -> str:
        hard = sum(finding.hard for finding in self.findings)
        verdict = ("GEWEIGERD: de vorige catalogus blijft staan" if hard else "Aanvaard")
        return "\n".join((
            f"{verdict}. Scholen: {len(self.cleaned.schools)}, aanbodrijen: "
            f"{len(self.cleaned.offers)}, fouten: {hard}, "
            f"waarschuwingen: {len(self.findings) - hard}.", *map(str, self.findings)))


def validate(new: Staging, old: Staging | None, reference: Reference, today: str) -> Report:
    """Hold `new` against the rules, the previous retrieval and the reference.

    `today` is an ISO date. Raises CatalogueError when it is not; faults in the rows never raise,
    they are findings.
    """
    new, judge = _tidy(new), _Judge()
    judge("verplicht veld is leeg", _empty(new),
          "Haal opnieuw op; blijft het leeg, dan is het veld bij de bron hernoemd.")
    judge("dubbele sleutel", _doubles(new),
          "Ontdubbel bij het ophalen; kijk na of een bladzijde twee keer kwam.")
    judge("onverwachte waarde", _values(new),
          "Pas de omzetting van de bron aan de nieuwe code aan.")
    _judge_offers(new, reference, judge)
    _judge_places(new, reference, judge)
    _judge_school_year(new, old, today, judge)
    judge("gegeven van een persoon", _persons(new),
          "Neem dit veld niet over bij het ophalen; bewaar het ook niet.")
    judge("niets opgehaald", (f"geen enkele rij met {what}" for what, rows in
                              (("scholen", new.schools), ("aanbod", new.offers)) if not rows),
          "Kijk de sleutel, het adres en de filters van de bron na.")
    if old:
        _judge_against(new, _tidy(old), judge)
    cleaned = _judge_positions(new, reference, judge)
    return Report(tuple(sorted(judge.findings, key=lambda f: not f.hard)), cleaned)


class _Judge:
    """Collects a finding for every rule that has faults."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def __call__(self, rule: str, faults: Iterable[str], advice: str, hard: bool = True) -> None:
        told = list(faults)
        if told:
            self.findings.append(Finding(rule, hard, len(told), tuple(told[:EXAMPLES]), advice))


def _tidy(staging: Staging) -> Staging:
    """Without space around values; a row cut short in its file has empty values."""
    schools, offers = (
        tuple({name: (value or "").strip() for name, value in row.items() if name is not None}
              for row in rows) for rows in (staging.schools, staging.offers))
    return replace(staging, schools=schools, offers=offers)


def _judge_offers(new: Staging, reference: Reference, judge: _Judge) -> None:
    programmes = reference.programmes
    schools = {_school(row) for row in new.schools}
    judge("aanbod zonder school", (
        f"{_name(o)}: staat niet bij de scholen" for o in new.offers if _school(o) not in schools),
        "Haal scholen en aanbod samen op, uit dezelfde bron.")
    judge("onbekende opleiding", (
        f"{_name(o)}: nummer {o['nummer']} bestaat niet" for o in new.offers
        if o.get("nummer") and o["nummer"] not in programmes),
        "Voeg de opleiding toe aan opleidingen.csv of verbeter de koppeling.")
    judge("duaal past niet bij de naam", (
        f"{_name(o)}: {known.title}, groep {_group(o) or 'zonder naam'}" for o in new.offers
        if (known := programmes.get(o.get("nummer", "")))
        and known.dual != bool(DUAL.search(_group(o)) or (known.dual and DUAL.search(known.title)))
    ), "Verbeter de koppeling van de groep met de opleiding.")


def _judge_places(new: Staging, reference: Reference, judge: _Judge) -> None:
    provinces = {m.province for m in reference.municipalities.values()}
    judge("onbekende provincie", (
        f"{_name(s)}: {s['provincie']}" for s in new.schools
        if s.get("provincie") and s["provincie"] not in provinces),
        f"Zet om naar een van: {', '.join(sorted(provinces))}.")
    judge("onbekende gemeente", (
        f"{_name(s)}: {s['gemeente']}" for s in new.schools
        if s.get("gemeente") and not reference.named(s["gemeente"])),
        "Voeg de gemeente toe aan gemeenten.csv, of haar oude naam.")
    judge("postcode hoort niet bij de gemeente", (
        f"{_name(s)}: {s['postcode']} {s.get('gemeente')}" for s in new.schools
        if s.get("postcode") and (named := reference.named(s.get("gemeente", "")))
        and not any(s["postcode"] in m.postcodes for m in named)),
        "Verbeter de postcode of voeg de plaats toe aan plaatsen.csv.")
    judge("provincie hoort niet bij de gemeente", (
        f"{_name(s)}: {s.get('gemeente')} in {s['provincie']}" for s in new.schools
        if s.get("provincie") in provinces
        and (at := reference.at(s.get("gemeente", ""), s.get("postcode", "")))
        and s["provincie"] not in {m.province for m in at}),
        "Meld de school bij de bron; kijk na of de gemeente pas gefuseerd is.", False)


def _judge_school_year(new: Staging, old: Staging | None, today: str, judge: _Judge) -> None:
    try:
        day = date.fromisoformat(today)
    except ValueError as error:
        raise CatalogueError(f"De datum van vandaag is geen datum: {today}. "
                             f"Schrijf ze als 2026-11-26.") from error
    start = day.year if day.month >= 9 else day.year - 1
    years = _school_years(new)
    judge("meer dan één schooljaar", (
        f"{year}: {sum(o.get('schooljaar') == year for o in new.offers)} rijen"
        for year in years if len(years) > 1), "Haal één schooljaar op.")
    judge("schooljaar is fout geschreven", (y for y in years if not _is_school_year(y)),
          "Schrijf het schooljaar als 2026-2027.")
    before = max(_school_years(old), default="") if old else ""
    judge("schooljaar ouder dan dat van de vorige ophaling", (
        f"{year}, vorige keer {before}" for year in years if _is_school_year(year)
        and year < before), "Haal het lopende schooljaar op.")
    judge("schooljaar is voorbij", (
        f"{year}, vandaag {today}" for year in years
        if _is_school_year(year) and int(year[:4]) < start),
        "Haal opnieuw op zodra de bron het nieuwe schooljaar heeft.", False)


def _judge_against(new: Staging, old: Staging, judge: _Judge) -> None:
    judge("veld hernoemd of verdwenen", (
        f"{product}: {field} staat in geen enkel record meer" for product in sorted(old.seen)
        if product in new.seen for field in sorted(old.seen[product] - new.seen[product])),
        "Kijk in de documentatie van de bron hoe het veld nu heet en pas het ophalen aan.")
    judge("product niet meer opgehaald", (
        product for product in sorted(old.seen) if product not in new.seen),
        "Geen zorg na een wissel van bron; kijk anders na waarom het ontbreekt.", False)
    judge("kolom heeft geen enkele waarde meer", (
        f"{table.file}: {column.source}" for table, before, after in
        zip(_tables(), (old.schools, old.offers), (new.schools, new.offers))
        for column in table.columns if not column.required
        and _filled(column.source, before) and after and not _filled(column.source, after)),
        "Kijk de omzetting van dit veld na.", False)
    for what, table, before, after in zip(("scholen", "aanbodrijen"), _tables(),
                                          (old.schools, old.offers), (new.schools, new.offers)):
        # Rows that came twice must not hide what is gone.
        fields = [table.field(name) for name in table.key]
        was, now = (len({_key(row, fields) for row in rows}) for rows in (before, after))
        shrunk = was - now > MAX_SHRINKAGE * was
        judge(f"te veel {what} verdwenen", [f"van {was} naar {now}"] if shrunk else [],
              "Haal opnieuw op; klopt het toch, vraag het na bij de bron.")


def _judge_positions(new: Staging, reference: Reference, judge: _Judge) -> Staging:
    """Judge the coordinates; give the rows back with the centre in place of an odd one."""
    missing: list[str] = []
    odd: list[str] = []
    schools: list[Row] = []
    for school in new.schools:
        at = reference.at(school.get("gemeente", ""), school.get("postcode", ""))
        absent = not all(school.get(name) for name in POSITION)
        problem = "ontbreekt" if absent else _odd(school, at)
        if problem:
            (missing if absent else odd).append(f"{_name(school)}: {problem}")
        schools.append({**school, "lat": str(at[0].lat), "lon": str(at[0].lon)}
                       if problem and at else school)
    # The source is known to lack 1.5% of them: they may not use up the room of the odd ones.
    for rule, faults in (("coördinaat ontbreekt", missing), ("coördinaat klopt niet", odd)):
        hard = len(faults) >= ODD_SHARE * len(new.schools)
        judge(rule, faults, "Kijk het coördinatenstelsel en de volgorde lat, lon na." if hard else
              "Niets: het midden van de gemeente staat nu in de plaats.", hard)
    return replace(new, schools=tuple(schools))


def _odd(school: Row, at: Sequence[Municipality]) -> str:
    try:
        lat, lon = (float(school[name]) for name in POSITION)
    except ValueError:
        return f"{school['lat']}, {school['lon']} is geen getal"
    if not (LAT[0] <= lat <= LAT[1] and LON[0] <= lon <= LON[1]):
        return f"{lat}, {lon} ligt buiten Vlaanderen"
    away = min((distance_km(lat, lon, m.lat, m.lon) for m in at), default=0.0)
    return f"{away:.0f} km van het midden van {at[0].name}" if away >= MAX_KM else ""


def _empty(staging: Staging) -> Iterator[str]:
    for table, rows in zip(_tables(), (staging.schools, staging.offers)):
        required = [c.source for c in table.columns if c.required and c.source not in POSITION]
        for row in rows:
            for name in required:
                if not row.get(name):
                    yield f"{_name(row)}: {name}"


def _doubles(staging: Staging) -> Iterator[str]:
    for table, rows in zip(_tables(), (staging.schools, staging.offers)):
        fields = [table.field(name) for name in table.key]
        met: set[tuple[str, ...]] = set()
        for row in rows:
            key = _key(row, fields)
            if key in met:
                yield f"{table.file}: {', '.join(key)}"
            met.add(key)


def _values(staging: Staging) -> Iterator[str]:
    for offer in staging.offers:
        for name, allowed in VALUES.items():
            if offer.get(name, "") not in allowed:
                yield f"{_name(offer)}: {name} is {offer[name]}"
    for school in staging.schools:
        for name in LINKS:
            value = school.get(name, "")
            if value and not value.lower().startswith(("https://", "http://")):
                yield f"{_name(school)}: {name} is geen webadres ({value})"


def _persons(staging: Staging) -> Iterator[str]:
    """Where a person is named; what is written there is not repeated in the report."""
    for row in (*staging.schools, *staging.offers):
        for name, value in row.items():
            if value and _personal(name, value):
                yield f"{_school(row)[0]}-{_school(row)[1]}: veld {name}"


@lru_cache(maxsize=4096)  # most values of an offer come back in thousands of rows
def _personal(name: str, value: str) -> bool:
    if PERSON_FIELD.search(name.lower()):
        return True
    if name not in NAMED_AFTER_PEOPLE and ADDRESSED.search(value):
        return True
    return any(re.split(r"[._+\-\d]", local.lower())[0] not in MAILBOXES
               and local.lower() != domain.lower().split(".")[0]
               for local, domain in EMAIL.findall(value))


def _tables() -> tuple[Table, Table]:
    school, offer = (next(t for t in TABLES if t.name == name) for name in ("school", "offer"))
    return school, offer


def _key(row: Row, fields: Sequence[str]) -> tuple[str, ...]:
    return tuple(row.get(field, "") for field in fields)


def _school(row: Row) -> tuple[str, ...]:
    return _key(row, ("instelling", "vestiging"))


def _name(row: Row) -> str:
    """What an editor recognises a row by."""
    return " ".join(filter(None, ("-".join(_school(row)), row.get("naam") or
                                  row.get("administratieve_groep"))))


def _group(offer: Row) -> str:
    """The name of the administrative group; sources that give a code only have none."""
    return " ".join(value for name in ("administratieve_groep", "groep_naam")
                    if not (value := offer.get(name, "")).isdigit()).strip()


def _filled(name: str, rows: Iterable[Row]) -> bool:
    return any(row.get(name) for row in rows)


def _school_years(staging: Staging) -> list[str]:
    return sorted({o["schooljaar"] for o in staging.offers if o.get("schooljaar")})


def _is_school_year(text: str) -> bool:
    return bool(re.fullmatch(r"20\d\d-20\d\d", text)) and int(text[5:]) == int(text[:4]) + 1
