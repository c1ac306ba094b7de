"""What follows or precedes a programme, and the ways to a goal.

Rules are told as rules and inferred links are marked.
"""

from __future__ import annotations

from dataclasses import replace

from bot.answers.compose.catalogue_parts import (
    LABEL,
    as_of,
    button,
    programme_card,
    programme_source,
)
from bot.answers.compose.fixed import sources
from bot.answers.compose.results import PathwayShown
from bot.answers.model import Answer, Button, Card, Source, Understood
from bot.answers.texts import Texts
from bot.answers.words import listing, short
from bot.catalogue.model import Graduate, Programme
from bot.catalogue.routes import goal_lines
from bot.catalogue.ways import Goal, Link, Pathway

GROUP = "pad"
MAX_AFTER, MAX_BEFORE = 8, 4
ORDER = ("begin", "graad3", "zevende", "graduaat")  # of the steps to a goal, by school year


def compose_pathway(shown: PathwayShown, texts: Texts) -> Answer:
    """The pathway of one programme, the ways to a goal, or a choice between programmes."""
    if shown.goal is not None:
        return compose_goal(shown, shown.goal, texts)
    if shown.pathway is None:
        return Answer(
            kind="question",
            text=(texts.say(GROUP, "welke", woord=shown.interest) if shown.interest
                  else texts.say("vragen", "which_programme")),
            buttons=tuple(button(p) for p in shown.choices[:6]),
            understood=Understood(tuple(p.title for p in shown.choices),
                                  shown.interest or None),
            ask="which_programme",
        )
    path, programme = shown.pathway, shown.pathway.programme
    entry = texts.entry(GROUP, "bewijzen")[path.certificate]
    return Answer(
        kind="pathway",
        title=texts.say(GROUP, "titel", titel=programme.title),
        text=f"{texts.say(GROUP, 'inleiding', titel=programme.title)} {entry}",
        bullets=tuple(texts.entry(GROUP, "regels")[rule] for rule in path.rules),
        cards=tuple(_card(link, texts) for link in _links(path)),
        buttons=(
            Button(texts.say(GROUP, "knop_scholen"), "taak:aanbod",
                   texts.say(GROUP, "label_scholen")),
            Button(texts.say(GROUP, "knop_uitleg"), "onderwerp:ok3_ok4",
                   texts.say(GROUP, "label_uitleg")),
        ),
        sources=(programme_source(programme), *sources(texts.entry(GROUP, "bronnen"))),
        as_of=as_of(shown.info),
        image=shown.image,
        understood=Understood((programme.title,), shown.interest or None, years=programme.years),
    )


def compose_goal(shown: PathwayShown, goal: Goal, texts: Texts) -> Answer:
    """The ways to a goal: a line for each, a card for each step, and who may start."""
    known = any(route.steps for route in goal.routes)
    key = "doel" if known else "doel_begin" if goal.programme else "doel_zonder"
    title = (texts.say(GROUP, "titel_beroep", woord=shown.interest) if shown.profession
             else texts.say(GROUP, "titel_doel", titel=goal.title))
    certificate = texts.entry(GROUP, "bewijzen")[goal.certificate]
    return Answer(
        kind="pathway",
        title=title,
        text=f"{texts.say(GROUP, key, titel=goal.title)} {certificate}",
        bullets=(*(goal_lines(goal) if known else ()),
                 *(texts.entry(GROUP, "regels")[rule] for rule in goal.rules)),
        cards=_steps(goal, texts),
        buttons=_goal_buttons(goal, texts),
        sources=(*_goal_sources(goal, texts), *sources(texts.entry(GROUP, "bronnen"))),
        as_of=as_of(shown.info),
        image=shown.image,
        understood=Understood((goal.programme.title,) if goal.programme else (),
                              shown.interest or (None if goal.programme else goal.title)),
    )


def _steps(goal: Goal, texts: Texts) -> tuple[Card, ...]:
    """Every programme of the ways once, by school year; official when it is so in each way."""
    starts = {route.start.number: route.start for route in goal.routes}
    steps: dict[str, Link] = {}
    for link in (step for route in goal.routes for step in route.steps):
        known = steps.setdefault(_id(link), link)
        if not link.official and known.official:
            steps[_id(link)] = link
    cards = [(_place(start), _start_card(start, texts)) for start in starts.values()]
    cards += [(ORDER.index(link.kind), _card(link, texts)) for link in steps.values()]
    if goal.graduate and not goal.routes:
        cards.append((0, _graduate_card(goal.graduate, texts)))
    return tuple(card for _, card in sorted(cards, key=lambda c: c[0]))


def _place(start: Programme) -> int:
    return ORDER.index("zevende" if start.seventh else "graad3" if start.grade == "3" else "begin")


def _start_card(start: Programme, texts: Texts) -> Card:
    lines = (texts.say(GROUP, "adressen", aantal=start.addresses),) if start.addresses else ()
    card = programme_card(start, lines)
    return replace(card, subtitle=texts.say(GROUP, "begin", jaren=card.subtitle)
                   if card.subtitle else None)


def _graduate_card(graduate: Graduate, texts: Texts) -> Card:
    return Card(id=f"graduaat-{graduate.name.replace(' ', '-').lower()}", title=graduate.name,
                subtitle=texts.entry(GROUP, "soorten")["graduaat"], url=graduate.url,
                lines=(_colleges(graduate.colleges, graduate.source_date, texts),))


def _colleges(names: tuple[str, ...], checked: str, texts: Texts) -> str:
    return texts.say(GROUP, "hogescholen", lijst=listing(names), stand=checked)


def _goal_buttons(goal: Goal, texts: Texts) -> tuple[Button, ...]:
    more = Button(texts.say(GROUP, "knop_uitleg"), "onderwerp:ok3_ok4",
                  texts.say(GROUP, "label_uitleg"))
    if not goal.routes:
        return (more,)
    first = goal.routes[0].start
    where = short(texts.say(GROUP, "label_eerste", titel=first.title), LABEL)
    return (Button(texts.say(GROUP, "knop_scholen"), "taak:aanbod", where), button(first), more)


def _goal_sources(goal: Goal, texts: Texts) -> tuple[Source, ...]:
    programmes = dict.fromkeys(programme_source(route.start) for route in goal.routes)
    if goal.graduate is None:
        return tuple(programmes)
    guide = texts.entry(GROUP, "studiegids")
    return (*programmes, Source(guide["titel"].format(naam=goal.graduate.name), guide["nagekeken"],
                                goal.graduate.url, goal.graduate.source_date))


def _links(path: Pathway) -> tuple[Link, ...]:
    seventh = [link for link in path.after if link.kind != "graduaat"]
    graduate = [link for link in path.after if link.kind == "graduaat"]
    return (*seventh[:MAX_AFTER], *graduate[:4], *path.before[:MAX_BEFORE])


def _card(link: Link, texts: Texts) -> Card:
    lines = [texts.say(GROUP, "officieel" if link.official else "afgeleid")]
    if link.addresses:
        lines.append(texts.say(GROUP, "adressen", aantal=link.addresses))
    if link.colleges:
        lines.append(_colleges(link.colleges, link.checked, texts))
    return Card(
        id=_id(link),
        title=link.title,
        subtitle=texts.entry(GROUP, "soorten")[link.kind],
        lines=tuple(lines),
        url=link.url or None,
        programme=link.number,
        payload=f"opleiding:{link.number}" if link.number else None,
    )


def _id(link: Link) -> str:
    return f"{link.kind}-{link.number or link.title.replace(' ', '-').lower()}"
