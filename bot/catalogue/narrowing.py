"""What narrows a search beside names of programmes: years, finality, form, domain, net, open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Callable, Mapping, Sequence

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.model import Programme
from bot.catalogue.pathways import after, before

SEVENTH = 7
ALL, NO_YEAR = "alle", 0  # what takes a filter away
STEPS = frozenset({"zevende", "graad3", "vooraf"})
EVERYWHERE, PROVINCE = "overal", "provincie"
OTHERS = "andere"  # beside the kinds of filter that are not met


@dataclass(frozen=True)
class Narrowing:
    """Filters as said so far; empty means not asked. `area` widens: EVERYWHERE or PROVINCE."""

    years: tuple[int, ...] = ()
    open_only: bool = False
    finality: str = ""
    form: str = ""
    net: str = ""
    domain: str = ""
    area: str = ""

    @property
    def groups(self) -> bool:
        """True when it says by itself which programmes are meant."""
        return bool(self.finality or self.form or self.domain)

    def after(self, said: Mapping[str, Sequence[str]]) -> Narrowing:
        """With what one more message says; values by kind, as in `bot.nlu.cues`."""
        base = Narrowing(area=self.area) if "zonder_filter" in said.get("wens", ()) else self
        if {"plaats", "provincie", "straal"} & set(said):
            base = replace(base, area="")

        def last(kind: str, kept: str) -> str:
            value = str(said[kind][-1]) if said.get(kind) else kept
            return "" if value == ALL else value

        # "Is dat voor het 3de of het 5de jaar?" asks for the year, it does not name one.
        named = () if "welk_jaar" in said.get("wens", ()) else said.get("jaar", ())
        years = tuple(sorted({int(year) for year in named} - {NO_YEAR}))
        kept = () if str(NO_YEAR) in map(str, named) else base.years
        return Narrowing(
            years or kept, last("open", str(int(base.open_only))) == "1",
            last("finaliteit", base.finality), last("vorm", base.form), last("net", base.net),
            last("domein", base.domain), last("gebied", base.area))


def narrow(
    catalogue: Catalogue, named: Sequence[Programme], by: Narrowing
) -> tuple[tuple[Programme, ...], tuple[str, ...]]:
    """The programmes that fit, and the kinds of filter that none of them meets, or OTHERS.

    Nothing named means every dual programme of the group that is asked. A year in which none of
    the programmes exists means what comes before or after them in that year. A filter that nobody
    meets is left out. OTHERS says that special education has not what is named but has others of
    its domain, which are given.
    """
    pool, unmet = tuple(named), list[str]()
    if not pool and by.groups:
        pool = tuple(p for p in catalogue.programmes.values()
                     if p.dual and not p.introductory and p.special_form == by.form)
    elif by.form:
        pool, same = _in_form(catalogue, pool, by.form)
        unmet = [] if same else [OTHERS]
    if by.years and pool and not any(in_years(p, by.years) for p in pool):
        pool = tuple(p for p in _linked(catalogue, pool) if in_years(p, by.years)) or pool
    tests: tuple[tuple[str, bool, Callable[[Programme], bool]], ...] = (
        ("vorm", bool(by.form), lambda p: p.special_form == by.form),
        ("domein", bool(by.domain), lambda p: p.domain == by.domain),
        ("finaliteit", bool(by.finality), lambda p: p.finality == by.finality),
        ("jaar", bool(by.years), lambda p: in_years(p, by.years)),
    )
    for kind, asked, fits in tests:
        kept = tuple(p for p in pool if fits(p)) if asked else pool
        if asked and pool and not kept:
            unmet.append(kind)
        pool = kept or pool
    return pool, tuple(unmet)


def _in_form(
    catalogue: Catalogue, named: Sequence[Programme], form: str
) -> tuple[tuple[Programme, ...], bool]:
    """The programmes in special education, else others of their domain; True unless others."""
    there = [p for p in catalogue.programmes.values() if p.dual and p.special_form == form]
    titles, domains = {p.title for p in named}, {p.domain for p in named}
    same = tuple(p for p in there if p.title in titles)
    others = tuple(p for p in there if p.domain in domains)
    return same or others or tuple(named), bool(same) or not others


def in_years(programme: Programme, years: Sequence[int]) -> bool:
    """True when the programme is in one of the years, or none is asked.

    The source does not tell the years of special education.
    """
    return not years or not programme.years or bool(set(programme.years) & set(years))


def _linked(catalogue: Catalogue, named: Sequence[Programme]) -> tuple[Programme, ...]:
    """The dual programmes before and after the ones that are named, each once."""
    found = {link.number: catalogue.programmes[link.number] for programme in named
             for link in (*after(catalogue, programme.number), *before(catalogue, programme.number))
             if link.number and link.kind in STEPS and link.dual}
    return tuple(found.values())
