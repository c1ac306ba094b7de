"""Reads the example questions once a training; Rasa reads and checks them three times over."""

from __future__ import annotations

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData


class OnceImporter(RasaFileImporter):
    """Rasa's own importer that remembers the examples (named in config.yml)."""

    _examples: TrainingData | None = None

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The examples of all files; Rasa merges copies and does not change them."""
        if self._examples is None:
            self._examples = super().get_nlu_data(language)
        return self._examples
