"""Messages that only fill in or change what was asked: "en in Gent?", "nee ik bedoel Aalter".

Such a message has no subject of its own; the dialogue before it has. It is recognised by what is
left after the names are taken out, which no classifier needs to guess (no Rasa).
"""

from __future__ import annotations

from typing import Iterable

from bot.nlu.normaliser import normalise

FILLER = frozenset(
    "en in te of nee neen ik bedoel bedoelde maar wel rond bij van voor de het een iets met "
    "liever dan ook nog graag ja oke omgeving buurt regio stad gemeente postcode richting "
    "duaal woon wonen we wij is toch niet eigenlijk naar als om als opleiding provincie "
    "vlakbij dichtbij daar ginder alstublieft eerder km kilometer binnen tot max maximum "
    "straal ofwel doe zoek zoeken school scholen hier er die dat moet zijn kan was wat mijn "
    "ons zit zitten jaar alleen enkel trein bus auto fiets tram ga gaan geraak kom mag dan heel "
    "hele zelf nu".split()
)


def only_completes(text: str, spans: Iterable[tuple[int, int]]) -> bool:
    """True when nothing but names (`spans`, character offsets) and filler words is said."""
    kept = list(text)
    names = list(spans)
    for start, end in names:
        kept[start:end] = " " * (end - start)
    rest = normalise("".join(kept)).split()
    return bool(names) and all(word in FILLER for word in rest) and len(rest) <= 7
