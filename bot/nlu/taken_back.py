"""Names that are taken back: "niet kapper", "niet in Gent maar in Eeklo" (no Rasa)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from bot.nlu.found import DENIED, DENIED_PLACE, PLACE, PROGRAMME, Found, Token
from bot.nlu.place_words import BEFORE_PLACE

NOT = frozenset({"niet", "geen"})


def denied(tokens: list[Token], start: int, end: int) -> bool:
    """True for a name that is taken back or left: "niet in Aalst maar in Gent", "verhuisd van Aalst
    naar Gent".
    """
    words = [word for word, _, _ in tokens]
    before, after = words[max(0, start - 2) : start], words[end : end + 1]
    if before[-1:] in (["van"], ["uit"]) and after == ["naar"]:
        return any(word.startswith("verhui") for word in words)
    led = before[-1:] == ["niet"] or (before[:1] == ["niet"] and before[-1] in BEFORE_PLACE)
    return led and (after == ["maar"] or (not after and start > 2))


def without_denied(tokens: list[Token], taken: list[Found]) -> list[Found]:
    """What comes after "niet" or "geen" is taken back: "niet auto, wel machines".

    A place only when there is another: "niet Deinze, Diksmuide".
    """
    before = {start: word for (word, _, _), (_, start, _) in pairwise(tokens)}
    back = [f for f in taken if f.kind in (PROGRAMME, PLACE) and before.get(f.start) in NOT]
    places = sum(f.kind == PLACE for f in taken)
    kinds = {PROGRAMME: DENIED, PLACE: DENIED_PLACE}
    return [replace(f, kind=kinds[f.kind]) if f in back and (f.kind == PROGRAMME or places > 1)
            else f for f in taken]
