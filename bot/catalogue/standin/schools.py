"""The schools of the stand-in: the built-in ones, then artificial ones, and their boards."""

from __future__ import annotations

from random import Random

from bot.catalogue.standin.product import Entry, Key, Record, tags
from bot.catalogue.standin.source import SECONDARY, Csv, Source, structure

FIRST_SCHOOL, FIRST_BOARD = 900_001, 990_001
NETS = (("Gemeenschapsonderwijs", "1"), ("Vrij gesubsidieerd onderwijs", "2"),
        ("Officieel gesubsidieerd onderwijs", "4"))
# The kinds of location by main structure; the first four differ, so that few locations show all.
KINDS = tuple(frozenset(kind.split()) for kind in (
    "311", "311 312", "315", "321", *["311"] * 13, "312", "311", "311"))


class Schools:
    """Institutions by number, locations by key, and the main structures of each location.

    `total` is the number of locations, artificial ones included.
    """

    def __init__(self, source: Source, random: Random, total: int) -> None:
        self.institutions: dict[int, Entry] = {}
        self.locations: dict[Key, Entry] = {}
        self.kinds: dict[Key, frozenset[str]] = {}
        self._source, self._random = source, random
        self._built_in()
        self._others(total)

    def boards(self) -> list[Entry]:
        """One board for each net."""
        return [self._board(number, *net) for number, net in enumerate(NETS, FIRST_BOARD)]

    def _built_in(self) -> None:
        wanted: dict[Key, set[str]] = {}
        for offer in self._source.offers:
            key = int(offer["instelling"]), int(offer["vestiging"])
            wanted.setdefault(key, {SECONDARY}).add(structure(offer["variant"]))
        for row, school in enumerate(self._source.schools, 2):
            key = int(school["instelling"]), int(school["vestiging"])
            net = {"GO!": NETS[0], "VRI": NETS[1]}.get(school["net"][:3].upper(), NETS[2])
            if key[0] not in self.institutions:
                self._institution(key, school["naam"], school["naam"], net[0],
                                  school["telefoon"], school["website"])
            self._location(key, {**school, "niscode": self._source.niscode(school, row)},
                           frozenset(wanted.get(key, {SECONDARY})))

    def _others(self, total: int) -> None:
        index, number = 0, FIRST_SCHOOL
        while len(self.locations) < total:
            short = f"Proefschool {number - FIRST_SCHOOL + 1:04d}"
            net, _ = self._random.choice(NETS)
            # As in the source: some names hold the number, some schools have no website.
            full = f"{short} {number:06d}" if number % 45 == 0 else short
            website = "" if number % 20 == 0 else f"www.{short.replace(' ', '-').lower()}.example"
            self._institution((number, 1), short, full, net, "", website)
            for location in range(1, min(self._random.choice((1, 2, 2)),
                                         total - len(self.locations)) + 1):
                self._location((number, location), self._address(index),
                               KINDS[index % len(KINDS)])
                index += 1
            number += 1

    def _address(self, index: int) -> Csv:
        place = self._random.choice(self._source.municipalities or self._source.places)
        lat, lon = (float(place[axis]) + self._random.uniform(-0.02, 0.02)
                    for axis in ("lat", "lon"))
        nowhere = index % 70 == 69
        return {
            "provincie": self._source.provinces[place["niscode"]], "gemeente": place["naam"],
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
            "filter_instellingslocatie_hoofdstructuur": kinds, **tags(key)})
