import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';

/** E.164 (`+46701740605`), or undefined where the text is no phone number. */
export const normalisePhone = (text: string, country: string): string | undefined => parsePhone(text, country)?.number;

/**
 * The spellings in which tenants store a number: E.164, international and national, with blanks, without them, and
 * with one blank or dash behind the area code; 00 for +.
 */
export const phoneSpellings = (text: string, country: string): string[] => {
  const phone = parsePhone(text, country);
  if (phone === undefined) return [];
  const [area = '', ...rest] = phone.formatNational().split(/[\s-]+/);
  const number = rest.join('');
  const code = `+${phone.countryCallingCode}`;
  const international = phone.formatInternational();
  const withPlus = [phone.number, international, `${code} ${phone.nationalNumber}`, spacedAfterArea(international)];
  const spellings = [
    ...withPlus,
    ...withPlus.map((spelling) => spelling.replace('+', '00')),
    phone.formatNational(),
    [area, ...rest].join(' '),
    `${area}${number}`,
    `${area}-${number}`,
    `${area} ${number}`,
  ];
  return [...new Set(spellings)];
};

/** `+46 70 174 06 05` as `+46 70 1740605`. */
const spacedAfterArea = (international: string): string => {
  const [code, area, ...rest] = international.split(' ');
  return [code, area, rest.join('')].filter(Boolean).join(' ');
};

const parsePhone = (text: string, country: string) => {
  const phone = parsePhoneNumberFromString(text.trim().replace(/^00/, '+'), isCountry(country) ? country : undefined);
  // An extension or a customer's number is no phone number, and would match everybody's.
  return phone?.isPossible() ? phone : undefined;
};

/** Whether numbers written without a country can be read as this country's. */
export const isCountry = (country: string): country is CountryCode => isSupportedCountry(country);
