"""The catalogue's tables: which source file fills them, their columns, keys and references."""

from __future__ import annotations

from dataclasses import dataclass

VERSION = 6


@dataclass(frozen=True)
class Column:
    """One column of a source file and of the table made of it."""

    source: str
    name: str
    kind: type = str
    required: bool = True


@dataclass(frozen=True)
class Table:
    """One table, its source file, its key and the references it must keep."""

    name: str
    file: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[tuple[str, str, str], ...] = ()

    def field(self, name: str) -> str:
        """What an editor calls a column: its name in the source file."""
        return next((c.source for c in self.columns if c.name == name), name)


def _c(source: str, name: str, kind: type = str, required: bool = True) -> Column:
    return Column(source, name, kind, required)


SOURCE = (_c("bron", "source"), _c("bron_datum", "source_date"))

TABLES: tuple[Table, ...] = (
    Table("municipality", "gemeenten.csv", (
        _c("niscode", "niscode"), _c("naam", "name"), _c("provincie", "province"),
        _c("lat", "lat", float), _c("lon", "lon", float),
        _c("oude_namen", "old_names", required=False), *SOURCE,
    ), ("niscode",)),
    Table("place", "plaatsen.csv", (
        _c("naam", "name"), _c("postcode", "postcode"), _c("niscode", "niscode"),
        _c("lat", "lat", float), _c("lon", "lon", float), *SOURCE,
    ), ("name", "postcode"), (("niscode", "municipality", "niscode"),)),
    Table("region", "streken.csv", (
        _c("naam", "name"), _c("niscode", "niscode"), _c("straal_km", "radius_km", float),
        *SOURCE,
    ), ("name",), (("niscode", "municipality", "niscode"),)),
    Table("outside", "buiten.csv", (
        _c("naam", "name"), _c("gebied", "area"), *SOURCE,
    ), ("name",)),
    Table("programme", "opleidingen.csv", (
        _c("nummer", "number"), _c("groep", "group_number", required=False),
        _c("titel", "title"), _c("graad", "grade", required=False),
        _c("leerjaren", "years", required=False), _c("finaliteit", "finality", required=False),
        _c("domein", "domain", required=False), _c("discipline", "discipline", required=False),
        _c("duaal", "dual", int), _c("aanloop", "introductory", int),
        _c("zevende", "seventh", int), _c("type_7de", "seventh_type", required=False),
        _c("opleidingsvorm", "special_form", required=False),
        _c("beroepskwalificatie", "qualification", required=False),
        _c("adressen_totaal", "addresses", int, required=False), *SOURCE,
    ), ("number",)),
    Table("relation", "relaties.csv", (
        _c("van", "from_number"), _c("naar", "to_number"), _c("soort", "kind"), *SOURCE,
    ), ("from_number", "to_number", "kind"),
        (("from_number", "programme", "number"), ("to_number", "programme", "number"))),
    Table("followup", "vervolg.csv", (
        _c("van", "from_number"), _c("naar", "target"), _c("soort", "kind"),
        _c("status", "status"), _c("reden", "reason"), _c("feit", "fact"), *SOURCE,
    ), ("from_number", "target", "kind"), (("from_number", "programme", "number"),)),
    Table("graduate", "graduaten.csv", (
        _c("naam", "name"), _c("studiegebied", "field", required=False),
        _c("studiepunten", "credits", required=False),
        _c("hogescholen", "colleges", required=False), _c("bron_url", "url"), *SOURCE,
    ), ("name",)),
    Table("goal", "doelen.csv", (
        _c("alias", "alias"), _c("graduaat", "graduate"), _c("soort", "kind"), *SOURCE,
    ), ("alias",), (("graduate", "graduate", "name"),)),
    Table("school", "scholen.csv", (
        _c("instelling", "institution"), _c("vestiging", "location"), _c("naam", "name"),
        _c("straat", "street"), _c("huisnummer", "house_number", required=False),
        _c("postcode", "postcode"), _c("gemeente", "municipality"),
        _c("provincie", "province"), _c("lat", "lat", float), _c("lon", "lon", float),
        _c("net", "net", required=False), _c("telefoon", "phone", required=False),
        _c("website", "website", required=False), _c("fiche_url", "record_url"), *SOURCE,
    ), ("institution", "location")),
    Table("offer", "aanbod.csv", (
        _c("instelling", "institution"), _c("vestiging", "location"), _c("nummer", "number"),
        _c("schooljaar", "school_year"), _c("leerjaar", "year", int, required=False),
        _c("variant", "variant", required=False),
        _c("inschrijvingen_open", "open", int, required=False),
        _c("administratieve_groep", "group_code"), *SOURCE,
    ), ("institution", "location", "group_code", "school_year"),
        (("number", "programme", "number"),)),
    Table("alias", "aliassen.csv", (
        _c("alias", "alias"), _c("nummers", "numbers"), _c("soort", "kind"), *SOURCE,
    ), ("alias",)),
    Table("clb", "clb.csv", (
        _c("naam", "name"), _c("net", "net", required=False),
        _c("vestiging", "location", required=False), _c("straat", "street", required=False),
        _c("huisnummer", "house_number", required=False), _c("postcode", "postcode"),
        _c("gemeente", "municipality"), _c("telefoon", "phone", required=False),
        _c("website", "website", required=False), _c("bron_url", "source_url"), *SOURCE,
    ), ("name", "location", "postcode")),
    Table("correction", "afwijkingen.csv", (
        _c("soort", "kind"), _c("instelling", "institution"), _c("vestiging", "location"),
        _c("nummer", "number", required=False), _c("leerjaar", "year", required=False),
        _c("veld", "field"), _c("waarde", "value", required=False), _c("reden", "reason"),
        *SOURCE, _c("geldig_tot", "valid_until"),
    ), ("kind", "institution", "location", "number", "year", "field")),
)
