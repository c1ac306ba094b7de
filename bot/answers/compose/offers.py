"""Local offers as an answer: what was understood, what was found, how far, how complete."""

from __future__ import annotations

from bot.answers.compose.catalogue_parts import (
    as_of,
    button,
    group_words,
    search_words,
    source,
    unmet_words,
    years_text,
)
from bot.answers.compose.results import OffersShown
from bot.answers.model import Answer, Button, Card, Understood
from bot.answers.texts import Texts
from bot.answers.words import kilometres, listing, short
from bot.catalogue.model import Offered
from bot.catalogue.offers import Hit, OfferQuery, OfferResult, Step

MAX_LINES = 6
GROUP = "aanbod"


def compose_offers(shown: OffersShown, texts: Texts) -> Answer:
    """One page of schools, nearest first; never an empty hand."""
    result, info = shown.result, shown.info
    return Answer(
        kind="offers",
        title=texts.say(GROUP, "titel"),
        text=_text(shown, texts),
        cards=tuple(_card(hit, texts) for hit in result.hits),
        buttons=_buttons(shown, texts),
        sources=(source(info),),
        as_of=as_of(info, result.known, result.total),
        understood=understood(shown, texts),
        widened=tuple(_step(step, result.query, texts) for step in result.widened),
        map=None,
    )


def understood(shown: OffersShown, texts: Texts) -> Understood:
    """What the search was taken to be."""
    result = shown.result
    query, place = result.query, result.query.place
    return Understood(
        programmes=tuple(p.title for p in result.programmes),
        interest=shown.interest or None,
        municipality=place.municipality if place else None,
        postcode=place.postcode if place else None,
        province=query.province,
        radius_km=query.radius_km,
        years=query.years,
        filters=_filters(shown, texts),
    )


def what(shown: OffersShown, texts: Texts) -> str:
    """The thing searched for, in words."""
    return " ".join((_programmes(shown, texts), *_filters(shown, texts)))


def _filters(shown: OffersShown, texts: Texts) -> tuple[str, ...]:
    return (*group_words(shown.by, shown.unmet, texts),
            *search_words(shown.result.query, texts))


def _programmes(shown: OffersShown, texts: Texts) -> str:
    titles = list(dict.fromkeys(p.title for p in shown.result.programmes))
    if not titles:
        return texts.say(GROUP, "alles")
    if len(titles) <= 2:
        return listing(titles, "of")
    if shown.by.groups and not shown.interest:
        return texts.say(GROUP, "groep", aantal=len(titles))
    return texts.say(GROUP, "interesse", woord=shown.interest or titles[0], aantal=len(titles))


def where(query: OfferQuery, texts: Texts) -> str:
    """The place searched in, in words."""
    if query.place is None:
        if query.province:
            return texts.say(GROUP, "in_provincie", provincie=query.province)
        return texts.say(GROUP, "in_vlaanderen")
    name = query.place.name
    if name != query.place.municipality:
        name = f"{name} ({query.place.municipality})"
    if query.radius_km:
        return texts.say(GROUP, "binnen", plaats=name, km=f"{query.radius_km:.0f}")
    return texts.say(GROUP, "in_plaats", plaats=name)


def _text(shown: OffersShown, texts: Texts) -> str:
    result, query = shown.result, shown.result.query
    asked = texts.say(GROUP, "begrepen", wat=what(shown, texts), waar=where(query, texts))
    if shown.past:
        return f"{asked}\n\n{texts.say(GROUP, 'alles_getoond')}"
    parts = [asked, *unmet_words(shown.by, shown.unmet, texts)]
    nearest = result.nearest
    if nearest is None:
        parts.append(texts.say(GROUP, "niets"))
    elif result.widened:
        key = "ruimer_dichtst" if result.widened[-1].kind == "overal" else "ruimer"
        if nearest.distance_km is None:
            key = "ruimer_overal"
        distance = kilometres(nearest.distance_km or 0.0)
        parts.append(texts.say(GROUP, key, afstand=distance,
                               gemeente=nearest.school.municipality))
    else:
        parts.append(texts.say(GROUP, "gevonden_een" if result.found == 1 else "gevonden",
                               aantal=result.found))
    parts.append(_incomplete(result, texts))
    if shown.outdated:
        parts.append(texts.say(GROUP, "verouderd", schooljaar=shown.info.school_year))
    if not result.found or (result.widened and result.widened[-1].kind == "overal"):
        parts.extend(_alternatives(result, texts))
    return "\n\n".join(part for part in parts if part)


