"""What follows or precedes a programme, rules told as rules and inferred links marked."""

from __future__ import annotations

from bot.answers.compose.catalogue_parts import as_of, button, programme_source
from bot.answers.compose.results import PathwayShown
from bot.answers.model import Answer, Button, Card, Source, Understood
from bot.answers.texts import Texts
from bot.answers.words import listing
from bot.catalogue.model import Link, Pathway

GROUP = "pad"
MAX_AFTER, MAX_BEFORE = 8, 4


def compose_pathway(shown: PathwayShown, texts: Texts) -> Answer:
    """The pathway of one programme, or a choice when the name can mean several."""
    if shown.pathway is None:
        return Answer(
            kind="question",
            text=texts.say(GROUP, "welke", woord=shown.interest),
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
        sources=(programme_source(programme), *_rule_sources(texts)),
        as_of=as_of(shown.info),
        understood=Understood((programme.title,), shown.interest or None, years=programme.years),
    )


def _links(path: Pathway) -> tuple[Link, ...]:
    seventh = [link for link in path.after if link.kind != "graduaat"]
    graduate = [link for link in path.after if link.kind == "graduaat"]
    return (*seventh[:MAX_AFTER], *graduate[:4], *path.before[:MAX_BEFORE])


def _card(link: Link, texts: Texts) -> Card:
    lines = [texts.say(GROUP, "officieel" if link.official else "afgeleid")]
    if link.addresses:
        lines.append(texts.say(GROUP, "adressen", aantal=link.addresses))
    if link.colleges:
        lines.append(texts.say(GROUP, "hogescholen", lijst=listing(link.colleges)))
    return Card(
        id=f"{link.kind}-{link.number or link.title.replace(' ', '-').lower()}",
        title=link.title,
        subtitle=texts.entry(GROUP, "soorten")[link.kind],
        lines=tuple(lines),
        url=link.url or None,
        programme=link.number,
        payload=f"opleiding:{link.number}" if link.number else None,
    )


def _rule_sources(texts: Texts) -> tuple[Source, ...]:
    return tuple(Source(b["titel"], b["nagekeken"], b["url"], b["stand"])
                 for b in texts.entry(GROUP, "bronnen"))


