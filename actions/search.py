"""What is looked for, as it stands after the turns so far (no Rasa)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Mapping, Sequence

from bot.catalogue.narrowing import SEVENTH, Narrowing

WIDER_KM = (20.0, 40.0, 60.0)

Said = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Search:
    """Names as the lexicon finds them; `before` and `schools` are what was shown last.

    `before` holds the programmes before the latest change, for "toch het andere"; `without` what
    was taken back; `choices` a place name that can be several; `schools` the keys of the schools on
    the last page.
    """

    programmes: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    province: str = ""
    radius_km: float | None = None
    by: Narrowing = field(default_factory=Narrowing)
    schools: tuple[str, ...] = ()

    def after(self, said: Said, fresh: bool) -> Search:
        """With what one more message says. A fresh search forgets the filters of the last."""
        base = Search(self.programmes, self.before, places=self.places,
                      province=self.province) if fresh else self
        return replace(base, by=base.by.after(said))._programmes(said)._place(said)

    def _programmes(self, said: Said) -> Search:
        named, denied = tuple(said.get("opleiding", ())), tuple(said.get("niet_opleiding", ()))
        if not named and self.before and {"andere", "tweede"} & set(said.get("wens", ())):
            return replace(self, programmes=self.before, before=self.programmes)
        if named and named != self.programmes:
            # Another programme: a 7th year or a group of the one before says nothing of it.
            by = self.by
            if "jaar" not in said and SEVENTH in by.years:
                by = replace(by, years=())
            by = replace(by, finality=by.finality if said.get("finaliteit") else "",
                         domain=by.domain if said.get("domein") else "")
            return replace(self, programmes=named, before=self.programmes or self.before,
                           without=denied, by=by)
        return replace(self, without=denied or self.without)

    def _place(self, said: Said) -> Search:
        radius = self.radius_km
        if said.get("straal"):
            radius = float(said["straal"][-1])
        elif "verder" in said.get("wens", ()):
            radius = next((km for km in WIDER_KM if km > (radius or 10.0)), WIDER_KM[-1])
        if said.get("plaats"):
            # "Tielt in West-Vlaanderen": the province tells which one.
            return replace(self, places=tuple(said["plaats"]), radius_km=radius,
                           province=str((said.get("provincie") or [""])[-1]))
        if said.get("provincie"):
            return replace(self, places=(), province=str(said["provincie"][-1]), radius_km=None)
        return replace(self, radius_km=radius)
