"""What changed between two retrievals, by school and in words an editor can read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Iterable, Mapping

from bot.catalogue.places import place_key
from bot.catalogue.staging import Row, Staging

Key = tuple[str, str]
NEW, GONE, KEPT = "nieuw", "verdwenen", ""


@dataclass(frozen=True)
class Change:
    """One value that changed: what it is of, what it was and what it is now."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class SchoolDifference:
    """What changed at one location; programmes by title, sorted.

    `status` is nieuw, verdwenen or empty. The programmes of a new school are all `started`, of a
    vanished one all `stopped`. `unknown` are those of which the source no longer says whether one
    can enrol.
    """

    key: Key
    name: str
    municipality: str
    status: str = KEPT
    started: tuple[str, ...] = ()
    stopped: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    years: tuple[Change, ...] = ()
    details: tuple[Change, ...] = ()

    @property
    def changed(self) -> bool:
        """True when there is anything to tell."""
        return any((self.status, self.started, self.stopped, self.opened, self.closed,
                    self.unknown, self.years, self.details))


@dataclass(frozen=True)
class Difference:
    """The schools with a change, by municipality then name, and the school year when it moved."""

    schools: tuple[SchoolDifference, ...]
    school_year: Change | None = None


@dataclass(frozen=True)
class _Programme:
    """A programme at a school: its rows taken together, as a pupil sees it."""

    years: tuple[str, ...]
    open: bool | None


def difference(old: Staging, new: Staging, titles: Mapping[str, str]) -> Difference:
    """Compare by school and programme; `titles` gives the title of a programme number.

    The order of rows, the group code and the spelling of a telephone number make no difference.
    """
    schools = ({_key(s): s for s in old.schools}, {_key(s): s for s in new.schools})
    offers = (_by_school(old.offers), _by_school(new.offers))
    keys = {key for rows in (*schools, *offers) for key in rows}
    found = (_compare(key, (schools[0].get(key), schools[1].get(key)),
                      (offers[0].get(key, {}), offers[1].get(key, {})), titles) for key in keys)
    before, after = (", ".join(sorted({o.get("schooljaar", "") for o in staging.offers}))
                     for staging in (old, new))
    moved = Change("schooljaar", before, after) if before and after and before != after else None
    return Difference(tuple(sorted(
        (school for school in found if school.changed),
        key=lambda s: (place_key(s.municipality), place_key(s.name), s.key))), moved)


def describe(difference: Difference) -> str:
    """The difference in Dutch: a line with totals, then a block for each school."""
    if not difference.schools and not difference.school_year:
        return "geen verschil"
    lines = [_totals(difference.schools)]
    if difference.school_year:
        lines.append(f"Schooljaar: {_arrow(difference.school_year)}")
    for school in difference.schools:
        lines += ["", *_block(school)]
    return "\n".join(lines)


def _compare(key: Key, rows: tuple[Row | None, Row | None],
             offers: tuple[dict[str, _Programme], dict[str, _Programme]],
             titles: Mapping[str, str]) -> SchoolDifference:
    before, after = rows
    was, now = offers
    shown = after or before or {}

    def named(numbers: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted((_title(n, titles) for n in numbers), key=place_key))

    both = was.keys() & now.keys()
    turned = {n: now[n].open for n in both if was[n].open != now[n].open}
    return SchoolDifference(
        key, shown.get("naam") or f"school {'-'.join(key)}", shown.get("gemeente", ""),
        status=NEW if after and not before else GONE if before and not after else KEPT,
        started=named(now.keys() - was.keys()),
        stopped=named(was.keys() - now.keys()),
        opened=named(n for n, state in turned.items() if state is True),
        closed=named(n for n, state in turned.items() if state is False),
        unknown=named(n for n, state in turned.items() if state is None),
        years=tuple(sorted((Change(_title(n, titles), ", ".join(was[n].years),
                                   ", ".join(now[n].years))
                            for n in both if was[n].years != now[n].years),
                           key=lambda c: place_key(c.what))),
        details=_details(before, after) if before and after else ())


