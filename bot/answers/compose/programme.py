"""One programme explained, or the programmes that an interest can mean."""

from __future__ import annotations

from bot.answers.compose.catalogue_parts import (
    as_of,
    button,
    programme_card,
    programme_source,
    years_text,
)
from bot.answers.compose.results import ProgrammeShown
from bot.answers.model import Answer, Button, Understood
from bot.answers.texts import Texts
from bot.answers.words import listing
from bot.catalogue.model import Programme

GROUP = "opleiding"
MAX_CARDS = 6


def compose_programme(shown: ProgrammeShown, texts: Texts) -> Answer:
    """Explains a single programme; several become cards to choose from."""
    if len(shown.programmes) == 1:
        return _single(shown, shown.programmes[0], texts)
    return Answer(
        kind="programme",
        text=texts.say(GROUP, "meer", woord=shown.interest, aantal=len(shown.programmes)),
        cards=tuple(programme_card(p, (facts_line(p, texts),))
                    for p in shown.programmes[:MAX_CARDS]),
        buttons=tuple(button(p) for p in shown.programmes[:MAX_CARDS]),
        sources=(programme_source(shown.programmes[0]),),
        as_of=as_of(shown.info),
        understood=Understood(tuple(p.title for p in shown.programmes),
                              shown.interest or None),
        ask="which_programme",
    )


def facts_line(programme: Programme, texts: Texts) -> str:
    """Finality and kind in one line."""
    kind = "zevende" if programme.seventh else (programme.finality or "onbekend")
    return texts.say(GROUP, f"soort_{kind}")


def _single(shown: ProgrammeShown, programme: Programme, texts: Texts) -> Answer:
    bullets = [facts_line(programme, texts)]
    years = years_text(programme.years)
    if years:
        bullets.append(texts.say(GROUP, "jaren", jaren=years))
    if programme.domain:
        bullets.append(texts.say(GROUP, "domein", domein=programme.domain))
    if programme.qualification:
        bullets.append(texts.say(GROUP, "beroep", beroep=programme.qualification))
    if programme.addresses is not None:
        bullets.append(texts.say(GROUP, "adressen" if programme.addresses else "geen_adressen",
                                 aantal=programme.addresses, jaar=shown.info.school_year))
    if shown.full_time:
        titles = list(dict.fromkeys(p.title for p in shown.full_time))[:3]
        bullets.append(texts.say(GROUP, "voltijds", lijst=listing(titles)))
    intro = "inleiding_ov3" if programme.special_form else (
        "inleiding_aanloop" if programme.introductory else "inleiding")
    return Answer(
        kind="programme",
        title=programme.title,
        text=texts.say(GROUP, intro, titel=programme.title),
        bullets=tuple(bullets),
        cards=(programme_card(programme),),
        buttons=(
            Button(texts.say(GROUP, "knop_scholen"), "taak:aanbod",
                   texts.say(GROUP, "label_scholen")),
            Button(texts.say(GROUP, "knop_pad"), "taak:pad", texts.say(GROUP, "label_pad")),
        ),
        sources=(programme_source(programme),),
        as_of=as_of(shown.info, shown.schools_known, programme.addresses),
        understood=Understood((programme.title,), shown.interest or None),
    )
