"""The administrative groups of the stand-in: those of the built-in offers, then all others."""

from __future__ import annotations

from bot.catalogue.standin.product import Entry, Record
from bot.catalogue.standin.source import FINALITY, SECONDARY, Source, structure, variants

FIRST_GROUP = 90_001
LONG_TITLE = 50  # the source writes DL for "duaal" where a title grows long
GRADE = {"1": "Eerste graad", "2": "Tweede graad", "3": "Derde graad"}
OUTSIDE = ("1e leerjaar A", "1e leerjaar B", "2e leerjaar A", "2e leerjaar B",
           "Onthaaljaar voor anderstalige nieuwkomers")


def description(title: str, year: str, variant: str) -> str:
    """A group's name as the source writes it: "1e leerjaar in de 3e graad X duaal DBSO"."""
    number = int(year) if year else 0
    if len(title) >= LONG_TITLE and title.endswith(" duaal"):
        title = f"{title.removesuffix('duaal')}DL"
    place = "" if not number else "7e leerjaar " if number == 7 else (
        f"{2 - number % 2}e leerjaar in de {(number + 1) // 2}e graad ")
    return f"{place}{title} {variant}".strip()


class Groups:
    """Groups by their code, and their codes by main structure."""

    def __init__(self, source: Source) -> None:
        self.entries: dict[int, Entry] = {}
        self.by_structure: dict[str, list[int]] = {}
        self._source = source
        self._built_in()
        self._others()

    def _group(self, code: int, number: str, year: str, variant: str) -> None:
        programme = self._source.programmes[number]
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
        self._keep(code, record, structure(variant))

    def _flags(self, niche: bool, stem: bool) -> Record:
        return {"administratievegroep_modulair": False, "administratievegroep_niche": niche,
                "administratievegroep_stem_categorie": "STEM" if stem else "Geen STEM",
                "administratievegroep_gemoderniseerd": True,
                "administratievegroep_ingericht": True, "schooljaar": self._source.year}

    def _keep(self, code: int, record: Record, of: str) -> None:
        self.entries[code] = Entry(
            record, {"filter_administratievegroep_ingericht": frozenset({"true"})})
        self.by_structure.setdefault(of, []).append(code)

    def _built_in(self) -> None:
        for offer in self._source.offers:
            code = int(offer["administratieve_groep"])
            if code not in self.entries:
                self._group(code, offer["nummer"], offer["leerjaar"], offer["variant"])

    def _others(self) -> None:
        known = {(o["nummer"], o["leerjaar"], o["variant"]) for o in self._source.offers}
        new = [(number, year, variant) for number, programme in self._source.programmes.items()
               for year in programme["leerjaren"].split("|") for variant in variants(programme)]
        for code, group in enumerate((g for g in new if g not in known), FIRST_GROUP):
            self._group(code, *group)
        for code, name in enumerate(OUTSIDE, FIRST_GROUP + len(new)):
            # First grade and newcomers: no grade, finality, domain or programme of ours.
            self._keep(code, {
                "administratievegroep_code": code, "administratievegroep_omschrijving": name,
                "administratievegroep_duaal": False, **self._flags(False, False)}, SECONDARY)
