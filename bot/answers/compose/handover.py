"""How to reach a person: the CLB near a place when it is known, and the lines for everybody."""

from __future__ import annotations

from bot.answers.compose.fixed import sources
from bot.answers.compose.results import HandoverShown, OwnClb
from bot.answers.model import Answer, Button, Card, Source
from bot.answers.texts import Texts
from bot.catalogue.model import Clb

GROUP = "overdracht"
MAX_CLBS = 3


def compose_handover(shown: HandoverShown, texts: Texts) -> Answer:
    """No promise that anybody is told: the person makes the contact. An own CLB goes first."""
    own = (own_card(shown.own, texts),) if shown.own else ()
    near = _other_than(shown.own, shown.clbs)[:MAX_CLBS - len(own)]
    key = "tekst_eigen" if own else "tekst"
    if shown.place:
        key = "tekst_plaats" if near else "tekst_plaats_onbekend"
    municipality = shown.place.municipality if shown.place else ""
    return Answer(
        kind="handover",
        title=texts.say(GROUP, "titel"),
        text=texts.say(GROUP, key, plaats=municipality),
        bullets=tuple(texts.entry(GROUP, "punten")),
        cards=(*own, *(clb_card(clb) for clb in near)),
        buttons=(Button(texts.say(GROUP, "knop_clb"), "onderwerp:clb",
                        texts.say(GROUP, "label_clb")),),
        sources=(
            *sources(texts.entry(GROUP, "bronnen")),
            *(clb_source(clb, texts) for clb in near),
        ),
        ask=None if shown.place or own else "place",
    )


def _other_than(own: OwnClb | None, clbs: tuple[Clb, ...]) -> tuple[Clb, ...]:
    return tuple(clb for clb in clbs
                 if own is None or clb.name.casefold() != own.name.casefold())


def own_card(own: OwnClb, texts: Texts) -> Card:
    """The publisher's own CLB; it has no source but the publisher, and says so."""
    return Card(id="clb-eigen", title=own.name, subtitle=texts.say(GROUP, "eigen"),
                phone=own.phone or None, url=own.website or None)


def clb_source(clb: Clb, texts: Texts) -> Source:
    """Where the address of a CLB comes from."""
    return Source(f"Gegevens van {clb.name}", texts.say(GROUP, "nagekeken"), clb.source_url,
                  clb.source_date)


def clb_card(clb: Clb) -> Card:
    """Address and phone of a CLB."""
    address = ", ".join(p for p in (clb.street, f"{clb.postcode} {clb.municipality}") if p)
    return Card(id=f"clb-{clb.postcode}-{clb.name.lower().replace(' ', '-')}", title=clb.name,
                subtitle=address, phone=clb.phone or None, url=clb.website or None,
                municipality=clb.municipality, postcode=clb.postcode)
