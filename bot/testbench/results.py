"""What a run says: in plain words, per theme, filtered, and as rows to download."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.bench.judge import Outcome
from bot.bench.report import interval
from bot.knowledge.model import Knowledge
from bot.testbench.dutch import KINDS
from bot.testbench.result_words import Words
from bot.testbench.runs import Result
from bot.testbench.shares import percent

HEADER = ("rij in je bestand", "vraag", "verwacht", "ook goed", "thema", "laag", "oordeel",
          "soort", "gekregen", "reden", "antwoord")
OTHER_THEMES = {"buiten_bereik": "buiten bereik", "nood": "nood"}
MEANING = {
    Outcome.RIGHT: "De bot gaf meteen het antwoord dat jij verwacht.",
    Outcome.CHOICE: "De bot bood keuzes aan, en het juiste antwoord was er een van.",
    Outcome.REFUSED: "De bot zei dat hij het niet weet, of het juiste stond niet bij de keuzes.",
    Outcome.WRONG: "De bot gaf een ander antwoord, of er staat iets in dat er niet in mag.",
}


@dataclass(frozen=True)
class Filter:
    """What to show; "" shows all."""

    outcome: str = ""
    theme: str = ""
    layer: str = ""

    def matching(self, results: Iterable[Result], themes: Mapping[str, str]) -> list[Result]:
        """The results that are asked for, in their order."""
        return [r for r in results if self.outcome in ("", r.outcome.value)
                and self.theme in ("", theme_of(r.case.topic, themes))
                and self.layer in ("", r.case.layer)]


def themes_of(knowledge: Knowledge) -> dict[str, str]:
    """The theme of each topic id."""
    return {topic.id: topic.theme for topic in knowledge}


def theme_of(topic: str, themes: Mapping[str, str]) -> str:
    """The group that a row counts in; a task and what is outside have one of their own."""
    task = "taken" if topic.startswith("taak:") else "ander onderwerp"
    return themes.get(topic) or OTHER_THEMES.get(topic, task)


def by_theme(counts: Mapping[str, Counter[Outcome]], themes: Mapping[str, str]
             ) -> dict[str, Counter[Outcome]]:
    """Counts per topic, added up per theme, by name."""
    found: dict[str, Counter[Outcome]] = {}
    for topic, count in counts.items():
        found.setdefault(theme_of(topic, themes), Counter()).update(count)
    return dict(sorted(found.items()))


def sentences(counts: Counter[Outcome]) -> list[str]:
    """The whole run in plain words."""
    total = sum(counts.values())
    if not total:
        return ["Er is nog geen enkele vraag gesteld."]
    right, wrong = counts[Outcome.RIGHT], counts[Outcome.WRONG]
    low, high = interval(right, total)
    said = [f"{_of(right, total)} {_got(right)} meteen het juiste antwoord "
            f"({percent(right, total)})."]
    if counts[Outcome.CHOICE]:
        said.append(f"Bij {counts[Outcome.CHOICE]} stond het juiste antwoord bij de keuzes.")
    if counts[Outcome.REFUSED]:
        said.append(f"Bij {counts[Outcome.REFUSED]} gaf de bot geen antwoord.")
    said.append(f"{_of(wrong, total)} {_got(wrong)} een fout antwoord ({percent(wrong, total)})."
                if wrong else "Geen enkele vraag kreeg een fout antwoord.")
    said.append(f"Zou je {total} andere, gelijkaardige vragen stellen, dan is het aandeel juist "
                f"wellicht tussen {100 * low:.0f} % en {100 * high:.0f} %.")
    return said


def rows(results: Iterable[Result], words: Words, themes: Mapping[str, str]
         ) -> list[Sequence[str]]:
    """Rows under HEADER."""
    return [(str(r.number), r.case.question, words.topic(r.case.topic),
             " | ".join(map(words.topic, r.case.also_right)),
             words.theme(theme_of(r.case.topic, themes)), r.case.layer, r.outcome.value,
             KINDS.get(r.kind, r.kind), words.got(r), words.reason(r.reason), r.text)
            for r in results]


def minutes(seconds: float | None) -> str:
    """How long it still takes, for a person."""
    if seconds is None:
        return "een tijdje"
    if seconds < 60:
        return "minder dan een minuut"
    return f"ongeveer {round(seconds / 60)} {'minuut' if seconds < 90 else 'minuten'}"


def _of(count: int, total: int) -> str:
    return f"{count} van de {total} vragen"


def _got(count: int) -> str:
    return "kreeg" if count == 1 else "kregen"
