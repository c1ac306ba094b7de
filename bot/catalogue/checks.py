"""Checks between the source files: references, and facts that must agree with each other."""

from __future__ import annotations

from typing import Any, Callable, Iterable

from bot.catalogue.corrections import FIELDS, REMOVE
from bot.catalogue.places import place_key
from bot.catalogue.schema import TABLES, Table

Rows = dict[str, list[dict[str, Any]]]
Report = Callable[[str, int, str, str, str], None]
RELATIONS = {"voorbereidend", "vervolg", "zelfde_groep"}
FOLLOWUPS = {"graad3", "zevende", "graduaat"}
GOALS = {"beroep", "studie"}
YEARS = ("3", "4", "5", "6", "7")
STATUSES = {"officieel", "afgeleid"}
FIRST_ROW = 2  # row 1 of a file is its header
CHOOSE = "Kies een van de toegelaten waarden."


def check(rows: Rows, report: Report) -> None:
    """Report every fault between the rows: file, row, field, reason, fix."""
    for table in TABLES:
        _references(table, rows, report)
    _programmes(rows, report)
    _words("relation", "relaties.csv", (("kind", "soort", RELATIONS),), rows, report)
    _words("followup", "vervolg.csv",
           (("kind", "soort", FOLLOWUPS), ("status", "status", STATUSES)), rows, report)
    _followups(rows, report)
    _aliases(rows, report)
    _words("goal", "doelen.csv", (("kind", "soort", GOALS),), rows, report)
    _goals(rows, report)
    _offers(rows, report)
    _addresses(rows, report)
    _corrections(rows, report)


def _numbered(rows: Rows, table: str) -> Iterable[tuple[int, dict[str, Any]]]:
    return enumerate(rows[table], FIRST_ROW)


def _references(table: Table, rows: Rows, report: Report) -> None:
    for column, target, target_column in table.references:
        known = {row[target_column] for row in rows[target]}
        for number, row in _numbered(rows, table.name):
            if row[column] not in known:
                report(table.file, number, table.field(column),
                       f"{row[column]} bestaat niet in {target}",
                       "Verbeter het nummer of voeg de ontbrekende rij toe.")


def _programmes(rows: Rows, report: Report) -> None:
    for number, row in _numbered(rows, "programme"):
        if bool(row["dual"]) != ("duaal" in row["title"].lower()):
            report("opleidingen.csv", number, "duaal", f"past niet bij de titel {row['title']}",
                   "Verbeter duaal of titel.")
        if not set(row["years"].split("|")) <= {"", *YEARS}:
            report("opleidingen.csv", number, "leerjaren", f"{row['years']} kan niet",
                   "Schrijf leerjaren van 3 tot 7, met | ertussen.")


def _words(
    table: str, file: str, fields: tuple[tuple[str, str, set[str]], ...], rows: Rows, report: Report
) -> None:
    for number, row in _numbered(rows, table):
        for name, field, allowed in fields:
            if row[name] not in allowed:
                report(file, number, field, f"{row[name]} is geen van {', '.join(sorted(allowed))}",
                       CHOOSE)


def _followups(rows: Rows, report: Report) -> None:
    programmes = {row["number"] for row in rows["programme"]}
    graduates = {row["name"].lower() for row in rows["graduate"]}
    for number, row in _numbered(rows, "followup"):
        graduate = row["kind"] == "graduaat"
        target = row["target"].lower() if graduate else row["target"]
        if target not in (graduates if graduate else programmes):
            report("vervolg.csv", number, "naar", f"{row['target']} bestaat niet",
                   f"Gebruik een {'naam uit graduaten' if graduate else 'nummer uit opleidingen'}"
                   f".csv.")


def _aliases(rows: Rows, report: Report) -> None:
    dual = {row["number"] for row in rows["programme"] if row["dual"]}
    for number, row in _numbered(rows, "alias"):
        unknown = [n for n in row["numbers"].split("|") if n not in dual]
        if unknown:
            report("aliassen.csv", number, "nummers",
                   f"geen duale opleiding: {', '.join(unknown)}",
                   "Gebruik nummers van duale opleidingen uit opleidingen.csv.")


