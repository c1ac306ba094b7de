"""What people call a programme: its title, the first words of it, or an everyday word."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Iterable, Mapping, Sequence

from bot.catalogue.model import Programme


class ProgrammeNames:
    """Every name of the programmes, in lower case."""

    def __init__(
        self, programmes: Mapping[str, Programme], aliases: Mapping[str, Sequence[str]]
    ) -> None:
        """`programmes` by number; `aliases` has the numbers that an everyday word leads to."""
        self._programmes, self._aliases = programmes, aliases
        self._titles = _titles(programmes.values(), aliases)

    def find(self, value: str) -> tuple[Programme, ...]:
        """Programmes for a number, a title (with or without "duaal") or an alias; dual first."""
        if value in self._programmes:
            return (self._programmes[value],)
        wanted = value.strip().lower()
        if wanted in self._titles:
            return self._titles[wanted] + self._leading_to(wanted)
        # Of an alias the programmes that are called so come first: "zorgkundige".
        return tuple(sorted(self._aliased(wanted), key=lambda p: wanted not in p.title.lower()))

    def is_title(self, value: str) -> bool:
        """True for the number or the official title of a programme, False for an alias.

        A title of one word ("Kok") is an everyday word as well.
        """
        title = value.strip().lower()
        return value in self._programmes or (" " in title and title in self._titles)

    @cached_property
    def all(self) -> dict[str, str]:
        """Every name, with the value that `find` takes for it; titles first."""
        return {name: name for name in (*self._titles, *self._aliases)}

    @cached_property
    def not_dual(self) -> dict[str, Programme]:
        """Programmes that exist only without dual learning, by title."""
        return {p.title.lower(): p for p in self._programmes.values()
                if not p.dual and not p.introductory and p.title.lower() not in self.all}

    def _aliased(self, name: str) -> tuple[Programme, ...]:
        return tuple(self._programmes[n] for n in self._aliases.get(name, ()))

    def _leading_to(self, name: str) -> tuple[Programme, ...]:
        """"Kok" is the title of a 7th year and also a wish: then with the rest of its alias."""
        titled = self._titles[name]
        if any(not p.seventh for p in titled) or name.endswith(" duaal"):
            return ()
        return tuple(p for p in self._aliased(name) if p not in titled)


def _titles(
    programmes: Iterable[Programme], aliases: Mapping[str, Sequence[str]]
) -> dict[str, tuple[Programme, ...]]:
    """The dual programmes by title, with and without "duaal", and by the first words of it."""
    result: dict[str, list[Programme]] = {}
    for programme in programmes:
        if programme.introductory or not programme.dual:
            continue
        title = programme.title.lower()
        for name in {title, title.removesuffix(" duaal")}:
            result.setdefault(name, []).append(programme)
    # The first words of a long title are a name as well, when there is no other of that name.
    for title in tuple(result):
        first = re.split(r",| en ", title)[0]
        known = first in result or first in aliases
        if " " in first and first[-1] != "-" and not known:
            result[first] = result[title]
    # The ordinary programme stands for its name; the OV3 ones only when there is no other.
    return {name: tuple([p for p in found if not p.special_form] or found)
            for name, found in result.items()}
