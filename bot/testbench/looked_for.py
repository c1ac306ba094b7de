"""What the bot recognised in a question and looks for, in the words of the pages."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, Sequence

from bot.answers.texts import Texts
from bot.answers.words import listing
from bot.catalogue.catalogue import Catalogue
from bot.testbench.dutch import ENTITIES, VALUES

MOST_DIRECTIONS = 5  # programmes that a word can mean and that are still named
TITLES = frozenset({"opleiding", "niet_opleiding", "niet_duaal", "doel"})


def title(name: str, catalogue: Catalogue) -> str:
    """The title of a programme that is known by its number; any other name as it is."""
    programme = catalogue.programmes.get(name)
    return programme.title if programme else name


def recognised(entities: Iterable[Mapping[str, Any]], catalogue: Catalogue
               ) -> tuple[tuple[str, str], ...]:
    """What each recognised part is, and its value; each once."""
    found = [(entity["entity"], str(entity["value"])) for entity in entities
             if entity["entity"] in ENTITIES]
    return tuple(dict.fromkeys(
        (ENTITIES[kind], title(value, catalogue) if kind in TITLES
         else VALUES.get(kind, {}).get(value, value)) for kind, value in found))


def searched(search: Mapping[str, Any] | None, messages: Sequence[Mapping[str, Any]],
             texts: Texts, catalogue: Catalogue) -> tuple[str, ...]:
    """What is looked for after an answer, a line for each part; empty without a search."""
    if not search:
        return ()
    by = search.get("by") or {}
    words = {name: texts.entry("filters", name) for name in ("domein", "finaliteit", "vorm", "net")}
    filters = [words["domein"].get(by.get("domain")), words["finaliteit"].get(by.get("finality")),
               words["vorm"].get(by.get("form")), words["net"].get(by.get("net")),
               texts.entry("filters", "open") if by.get("open_only") else None]
    radius = search.get("radius_km")
    lines = (
        *_programmes(search.get("programmes") or (), messages, catalogue),
        ("Niet", listing([title(name, catalogue) for name in search.get("without") or ()])),
        ("Plaats", listing(search.get("places") or ())),
        ("Meer dan één plaats mogelijk", listing(search.get("choices") or (), "of")),
        ("Provincie", search.get("province") or ""),
        ("Afstand", f"tot {radius:.0f} km" if radius else ""),
        ("Leerjaar", listing([str(year) for year in by.get("years") or ()], "of")),
        ("Alleen scholen", listing([f for f in filters if f])),
    )
    return tuple(f"{name}: {value}" for name, value in lines if value)


def _programmes(names: Sequence[str], messages: Sequence[Mapping[str, Any]], catalogue: Catalogue
                ) -> list[tuple[str, str]]:
    """What was named, and what it can mean when that is two to five programmes."""
    understood = _understood(messages)
    if any(message["kind"] == "compare" for message in messages):
        return [("Vergelijking van", listing(understood))]
    named = list(dict.fromkeys(title(name, catalogue) for name in names))
    lines = [("Opleiding of interesse", listing(named, "of"))]
    # Without an answer that says so: what one name can mean. Of more names only an answer knows.
    meant = understood or ([p.title for p in catalogue.find(names[0])] if len(names) == 1 else [])
    if named and 1 < len(meant) <= MOST_DIRECTIONS and set(meant) != set(named):
        lines.append(("Mogelijke richtingen", listing(meant, "of")))
    return lines


def _understood(messages: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(
        name for message in messages
        for name in (message.get("understood") or {}).get("programmes") or ()))
