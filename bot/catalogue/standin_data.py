"""What the stand-in of the official API serves: the built-in catalogue first, then artificial data.

Field names and words are those of the live API (provinces as "Provincie Limburg", nets as
"Vrij gesubsidieerd onderwijs"), so that a reader that only knows our own words is found out.
Generated schools are called "Proefschool 0123", with numbers no real school has.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Mapping

from bot.errors import CatalogueSourceError

Record = dict[str, Any]
Csv = dict[str, str]
Key = tuple[int, int]
INSTITUTION = "/instellingsgegevens/instelling/v2/instelling"
LOCATION = "/instellingsgegevens/instellingslocatie/v1/instellingslocatie"
GROUP = "/instellingsgegevens/onderwijsaanbod_so/v2/administratievegroep"
OFFER = "/instellingsgegevens/onderwijsaanbod_so/v2/ingerichteadministratievegroep"
UNIT = "/kwalificaties-en-curriculum/structuuronderdelen/v2/structuuronderdeelgroep"

FIRST_SCHOOL, FIRST_BOARD, FIRST_GROUP = 900_001, 990_001, 90_001
DEFAULT_YEAR = "2026-2027"
LONG_TITLE = 50  # the source writes DL for "duaal" where a title grows long
NETS = (("Gemeenschapsonderwijs", "1"), ("Vrij gesubsidieerd onderwijs", "2"),
        ("Officieel gesubsidieerd onderwijs", "4"))
FINALITY = {"doorstroom": "DO", "dubbel": "DU", "arbeidsmarkt": "A"}
GRADE = {"1": "Eerste graad", "2": "Tweede graad", "3": "Derde graad"}
# The kinds of location by main structure; the first four differ, so that few locations show all.
KINDS = tuple(frozenset(kind.split()) for kind in (
    "311", "311 312", "315", "321", *["311"] * 13, "312", "311", "311"))
STRUCTURE = {"DBSO": "312", "CDO": "312", "SYN": "315", "OV3": "321"}
OUTSIDE = ("1e leerjaar A", "1e leerjaar B", "2e leerjaar A", "2e leerjaar B",
           "Onthaaljaar voor anderstalige nieuwkomers")


@dataclass(frozen=True)
class Entry:
    """One record, and the values by which a filter finds it."""

    record: Record
    tags: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Product:
    """The records of one path and the filters it knows; `linked` has a next link, not meta.last."""

    entries: tuple[Entry, ...]
    filters: frozenset[str] = frozenset()
    linked: bool = False


def products(source_dir: Path, *, locations: int, groups: int, seed: int) -> dict[str, Product]:
    """Every product by its path; the same arguments give the same records.

    The built-in schools and offers are always there. `locations` and `groups` (organised groups)
    are totals; there are fewer groups only when every location already has all that fit it.
    Raises CatalogueSourceError when a source file cannot be read or used.
    """
    try:
        return _Maker(source_dir, Random(seed)).make(locations, groups)
    except (KeyError, ValueError, IndexError) as error:
        # The build names file, row and field; checking twice would be checking differently.
        raise CatalogueSourceError(
            source_dir.name, 0, "", f"een waarde is niet bruikbaar ({error})",
            "Keur de bestanden met duaalwijzer catalogue build --source.") from error


def _read(folder: Path, name: str) -> list[Csv]:
    try:
        with (folder / name).open(encoding="utf-8-sig", newline="") as handle:
            return list(csv.DictReader(handle))
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueSourceError(name, 0, "", f"niet leesbaar ({error})",
                                   "Geef de map met de CSV-bestanden van de catalogus.") from error


def description(title: str, year: str, variant: str) -> str:
    """A group's name as the source writes it: "1e leerjaar in de 3e graad X duaal DBSO"."""
    number = int(year) if year else 0
    if len(title) >= LONG_TITLE and title.endswith(" duaal"):
        title = f"{title.removesuffix('duaal')}DL"
    place = "" if not number else "7e leerjaar " if number == 7 else (
        f"{2 - number % 2}e leerjaar in de {(number + 1) // 2}e graad ")
    return f"{place}{title} {variant}".strip()


def _variants(programme: Csv) -> tuple[str, ...]:
    form = programme.get("onderwijsvorm") or "BSO"
    if programme.get("opleidingsvorm") == "OV3":
        return ("OV3",)
    if programme["zevende"] == "1":
        return ("", "CDO", "SYN") if programme["duaal"] == "1" else ("",)
    return (form, "DBSO", "SYN") if programme["duaal"] == "1" else (form,)


