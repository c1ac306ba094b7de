"""Cries for help in a message, found before anything else and in every state of a conversation.

Deterministic. Plain words are found by the patterns of data/nood/patronen.yml, other wordings by a
model of hand-written examples. A certain hit gets help lines at once; when unsure the bot answers
as usual and offers help in one sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Mapping

import yaml
from rapidfuzz import fuzz, process
from wordfreq import zipf_frequency

from bot.errors import SafetyError
from bot.nlu.normaliser import normalise
from bot.safety.learned import SafetyModel

GAP = r"(?:\S+ ){0,4}?"
TYPING_ERROR = 84.0
RARE = 2.5  # Zipf frequency under which a word may be a typing error
MIN_WORD = 6
OTHER = "anders"  # patterns that do not tell which need it is


@dataclass(frozen=True)
class Signal:
    """What a message asks for: `category` of a certain cry for help, or only concern."""

    category: str | None = None
    concern: bool = False


class Patterns:
    """The written patterns, ready to search."""

    def __init__(
        self, figures_of_speech: Iterable[str], crisis: Mapping[str, Iterable[str]]
    ) -> None:
        """Patterns as written in data/nood/patronen.yml."""
        self._figures = _compile(figures_of_speech)
        self._crisis = {category: _compile(patterns) for category, patterns in crisis.items()}
        words = {w for patterns in crisis.values() for p in patterns
                 for w in re.findall(r"[a-z]+(?![a-z*])", p)}
        self._vocabulary = sorted(w for w in words if len(w) >= MIN_WORD)

    def find(self, text: str) -> str | None:
        """The category that a message as typed names in plain words, or None."""
        spelled = " ".join(self._corrected(word) for word in normalise(text).split())
        words = f" {' '.join(self._figures.sub(' ', f' {spelled} ').split())} "
        for category, pattern in self._crisis.items():
            if pattern.search(words):
                return category
        return None

    def _corrected(self, word: str) -> str:
        if len(word) < MIN_WORD - 1 or zipf_frequency(word, "nl") >= RARE:
            return word
        hit = process.extractOne(word, self._vocabulary, scorer=fuzz.ratio,
                                 score_cutoff=TYPING_ERROR)
        return hit[0] if hit else word


@dataclass(frozen=True)
class Limits:
    """From which evidence help is shown or offered; docs/understanding.md has the measurement.

    `certain` for the model alone, `supported` where a pattern says so too.
    """

    certain: float = 0.1
    supported: float = -0.4
    concern: float = -0.2


class CrisisDetector:
    """Patterns and model together."""

    def __init__(self, patterns: Patterns, model: SafetyModel, limits: Limits = Limits()) -> None:
        """Both parts, read and learned."""
        self._patterns, self._model, self._limits = patterns, model, limits

    def detect(self, text: str) -> Signal:
        """The signal in one message as typed."""
        named, evidence = self._patterns.find(text), self._model.evidence([text])[0]
        limit = self._limits.supported if named else self._limits.certain
        if evidence.certain >= limit:
            return Signal(evidence.category if named in (None, OTHER) else named, True)
        return Signal(None, evidence.concern >= self._limits.concern)


def load_patterns(file: Path) -> Patterns:
    """The patterns of one file; SafetyError says what is wrong with it."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        return Patterns(content["zegswijzen"], content["nood"])
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, re.error) as error:
        raise SafetyError(file.name, "", f"niet leesbaar ({error})",
                          "zegswijzen is een lijst van patronen, nood heeft er een per soort"
                          ) from error


def load_examples(folder: Path) -> list[tuple[str, str]]:
    """(message, category) of every `<categorie>.txt` file, one message a line."""
    try:
        return [(line.strip(), file.stem) for file in sorted(folder.glob("*.txt"))
                for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise SafetyError(str(folder), "", f"niet leesbaar ({error})",
                          "elk bestand is gewone tekst, een bericht per regel") from error


def _compile(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:(?<= ){_expression(p)}(?= ))" for p in patterns))


def _expression(pattern: str) -> str:
    """One pattern as a regular expression over words with one space between."""
    written = re.sub(r"(?<=[a-z])\*", r"\\w*", pattern.strip())
    written = re.sub(r" _$", "", written).replace(" _ ", f" {GAP}")
    return f"(?:{written})"
