"""The organised groups of the stand-in: which location has which group this school year."""

from __future__ import annotations

from random import Random

from bot.catalogue.standin.groups import Groups
from bot.catalogue.standin.product import Entry, Key, tags
from bot.catalogue.standin.schools import FIRST_SCHOOL, KINDS, Schools
from bot.catalogue.standin.source import SECONDARY, Source


class Offers:
    """Organised groups by location and code: the built-in ones, then others up to `total`."""

    def __init__(self, source: Source, groups: Groups, schools: Schools, random: Random,
                 total: int) -> None:
        self.entries: dict[tuple[int, int, int], Entry] = {}
        self._source, self._groups, self._schools = source, groups, schools
        self._random = random
        self._built_in()
        self._others(total)

    def _organise(self, key: Key, code: int, enrol: bool) -> None:
        self.entries[key[0], key[1], code] = Entry({
            "instelling_nummer": key[0], "instellingslocatie_vestigingsnummer": key[1],
            "administratievegroep_code": code,
            "administratievegroep_omschrijving":
                self._groups.entries[code].record["administratievegroep_omschrijving"],
            "schooljaar": self._source.year, "inschrijvingen": enrol, "financierbaar": True,
            "begindatum": f"{self._source.year}-09-01",
            "einddatum": f"{self._source.year + 1}-08-31",
        }, tags(key))

    def _built_in(self) -> None:
        for offer in self._source.offers:
            self._organise((int(offer["instelling"]), int(offer["vestiging"])),
                           int(offer["administratieve_groep"]),
                           offer["inschrijvingen_open"] == "1")

    def _others(self, total: int) -> None:
        """Spread over the generated locations only: the built-in schools keep their own offers."""
        keys = [key for key in self._schools.locations if key[0] >= FIRST_SCHOOL]
        codes, kinds_of = self._groups.by_structure, self._schools.kinds
        pools = {kinds: [c for kind in sorted(kinds) for c in codes.get(kind, ())]
                 for kinds in set(KINDS)}
        plain = [code for code in codes.get(SECONDARY, ())
                 if not self._groups.entries[code].record["administratievegroep_duaal"]]
        short = total - len(self.entries)
        for index, key in enumerate(keys):
            pool = pools[kinds_of[key]]
            if index % 2 and kinds_of[key] == {SECONDARY}:  # most schools have no dual learning
                pool = plain
            # What is left is shared by the locations that are left: no room here, more there.
            share = min(-(-short // (len(keys) - index)), len(pool))
            for code in self._random.sample(pool, max(share, 0)):
                self._organise(key, code, self._random.random() < 0.6)
                short -= 1
