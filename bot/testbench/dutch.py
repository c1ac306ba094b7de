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
# The tasks that words in a question lead to.
TASKS = {
    "aanbod": "zoekvraag", "opleiding_info": "uitleg over een opleiding",
    "pad": "wat erna of ervoor komt", "vergelijk": "vergelijking",
}
# Values of recognised parts that are codes.
VALUES = {
    "wens": {
        "zonder_filter": "zonder filters", "daar_inschrijven": "daar inschrijven",
        "meer": "meer tonen", "keuze": "een keuze tonen", "terug": "terug naar de lijst",
        "welk_jaar": "in welk jaar", "verder": "verder weg", "dichtst": "het dichtst bij",
        "van_naar": "van de ene naar de andere opleiding", "tweede": "de tweede",
        "wat_is_dat": "wat dat is", "uitleg": "uitleg", "wat_is_er": "wat er is",
        "vergelijk": "vergelijken", "voltijds": "het gewone, voltijdse onderwijs",
        "route": "de weg ernaartoe", "hoe_word": "hoe je dat wordt",
        "graduaat": "een graduaat", "bachelor": "een bachelor", "ervoor": "wat ervoor komt",
        "erna": "wat erna komt", "contact": "adres, telefoon of e-mail",
        "clb": "het CLB van de school",
        "richtingen": "welke opleidingen er zijn", "andere": "de andere",
        "scholen": "welke scholen",
    },
    "jaar": {"0": "alle jaren", **{str(n): f"{n}de jaar" for n in range(3, 8)}},
    "open": {"0": "mag ook gesloten zijn", "1": "moet nog kunnen"},
    "finaliteit": {"alle": "elke finaliteit", "arbeidsmarkt": "arbeidsmarktfinaliteit",
                   "dubbel": "dubbele finaliteit"},
    "vorm": {"alle": "elke vorm", "OV3": "buitengewoon onderwijs (OV3)"},
    "net": {"alle": "elk net", "GO!": "GO!", "vrij": "vrije scholen",
            "officieel": "scholen van een stad, gemeente of provincie", "syntra": "Syntra",
            "cdo": "centrum voor deeltijds onderwijs (CDO)"},
    "domein": {"alle": "elk domein"},
    "gebied": {"provincie": "de hele provincie", "overal": "overal"},
    "rang": {"1": "de eerste", "2": "de tweede", "3": "de derde", "4": "de vierde",
             "5": "de vijfde"},
    "taal": {"ar": "Arabisch", "en": "Engels", "es": "Spaans", "fr": "Frans", "pl": "Pools",
             "ro": "Roemeens", "tr": "Turks", "uk": "Oekraïens"},
}