class _Maker:
    """Makes the records in the order in which they refer to each other."""

    def __init__(self, folder: Path, random: Random) -> None:
        self.random = random
        self.programmes = {row["nummer"]: row for row in _read(folder, "opleidingen.csv")}
        self.schools, self.offers = _read(folder, "scholen.csv"), _read(folder, "aanbod.csv")
        municipalities = _read(folder, "gemeenten.csv")
        self.provinces = {row["niscode"]: row["provincie"] for row in municipalities}
        names = {row["niscode"]: row["naam"] for row in municipalities}
        self.places = [p for p in _read(folder, "plaatsen.csv") if p["niscode"] in self.provinces]
        self.municipalities = [p for p in self.places if p["naam"] == names[p["niscode"]]]
        self.year = int(max((o["schooljaar"] for o in self.offers), default=DEFAULT_YEAR)[:4])
        self.institutions: dict[int, Entry] = {}
        self.locations: dict[Key, Entry] = {}
        self.kinds: dict[Key, frozenset[str]] = {}
        self.groups: dict[int, Entry] = {}
        self.structure: dict[str, list[int]] = {}
        self.organised: dict[tuple[int, int, int], Entry] = {}

    def make(self, locations: int, groups: int) -> dict[str, Product]:
        self._built_in_groups()
        self._built_in_schools()
        self._built_in_offers()
        self._other_groups()
        self._other_schools(locations)
        self._other_offers(groups)
        boards = [self._board(number, *net) for number, net in enumerate(NETS, FIRST_BOARD)]
        return {
            INSTITUTION: Product((*self.institutions.values(), *boards), frozenset({
                "filter_instelling_niveau", "filter_instelling_type",
                "filter_instelling_nummer"})),
            LOCATION: Product(tuple(self.locations.values()), frozenset({
                "filter_instellingslocatie_hoofdstructuur", "filter_instelling_nummer",
                "filter_instellingslocatie_vestigingsnummer"})),
            GROUP: Product(tuple(self.groups.values()), frozenset({
                "filter_administratievegroep_ingericht"})),
            OFFER: Product(tuple(self.organised.values()), frozenset({
                "filter_instelling_nummer", "filter_instellingslocatie_vestigingsnummer"})),
            UNIT: Product(tuple(self._units()), linked=True),
        }

    # Groups

    def _group(self, code: int, number: str, year: str, variant: str) -> None:
        programme = self.programmes[number]
        dual = programme["duaal"] == "1"
        grade = programme["graad"]
        record: Record = {
            "administratievegroep_code": code,
            "administratievegroep_omschrijving": description(programme["titel"], year, variant),
        }
        optional = {
            "administratievegroep_graad": grade and {
                "omschrijving": GRADE[grade] + (" (7e leerjaar)" if year == "7" else "")},
            "administratievegroep_leerjaar": year and {"code": year},
            "administratievegroep_finaliteit": {"code": FINALITY.get(
                programme["finaliteit"], "7E" if programme["zevende"] == "1" else "E")},
            "administratievegroep_onderwijsvorm": grade and {
                "code": programme.get("onderwijsvorm") or "BSO"},
            "administratievegroep_domein": programme["domein"] and {"code": programme["domein"]},
        }
        record |= {name: value for name, value in optional.items() if value}
        record |= {
            # Another number than structuuronderdeel_nummer, as in the source.
            "administratievegroep_studierichting": {
                "code": str(20_000 + int(number)), "omschrijving": programme["titel"]},
            "structuuronderdeel_nummer": int(number),
            "administratievegroep_duaal": dual,
            **self._flags(programme.get("niche") == "1", programme["domein"] == "STEM"),
        }
        self._keep_group(code, record, STRUCTURE.get(variant, "311"))

    def _flags(self, niche: bool, stem: bool) -> Record:
        return {"administratievegroep_modulair": False, "administratievegroep_niche": niche,
                "administratievegroep_stem_categorie": "STEM" if stem else "Geen STEM",
                "administratievegroep_gemoderniseerd": True,
                "administratievegroep_ingericht": True, "schooljaar": self.year}

    def _keep_group(self, code: int, record: Record, structure: str) -> None:
        self.groups[code] = Entry(
            record, {"filter_administratievegroep_ingericht": frozenset({"true"})})
        self.structure.setdefault(structure, []).append(code)

    def _built_in_groups(self) -> None:
        for offer in self.offers:
            code = int(offer["administratieve_groep"])
            if code not in self.groups:
                self._group(code, offer["nummer"], offer["leerjaar"], offer["variant"])

    def _other_groups(self) -> None:
        known = {(o["nummer"], o["leerjaar"], o["variant"]) for o in self.offers}
        new = [(number, year, variant) for number, programme in self.programmes.items()
               for year in programme["leerjaren"].split("|") for variant in _variants(programme)]
        for code, group in enumerate((g for g in new if g not in known), FIRST_GROUP):
            self._group(code, *group)
        for code, name in enumerate(OUTSIDE, FIRST_GROUP + len(new)):
            # First grade and newcomers: no grade, finality, domain or programme of ours.
            self._keep_group(code, {
                "administratievegroep_code": code, "administratievegroep_omschrijving": name,
                "administratievegroep_duaal": False, **self._flags(False, False)}, "311")

    # Schools

    def _built_in_schools(self) -> None:
        wanted: dict[Key, set[str]] = {}
        for offer in self.offers:
            key = int(offer["instelling"]), int(offer["vestiging"])
            wanted.setdefault(key, {"311"}).add(STRUCTURE.get(offer["variant"], "311"))
        for row, school in enumerate(self.schools, 2):
            key = int(school["instelling"]), int(school["vestiging"])
            net = {"GO!": NETS[0], "VRI": NETS[1]}.get(school["net"][:3].upper(), NETS[2])
            if key[0] not in self.institutions:
                self._institution(key, school["naam"], school["naam"], net[0],
                                  school["telefoon"], school["website"])
            self._location(key, {**school, "niscode": self._niscode(school, row)},
                           frozenset(wanted.get(key, {"311"})))

    def _niscode(self, school: Csv, row: int) -> str:
        found = [p for p in self.places if p["postcode"] == school["postcode"]]
        found.sort(key=lambda place: place["naam"] != school["gemeente"])
        if not found:
            raise CatalogueSourceError("scholen.csv", row, "postcode",
                                       f"{school['postcode']} staat niet in plaatsen.csv",
                                       "Verbeter de postcode of voeg de plaats toe.")
        return found[0]["niscode"]

    def _other_schools(self, total: int) -> None:
        index, number = 0, FIRST_SCHOOL
        while len(self.locations) < total:
            short = f"Proefschool {number - FIRST_SCHOOL + 1:04d}"
            net, _ = self.random.choice(NETS)
            # As in the source: some names hold the number, some schools have no website.
            full = f"{short} {number:06d}" if number % 45 == 0 else short
            website = "" if number % 20 == 0 else f"www.{short.replace(' ', '-').lower()}.example"
            self._institution((number, 1), short, full, net, "", website)
            for location in range(1, min(self.random.choice((1, 2, 2)),
                                         total - len(self.locations)) + 1):
                self._location((number, location), self._address(index),
                               KINDS[index % len(KINDS)])
                index += 1
            number += 1

    def _address(self, index: int) -> Csv:
        place = self.random.choice(self.municipalities or self.places)
        lat, lon = (float(place[axis]) + self.random.uniform(-0.02, 0.02)
                    for axis in ("lat", "lon"))
        nowhere = index % 70 == 69
        return {
            "provincie": self.provinces[place["niscode"]], "gemeente": place["naam"],
            "postcode": place["postcode"], "niscode": place["niscode"],
            "straat": "Proefstraat", "huisnummer": "" if index % 300 == 199 else str(index + 1),
            "lat": "" if nowhere else f"{lat:.5f}", "lon": "" if nowhere else f"{lon:.5f}",
            "telefoon": "" if index % 12 == 11 else
            f"02 000 {index // 100 % 100:02d} {index % 100:02d}",
        }

    def _institution(self, key: Key, name: str, full: str, net: str, phone: str,
                     website: str) -> None:
        board = FIRST_BOARD + [n for n, _ in NETS].index(net)
        record: Record = {
            "instelling_nummer": key[0], "instelling_naam": name, "instelling_naam_volledig": full,
            "instelling_hoofdzetel_vestigingsnr": key[1],
            "instelling_bestuur": {"instellingsnummer": board},
            "instelling_net": {"omschrijving": net},
            "instelling_levensbeschouwing": {"omschrijving": "Niet van toepassing"},
            "instelling_status_erkenning": {"code": "E"},
            "instelling_scholengemeenschap": {"instellingsnummer": board + 1000},
            # The source names the head here; whoever copies this field shows it.
            "instelling_directeur": {"naam": "NIET OVERNEMEN"},
            "instelling_email": f"info@instelling-{key[0]}.example",
        }
        record |= {"instelling_telefoon": phone} if phone else {}
        record |= {"instelling_website": website} if website else {}
        self.institutions[key[0]] = Entry(record, {
            "filter_instelling_niveau": frozenset({"SO"}),
            "filter_instelling_nummer": frozenset({str(key[0])})})

    def _board(self, number: int, net: str, kind: str) -> Entry:
        name = f"Proefbestuur {number - FIRST_BOARD + 1:02d}"
        return Entry({
            "instelling_nummer": number, "instelling_naam": name, "instelling_naam_volledig": name,
            "instelling_hoofdzetel_vestigingsnr": 1, "instelling_net": {"omschrijving": net},
            "instelling_bestuur": {"instellingsnummer": number},
            "instelling_status_erkenning": {"code": "E"},
            "instelling_soort_bestuur": {"code": kind},
        }, {"filter_instelling_type": frozenset({"300"}),
            "filter_instelling_nummer": frozenset({str(number)})})

    def _location(self, key: Key, place: Csv, kinds: frozenset[str]) -> None:
        province = place["provincie"]
        record: Record = {
            "instelling_nummer": key[0], "instellingslocatie_vestigingsnummer": key[1],
            "instellingslocatie_provincie": "Brussels Hoofdstedelijk Gewest"
            if province.startswith("Brussel") else f"Provincie {province}",
            "instellingslocatie_straatnaam": place["straat"],
            "instellingslocatie_postcode": place["postcode"],
            "instellingslocatie_gemeente": place["gemeente"],
            "instellingslocatie_gemeente_nis": place["niscode"],
        }
        optional: Record = {
            "instellingslocatie_huisnummer": place["huisnummer"],
            "gps_breedtegraad": place["lat"] and float(place["lat"]),
            "gps_lengtegraad": place["lon"] and float(place["lon"]),
            "instellingslocatie_telefoonnummers": place["telefoon"] and [place["telefoon"]],
        }
        self.kinds[key] = kinds
        self.locations[key] = Entry(record | {n: v for n, v in optional.items() if v}, {
            "filter_instellingslocatie_hoofdstructuur": kinds, **_tags(key)})

    # Organised groups

    def _organise(self, key: Key, code: int, enrol: bool) -> None:
        self.organised[key[0], key[1], code] = Entry({
            "instelling_nummer": key[0], "instellingslocatie_vestigingsnummer": key[1],
            "administratievegroep_code": code,
            "administratievegroep_omschrijving":
                self.groups[code].record["administratievegroep_omschrijving"],
            "schooljaar": self.year, "inschrijvingen": enrol, "financierbaar": True,
            "begindatum": f"{self.year}-09-01", "einddatum": f"{self.year + 1}-08-31",
        }, _tags(key))

    def _built_in_offers(self) -> None:
        for offer in self.offers:
            self._organise((int(offer["instelling"]), int(offer["vestiging"])),
                           int(offer["administratieve_groep"]),
                           offer["inschrijvingen_open"] == "1")

    def _other_offers(self, total: int) -> None:
        """Spread over the generated locations only: the built-in schools keep their own offers."""
        keys = [key for key in self.locations if key[0] >= FIRST_SCHOOL]
        pools = {kinds: [c for kind in sorted(kinds) for c in self.structure.get(kind, ())]
                 for kinds in set(KINDS)}
        plain = [code for code in self.structure.get("311", ())
                 if not self.groups[code].record["administratievegroep_duaal"]]
        short = total - len(self.organised)
        for index, key in enumerate(keys):
            pool = pools[self.kinds[key]]
            if index % 2 and self.kinds[key] == {"311"}:  # most schools have no dual learning
                pool = plain
            # What is left is shared by the locations that are left: no room here, more there.
            share = min(-(-short // (len(keys) - index)), len(pool))
            for code in self.random.sample(pool, max(share, 0)):
                self._organise(key, code, self.random.random() < 0.6)
                short -= 1

    # Programmes

    def _units(self) -> list[Entry]:
        """Groups of programmes, minimal: titles, grade, finality, dual, years, main structures."""
        grouped: dict[str, Record] = {}
        for number, row in self.programmes.items():
            name = row["groep"] or f"G-{9000 + int(number)}"
            group: Record = {"structuuronderdeel_groep_nummer": name,
                             "titel": row["titel"].removesuffix(" duaal")}
            optional = {"graad": row["graad"],
                        "finaliteit": FINALITY.get(row["finaliteit"], ""),
                        "opleidingsvorm": row.get("opleidingsvorm", ""),
                        "type_7de_leerjaar": row["type_7de"]}
            group |= {key: {"code": value} for key, value in optional.items() if value}
            unit = {
                "structuuronderdeel_nummer": int(number), "titel": row["titel"],
                "duaal": row["duaal"] == "1", "aanloop": row["aanloop"] == "1",
                "begindatum": row.get("begindatum", ""),
                "leerjaren": [{"code": year} for year in row["leerjaren"].split("|") if year],
                "hoofdstructuren": sorted({STRUCTURE.get(v, "311") for v in _variants(row)}),
            }
            grouped.setdefault(name, group | {"structuuronderdelen": []})[
                "structuuronderdelen"].append(unit)
        return [Entry(record) for record in grouped.values()]


def _tags(key: Key) -> dict[str, frozenset[str]]:
    return {"filter_instelling_nummer": frozenset({str(key[0])}),
            "filter_instellingslocatie_vestigingsnummer": frozenset({str(key[1])})}
