"""A tiny hand-written catalogue: two municipalities named Aalst, four schools, one chain."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.catalogue.build import build
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.opening import open_catalogue
from bot.catalogue.schema import TABLES

# What a page breaks is then told with both sides, as in a test itself.
pytest.register_assert_rewrite("tests.catalogue.page_reader")

DATA = Path(__file__).resolve().parents[2] / "data" / "catalogue"
SOURCE = "test,2026-09-01"
TODAY = "2026-11-26"
SMALL: dict[str, str] = {
    "gemeenten.csv": f"""niscode,naam,provincie,lat,lon,oude_namen,bron,bron_datum
41002,Aalst,Oost-Vlaanderen,50.94,4.04,Alost,{SOURCE}
71053,Sint-Truiden,Limburg,50.82,5.19,,{SOURCE}
71020,Nieuwerkerken,Limburg,50.86,5.19,,{SOURCE}
44021,Gent,Oost-Vlaanderen,51.05,3.73,,{SOURCE}
31005,Brugge,West-Vlaanderen,51.21,3.22,,{SOURCE}
38008,De Panne,West-Vlaanderen,51.10,2.59,,{SOURCE}
46030,Beveren-Kruibeke-Zwijndrecht,Oost-Vlaanderen,51.21,4.26,Beveren|Kruibeke,{SOURCE}
""",
    "plaatsen.csv": f"""naam,postcode,niscode,lat,lon,bron,bron_datum
Aalst,9300,41002,50.94,4.04,{SOURCE}
Nieuwerkerken,9320,41002,50.92,4.00,{SOURCE}
Aalst,3800,71053,50.77,5.24,{SOURCE}
Sint-Truiden,3800,71053,50.82,5.19,{SOURCE}
Nieuwerkerken,3850,71020,50.86,5.19,{SOURCE}
Gent,9000,44021,51.05,3.73,{SOURCE}
Brugge,8000,31005,51.21,3.22,{SOURCE}
De Panne,8660,38008,51.10,2.59,{SOURCE}
Beveren,9120,46030,51.21,4.26,{SOURCE}
""",
    "buiten.csv": f"""naam,gebied,bron,bron_datum
Luik,Wallonië,{SOURCE}
""",
    "streken.csv": f"""naam,niscode,straal_km,bron,bron_datum
Denderstreek,41002,15,{SOURCE}
""",
    "opleidingen.csv": "nummer,groep,titel,graad,leerjaren,finaliteit,domein,discipline,duaal,"
    "aanloop,zevende,type_7de,opleidingsvorm,beroepskwalificatie,adressen_totaal,bron,bron_datum\n"
    + "\n".join(f"{row},{SOURCE}" for row in (
        "88,G-1,Elektrische installaties duaal,3,5|6,arbeidsmarkt,STEM,Elektro,1,0,0,,,,36",
        "588,G-1,Aanloop Elektrische installaties duaal,3,5|6,arbeidsmarkt,STEM,Elektro,1,1,0,,,,",
        "188,G-1,Elektrische installaties,3,5|6,arbeidsmarkt,STEM,Elektro,0,0,0,,,,40",
        "133,G-2,Installateur duaal,2,3|4,arbeidsmarkt,STEM,Elektro,1,0,0,,,,10",
        "822,G-3,Elektrotechnicus duaal,3,7,,STEM,Elektro,1,0,1,NA_OK3,,,25",
        "93,G-4,Elektrotechnieken duaal,3,5|6,dubbel,STEM,Elektro,1,0,0,,,,2",
        "146,G-5,Koelinstallaties duaal,3,5|6,arbeidsmarkt,STEM,Elektro,1,0,0,,,,6",
        "304,G-6,Crème en keuken duaal,3,5|6,arbeidsmarkt,Voeding en horeca,Horeca,1,0,0,,,,20",
        "700,G-7,Beveiligingstechnicus duaal,3,7,,STEM,Elektro,1,0,1,NA_OK4,,,3",
        "900,G-8,Voorbereidend jaar,3,7,,STEM,,0,0,1,VOORBEREIDING_HO,,,94",
        "22,G-9,Bandenmonteur duaal,,,arbeidsmarkt,STEM,,1,0,0,,OV3,,",
    )) + "\n",
    "relaties.csv": f"""van,naar,soort,bron,bron_datum
88,588,voorbereidend,{SOURCE}
588,88,vervolg,{SOURCE}
88,188,zelfde_groep,{SOURCE}
188,88,zelfde_groep,{SOURCE}
""",
    "vervolg.csv": f"""van,naar,soort,status,reden,feit,bron,bron_datum
