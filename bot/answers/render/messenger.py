"""An answer as Messenger messages: `message` objects of the Send API."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from bot.answers.render.limits import Messenger, size
from bot.answers.render.parts import Choice, Style, blocks, choices, chunks, fit, pack, picture

CHOOSE = "Kies"
VISIT = "Naar de website"

Call = dict[str, Any]


def render(answer: Mapping[str, Any], base_url: str = "") -> list[Call]:
    """The messages in order, each within the limits, without recipient.

    Cards that fit whole are tiles; of others the words stand in the text and the tile is to tap.
    Without `base_url`, the public address of the bot, pictures are left out; their words stay.
    """
    cards = answer.get("cards") or ()
    options = choices(answer)
    spelled = not _replies_are_whole([c for c in options if not c.card])
    options = choices(answer, spelled=spelled)
    tiles = _tiles(cards, {c.payload: c for c in options})
    replies = [c for c in options if not c.card]
    if len(replies) > Messenger.QUICK_REPLIES:
        tiles += [_tile(c) for c in replies]
        replies = []
    tell_cards = not all(_fits(card) for card in cards)
    parts = blocks(answer, STYLE, cards=tell_cards, spelled=spelled)
    calls: list[Call] = [{"text": text} for text in pack(parts, Messenger.TEXT)]
    if url := picture(answer, base_url):
        image = {"type": "image", "payload": {"url": url, "is_reusable": True}}
        calls.insert(0, {"attachment": image})
    calls += [{"attachment": {"type": "template", "payload": {
        "template_type": "generic", "elements": list(group)}}}
        for group in chunks(tiles, Messenger.ELEMENTS)]
    if replies:
        calls[-1]["quick_replies"] = [
            {"content_type": "text", "title": c.name(Messenger.QUICK_TITLE), "payload": c.payload}
            for c in replies]
    return calls


STYLE = Style("• ")


def _replies_are_whole(replies: Sequence[Choice]) -> bool:
    """True when every choice can be read on its button, or on its tile when there are many."""
    if len(replies) > Messenger.QUICK_REPLIES:
        return all(size(c.label) <= Messenger.ELEMENT_TITLE for c in replies)
    return len({c.title for c in replies}) == len(replies) and all(
        c.whole(Messenger.QUICK_TITLE) for c in replies)


def _details(card: Mapping[str, Any]) -> str:
    parts = (card.get("subtitle"), *(card.get("lines") or ()), card.get("phone"))
    return " · ".join(part for part in parts if part)


def _fits(card: Mapping[str, Any]) -> bool:
    """True when a tile holds the whole card; there must be something beside its title."""
    more = _details(card) or card.get("payload") or card.get("url")
    return bool(more) and (size(card["title"]) < Messenger.ELEMENT_TITLE - len("10. ")
                           and size(_details(card)) <= Messenger.SUBTITLE)


def _tiles(cards: Sequence[Mapping[str, Any]], options: Mapping[str, Choice]) -> list[Call]:
    """A tile for each card that can be tapped or that fits whole."""
    return [_card_tile(card, options) for card in cards
            if card.get("payload") or card.get("url") or _fits(card)]


def _card_tile(card: Mapping[str, Any], options: Mapping[str, Choice]) -> Call:
    choice, url = options.get(card.get("payload") or ""), card.get("url")
    buttons = [{"type": "postback", "title": CHOOSE, "payload": choice.payload}] if choice else []
    if url:
        buttons.append({"type": "web_url", "title": VISIT, "url": url})
    title = f"{choice.number}. {card['title']}" if choice and choice.number else card["title"]
    tile: Call = {"title": fit(title, Messenger.ELEMENT_TITLE) or card["id"]}
    if details := _details(card):
        tile["subtitle"] = fit(details, Messenger.SUBTITLE)
    if buttons:
        tile["buttons"] = buttons
    return tile


def _tile(choice: Choice) -> Call:
    name = f"{choice.number}. {choice.label}" if choice.number else choice.label
    return {"title": fit(name, Messenger.ELEMENT_TITLE),
            "buttons": [{"type": "postback", "title": CHOOSE, "payload": choice.payload}]}
