import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';

/** E.164 (`+46701740605`), or undefined where the text is no phone number. */
export const normalisePhone = (text: string, country: string): string | undefined => parsePhone(text, country)?.number;

/**
 * The spellings in which tenants store a number: international with and without blanks, with + and with 00, and
 * national with blanks, without, or with a dash behind the area code. Few enough that a batch's numbers fit into a
 * few queries.
 */
export const phoneSpellings = (text: string, country: string): string[] => {
  const phone = parsePhone(text, country);
  if (phone === undefined) return [];
  const [area = '', ...rest] = phone.formatNational().split(/[\s-]+/);
  const international = [phone.number, phone.formatInternational()];
  return [
    ...new Set([
      ...international,
      ...international.map((spelling) => spelling.replace('+', '00')),
      phone.formatNational(),
      [area, ...rest].join(' '),
      [area, ...rest].join(''),
      `${area}-${rest.join('')}`,
    ]),
  ];
};

const parsePhone = (text: string, country: string) => {
  const phone = parsePhoneNumberFromString(text.trim().replace(/^00/, '+'), isCountry(country) ? country : undefined);
  // An extension or a customer's number is no phone number, and would match everybody's.
  return phone?.isPossible() ? phone : undefined;
};

/** Whether numbers written without a country can be read as this country's. */
export const isCountry = (country: string): country is CountryCode => isSupportedCountry(country);
