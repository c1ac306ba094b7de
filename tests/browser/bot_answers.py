"""The fixed answers of the bot of the browser tests, by the text that asks for them."""

from __future__ import annotations

from typing import Any

Answer = dict[str, Any]

XSS = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>{{7*7}}"
PICTURE = (b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="80">'
           b'<rect width="300" height="80" fill="#0b5c6b"/></svg>')

NOTICE: Answer = {
    "v": 1, "kind": "notice", "title": "Je praat met een computer",
    "text": "Dag! Ik ben de Duaalwijzer.\n\nLees meer over je privacy: /privacy",
    "buttons": [{"title": "Wat is duaal leren?", "payload": "onderwerp:wat_is_duaal",
                 "label": "Wat is duaal leren precies?"}],
}
KNOWLEDGE: Answer = {
    "v": 1, "kind": "knowledge", "topic": "startbonus", "title": "De startbonus",
    "text": "Dit is het antwoord.\n\nLees ook https://www.vlaanderen.be/duaal-leren.",
    "bullets": ["Een eerste punt", "Een tweede punt"],
    "buttons": [{"title": "Meer", "label": "Wat is duaal leren?",
                 "payload": "onderwerp:wat_is_duaal"}],
    "sources": [
        {"title": "Vlaanderen", "url": "https://www.vlaanderen.be/", "checked": "2026-11-23",
         "published": "2026"},
        {"title": "Oude bron", "url": "http://oud.example/", "checked": "2026-11-22",
         "published": "zonder datum"},
    ],
}


def card(number: int) -> Answer:
    return {
        "id": f"school-{number}-1", "title": f"School {number}",
        "subtitle": f"Schoolstraat {number}, 9000 Gent", "lines": ["Bakker duaal", "2 km ver"],
        "url": f"https://school{number}.example/", "phone": "09 123 45 67",
        "payload": f"school:{number}-1", "open": None, "distance_km": 2.0,
    }


OFFERS: Answer = {
    "v": 1, "kind": "offers", "title": "Aanbod in de buurt", "text": "Ik vond 5 scholen.",
    "cards": [card(number) for number in range(1, 6)],
    "image": {"url": "/opleidingen/beeld/88.svg", "alt": "Na bakker kan je gaan werken."},
    "map": {"url": "https://www.openstreetmap.org/directions", "title": "Route naar School 1"},
    "as_of": {"school_year": "2026-2027", "date": "2026-11-01", "known": 5, "total": 9},
    "understood": {"programmes": ["Bakker duaal"], "municipality": "Gent", "postcode": "9000",
                   "radius_km": 10, "years": [5, 6], "filters": ["nog open"]},
    "widened": ["binnen 10 km", "in heel Vlaanderen"],
    "buttons": [{"title": "Toon meer", "payload": "meer:5", "label": "Toon nog 4 scholen"}],
    "sources": [{"title": "Lijst", "url": "https://data.example/", "checked": "2026-11-20"}],
}
QUESTION: Answer = {
    "v": 1, "kind": "question", "text": "Waar zoek je?", "ask": "place", "ask_location": True,
    "buttons": [{"title": "Gent", "payload": "plaats:44021"}],
}
SAFETY: Answer = {
    "v": 1, "kind": "safety", "topic": "psychische_nood", "title": "Praat met iemand",
    "text": "Bel 1813.", "cards": [{"id": "1813", "title": "Zelfmoordlijn", "phone": "1813"}],
}
CENTRE: Answer = {
    "v": 1, "kind": "handover", "text": "Vraag het aan je CLB.",
    "bullets": ["Kijk op https://www.onderwijskiezer.be/v2 en daarna op http://clb.example/kort"],
    "cards": [{"id": "clb", "title": "CLB Kortrijk", "url": "http://clbkortrijk.be",
               "phone": "056 12 34 56"}],
    "image": {"url": "https://foreign.invalid/kaart.png", "alt": "Een kaart"},
}
PRIVACY: Answer = {"v": 1, "kind": "privacy", "title": "Jouw privacy", "text": "We wissen alles.",
                   "buttons": [{"title": "Wis mijn gesprek", "payload": "actie:wis"}]}
ARABIC: Answer = {"v": 1, "kind": "language", "title": "العربية", "lang": "ar",
                  "text": "أنا حاسوب. duaal leren."}
ERASED: Answer = {"v": 1, "kind": "privacy", "title": "Gewist", "text": "Je gesprek is gewist."}
HOSTILE: Answer = {
    "v": 1, "kind": "offers", "topic": XSS, "title": XSS, "text": f"{XSS}\n\njavascript:alert(1)",
    "bullets": [XSS], "lang": XSS, "ask": "place", "widened": [XSS],
    "cards": [{"id": XSS, "title": XSS, "subtitle": XSS, "lines": [XSS], "phone": XSS,
               "url": "javascript:window.hacked=1", "payload": XSS},
              {"id": "b", "title": "b", "url": " JaVaScRiPt:window.hacked=1"}],
    "buttons": [{"title": XSS, "label": XSS, "payload": XSS}],
    "sources": [{"title": XSS, "url": "data:text/html,<script>window.hacked=1</script>",
                 "checked": XSS, "published": XSS}],
    "as_of": {"school_year": XSS, "date": XSS}, "map": {"url": "vbscript:x", "title": XSS},
    "image": {"url": "javascript:window.hacked=1", "alt": XSS},
    "understood": {"programmes": [XSS], "interest": XSS},
}
ODD: Answer = {"v": 1, "kind": "offers", "text": None, "bullets": "geen lijst", "cards": {"a": 1},
               "buttons": 5, "sources": None}
ANSWERS = {"kaarten": OFFERS, "waar": QUESTION, "nood": SAFETY, "arabisch": ARABIC,
           "clb": CENTRE, "privacy": PRIVACY, "xss": HOSTILE, "raar": ODD,
           "wis mijn gesprek": ERASED, "actie:wis": ERASED}
