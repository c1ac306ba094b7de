"""One school: how to reach it, everything it offers, and the CLB locations near it."""

from __future__ import annotations

from bot.answers.compose.catalogue_parts import as_of, source
from bot.answers.compose.handover import MAX_CLBS, clb_card, clb_source
from bot.answers.compose.offers import GROUP, offered_line
from bot.answers.compose.results import SchoolShown
from bot.answers.model import Answer, Button, Card
from bot.answers.texts import Texts

ROUTE_URL = "https://www.openstreetmap.org/directions?to={lat}%2C{lon}"


def compose_school(shown: SchoolShown, texts: Texts) -> Answer:
    """Address, phone, site, a link to a route, and the dual trajectories.

    No source tells which CLB belongs to a school: those near it are shown as such.
    """
    school = shown.school
    address = f"{school.street}, {school.postcode} {school.municipality}"
    card = Card(
        id=f"school-{school.key}", title=school.name, subtitle=address, url=school.record_url,
        phone=school.phone or None, school=school.key, municipality=school.municipality,
        postcode=school.postcode, lat=school.lat, lon=school.lon,
    )
    contact = [texts.say(GROUP, key, waarde=value) for key, value in (
        ("telefoon", school.phone), ("website", school.website)) if value]
    clbs = shown.clbs[:MAX_CLBS]
    said = "school" if shown.offered else "school_zonder_aanbod"
    text = [texts.say(GROUP, said, naam=school.name, adres=address), " ".join(contact),
            texts.say(GROUP, "clb_bij_school") if clbs else ""]
    return Answer(
        kind="offers",
        title=school.name,
        text="\n\n".join(part for part in text if part),
        bullets=tuple(offered_line(o, texts) for o in shown.offered),
        cards=(card, *(clb_card(clb) for clb in clbs)),
        buttons=(Button(texts.say(GROUP, "knop_clb"), "taak:hulp", texts.say(GROUP, "label_clb")),),
        sources=(source(shown.info), *(clb_source(clb, texts) for clb in clbs)),
        as_of=as_of(shown.info),
        map={"url": ROUTE_URL.format(lat=school.lat, lon=school.lon),
             "title": texts.say(GROUP, "route", naam=school.name)},
    )
