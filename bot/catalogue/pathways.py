"""What follows and precedes a programme: certificates by rule, links official or inferred.

The rules are the table of feiten/trajecten.md §6 (codes S.., Z.., G..); the links come from the
catalogue. An inferred link is never told as an official rule.
"""

from __future__ import annotations

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.model import Link, Pathway, Programme


def certificate(programme: Programme) -> str:
    """What a programme leads to: OK2, OK3, OK4, BK_NA_OK3, BK_NA_OK4, OK4_VOORBEREIDEND or OV3."""
    if programme.special_form == "OV3":
        return "OV3"
    if programme.seventh:
        return {"NA_OK3": "BK_NA_OK3", "NA_OK4": "BK_NA_OK4",
                "VOORBEREIDING_HO": "OK4_VOORBEREIDEND"}.get(programme.seventh_type, "BK_NA_OK3")
    if programme.grade == "2":
        return "OK2"
    return "OK4" if programme.finality in {"dubbel", "doorstroom"} else "OK3"


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


def pathway(catalogue: Catalogue, number: str) -> Pathway:
    """Both directions for one programme; KeyError for an unknown number."""
    programme = catalogue.programmes[number]
    kind = certificate(programme)
    return Pathway(programme, kind, RULES[kind], _after(catalogue, programme),
                   _before(catalogue, programme))


def _after(catalogue: Catalogue, programme: Programme) -> tuple[Link, ...]:
    links = [_link(catalogue, row["kind"], row["target"], row["status"] == "officieel")
             for row in catalogue.followups if row["from_number"] == programme.number]
    return tuple(sorted(links, key=_order))


def _before(catalogue: Catalogue, programme: Programme) -> tuple[Link, ...]:
    links = [_link(catalogue, "vooraf", row["from_number"], row["status"] == "officieel")
             for row in catalogue.followups if row["target"] == programme.number]
    links += [_link(catalogue, "aanloop", other, True)
              for kind, other in catalogue.relations.get(programme.number, ())
              if kind == "voorbereidend" and catalogue.programmes[other].introductory]
    return tuple(sorted(links, key=_order))


def _link(catalogue: Catalogue, kind: str, target: str, official: bool) -> Link:
    programme = catalogue.programmes.get(target)
    if programme:
        return Link(kind, programme.title, programme.number, official, programme.dual,
                    programme.addresses)
    graduate = catalogue.graduates.get(target.lower())
    title = graduate.name if graduate else target
    colleges = graduate.colleges if graduate else ()
    return Link("graduaat", title, None, official, colleges=colleges,
                url=graduate.url if graduate else "")


def _order(link: Link) -> tuple[str, bool, int, str]:
    return (link.kind, not link.official, -(link.addresses or 0), link.title)
