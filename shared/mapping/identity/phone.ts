import {
  type CountryCode,
  getCountryCallingCode,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/core/es6';
import { MAX_FIELD_LENGTH, plain } from './characters.ts';
import { canonicalPhone } from './phone-forms.ts';
import { isCountry, phoneMetadata } from './phone-metadata.ts';
import type { SearchValue } from './search-value.ts';

/** Fewest digits of a whole number in a field with several. An area code has fewer. */
const MIN_DIGITS = 7;

/** A number without a plus and with at least this many digits may start with a country code. */
const LONG_NUMBER = 10;

/**
 * The number in E.164 (`+46701740605`), with its extension (`+468123456;ext=77`), which distinguishes a person from the
 * reception. Undefined if the text is not a phone number.
 */
export function phoneOf(text: string, country: string): string | undefined {
  return phonesIn(text, country)[0];
}

/** All numbers in a field, which may also contain words. */
export function phonesIn(text: string, country: string): string[] {
  return numbersIn(text, country).map(normalOf);
}

/** The number as it is stored in a new limeobject, in Latin digits. */
export function storedPhone(text: string): string {
  return plain(text).replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}

export function phoneSearchValue(text: string, country: string): SearchValue | undefined {
  const [phone] = numbersIn(text, country);
  if (phone === undefined) return undefined;
  return {
    normal: normalOf(phone),
    spellings: [text.trim(), ...spellingsOf(phone)],
    fragments: pairsOf(phone.nationalNumber),
  };
}

function normalOf({ number, ext }: PhoneNumber): string {
  return ext === undefined ? number : `${number};ext=${ext}`;
}

function numbersIn(text: string, country: string): PhoneNumber[] {
  const parts = text
    .slice(0, MAX_FIELD_LENGTH)
    .replaceAll(';ext=', ' ext ')
    .split(/[,;|/\n\r]/);
  const whole = parts
    .filter((part) => part.replace(/\P{Nd}/gu, '').length >= MIN_DIGITS)
    .flatMap((part) => numberOf(part, country) ?? []);
  return whole.length > 1 ? whole : [numberOf(text, country) ?? []].flat();
}

function numberOf(text: string, country: string): PhoneNumber | undefined {
  const number = storedPhone(text)
    .replace(/^(?:tel|callto|sms|whatsapp):/i, '')
    .replace(extensionWord, ' ext ')
    .replace(/^[(+\s]*00/, '+');
  const phone = read(number, isCountry(country) ? country : undefined);
  // An extension or a customer number is not a phone number, and would match many people.
  return phone?.isPossible() ? phone : undefined;
}

/** Words for "extension" that libphonenumber does not know, in the languages of notes. */
const extensionWord =
  /(?<![\p{L}\p{M}])(?:anknytning|ankn|durchwahl|dw|apparat|app|poste|toestel|tst|lokal|lok|alanumero|alanro|ramal|interno|anexo)[.:]?\s?(?=\d)/iu;

/** WhatsApp and others write the country code without a plus. */
function read(text: string, country: CountryCode | undefined): PhoneNumber | undefined {
  const national = canonicalPhone(parse(text, country));
  if (text.includes('+') || !/^[^\d]*[1-9]/.test(text)) return national;
  const international = canonicalPhone(parse(text.replace(/\d/, '+$&')));
  return international && isMoreLikely(international, national, country) ? international : national;
}

function parse(text: string, defaultCountry?: CountryCode): PhoneNumber | undefined {
  return parsePhoneNumberFromString(text, defaultCountry === undefined ? {} : { defaultCountry }, phoneMetadata());
}

const mobileTypes = ['MOBILE', 'FIXED_LINE_OR_MOBILE'];

/** True if a number without a plus more likely starts with a country code. */
function isMoreLikely(
  international: PhoneNumber,
  national: PhoneNumber | undefined,
  country: CountryCode | undefined,
): boolean {
  const isLong = international.number.length > LONG_NUMBER;
  if (!international.isValid() && !(isLong && international.isPossible())) return false;
  if (national === undefined || country === undefined || !national.isPossible()) return true;
  if (!national.isValid()) return international.isValid() || international.number.length > LONG_NUMBER + 1;
  if (!international.isValid()) return false;
  if (international.countryCallingCode === getCountryCallingCode(country, phoneMetadata())) return true;
  // A landline without its leading zero is rarer than a mobile number without its plus.
  return isLong && international.getType() === 'MOBILE' && !mobileTypes.includes(national.getType() ?? '');
}

/** The most common spellings, few enough for a batch to fit into a few queries. */
function spellingsOf(phone: PhoneNumber): string[] {
  const national = phone.formatNational();
  const [area = '', ...rest] = national.split(/[\s-]+/);
  return [phone.number, phone.formatInternational(), national, [area, ...rest].join(''), `${area}-${rest.join('')}`];
}

/** Digits at the end of a number that are searched. */
const TAIL_DIGITS = 8;

/**
 * Pairs of digits that stay together in every grouping. No group has a single digit: the last two digits stay together,
 * and of three digits in a row the first two or the last two.
 */
function pairsOf(digits: string): string[][] {
  const end = digits.slice(-TAIL_DIGITS);
  const pairs = [[end.slice(-2)]];
  for (let at = end.length - 4; at >= 0; at -= 2) {
    // If the last group has more than two digits, its last three stay together.
    const after = end.slice(at + 1, at + 3 + (at === end.length - 4 ? 1 : 0));
    pairs.push([end.slice(at, at + 2), after]);
  }
  return pairs;
}
