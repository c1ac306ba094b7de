"""What a running bot reads: knowledge, texts, facts, catalogue and the names to recognise.

Everything is loaded once and loaded again when its files change, so that an edited answer is live
without training or restart. A file that has become unreadable leaves the last good version in use.
No Rasa here: the components, the actions and the way out all take their data from this module.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Callable, Sequence

from bot import names
from bot import settings as settings_module
from bot.answers.texts import Texts, load_texts
from bot.catalogue.build import build
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.model import Info
from bot.catalogue.opening import open_catalogue
from bot.catalogue.page_words import PathWords
from bot.knowledge.facts import Facts, load_facts
from bot.knowledge.load import load_examples as load_questions
from bot.knowledge.load import load_knowledge
from bot.knowledge.model import Knowledge
from bot.knowledge.silence import Silence, load_silence
from bot.reloading import Reloading
from bot.safety.crisis import CrisisDetector, learned, load_examples, load_patterns
from bot.safety.learned import ORDINARY
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.nlu.lexicon import Lexicon


class Resources:
    """The data of one bot, for one set of settings; `clock` gives today's date."""

    def __init__(self, settings: Settings, clock: Callable[[], date] = date.today) -> None:
        """Nothing is read until it is asked for."""
        self.settings, self.clock = settings, clock
        self.knowledge: Reloading[Knowledge] = Reloading(
            lambda: sorted(settings.knowledge_dir.glob("*/*.yml")),
            lambda: load_knowledge(settings.knowledge_dir),
        )
        self.facts: Reloading[Facts] = Reloading(
            lambda: [f for f in [settings.facts_file] if f.exists()],
            lambda: load_facts(settings.facts_file),
        )
        self.texts: Reloading[Texts] = Reloading(
            lambda: sorted(settings.texts_dir.glob("*.yml")),
            lambda: load_texts(settings.texts_dir),
        )
        self.catalogue: Reloading[Catalogue] = Reloading(
            lambda: [f for f in [settings.catalogue_file] if f.exists()], self._open_catalogue,
            also=clock,  # on a new day a correction may have expired
        )
        self.silence: Reloading[Silence] = Reloading(
            lambda: [f for f in [settings.silence_file] if f.exists()],
            lambda: load_silence(settings.silence_file),
        )
        self.crisis: Reloading[CrisisDetector] = Reloading(
            lambda: sorted(settings.safety_dir.glob("*")), self._make_detector
        )
        # Not after the file: the names must be those of the catalogue that is in use.
        self.lexicon: Reloading[Lexicon] = Reloading(
            lambda: [], lambda: names.lexicon(self.catalogue.get()), also=self.catalogue.get
        )

    def read(self) -> None:
        """Read everything now, in place of when it is asked for."""
        for part in vars(self).values():
            if isinstance(part, Reloading):
                part.get()

    def _open_catalogue(self) -> Catalogue:
        file, today = self.settings.catalogue_file, self.clock().isoformat()
        if file.exists():
            opened = open_catalogue(file)
            if not opened.expired(today):
                return opened
            opened.close()
        self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        build(self.settings.catalogue_source, file, today=today, fetched=self.settings.fetched_dir)
        return open_catalogue(file)

    def questions(self) -> dict[str, Sequence[str]]:
        """Every example question by its file: of topics, tasks and small talk."""
        found: dict[str, Sequence[str]] = {t.file: t.examples for t in self.knowledge.get()}
        for folder in ("gesprek", "taken"):
            for file in sorted((self.settings.root / "data/nlu" / folder).glob("*.yml")):
                found[f"{folder}/{file.name}"] = load_questions(file)
        return found

    def _make_detector(self) -> CrisisDetector:
        examples = load_examples(self.settings.safety_dir)
        safety = {topic.file for topic in self.knowledge.get() if topic.safety}
        examples += [(text, ORDINARY) for file, texts in self.questions().items()
                     if file not in safety for text in texts]
        patterns = load_patterns(self.settings.safety_dir / "patronen.yml")
        return CrisisDetector(patterns, learned(self.settings.models_dir, patterns, examples))


_current: Resources | None = None


def use(resources: Resources | None) -> None:
    """Make these the resources of this process; None goes back to the environment's settings."""
    global _current
    _current = resources


def current() -> Resources:
    """The resources of this process."""
    global _current
    if _current is None:
        _current = Resources(settings_module.from_environment())
    return _current


def settings() -> Settings:
    """The settings in use."""
    return current().settings


def today() -> date:
    """Today, by the injected clock."""
    return current().clock()


def knowledge() -> Knowledge:
    """All topics."""
    return current().knowledge.get()


def facts() -> Facts:
    """All facts."""
    return current().facts.get()


def texts() -> Texts:
    """All task texts."""
    return current().texts.get()


def catalogue() -> Catalogue:
    """The open catalogue; built from data/catalogue when it is missing."""
    return current().catalogue.get()


def silence() -> Silence:
    """What may not be answered now."""
    return current().silence.get()


def crisis() -> CrisisDetector:
    """What recognises a cry for help."""
    return current().crisis.get()


def examples() -> dict[str, Sequence[str]]:
    """Every example question by its file."""
    return current().questions()


def offers_outdated(info: Info) -> bool:
    """True when the school year of the offers is over: from 1 September of its second year."""
    day, last = today(), int(info.school_year[:4]) + 1
    return day >= date(last, 9, 1)


def path_words() -> PathWords:
    """The rules and sources that pathways are told with."""
    words = texts()
    return PathWords(words.entry("pad", "bewijzen"), words.entry("pad", "regels"),
                     tuple((s["titel"], s["url"], s["nagekeken"])
                           for s in words.entry("pad", "bronnen")))


def lexicon() -> Lexicon:
    """The names to recognise in messages."""
    return current().lexicon.get()