def _details(before: Row, after: Row) -> tuple[Change, ...]:
    was, now = _contact(before), _contact(after)
    return tuple(Change(what, was[what], now[what]) for what in was
                 if _comparable(what, was[what]) != _comparable(what, now[what]))


def _contact(row: Row) -> dict[str, str]:
    street = f"{row.get('straat', '')} {row.get('huisnummer', '')}".strip()
    place = f"{row.get('postcode', '')} {row.get('gemeente', '')}".strip()
    return {"naam": row.get("naam", ""), "adres": ", ".join(filter(None, (street, place))),
            "telefoon": row.get("telefoon", ""), "website": row.get("website", "")}


def _comparable(what: str, value: str) -> str:
    """Sources write the same number, address or website in several ways."""
    if what == "telefoon":
        return re.sub(r"^(00)?32", "0", re.sub(r"\D", "", value.replace("(0)", "")))
    return " ".join(value.casefold().split()).rstrip("/")


def _by_school(offers: Iterable[Row]) -> dict[Key, dict[str, _Programme]]:
    rows: dict[Key, dict[str, list[Row]]] = {}
    for offer in offers:
        rows.setdefault(_key(offer), {}).setdefault(offer.get("nummer", ""), []).append(offer)
    return {key: {number: _together(group) for number, group in programmes.items()}
            for key, programmes in rows.items()}


def _together(rows: list[Row]) -> _Programme:
    states = {row.get("inschrijvingen_open", "") for row in rows}
    return _Programme(tuple(sorted({row["leerjaar"] for row in rows if row.get("leerjaar")})),
                      True if "1" in states else False if "0" in states else None)


def _key(row: Row) -> Key:
    return row.get("instelling", ""), row.get("vestiging", "")


def _title(number: str, titles: Mapping[str, str]) -> str:
    return titles.get(number, f"opleiding {number}")


def _totals(schools: tuple[SchoolDifference, ...]) -> str:
    counts = (
        (sum(s.status == NEW for s in schools), "nieuwe school", "nieuwe scholen"),
        (sum(s.status == GONE for s in schools), "verdwenen school", "verdwenen scholen"),
        (sum(len(s.started) for s in schools), "nieuwe opleiding", "nieuwe opleidingen"),
        (sum(len(s.stopped) for s in schools), "gestopte opleiding", "gestopte opleidingen"),
        (sum(len(s.opened) for s in schools), "inschrijving geopend", "inschrijvingen geopend"),
        (sum(len(s.closed) for s in schools), "inschrijving gesloten", "inschrijvingen gesloten"),
        (sum(len(s.unknown) for s in schools), "inschrijving niet meer bekend",
         "inschrijvingen niet meer bekend"),
        (sum(len(s.years) for s in schools), "opleiding met andere leerjaren",
         "opleidingen met andere leerjaren"),
        (sum(bool(s.details) for s in schools), "school met gewijzigde gegevens",
         "scholen met gewijzigde gegevens"),
    )
    told = [f"{count} {one if count == 1 else more}" for count, one, more in counts if count]
    return f"Verschil: {', '.join(told) or 'alleen het schooljaar'}."


def _block(school: SchoolDifference) -> list[str]:
    status = f" — {school.status}" if school.status else ""
    lines = [f"{school.municipality or 'zonder gemeente'}: {school.name} "
             f"({'-'.join(school.key)}){status}"]
    for label, titles in (("nieuwe opleiding", school.started),
                          ("gestopte opleiding", school.stopped),
                          ("inschrijving geopend", school.opened),
                          ("inschrijving gesloten", school.closed),
                          ("inschrijving niet meer bekend", school.unknown)):
        lines += [f"  {label}: {title}" for title in titles]
    lines += [f"  leerjaren van {change.what}: {_arrow(change)}" for change in school.years]
    return lines + [f"  {change.what}: {_arrow(change)}" for change in school.details]


def _arrow(change: Change) -> str:
    return f"{change.before or 'geen'} → {change.after or 'geen'}"