def _incomplete(result: OfferResult, texts: Texts) -> str:
    if result.total is None:
        return texts.say(GROUP, "onvolledig")
    if result.known >= result.total:
        return ""
    return texts.say(GROUP, "onvolledig_totaal", totaal=result.total, gekend=result.known)


def _alternatives(result: OfferResult, texts: Texts) -> list[str]:
    said = []
    if result.related:
        said.append(texts.say(GROUP, "verwant", lijst=listing([p.title for p in result.related])))
    if result.full_time:
        titles = list(dict.fromkeys(p.title for p in result.full_time))[:3]
        said.append(texts.say(GROUP, "voltijds", lijst=listing(titles)))
    return said


def _step(step: Step, query: OfferQuery, texts: Texts) -> str:
    if step.kind == "straal":
        return texts.say(GROUP, "stap_straal", km=f"{step.radius_km:.0f}")
    if step.kind == "provincie":
        return texts.say(GROUP, "stap_provincie", provincie=step.province)
    if step.kind == "gemeente" and query.place:
        return texts.say(GROUP, "stap_gemeente", gemeente=query.place.municipality)
    return texts.say(GROUP, "stap_overal")


def _card(hit: Hit, texts: Texts) -> Card:
    school = hit.school
    lines = [offered_line(o, texts) for o in hit.offered[:MAX_LINES]]
    if len(hit.offered) > MAX_LINES:
        lines.append(texts.say(GROUP, "nog", aantal=len(hit.offered) - MAX_LINES))
    if hit.distance_km is not None:
        lines.append(texts.say(GROUP, "vogelvlucht", afstand=kilometres(hit.distance_km)))
    states = {o.open for o in hit.offered}
    return Card(
        id=f"school-{school.key}",
        title=school.name,
        subtitle=f"{school.street}, {school.postcode} {school.municipality}",
        lines=tuple(lines),
        url=school.record_url,
        phone=school.phone or None,
        programme=hit.offered[0].number if len(hit.offered) == 1 else None,
        school=school.key,
        municipality=school.municipality,
        postcode=school.postcode,
        distance_km=round(hit.distance_km, 1) if hit.distance_km is not None else None,
        open=True if True in states else (False if states == {False} else None),
        lat=school.lat,
        lon=school.lon,
        payload=f"school:{school.key}",
    )


def offered_line(offered: Offered, texts: Texts) -> str:
    """One trajectory with its years and whether one can enrol."""
    years = years_text(offered.years)
    state = texts.say(GROUP, {True: "open", False: "gesloten", None: "onbekend"}[offered.open])
    return f"{offered.title}{f', {years}' if years else ''}: {state}"


def _buttons(shown: OffersShown, texts: Texts) -> tuple[Button, ...]:
    result, buttons = shown.result, []
    following = shown.start + len(result.hits)
    rest = result.found - following
    if result.hits and rest > 0:
        buttons.append(Button(texts.say(GROUP, "knop_meer"), f"meer:{following}",
                              texts.say(GROUP, "label_meer", aantal=rest)))
    if len(result.programmes) > 1:
        buttons.extend(button(p) for p in result.programmes[:3])
    elif result.programmes:
        buttons.append(Button(texts.say(GROUP, "knop_pad"), "taak:pad",
                              short(texts.say(GROUP, "label_pad",
                                              titel=result.programmes[0].title), 72)))
    if not result.found or result.widened:
        buttons.extend(button(p) for p in result.related)
    buttons.append(Button(texts.say(GROUP, "knop_clb"), "taak:hulp",
                          texts.say(GROUP, "label_clb")))
    return tuple(buttons)
