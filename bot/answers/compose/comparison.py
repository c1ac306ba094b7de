"""Two programmes side by side, or a dual programme beside the same without dual learning."""

from __future__ import annotations

from bot.answers.compose.catalogue_parts import as_of, button, programme_source, years_text
from bot.answers.compose.fixed import sources
from bot.answers.compose.programme import facts_line
from bot.answers.compose.results import ComparisonShown, ProgrammeFacts
from bot.answers.model import Answer, Button, Card, Understood
from bot.answers.texts import Texts
from bot.catalogue.model import Info

GROUP = "vergelijk"


def compose_comparison(shown: ComparisonShown, texts: Texts) -> Answer:
    """A card for each side with the same lines in the same order; what is equal is said once."""
    first, second = (side.programme for side in shown.sides)
    sides = [_lines(side, shown.info, texts) for side in shown.sides]
    equal = [line for line in sides[0] if line in sides[1]]
    whole = first.dual == second.dual
    text = texts.say(GROUP, "inleiding" if whole else "inleiding_voltijds",
                     eerste=first.title, tweede=second.title)
    about = ("onderwerp:ok3_ok4", "ok") if whole else ("onderwerp:voordelen_nadelen", "voltijds")
    return Answer(
        kind="compare",
        title=texts.say(GROUP, "titel", eerste=first.title, tweede=second.title),
        text=text,
        bullets=tuple(texts.say(GROUP, "gelijk", lijn=line) for line in equal),
        cards=tuple(_card(side, [line for line in lines if line not in equal])
                    for side, lines in zip(shown.sides, sides)),
        buttons=(*(button(side.programme) for side in shown.sides if side.programme.dual),
                 Button(texts.say(GROUP, f"knop_{about[1]}"), about[0],
                        texts.say(GROUP, f"label_{about[1]}"))),
        sources=(*dict.fromkeys(programme_source(side.programme) for side in shown.sides),
                 *sources(texts.entry(GROUP, "bronnen"))),
        as_of=as_of(shown.info),
        understood=Understood((first.title, second.title)),
        ask="which_programme" if whole else None,
    )


def _lines(side: ProgrammeFacts, info: Info, texts: Texts) -> list[str]:
    programme = side.programme
    lines = [texts.say(GROUP, "duaal" if programme.dual else "niet_duaal"),
             facts_line(programme, texts)]
    if programme.domain:
        lines.append(texts.say("opleiding", "domein", domein=programme.domain))
    if programme.qualification:
        lines.append(texts.say("opleiding", "beroep", beroep=programme.qualification))
    lines.append(texts.entry(GROUP, "bewijs")[side.certificate])
    if programme.addresses:
        lines.append(texts.say(GROUP, "adressen", aantal=programme.addresses,
                               jaar=info.school_year))
    return lines


def _card(side: ProgrammeFacts, lines: list[str]) -> Card:
    programme = side.programme
    return Card(id=f"opleiding-{programme.number}", title=programme.title,
                subtitle=years_text(programme.years) or None, lines=tuple(lines),
                programme=programme.number,
                payload=f"opleiding:{programme.number}" if programme.dual else None)
