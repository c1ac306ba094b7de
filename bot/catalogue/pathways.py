"""What follows and precedes a programme: certificates by rule, links official or inferred.

The rules are the table of feiten/trajecten.md §6 (codes S.., Z.., G..); the links come from the
catalogue. An inferred link is never told as an official rule.
"""

from __future__ import annotations

from typing import Mapping

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.model import Programme
from bot.catalogue.ways import Link, Pathway

SEVENTH = {"NA_OK3": "BK_NA_OK3", "NA_OK4": "BK_NA_OK4", "VOORBEREIDING_HO": "OK4_VOORBEREIDEND"}


def certificate(programme: Programme) -> str:
    """What a programme leads to: OK2, OK3, OK4, BK_NA_OK3, BK_NA_OK4, OK4_VOORBEREIDEND or OV3."""
    if programme.special_form == "OV3":
        return "OV3"
    if programme.seventh:
        return SEVENTH.get(programme.seventh_type, "BK_NA_OK3")
    if programme.grade == "2":
        return "OK2"
    return "OK4" if programme.finality in {"dubbel", "doorstroom"} else "OK3"


# The papers themselves. A 7th year after OK3 gives no new diploma: OK3 stays OK3 (Z03).
EVIDENCE: Mapping[str, tuple[str, ...]] = {
    "OK2": ("OK2", "BK"),
    "OK3": ("OK3", "BK"),
    "OK4": ("OK4", "BK"),
    "BK_NA_OK3": ("BK",),
    "BK_NA_OK4": ("BK",),
    "OK4_VOORBEREIDEND": ("OK4",),
    "OV3": ("OV3", "BK"),
}

# What each certificate opens, as codes that the texts put into words.
RULES: dict[str, tuple[str, ...]] = {
    "OK2": ("graad3", "werk_na_leerplicht"),
    "OK3": ("werk", "zevende_na_ok3", "voorbereidend", "graduaat", "geen_bachelor_rechtstreeks"),
    "OK4": ("werk", "zevende_na_ok4", "graduaat", "bachelor"),
    "BK_NA_OK3": ("werk", "graduaat", "voorbereidend", "geen_bachelor_rechtstreeks"),
    "BK_NA_OK4": ("werk", "graduaat", "bachelor"),
    "OK4_VOORBEREIDEND": ("bachelor", "graduaat", "werk"),
    "OV3": ("werk", "overstap_klassenraad", "diploma_later"),
}

# The lines of the dossier on which a rule rests.
RULE_FACTS: Mapping[str, tuple[str, ...]] = {
    "graad3": ("trajecten:S18",),
    "werk_na_leerplicht": ("trajecten:§6",),
    "werk": ("trajecten:N01",),
    "zevende_na_ok3": ("trajecten:Z02", "trajecten:Z03"),
    "zevende_na_ok4": ("trajecten:Z02", "trajecten:Z04"),
    "voorbereidend": ("trajecten:Z05", "trajecten:Z07"),
    "graduaat": ("trajecten:G04",),
    "bachelor": ("trajecten:N02",),
    "geen_bachelor_rechtstreeks": ("trajecten:Z09",),
    "overstap_klassenraad": ("trajecten:S16",),
    "diploma_later": ("trajecten:N03", "trajecten:N05", "trajecten:N06"),
}


def evidence(programme: Programme) -> tuple[str, ...]:
    """The papers of who succeeds: OK2, OK3, OK4, OV3 and BK; none for an introductory year."""
    return () if programme.introductory else EVIDENCE[certificate(programme)]


def pathway(catalogue: Catalogue, number: str) -> Pathway:
    """Both directions for one programme; KeyError for an unknown number."""
    programme = catalogue.programmes[number]
    kind = certificate(programme)
    return Pathway(programme, kind, RULES[kind], after(catalogue, number),
                   before(catalogue, number))


def after(catalogue: Catalogue, number: str) -> tuple[Link, ...]:
    """What can follow a programme, official links first in each kind."""
    links = [_link(catalogue, row["kind"], row["target"], row["status"], row["reason"], row["fact"])
             for row in catalogue.followups if row["from_number"] == number]
    return tuple(sorted(links, key=_order))


def before(catalogue: Catalogue, number: str) -> tuple[Link, ...]:
    """What can precede a programme, with its introductory year."""
    links = [_link(catalogue, "vooraf", row["from_number"], row["status"], row["reason"],
                   row["fact"])
             for row in catalogue.followups if row["target"] == number]
    links += [_link(catalogue, "aanloop", other, "officieel", "aanloopjaar", "trajecten:S21")
              for kind, other in catalogue.relations.get(number, ())
              if kind == "voorbereidend" and catalogue.programmes[other].introductory]
    return tuple(sorted(links, key=_order))


def _link(
    catalogue: Catalogue, kind: str, target: str, status: str, reason: str, fact: str
) -> Link:
    official, facts = status == "officieel", tuple(fact.split("|"))
    programme = catalogue.programmes.get(target)
    if programme:
        return Link(kind, programme.title, programme.number, official, programme.dual,
                    programme.addresses, reason=reason, facts=facts)
    graduate = catalogue.graduates.get(target.lower())
    title = graduate.name if graduate else target
    return Link("graduaat", title, None, official,
                colleges=graduate.colleges if graduate else (),
                url=graduate.url if graduate else "", reason=reason, facts=facts,
                checked=graduate.source_date if graduate else "")


def _order(link: Link) -> tuple[str, bool, int, str]:
    return (link.kind, not link.official, -(link.addresses or 0), link.title)
