"""One programme explained, or the programmes that an interest can mean."""

from __future__ import annotations

from typing import Sequence

from bot.answers.compose.catalogue_parts import (
    as_of,
    button,
    group_words,
    programme_card,
    programme_source,
    unmet_words,
    years_text,
    years_words,
)
from bot.answers.compose.results import ProgrammeShown
from bot.answers.model import Answer, Button, Understood
from bot.answers.texts import Texts
from bot.answers.words import listing
from bot.catalogue.model import Programme
from bot.catalogue.narrowing import OTHERS

GROUP = "opleiding"
MAX_CARDS, MAX_OTHERS = 6, 24


def compose_programme(shown: ProgrammeShown, texts: Texts) -> Answer:
    """Explains a single programme; several become cards to choose from."""
    if len(shown.programmes) == 1:
        return _single(shown, shown.programmes[0], texts)
    page = shown.programmes[shown.start : shown.start + MAX_CARDS]
    notes = unmet_words(shown.by, shown.unmet, texts)
    groups = group_words(shown.by, shown.unmet, texts)
    if shown.by.years and "jaar" not in shown.unmet:
        groups = (*groups, texts.say("filters", "jaar", jaren=years_words(shown.by.years)))
    key = "meer" if shown.interest and OTHERS not in shown.unmet else "groep"
    asked = texts.say(GROUP, key, woord=shown.interest, aantal=len(shown.programmes),
                      welke="".join(f" {words}" for words in groups))
    return Answer(
        kind="programme",
        text="\n\n".join((*notes, asked)),
        bullets=() if shown.start else _others(shown.programmes, texts),
        cards=tuple(programme_card(p, (facts_line(p, texts),))
                    for p in page),
        buttons=(*(button(p) for p in page), *_more(shown, texts)),
        sources=(programme_source(shown.programmes[0]),),
        as_of=as_of(shown.info),
        understood=Understood(tuple(p.title for p in shown.programmes),
                              shown.interest or None, filters=groups),
        ask="which_programme",
    )


def _others(programmes: Sequence[Programme], texts: Texts) -> tuple[str, ...]:
    """The titles that have no card, once each with all their years; of a long list the first."""
    years: dict[str, set[int]] = {}
    for programme in programmes[MAX_CARDS:]:
        years.setdefault(programme.title, set()).update(programme.years)
    lines = [f"{title} ({years_text(sorted(y))})" if y else title for title, y in years.items()]
    rest = len(lines) - MAX_OTHERS
    return (*lines[:MAX_OTHERS], *((texts.say("aanbod", "nog", aantal=rest),) if rest > 0 else ()))


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
    return Answer(
        kind="programme",
        title=programme.title,
        text="\n\n".join((*unmet_words(shown.by, shown.unmet, texts),
                          texts.say(GROUP, _introduction(programme), titel=programme.title))),
        bullets=tuple(bullets),
        cards=(programme_card(programme),),
        buttons=_next(programme, texts),
        sources=(programme_source(programme),),
        as_of=as_of(shown.info, shown.schools_known, programme.addresses),
        understood=Understood((programme.title,), shown.interest or None),
    )


def _more(shown: ProgrammeShown, texts: Texts) -> tuple[Button, ...]:
    following = shown.start + MAX_CARDS
    if len(shown.programmes) <= following:
        return ()
    return (Button(texts.say("aanbod", "knop_meer"), f"meer:{following}",
                   texts.say(GROUP, "label_meer", aantal=len(shown.programmes) - following)),)


def _introduction(programme: Programme) -> str:
    if not programme.dual:
        return "niet_duaal"
    if programme.special_form:
        return "inleiding_ov3"
    return "inleiding_aanloop" if programme.introductory else "inleiding"


def _next(programme: Programme, texts: Texts) -> tuple[Button, ...]:
    if not programme.dual:
        return (Button(texts.say("aanbod", "knop_clb"), "taak:hulp",
                       texts.say("aanbod", "label_clb")),)
    return (Button(texts.say(GROUP, "knop_scholen"), "taak:aanbod",
                   texts.say(GROUP, "label_scholen")),
            Button(texts.say(GROUP, "knop_pad"), "taak:pad", texts.say(GROUP, "label_pad")))
