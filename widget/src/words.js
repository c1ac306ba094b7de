// What the bot tells in data, in Dutch words.

export const MAX_TEXT = 1000;
export const tooLong = (length) =>
  `Je bericht is te lang: ${length} tekens. Het mag hoogstens ${MAX_TEXT} tekens zijn.`;

/** "2026-11-23" as "23 november 2026"; anything else as it is. */
export function dutchDate(day) {
  const date = new Date(`${day}T12:00:00Z`);
  return isNaN(date) ? String(day) : new Intl.DateTimeFormat("nl-BE",
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
  const part = known < total ? ` Ik ken ${known} van de ${total} adressen.`
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
