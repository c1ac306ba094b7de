"""The codes of the bot in the words of the pages."""

from __future__ import annotations

from bot.nlu.tiers import Tier

TIERS = {
    Tier.SURE: "De bot was zeker genoeg om meteen te antwoorden.",
    Tier.DOUBT: "De bot twijfelde. Daarom liet hij kiezen.",
    Tier.NO: "De bot vond geen onderwerp dat goed genoeg past. Een antwoord zou gokken zijn.",
}
KINDS = {
    "knowledge": "antwoord over een onderwerp", "offers": "lijst van scholen",
    "programme": "uitleg over een opleiding", "pathway": "wat erna of ervoor komt",
    "compare": "vergelijking", "question": "vraag terug van de bot", "choice": "keuze bij twijfel",
    "refusal": "buiten bereik", "fallback": "niet begrepen", "handover": "doorverwijzing",
    "safety": "hulplijnen", "privacy": "privacy", "language": "kaart in een andere taal",
    "smalltalk": "gewoon gesprek", "notice": "mededeling",
}
ENTITIES = {
    "plaats": "plaats", "niet_plaats": "plaats die het niet is", "provincie": "provincie",
    "buitenland": "plaats buiten Vlaanderen", "opleiding": "opleiding of interesse",
    "niet_opleiding": "opleiding die het niet is", "niet_duaal": "opleiding die niet duaal is",
    "doel": "beroep of diploma als doel", "schoolnaam": "school", "school": "school",
    "jaar": "leerjaar", "straal": "afstand in km", "open": "nog inschrijven",
    "finaliteit": "finaliteit", "vorm": "vorm van onderwijs", "net": "net", "domein": "domein",
    "gebied": "gebied", "wens": "wens", "rang": "keuze uit de lijst", "vanaf": "meer tonen",
    "taal": "andere taal",
}
ASKS = {
    "place": "een plaats", "programme": "een opleiding", "year": "het leerjaar",
    "which_place": "welke plaats", "which_programme": "welke opleiding", "school": "welke school",
    "confirm": "een bevestiging",
}