def _goals(rows: Rows, report: Report) -> None:
    """A title is never a goal; an alias may be: a search keeps to it, "hoe word ik" does not."""
    titles = {name for row in rows["programme"] if row["dual"]
              for name in (row["title"].lower(), row["title"].lower().removesuffix(" duaal"))}
    for number, row in _numbered(rows, "goal"):
        if row["alias"].lower() in titles:
            report("doelen.csv", number, "alias",
                   f"{row['alias']} is al de naam van een opleiding",
                   "Schrap de rij: de opleiding houdt haar naam.")


def _offers(rows: Rows, report: Report) -> None:
    schools = {(row["institution"], row["location"]) for row in rows["school"]}
    years = {row["number"]: row["years"].split("|") for row in rows["programme"]}
    for number, row in _numbered(rows, "offer"):
        if (row["institution"], row["location"]) not in schools:
            report("aanbod.csv", number, "instelling",
                   f"{row['institution']}-{row['location']} staat niet in scholen.csv",
                   "Voeg de school toe.")
        allowed = years.get(row["number"], [])
        if row["year"] is not None and any(allowed) and str(row["year"]) not in allowed:
            report("aanbod.csv", number, "leerjaar",
                   f"{row['year']} hoort niet bij opleiding {row['number']}",
                   "Verbeter het leerjaar of het nummer.")


def _town_names(rows: Rows) -> set[str]:
    names = {place_key(name) for row in rows["municipality"]
             for name in (row["name"], *row["old_names"].split("|"))}
    return names | {place_key(row["name"]) for row in rows["place"]}


def _corrections(rows: Rows, report: Report) -> None:
    """Only what does not depend on a source: a school or an offer may leave it at any time."""
    file, names = "afwijkingen.csv", _town_names(rows)
    years = {row["number"]: [*filter(None, row["years"].split("|"))] for row in rows["programme"]}
    known = {"postcode": {row["postcode"] for row in rows["place"]},
             "provincie": {row["province"] for row in rows["municipality"]}}
    for number, row in _numbered(rows, "correction"):
        kind, field, value = row["kind"], row["field"], row["value"]
        if kind not in FIELDS:
            report(file, number, "soort", f"{kind} is geen van {', '.join(FIELDS)}", CHOOSE)
            continue
        if field not in FIELDS[kind]:
            report(file, number, "veld", f"{field} is geen van {', '.join(FIELDS[kind])}", CHOOSE)
        if kind == "aanbod" and row["number"] not in years:
            report(file, number, "nummer", f"{row['number']} staat niet in opleidingen.csv",
                   "Verbeter het nummer.")
        elif kind == "aanbod" and row["year"] not in {"", *(years[row["number"]] or YEARS)}:
            report(file, number, "leerjaar",
                   f"{row['year']} hoort niet bij opleiding {row['number']}",
                   "Verbeter het leerjaar of het nummer.")
        if kind == "school" and (row["number"] or row["year"]):
            report(file, number, "nummer", "hoort niet bij een school",
                   "Maak nummer en leerjaar leeg.")
        if field == REMOVE and value:
            report(file, number, "waarde", f"hoort niet bij {REMOVE}", "Maak de waarde leeg.")
        if value not in known.get(field, {value}) or (
                field == "gemeente" and place_key(value) not in names):
            report(file, number, "waarde", f"{value} is niet bekend", "Verbeter de waarde.")
        if field == "website" and value and not value.lower().startswith(("https://", "http://")):
            report(file, number, "waarde", f"{value} is geen webadres", "Begin met https://.")


def _addresses(rows: Rows, report: Report) -> None:
    postcodes = {row["postcode"] for row in rows["place"]}
    names = _town_names(rows)
    for table, file in (("school", "scholen.csv"), ("clb", "clb.csv")):
        for number, row in _numbered(rows, table):
            if row["postcode"] not in postcodes:
                report(file, number, "postcode", f"{row['postcode']} staat niet in plaatsen.csv",
                       "Verbeter de postcode of voeg de plaats toe.")
            if place_key(row["municipality"]) not in names:
                report(file, number, "gemeente", f"{row['municipality']} is niet bekend",
                       "Verbeter de gemeente of voeg ze toe aan gemeenten.csv.")
