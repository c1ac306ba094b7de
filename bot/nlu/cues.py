"""What a message asks beside names: filters on a search, and what is wanted next (no Rasa).

A filter narrows a search (year, distance, "nog open", finality, net). A wish says what to do with
what was shown ("het dichtst", "en daarna?", "telefoonnummer"). Both only mean something in a
search or right after an answer: on their own they never decide what a message is about.
"""

from __future__ import annotations

import re
from typing import Iterator, NamedTuple

YEAR, RADIUS, OPEN = "jaar", "straal", "open"
FINALITY, FORM, NET, DOMAIN, AREA, WISH = (
    "finaliteit", "vorm", "net", "domein", "gebied", "wens")
AFTER = "erna"
RANK = "rang"
RANKS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5}
RANK_PATTERN = re.compile(rf"\b({'|'.join(RANKS)}) (?:school|optie|keuze)\b")
FILTERS = frozenset({YEAR, RADIUS, OPEN, FINALITY, FORM, NET, DOMAIN, AREA})
CUES = FILTERS | {WISH, RANK}

YEAR_PATTERN = re.compile(
    r"\b(?:([3-7])\s?(?:de|e|ste|den)?\s?(?:(?:jaar|jaren)s?|middelbaar|leerjaar|jr|bso|tso|sec)\b"
    r"|([3-7])\s?(?:de|e|den)\b(?!\s?(?:graad|lj\b))"
    r"|(derde|vierde|vijfde|zesde|zevende|zevnde)\b(?!\s?(?:graad|school|optie|keuze)\b))"
)
YEAR_WORDS = {"derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6, "zevende": 7, "zevnde": 7}
GRADE_PATTERN = re.compile(r"\b(?:(2|3)\s?(?:de|e)?|(tweede|derde))\s?graad\b")
GRADE_YEARS = {"2": (3, 4), "tweede": (3, 4), "3": (5, 6), "derde": (5, 6)}
# "Heeft het vierde gedaan": looks for the year after it.
DONE_PATTERN = re.compile(
    r"\s?(?:jaar )?(?:al )?(?:gedaan|achter de rug|afgerond|geslaagd|klaar)\b")
RADIUS_PATTERNS = (
    re.compile(r"\b(\d{1,3})\s?(?:km|kilometers?|kilometer)\b"),
    re.compile(r"^(?:oke? )?(?:en|of) (?:op |met |in )?([2-9]\d)\b(?: dan)?\W*$"),
    re.compile(r"\bmaak er(?: maar)?\s(\d{2,3})\svan\b"),
    re.compile(r"\b(?:mag ook|max|maximum|tot|binnen|doe maar|maak er|straal van)\s(?:tot\s|van\s)?"
               r"([2-9]\d|1\d\d)\b(?!\s?(?:jaar|jarigen|euro|uur|u\b|dagen|weken|maanden|procent|%))"),
)

# In this order: a later pattern does not match where an earlier one did.
PATTERNS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (kind, value, re.compile(rf"\b(?:{'|'.join(ways)})")) for kind, value, ways in (
        (WISH, "zonder_filter", (
            r"zonder (?:die |de |dat )?(?:filter|beperking)(?:s|en)?\b(?: op \w+)?",
            r"(?:laat|doe|haal|zet) (?:die |de |dat )?(?:filter|beperking)(?:s|en)?\b(?: "
            r"(?:maar )?(?:weg|uit|vallen|af))?", r"filters? (?:weg|uit|af)\b",
            r"(?:alles|allemaal) tonen\b", r"toon (?:maar )?alles\b",)),
        (OPEN, "0", (
            r"ook (?:die |wat |als |scholen )?(?:\w+ ){0,3}(?:gesloten|dicht|volzet)\b",
            r"ook (?:die |wat )?(?:niet|niet meer) open\w*",
            r"(?:hoeft|moet) niet (?:meer )?open\w*(?: te (?:zijn|staan))?",)),
        (WISH, "daar_inschrijven", (
           
            r"(?:kan|kunnen|mag) (?:ik|je|we|ge|hij|ze)(?: \w+){0,2} (?:daar|er) (?:nog "
            r")?inschrijven\b",)),
        (NET, "alle", (
            r"ook (?:op |in |bij )?(?:gewone|andere) scholen\b", r"alle netten\b", r"elk net\b",
            r"(?:moet|hoeft) niet (?:per se |perse )?(?:in |bij )?(?:een "
            r")?(?:syntra|cdo|go!?|vrije?|katholieke?)(?: school)?\b(?: te zijn| zijn)?",
            r"(?:het |welk |dat )?net (?:maakt|is) (?:\w+ ){0,2}niet (?:uit|belangrijk)\b",
            r"(?:mag|kan) ook (?:een )?ander(?:e)? (?:net|school)\b",)),
        (YEAR, "0", (
            r"(?:laat |doe )(?:dat |het |die )?jaar (?:maar )?weg\b",
            r"maakt (?:\w+ ){0,2}niet uit (?:in )?welk jaar\b",
            r"(?:alle|elk|eender welk) (?:jaar|jaren|leerjaren)\b",
            r"(?:het |welk )?jaar maakt (?:\w+ ){0,2}niet uit\b",)),
        (FINALITY, "alle", (
            r"(?:elke|alle) finaliteit(?:en)?\b", r"finaliteit maakt (?:\w+ ){0,2}niet uit\b",)),
        (OPEN, "1", (
            r"(?:nog )?plaatsen vrij\b", r"vrije plaatsen\b", r"nog inschrijvingen\b",
            r"open inschrijving(?:en)?\b", r"nog open\w*", r"open ?sta(?:an|at)\b",
            r"sta(?:an|at) (?:nog )?open\b", r"open voor inschrijving(?:en)?",
            r"inschrijving(?:en)? (?:nog )?open\b", r"inschrijfbaar\b", r"nog inschrijven\b",
            r"kan je inschrijven\b", r"kunnen inschrijven\b", r"inschrijven nog\b",
            r"nog (?:vrije )?plaats(?:en)?\b", r"nog plek\b",)),
        (FINALITY, "arbeidsmarkt", (
            r"arbeidsmarkt\s?finaliteit\b", r"finaliteit arbeidsmarkt\b",
            r"arbeidsmarkt(?:gerichte?)?\b",)),
        (FINALITY, "dubbel", (
            r"dubbele finaliteit\b", r"d/?a[- ]finaliteit\b", r"finaliteit dubbel\b",)),
        (FORM, "alle", (
            r"ov ?3 (?:mag )?weg\b", r"laat ov ?3 (?:maar )?weg\b", r"zonder ov ?3\b",
            r"ook (?:het )?gewoon (?:secundair|onderwijs)(?: onderwijs)?\b",)),
        (FORM, "OV3", (
            r"ov ?3\b", r"opleidingsvorm 3\b", r"buso\b",
            r"buitengewoon (?:secundair )?onderwijs\b", r"buitengewoon secundair\b",)),
        (NET, "GO!", (
            r"go!(?: ?(?:school|scholen|onderwijs|net)\b)?",
            r"go[ -](?:school|scholen|onderwijs|net)\b", r"gemeenschapsonderwijs\b",)),
        (NET, "vrij", (
            r"katholieke?\b(?: (?:school|scholen|net|onderwijs)\b)?",
            r"vrij(?:e)? (?:net|school|scholen|onderwijs)\b",)),
        (NET, "officieel", (
            r"(?:stedelijke?|gemeentelijke?|provinciale?) (?:school|scholen|onderwijs|net)\b",
            r"officieel onderwijs\b",)),
        (NET, "syntra", (
            r"syntras?\b",)),
        (NET, "cdo", (
            r"cdos?\b", r"clws?\b", r"deeltijds onderwijs\b",
            r"centr(?:um|a) (?:voor )?(?:deeltijds|leren en werken)\b(?: onderwijs\b)?",)),
        (DOMAIN, "STEM", (
            r"(?:domein )?stem\b",)),
        (DOMAIN, "Maatschappij en welzijn", (
            r"maatschappij (?:en|&) welzijn\b",)),
        (DOMAIN, "Voeding en horeca", (
            r"voeding (?:en|&) horeca\b",)),
        (DOMAIN, "Land- en tuinbouw", (
            r"land- ?(?:en|&) ?tuinbouw\b", r"land en tuinbouw\b",)),
        (DOMAIN, "Economie en organisatie", (
            r"economie (?:en|&) organisatie\b",)),
        (DOMAIN, "Taal en cultuur", (
            r"taal (?:en|&) cultuur\b",)),
        (AREA, "provincie", (
            r"(?:heel|hele|gans|ganse) (?:de |mijn |onze |die )?provincie\b",
            r"in de hele provincie\b",)),
        (AREA, "overal", (
            r"(?:in )?(?:heel|gans|geheel) (?:het )?(?:vlaanderen|land)\b", r"in vlaanderen\b",
            r"overal\b", r"eender waar\b", r"(?:maakt niet uit|gelijk) waar\b",)),
        (WISH, "meer", (
            r"^(?:toon |geef |nog )?(?:meer|andere scholen|nog)(?: scholen)?\W*$",)),
        (WISH, "keuze", (
            r"^[1-9]$",
            r"^(?:(?:ik )?(?:neem|kies|wil) )?(?:de|het|die) "
            r"(?:eerste|tweede|derde|vierde|vijfde|laatste)$",)),
        (WISH, "terug", (
            r"terug naar (?:de |het )?(?:lijst|scholen|aanbod)\b", r"vorige lijst\b",)),
        (WISH, "welk_jaar", (
            r"iets voor (?:het |de )?(?:[3-7]|derde|vierde|vijfde|zesde|zevende)",
            r"(?:welk|wat voor|hoeveelste) (?:leer)?(?:jaar|graad)\b",
            r"(?:is|zijn) (?:\w+ ){1,4}(?:jaar )?of (?:het |de )?\w+ (?:leer)?(?:jaar|graad)\b",)),
        (WISH, "verder", (
            r"als (?:daar|er|dat) (?:niks|niets|geen) is\b",
            r"(?:iets|wat|beetje|nog) verder(?: weg| af)?\b(?! studeren| gaan| leren)",
            r"verder weg\b", r"grotere (?:straal|afstand)\b",)),
        (WISH, "dichtst", (
            r"(?:het |de )?(?:dich?ts\w*|dichstbij\w*|kortst\w* ?bij\w*|nabijst\w*)(?: ?bij\b)?",
            r"minst ver\b",)),
        (WISH, "van_naar", (
            r"van\b.*\bnaar\b",)),
        (WISH, "tweede", (
            r"(?:de|het) tweede\b(?! jaar| graad| leerjaar)",)),
        (WISH, "wat_is_dat", (
            r"wat (?:is|houdt|wil) da[t]?\b(?: \w+)?\W*$",)),
        (WISH, "uitleg", (
            r"wat (?:is|zijn)\b(?! er\b| daar\b| het verschil\b| de\b| het dichtst)", r"uitleg\w*",
            r"wat houdt\b", r"inhoud\b", r"wat leer(?:t|en)?\b",
            r"wat doet? (?:je|ge|hij|zij|ze|men)\b",)),
        (WISH, "wat_is_er", (
            r"wat (?:is|bestaat) (?:er|daar)\b", r"is (?:er|daar) (?:iets|wat|nog)\b",
            r"zijn er\b",
            r"wat kan (?:hij|zij|ze|ik|je|ge|mijn \w+) (?:daar |er )?(?:duaal|doen|volgen)\b",)),
        (WISH, "vergelijk", (
            r"beter\b", r"(?:welke|wat) kies(?:t)?\b", r"kies (?:je|ik|ge) (?:het )?best",
            r"naast elkaar\b", r"twijfel\w* tussen\b", r"even \w+ (?:als|dan)\b",
            r"hetzelfde als\b", r"(?:zelfde|anders) (?:als|dan)\b", r"verschil\w*\b",
            r"vergelijk\w*\b", r"versus\b", r"vs\b", r"past (?:er )?(?:het )?best\w*",
            r"beste? keuze\b", r"(?:wat|welke) is (?:er )?beter\b", r"beter (?:dan|of)\b",)),
        (WISH, "voltijds", (
            r"voltijdse?\b", r"niet[ -]duaal\b", r"zonder duaal\b",
            r"gewone? (?:school|richting|versie|opleiding|onderwijs|bso|tso)\b",
            r"(?:of|en|in|naast|met) (?:het |de )?gewone?\b",)),
        (WISH, "route", (
            r"route\w*", r"op (?:de |een )?kaart\b",
            r"hoe (?:geraak|raak|kom|ga) (?:ik|je|we|ge|hij|ze) (?:er|daar)\b",
            r"waar ligt (?:dat|die|de school|het)\b",)),
        (WISH, "hoe_word", (
            r"hoe wor(?:d|dt|t)? ?(?:ik|k|je|ge)\b", r"worden\b.*\bhoe\b",
            r"welke (?:jaren|stappen) (?:moet|doe|volg)\w*",
            r"hoe (?:word|wordt|wort|geraak|raak) (?:ik|je|ge|u|hij|ze|zij|men|mijn \w+)\b",
            r"hoe kan (?:ik|je|ge|hij|ze|zij|mijn \w+) (?:later |ooit )?\w+ worden\b",
            r"(?:welke|wat is de) weg\b",)),
        (WISH, "graduaat", (
            r"graduaa?te?n?\b", r"hbo ?5\b", r"hogescho(?:ol|len)\b",)),
        (WISH, "bachelor", (
            r"bachelors?\b",)),
        (WISH, "ervoor", (
            r"(?:wat )?(?:moet \w+ )?(?:daar)?voor(?:af)? eerst\b", r"wat (?:komt )?ervoor\b",
            r"vooropleiding\b", r"wat eerst\b",)),
        (WISH, "erna", (
            r"af ?heb\b", r"uit welke richtingen?\b", r"toelating tot\b", r"wat na\b", r"na het\b",
            r"verder (?:nog )?studeren\b", r"door ?(?:studeren|stromen)\b",
            r"sluit(?:en)? (?:\w+ ){0,3}aan\b", r"vervolg(?:opleiding|richting)\w*", r"daarna\b",
            r"erna\b", r"nadien\b", r"hierna\b", r"en (?:wat )?dan\b\W*$", r"wat dan\b",)),
        (WISH, "contact", (
            r"contacteer\w*", r"contacteren\b", r"telefoon(?:nummer)?s?\b", r"tel(?:nr)?\b",
            r"gsm(?:nummer)?\b", r"adres\w*", r"web ?sites?\b", r"sites?\b", r"e-?mail\w*",
            r"contact(?:gegevens)?\b", r"nummer van (?:de|die|dat) school\b", r"(?:op)?bellen\b",)),
        (WISH, "clb", (
            r"(?:welk |het )?clb (?:van|bij|hoort|daar|dat)\b(?: (?:die|de|deze) school\b)?",)),
        (WISH, "richtingen", (
            r"studierichtingen\b", r"lijst\b", r"overzicht\b",
            r"duale (?:richtingen|opleidingen)\b",
            r"(?:welke|wat|nog|andere|alle)(?: \w+)? (?:duale "
            r")?(?:richtingen|opleidingen|studierichtingen|structuuronderdelen)\b",
            r"(?:lijst|overzicht)(?: \w+){0,2} (?:richtingen|opleidingen|aanbod)\b",
            r"welke (?:duale )?(?:zevende|7de) jaren\b",
            r"(?:wat|nog iets) (?:bied(?:t|en)|hebben|geven) (?:ze|die|zij)\b(?: "
            r"(?:daar|er|nog|aan|anders))*", r"wat bied(?:t|en)\b",)),
        (WISH, "andere", (
            r"(?:de|het|die|dat) ander\w?\b",)),
        (WISH, "scholen", (
            r"organiser(?:en|t)\b", r"aanbod\b", r"(?:welke )?vestigingen\b",
            r"(?:ergens )?ingericht\b", r"wie (?:biedt|geeft|organiseert)\b",
            r"(?:welke|de|toon|geef) (?:de |me |mij )?(?:scholen|school)\b", r"waar\b",)),
    )
)


class Cue(NamedTuple):
    """One filter or wish, with where it stands in the folded text."""

    kind: str
    value: str
    start: int
    end: int


def cues(folded: str) -> Iterator[Cue]:
    """Each filter and wish of a folded text; see the names above."""
    for match in YEAR_PATTERN.finditer(folded):
        year = int(match[1] or match[2] or YEAR_WORDS[match[3]])
        done = DONE_PATTERN.match(folded, match.end()) if year < 7 else None
        yield Cue(YEAR, str(year + bool(done)), match.start(), (done or match).end())
    for match in RANK_PATTERN.finditer(folded):
        yield Cue(RANK, str(RANKS[match[1]]), match.start(), match.end())
    for match in GRADE_PATTERN.finditer(folded):
        for year in GRADE_YEARS[match[1] or match[2]]:
            yield Cue(YEAR, str(year), match.start(), match.end())
    for pattern in RADIUS_PATTERNS:
        found = pattern.search(folded)
        if found:
            yield Cue(RADIUS, found[1], found.start(), found.end())
            break
    taken: list[tuple[int, int]] = []
    for kind, value, pattern in PATTERNS:
        for match in pattern.finditer(folded):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                yield Cue(kind, value, match.start(), match.end())
