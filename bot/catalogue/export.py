"""The catalogue as open data: JSON with programmes and pathways, CSV with the offers.

Every export says whence and from when the data are, and that the licence of the source is not
confirmed. Nothing here depends on the day it runs: the same catalogue gives the same text.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any, Iterator

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.model import Offered, Programme, School
from bot.catalogue.pathways import before, certificate
from bot.catalogue.routes import following, status_text
from bot.catalogue.ways import Link

JSON_NAME, CSV_NAME = "catalogus.json", "aanbod.csv"
LICENCE = "hergebruikslicentie van de brondata niet bevestigd"
INCOMPLETE = "Deze lijst is niet volledig: ze bevat het aanbod dat Duaalwijzer kent."
COLUMNS = ("instelling", "vestiging", "school", "straat", "postcode", "gemeente", "provincie",
           "lat", "lon", "telefoon", "website", "fiche_url", "nummer", "titel", "aanloop",
           "leerjaren", "schooljaar", "inschrijvingen_open", "bron", "bron_datum", "licentie")
Row = dict[str, Any]


def to_json(catalogue: Catalogue) -> str:
    """Offers, programmes and pathways as one JSON document; positions are WGS84 degrees."""
    info = catalogue.info
    return json.dumps({
        "titel": "Catalogus duaal leren van Duaalwijzer",
        "licentie": LICENCE,
        "volledigheid": INCOMPLETE,
        "bron": info.source,
        "bron_datum": info.date,
        "schooljaar": info.school_year,
        "aanbod": [_offer(catalogue, school, offered) for school, offered in _offers(catalogue)],
        "opleidingen": [_programme(p) for p in catalogue.programmes.values()],
        "trajecten": list(_pathways(catalogue)),
    }, ensure_ascii=False, indent=1)


def to_csv(catalogue: Catalogue) -> str:
    """One row for each trajectory at each school, for a spreadsheet; lines end with CR LF.

    Years are joined by |, yes and no are 1 and 0, unknown is empty. A cell that a spreadsheet would
    run as a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for school, offered in _offers(catalogue):
        row = _offer(catalogue, school, offered)
        writer.writerow({name: _cell(row[name]) for name in COLUMNS})
    return out.getvalue()


def _offers(catalogue: Catalogue) -> Iterator[tuple[School, Offered]]:
    for key in sorted(catalogue.offers, key=lambda k: (catalogue.schools[k].name, k)):
        for offered in sorted(catalogue.offers[key].values(), key=lambda o: (o.title, o.number)):
            yield catalogue.schools[key], offered


def _offer(catalogue: Catalogue, school: School, offered: Offered) -> Row:
    institution, _, location = school.key.partition("-")
    info = catalogue.info
    return {
        "instelling": institution, "vestiging": location, "school": school.name,
        "straat": school.street, "postcode": school.postcode, "gemeente": school.municipality,
        "provincie": school.province, "lat": school.lat, "lon": school.lon,
        "telefoon": school.phone, "website": school.website, "fiche_url": school.record_url,
        "nummer": offered.number, "titel": offered.title,
        "aanloop": catalogue.programmes[offered.number].introductory,
        "leerjaren": list(offered.years), "schooljaar": info.school_year,
        "inschrijvingen_open": offered.open, "bron": info.source, "bron_datum": info.date,
        "licentie": LICENCE,
    }


def _programme(programme: Programme) -> Row:
    return {
        "nummer": programme.number, "groep": programme.group, "titel": programme.title,
        "graad": programme.grade, "leerjaren": list(programme.years),
        "finaliteit": programme.finality, "domein": programme.domain,
        "discipline": programme.discipline, "duaal": programme.dual,
        "aanloop": programme.introductory, "zevende": programme.seventh,
        "type_7de": programme.seventh_type, "opleidingsvorm": programme.special_form,
        "beroepskwalificatie": programme.qualification, "adressen_totaal": programme.addresses,
        "bron": programme.source, "bron_datum": programme.source_date,
    }


def _pathways(catalogue: Catalogue) -> Iterator[Row]:
    """Every programme with at least one step, in the order of the programmes."""
    for number, programme in catalogue.programmes.items():
        later, earlier = following(catalogue, number), before(catalogue, number)
        if later or earlier:
            yield {
                "nummer": number, "titel": programme.title,
                "bewijs": None if programme.introductory else certificate(programme),
                "daarna": [_link(link) for link in later],
                "ervoor": [_link(link) for link in earlier],
            }


def _link(link: Link) -> Row:
    return {
        "soort": link.kind, "nummer": link.number, "titel": link.title, "status": link.status,
        "betekenis": status_text(link), "reden": link.reason, "feiten": list(link.facts),
        "hogescholen": list(link.colleges), "url": link.url or None,
    }


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, list):
        return "|".join(map(str, value))
    text = str(value)
    # "+32 53 …" is a phone number, not a formula.
    signed = text[:1] in "+-" and not text[1:2].isdigit()
    return f"'{text}" if text and (text[0] in "=@\t\r" or signed) else text
