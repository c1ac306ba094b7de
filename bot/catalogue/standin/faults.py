"""What may go wrong on purpose with the stand-in, as a value and as the command writes it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Iterable

from bot.errors import CatalogueError


@dataclass(frozen=True)
class Faults:
    """What goes wrong on purpose; nothing by default. `only` is a piece of a product's path."""

    unauthorised: bool = False  # 401, also with the right key
    too_many: int = 0  # this many answers are 429 with Retry-After
    server_error: int = 0  # this many answers are 500, after the 429s
    slow: float = 0.0  # seconds before every answer
    cut_off: bool = False  # the JSON stops in the middle
    missing_field: str = ""  # absent from every record
    renamed_field: tuple[str, str] | None = None  # old name, new name
    empty_page: int | None = None  # the number of a page without records, though not the last
    shrunken: float = 1.0  # share of the organised groups that is kept, 0 to 1
    duplicate_keys: bool = False  # the first record comes twice
    wrong_content_type: bool = False  # a web page in place of JSON
    only: str = ""


NO_FAULTS = Faults()


def parse_faults(texts: Iterable[str]) -> Faults:
    """Faults from texts as "too_many=2", "cut_off" and "renamed_field=old:new".

    Raises CatalogueError for a name or a value that cannot be.
    """
    known = {f.name: f.default for f in fields(Faults)}
    values: dict[str, Any] = {}
    for text in texts:
        name, _, value = text.partition("=")
        if name not in known:
            raise CatalogueError(f"De fout {name} bestaat niet. Kies uit: {', '.join(known)}.")
        try:
            values[name] = _fault(name, known[name], value)
        except ValueError as error:
            raise CatalogueError(f"De fout {text} is niet te lezen ({error}). Schrijf "
                                 f"bijvoorbeeld too_many=2, shrunken=0.7, cut_off, "
                                 f"renamed_field=oud:nieuw of only=instellingslocatie.") from error
    return Faults(**values)


def _fault(name: str, default: object, value: str) -> object:
    if isinstance(default, bool):
        if value not in {"", "0", "1"}:
            raise ValueError("schrijf geen waarde, of 0 of 1")
        return value != "0"
    if not value:
        raise ValueError("de waarde ontbreekt")
    if name == "renamed_field":
        old, _, new = value.partition(":")
        if not (old and new):
            raise ValueError("schrijf oud:nieuw")
        return old, new
    if isinstance(default, str):
        return value
    number = float(value) if isinstance(default, float) else int(value)
    if number < 0 or (name == "shrunken" and number > 1):
        raise ValueError("het getal kan niet")
    return number
