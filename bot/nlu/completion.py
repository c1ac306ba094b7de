"""Messages that only fill in or change what was asked: "en in Gent?", "enkel wat nog open is".

Such a message has no subject of its own; the dialogue before it has. It is recognised by what is
left after the names and cues are taken out, which no classifier needs to guess (no Rasa).
"""

from __future__ import annotations

import re
from typing import Iterable, NamedTuple

from bot.nlu.cues import AREA, FORM, NET, OPEN, RADIUS, WISH, YEAR
from bot.nlu.normaliser import normalise

FILLER = frozenset(
    "aan aanbod aangeboden aansluitende afheb ah al alleen als alstublieft amai andere "
    "arrondissement auto baas bedoel bedoelde begin beginnen begint behalve bekijk beperk best "
    "bestaat beter bij binnen bus buurt campus daar daarvan daarvoor dacht dan dat de deel denk "
    "deze dezelfde dichtbij die diezelfde ding dit dochter doe doen dorp duaal dus echt een eens "
    "eerder eerste eigenlijk en ene enkel enn enzo er erbij ervan even fiets filter filters ga "
    "gaan gans ganse gedaan geef geen gehucht gemeente genoeg geraak geven gevonden gewoon "
    "gezegd ginder goe goed graag graden haal haar had he heb hebben hebt heeft heel hele hen "
    "het hier hij hm hmm hoe hoor hun iets ik in inschrijving inschrijvingen is ja jaar jaren je "
    "juist jullie kan keer kies kijk kilometer kind km kom kon kunnen laat leren liefst liever "
    "lijkt lijst maakt maar mag maken mama max maximum me mensen met metro mij mijn misschien "
    "moeder moet mss naar natuurlijk nee neem neemt neen niet niets niks nog nu nummer oei of "
    "ofwel ofzo oke om oma omgeving onderwijs ons ook op opleiding opnieuw papa per postcode "
    "precies provincie regio richting rond scholen school schrijf schrijven so sorry staan staat "
    "stad stap start starten straal studeren super te terug tja toch tof tonen toon tot tram "
    "trein uit vader van vanaf vanuit ver vertrek vertrekken vind vindt vlakbij volgen volgt "
    "volledige voor vraag vrij waar wacht was wat we weer weg wel welk welke werken wij wil "
    "willen wonen woon woont wordt ze zeg zei zeker zelf zelfde zet zij zijn zit zitten zoek "
    "zoeken zoiets zoon zou".split()
)
# Wishes and filters that only mean something beside what was shown before.
LEANING = {(WISH, value) for value in (
    "wat_is_dat", "daar_inschrijven", "zonder_filter", "verder", "dichtst", "contact", "route",
    "clb", "andere", "meer", "keuze", "terug")}
CLEARED = frozenset({"alle", "0"})  # values that take a filter away
WIDENING = frozenset({RADIUS, AREA})
LEANING_KINDS = WIDENING | {OPEN, NET, FORM}
# Words that point back, or with which a follow-up begins.
POINTING = frozenset("bedoel bedoelde daar er ze die dat dit hij zij ervan daarvan daarvoor "
                     "diezelfde dezelfde zelfde".split())
BEGINNING = frozenset("voor wacht sorry oei en enn of enkel alleen maar ook dan toch ja nee neen "
                      "oke liever".split())
OWN_QUESTION = frozenset("moet mag waarom wanneer hoeveel bestaat bestaan".split())
WHAT_IS = (("wat", "is"), ("wat", "zijn"), ("wat", "betekent"), ("is", "een"), ("is", "het"))
AGE = re.compile(r"\b1[3-9](?: ?jaar)?\b")
FEW_WORDS = 3  # a filter of so few words is no sentence of its own
MAX_WORDS, MAX_REST = 14, 12


class Piece(NamedTuple):
    """A name or cue in a message: its kind, value and character offsets."""

    kind: str
    value: str
    start: int
    end: int


def only_completes(text: str, pieces: Iterable[Piece]) -> bool:
    """True when nothing but names, cues and filler words is said.

    Without a name the cues must lean on what came before: by their meaning ("het dichtst"), by a
    word that points back ("hebben ze daar ook een 7de jaar") or by how the message begins.
    """
    found = list(pieces)
    kept = list(text)
    for piece in found:
        kept[piece.start : piece.end] = " " * (piece.end - piece.start)
    rest = normalise(AGE.sub(" ", "".join(kept))).split()
    if not found or len(rest) > MAX_REST or not all(word in FILLER for word in rest):
        return False
    return any(p.kind not in (YEAR, WISH, *LEANING_KINDS) for p in found) or _leans(text, found)


def _leans(text: str, found: list[Piece]) -> bool:
    said = normalise(text).split()
    if any(p.kind in WIDENING or (p.kind, p.value) in LEANING or p.value in CLEARED
           for p in found):
        return True
    if said[0] in OWN_QUESTION or tuple(said[:2]) in WHAT_IS or len(said) > MAX_WORDS:
        return False
    return (said[0] in BEGINNING or bool(POINTING & set(said))
            or any(p.kind in LEANING_KINDS for p in found) or len(said) <= FEW_WORDS)
