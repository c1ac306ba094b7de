"""Chat spelling and tussentaal to plain written words, for the classifier only.

The person's own text is never changed: the normalised words feed the classifier's features.
The lists hold frequent, unambiguous forms; character n-grams catch the rest.
"""

from __future__ import annotations

import re
import unicodedata

REPEATED_LETTER = re.compile(r"(.)\1{2,}")
WORD = re.compile(r"[a-z0-9€]+")
MASKED = re.compile(r"\[[a-z-]+\]")  # what stands for personal data (bot.safety.personal)

# One spoken or typed form to the written words it stands for.
SPOKEN_FORMS: dict[str, str] = {
    # chat abbreviations
    "wrm": "waarom", "wnr": "wanneer", "hvl": "hoeveel", "hvel": "hoeveel", "gwn": "gewoon",
    "mss": "misschien", "ff": "even", "idd": "inderdaad", "vb": "bijvoorbeeld",
    "bv": "bijvoorbeeld", "bvb": "bijvoorbeeld", "aub": "alstublieft", "svp": "alstublieft",
    "wss": "waarschijnlijk", "nrml": "normaal", "egl": "eigenlijk", "eig": "eigenlijk",
    "iig": "in ieder geval", "thx": "bedankt", "tx": "bedankt", "ok": "oke", "okee": "oke",
    "jr": "jaar", "schl": "school", "vr": "voor", "vd": "van de", "id": "in de",
    "vkn": "vakken", "opl": "opleiding", "dipl": "diploma", "wrk": "werk", "bdr": "bedrijf",
    "mn": "mijn", "m'n": "mijn", "zn": "zijn", "z'n": "zijn", "nx": "niks", "nks": "niks",
    "md": "maand", "mnd": "maand", "wk": "week", "u": "je", "uw": "je", "jou": "je",
    "jouw": "je", "idk": "ik weet niet", "kweetni": "ik weet niet", "omda": "omdat",
    # tussentaal
    "ge": "je", "gij": "je", "gijle": "jullie", "gulle": "jullie", "da": "dat", "das": "dat is",
    "wa": "wat", "nie": "niet", "ni": "niet", "nimeer": "niet meer", "ist": "is het",
    "isda": "is dat", "tis": "het is", "twas": "het was", "kheb": "ik heb", "kben": "ik ben",
    "kga": "ik ga", "kzit": "ik zit", "kwil": "ik wil", "kmoet": "ik moet", "kan'k": "kan ik",
    "kank": "kan ik", "kannek": "kan ik", "kunnek": "kan ik", "moek": "moet ik",
    "moetk": "moet ik", "magk": "mag ik", "mak": "mag ik", "krijgk": "krijg ik",
    "krijgek": "krijg ik", "krijgde": "krijg je", "kunde": "kan je", "moogde": "mag je",
    "moete": "moet je", "moeje": "moet je", "hebde": "heb je", "zijde": "ben je",
    "zedde": "ben je", "gade": "ga je", "wilde": "wil je", "doede": "doe je",
    "verdiende": "verdien je", "werkte": "werk je", "leerde": "leer je", "weette": "weet je",
    "zulde": "zal je", "worre": "worden", "efkes": "even", "effe": "even", "keer": "keer",
    "dees": "dit", "deze": "deze", "diejen": "die", "nen": "een", "ne": "een", "nekeer": "eens",
    "'n": "een", "n": "een", "t": "het", "d": "de", "k": "ik", "mij": "mij", "maat": "vriend",
    "goe": "goed", "ma": "maar", "mor": "maar", "azo": "zo", "hoelang": "hoe lang",
    "hoeveelste": "hoeveelste", "patron": "baas", "ventje": "jongen", "gastje": "jongen",
    "zoonlief": "zoon", "snotneus": "jongen", "pree": "loon", "centen": "geld", "poen": "geld",
    "geldeke": "geld", "stiel": "beroep", "metier": "beroep", "job": "werk", "jobke": "werk",
    "wepa": "werkplek", "werkplaats": "werkplek", "ll": "leerling", "lln": "leerlingen",
    "clbke": "clb", "tso'er": "tso", "bso'er": "bso", "kzou": "ik zou", "kdenk": "ik denk",
    "kweet": "ik weet", "khad": "ik had", "kdoe": "ik doe", "kzie": "ik zie", "kmag": "ik mag",
    "kwoon": "ik woon", "kwou": "ik wou", "kvoel": "ik voel", "kdurf": "ik durf",
    "kdacht": "ik dacht", "kwerk": "ik werk", "kvind": "ik vind", "kzoek": "ik zoek",
    "ksnap": "ik snap", "kwas": "ik was", "kkan": "ik kan", "kmoest": "ik moest",
    "kkrijg": "ik krijg", "kword": "ik word", "kzat": "ik zat", "kvraag": "ik vraag",
    "zoudek": "zou ik", "hoest": "hoe is het",
}

# Greeting and politeness carry no topic; complaint 4 of real users: they must not lower a result.
COURTESY = frozenset(
    "hallo hey heey hi hai hoi dag goeiedag goedendag goeiemorgen goedemorgen goedemiddag "
    "goeiemiddag goeienavond goedenavond yo mevrouw meneer alstublieft alsjeblieft bedankt "
    "dankjewel dankuwel dank merci groetjes groeten mvg alvast".split()
)


def fold(text: str) -> str:
    """Lower case without diacritics; one space between runs; lengths of letters kept below 3."""
    plain = text.lower().replace("’", "'")
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return REPEATED_LETTER.sub(r"\1", plain)


def words(text: str) -> list[str]:
    """The folded words of a text: letters, digits and the euro sign; hyphens separate."""
    return WORD.findall(fold(text).replace("'", ""))


def normalise(text: str) -> str:
    """Plain words for the classifier: spoken forms written out, courtesy dropped around a question.

    A message that is nothing but courtesy keeps it, so that a greeting stays a greeting.
    """
    raw = MASKED.sub(" ", fold(text))
    written: list[str] = []
    for token in re.findall(r"[a-z0-9€']+", raw):
        bare = token.strip("'")
        spelled = SPOKEN_FORMS.get(bare) or SPOKEN_FORMS.get(bare.replace("'", "")) or bare
        written.extend(spelled.replace("'", "").split())
    content = [w for w in written if w not in COURTESY]
    return " ".join(content if len(content) >= 3 else written)