133,88,graad3,officieel,flexibele instap,trajecten:S19,{SOURCE}
88,822,zevende,afgeleid,sluit aan,trajecten:Z20,{SOURCE}
88,HVAC-systemen,graduaat,afgeleid,verwant,trajecten:G11,{SOURCE}
""",
    "graduaten.csv": f"""naam,studiegebied,studiepunten,hogescholen,bron_url,bron,bron_datum
HVAC-systemen,techniek,120,Odisee|UCLL,https://example.org,{SOURCE}
""",
    "doelen.csv": f"""alias,graduaat,soort,bron,bron_datum
klimaattechnicus,HVAC-systemen,beroep,{SOURCE}
klimaatstudie,HVAC-systemen,studie,{SOURCE}
""",
    "scholen.csv": "instelling,vestiging,naam,straat,huisnummer,postcode,gemeente,provincie,lat,"
    "lon,net,telefoon,website,fiche_url,bron,bron_datum\n"
    + "\n".join(f"{row},,,https://example.org,{SOURCE}" for row in (
        "1,1,School Aalst,Markt,1,9300,Aalst,Oost-Vlaanderen,50.94,4.04,GO!",
        "2,1,School Truiden,Markt,2,3800,Sint-Truiden,Limburg,50.82,5.18,VRIJ",
        "3,1,School Gent,Markt,3,9000,Gent,Oost-Vlaanderen,51.05,3.73,GO!",
        "3,2,School Beveren,Markt,4,9120,Beveren,Oost-Vlaanderen,51.21,4.26,GO!",
    )) + "\n",
    "aanbod.csv": f"""instelling,vestiging,nummer,schooljaar,leerjaar,variant,inschrijvingen_open,\
administratieve_groep,bron,bron_datum
1,1,588,2026-2027,5,BSO,1,100,{SOURCE}
1,1,88,2026-2027,5,BSO,0,101,{SOURCE}
1,1,88,2026-2027,6,BSO,1,102,{SOURCE}
1,1,88,2026-2027,5,DBSO,0,103,{SOURCE}
2,1,88,2026-2027,5,DBSO,0,104,{SOURCE}
2,1,146,2026-2027,5,,,105,{SOURCE}
3,1,304,2026-2027,5,BSO,1,106,{SOURCE}
3,1,188,2026-2027,5,BSO,1,107,{SOURCE}
3,2,588,2026-2027,5,BSO,1,108,{SOURCE}
""",
    "aliassen.csv": f"""alias,nummers,soort,bron,bron_datum
elektriek,88|133,beroep,{SOURCE}
café,304,interesse,{SOURCE}
""",
    "afwijkingen.csv": "soort,instelling,vestiging,nummer,leerjaar,veld,waarde,reden,bron,"
    "bron_datum,geldig_tot\n",
    "clb.csv": """naam,net,vestiging,straat,huisnummer,postcode,gemeente,telefoon,website,\
bron_url,bron,bron_datum
CLB Aalst,VCLB,hoofd,Straat,1,9300,Aalst,,,https://example.org,test,zonder datum
CLB Gent,GO!,hoofd,Straat,1,9000,Gent,,,https://example.org,test,2025
""",
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The small catalogue's files, in a folder of their own."""
    folder = tmp_path / "bron"
    folder.mkdir()
    for name, text in SMALL.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def edit(source: Path) -> Callable[[str, str, str], None]:
    """Replace one piece of text in one source file."""

    def replace(name: str, before: str, after: str) -> None:
        file = source / name
        text = file.read_text(encoding="utf-8")
        assert before in text
        file.write_text(text.replace(before, after, 1), encoding="utf-8")

    return replace


@pytest.fixture
def catalogue(source: Path, tmp_path: Path) -> Iterator[Catalogue]:
    """The small catalogue, built and opened."""
    build(source, tmp_path / "klein.sqlite", today=TODAY)
    opened = open_catalogue(tmp_path / "klein.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def reopened(source: Path, tmp_path: Path) -> Iterator[Callable[[], Catalogue]]:
    """Builds what the small catalogue's files say now."""
    opened: list[Catalogue] = []

    def make() -> Catalogue:
        build(source, tmp_path / "weer.sqlite", today=TODAY)
        opened.append(open_catalogue(tmp_path / "weer.sqlite"))
        return opened[-1]

    yield make
    for catalogue in opened:
        catalogue.close()


@pytest.fixture
def edited(edit: Callable[[str, str, str], None],
           reopened: Callable[[], Catalogue]) -> Callable[..., Catalogue]:
    """The small catalogue after a change of one source file."""

    def make(name: str, old: str, new: str) -> Catalogue:
        edit(name, old, new)
        return reopened()

    return make


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """The built-in catalogue; nobody changes it."""
    target = tmp_path_factory.mktemp("echt") / "c.sqlite"
    build(DATA, target, today=TODAY)
    opened = open_catalogue(target)
    yield opened
    opened.close()


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


SOURCE_FILES = tuple(table.file for table in TABLES)
