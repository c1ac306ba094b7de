// Every word the widget says itself.

export const WORDS = {
  name: "Duaalwijzer",
  launcher: "Chat over duaal leren",
  panel: "Chat over duaal leren",
  computer: "Je praat met een computer",
  of: "Op de site van ",
  log: "Gesprek",
  input: "Jouw vraag",
  placeholder: "Typ je vraag",
  send: "Verstuur",
  save: "Bewaar",
  saveLabel: "Bewaar het gesprek als bestand",
  erase: "Wis",
  eraseLabel: "Wis het gesprek",
  close: "Sluit",
  closeLabel: "Sluit de chat",
  me: "Jij zei: ",
  bot: "De bot zei: ",
  typing: "De bot typt …",
  unreachable: "Ik kan de bot niet bereiken. Heb je internet?",
  wrong: "Er liep iets mis. Probeer het zo meteen opnieuw.",
  offline: "Je bent offline.",
  online: "Je bent weer online.",
  unanswered: "Je laatste bericht kreeg nog geen antwoord.",
  retry: "Probeer opnieuw",
  sure: "Wil je het hele gesprek wissen? Je krijgt het niet terug.",
  yes: "Ja, wis alles",
  no: "Nee",
  erased: "Je gesprek is gewist.",
  erasedTitle: "Gewist", // of data/teksten/gesprek.yml: then the bot has erased on its side
  notErased: "Op je scherm is alles weg. Bij de bot lukte wissen nog niet.",
  saved: "Je gesprek is bewaard als bestand.",
  file: "duaalwijzer-gesprek.txt",
  privacy: "Lees meer over je privacy",
  newWindow: " (nieuw venster)",
  results: "Resultaten",
  choices: "Keuzes",
  more: "Meer info",
  look: "Bekijk",
  call: "Bel ",
  source: "Bron: ",
  locate: "Gebruik mijn locatie",
  locateHint: "De bot bewaart alleen je gemeente.",
  located: "Mijn locatie",
  notLocated: "Je locatie vinden lukte niet. Typ je gemeente of je postcode.",
  understood: "Zo begreep ik je vraag",
  also: "Ik zocht ook: ",
  speak: "Lees voor",
  stop: "Stop met voorlezen",
  wrongAnswer: "Klopt niet?",
  about: "Waarover gaat het?",
  remark: "Wat klopt er niet? Je mag dit leeg laten. Typ geen namen.",
  isWrong: "Dit is fout",
  isUnclear: "Dit is onduidelijk",
  thanks: "Bedankt. We kijken dit antwoord na.",
};

export const MAX_TEXT = 1000;
export const tooLong = (length) =>
  `Je bericht is te lang: ${length} tekens. Het mag hoogstens ${MAX_TEXT} tekens zijn.`;

/** "2026-11-23" as "23 november 2026"; anything else as it is. */
export function dutchDate(day) {
  const date = new Date(`${day}T12:00:00Z`);
  return Number.isNaN(date.getTime()) ? String(day) : new Intl.DateTimeFormat("nl-BE",
    { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(date);
}

/** What follows the title of a source. */
export function sourceDates({ checked, published }) {
  const dated = published === "zonder datum" ? ", bron zonder datum"
    : published ? `, bron van ${published}` : "";
  return `${dated}, nagekeken op ${dutchDate(checked)}`;
}

/** How fresh the catalogue is; whether it is complete. */
export function asOf({ school_year: year, date, known, total, complete }) {
  const part = Number.isInteger(known) && Number.isInteger(total) && known < total
    ? ` Ik ken ${known} van de ${total} adressen.`
    : complete === false ? " De lijst is niet volledig." : "";
  return `Gegevens van schooljaar ${year}, bijgewerkt op ${dutchDate(date)}.${part}`;
}

/** What a question was understood as: one sentence a part. */
export function understood(parts) {
  const { programmes, interest, municipality, postcode, province, radius_km: km, years, filters } =
    parts || {};
  const joined = (values) => many(values).join(", ");
  return [
    ["Opleiding", joined(programmes)], ["Interesse", interest],
    ["Plaats", [postcode, municipality].filter(Boolean).join(" ")], ["Provincie", province],
    ["Afstand", km && `tot ${km} km`], ["Leerjaar", joined(years)], ["Filters", joined(filters)],
  ].filter(([, value]) => value).map(([name, value]) => `${name}: ${value}`);
}

/** A list, whatever the bot sent. */
export const many = (value) => (Array.isArray(value) ? value : []);
