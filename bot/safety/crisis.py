"""Cries for help in a message, found before anything else and in every state of a conversation.

Deterministic. Plain words are found by the patterns of data/nood/patronen.yml, other wordings by a
model of hand-written examples. A certain hit gets help lines at once; when unsure the bot answers
as usual and offers help in one sentence.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Iterable, Mapping, Sequence, cast

import yaml
from rapidfuzz import fuzz, process
from wordfreq import zipf_frequency

from bot.errors import SafetyError
from bot.files import write_atomically
from bot.nlu import ngrams, normaliser
from bot.nlu.language import foreign_language
from bot.nlu.normaliser import normalise
from bot.packed import UNREADABLE, pack, unpack
from bot.safety.learned import ORDINARY, SafetyModel

NORMALISERS = (Path(ngrams.__file__), Path(normaliser.__file__))
GAP = r"(?:\S+ ){0,4}?"
TYPING_ERROR = 84.0
RARE = 2.5  # Zipf frequency under which a word may be a typing error
MIN_WORD = 6
LATELY = 64
MIN_WORDS = 3  # one or two words say too little for the model
LEARNED = frozenset({"fr", "en"})  # beside Dutch
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
        self.written = repr((figures_of_speech, crisis))
        self._figures = _compile(figures_of_speech)
        self._crisis = {category: _compile(patterns) for category, patterns in crisis.items()}
        words = {w for patterns in crisis.values() for p in patterns
                 for w in re.findall(r"[a-z]+(?![a-z*])", p)}
        self._vocabulary = sorted(w for w in words if len(w) >= MIN_WORD)

    def meant(self, text: str) -> str:
        """A message as typed in plain words, without figures of speech."""
        spelled = " ".join(self._correct(word) for word in normalise(text).split())
        return " ".join(self._figures.sub(" ", f" {spelled} ").split())

    def find(self, words: str) -> str | None:
        """The category that plain words (`meant`) name, or None."""
        for category, pattern in self._crisis.items():
            if pattern.search(f" {words} "):
                return category
        return None

    def _correct(self, word: str) -> str:
        if len(word) < MIN_WORD - 1 or zipf_frequency(word, "nl") >= RARE:
            return word
        hit = process.extractOne(word, self._vocabulary, scorer=fuzz.ratio,
                                 score_cutoff=TYPING_ERROR)
        return hit[0] if hit else word


@dataclass(frozen=True)
class Limits:
    """From which evidence help is shown or offered; docs/understanding.md has the measurement.

    `certain` for the model alone, `supported` where a pattern says so too; `concern` for the one
    sentence. The foreign ones are for French and English.
    """

    certain: float = 0.35
    supported: float = -0.65
    concern: float = -0.25
    foreign: float = 1.1
    foreign_concern: float = 0.3


class CrisisDetector:
    """Patterns and model together."""

    def __init__(self, patterns: Patterns, model: SafetyModel, limits: Limits = Limits()) -> None:
        """Both parts, read and learned."""
        self._patterns, self._model, self._limits = patterns, model, limits
        # One message is asked about at the way in, in the pipeline and at the way out; a digest
        # remembers the outcome, never the words.
        self._lately: dict[bytes, Signal] = {}

    def detect(self, text: str) -> Signal:
        """The signal in one message as typed."""
        key = blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
        if key not in self._lately:
            if len(self._lately) >= LATELY:
                self._lately.clear()
            self._lately[key] = self._detect(text)
        return self._lately[key]

    def _detect(self, text: str) -> Signal:
        words = self._patterns.meant(text)
        named = self._patterns.find(words)
        if len(words.split()) < MIN_WORDS:
            return Signal(named, named is not None)
        evidence = self._model.evidence(words)
        limit = self._limits.supported if named else self._limits.certain
        concern = self._limits.concern
        if not named and max(evidence.certain - limit, evidence.concern - concern) < 0:
            return Signal()  # not in Dutch, and the limits of other languages are higher
        foreign = foreign_language(text)
        if foreign and foreign.language not in LEARNED:
            return Signal(named, named is not None)
        if foreign and not named:  # few ordinary examples in these languages to weigh against
            limit, concern = self._limits.foreign, self._limits.foreign_concern
        if evidence.certain >= limit:
            return Signal(evidence.category if named in (None, OTHER) else named, True)
        return Signal(None, evidence.concern >= concern)


def learned(
    folder: Path, patterns: Patterns, examples: Sequence[tuple[str, str]]
) -> SafetyModel:
    """The model of these (message, category) pairs, kept in `folder` so that it is learned once.

    The file is named after what it depends on; one that cannot be read is learned again.
    """
    digest = blake2b(repr(examples).encode("utf-8", "replace"), digest_size=8)
    for source in (*sorted(Path(__file__).parent.glob("*.py")), *NORMALISERS):
        digest.update(source.read_bytes())
    digest.update(patterns.written.encode())
    file = folder / f"veiligheid-{digest.hexdigest()}.model"
    try:
        return cast(SafetyModel, unpack(file.read_bytes()))
    except (OSError, *UNREADABLE):
        pass
    texts, labels = zip(*((text if label == ORDINARY else patterns.meant(text), label)
                          for text, label in examples))
    model = SafetyModel().fit(texts, labels)
    with suppress(OSError):  # a folder that may not be written only costs time
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(file, pack(model))
    return model


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
