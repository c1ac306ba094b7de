"""One school with its address and everything it offers."""

from __future__ import annotations

from bot.answers.compose.catalogue_parts import as_of, source
from bot.answers.compose.offers import GROUP, offered_line
from bot.answers.compose.results import SchoolShown
from bot.answers.model import Answer, Card
from bot.answers.texts import Texts


def compose_school(shown: SchoolShown, texts: Texts) -> Answer:
    """Address, phone, official record and the list of dual trajectories."""
    school = shown.school
    address = f"{school.street}, {school.postcode} {school.municipality}"
    card = Card(
        id=f"school-{school.key}", title=school.name, subtitle=address, url=school.record_url,
        phone=school.phone or None, school=school.key, municipality=school.municipality,
        postcode=school.postcode, lat=school.lat, lon=school.lon,
    )
    return Answer(
        kind="offers",
        title=school.name,
        text=texts.say(GROUP, "school", naam=school.name, adres=address),
        bullets=tuple(offered_line(o, texts) for o in shown.offered),
        cards=(card,),
        sources=(source(shown.info),),
        as_of=as_of(shown.info),
    )
