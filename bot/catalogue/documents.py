"""Everything the catalogue publishes, by file name: for a command that writes, a route that serves.

All names stand in one folder; the pages link to each other and to the exports by these names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Callable

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.export import CSV_NAME, JSON_NAME, to_csv, to_json
from bot.catalogue.page_words import NO_WORDS, PathWords, page_name
from bot.catalogue.pages import INDEX, index_page, page_numbers, programme_page
from bot.catalogue.routes import route_svg, route_text


@dataclass(frozen=True)
class Document:
    """One file to publish, made only when asked; write and serve it as UTF-8."""

    media_type: str
    render: Callable[[], str]


def documents(catalogue: Catalogue, words: PathWords = NO_WORDS) -> dict[str, Document]:
    """By file name: the index, the exports, and a page, a picture and a text of each programme."""
    made = {
        INDEX: Document("text/html; charset=utf-8", partial(index_page, catalogue)),
        JSON_NAME: Document("application/json", partial(to_json, catalogue)),
        CSV_NAME: Document("text/csv; charset=utf-8", partial(to_csv, catalogue)),
    }
    for number in page_numbers(catalogue):
        made[page_name(number)] = Document(
            "text/html; charset=utf-8", partial(programme_page, catalogue, number, words))
        made[f"{number}.svg"] = Document("image/svg+xml", partial(route_svg, catalogue, number))
        made[f"{number}.txt"] = Document(
            "text/plain; charset=utf-8", partial(route_text, catalogue, number))
    return made
