"""spaCy's blank Dutch tokeniser as a Rasa tokeniser (no statistical model, nothing downloaded)."""

from __future__ import annotations

from typing import Any, Dict, List

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class DutchTokenizer(Tokenizer):
    """Gives every message its tokens with their character offsets."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Rasa's own keys; topics are never split into words."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    def __init__(self, config: Dict[str, Any]) -> None:
        """Make the tokeniser once; it holds no state between messages."""
        super().__init__(config)
        self._nlp = spacy.blank("nl")

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the examples as they are: no component learns from their tokens."""
        return training_data

    def tokenize(self, message: Message, attribute: str) -> List[Token]:
        """Tokens of one attribute, white space left out."""
        doc = self._nlp.make_doc(message.get(attribute))
        return [Token(t.text, t.idx) for t in doc if not t.is_space]
