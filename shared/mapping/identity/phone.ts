import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import { MAX_FIELD_LENGTH, plain } from './characters.ts';
import { canonicalPhone } from './phone-forms.ts';
import type { SearchValue } from './search-value.ts';

/** Digits of a whole number, where a field may hold several: an area code alone has fewer. */
const MIN_DIGITS = 7;

/** Digits from which a number without a plus is taken for one with a country's code. */
const LONG_NUMBER = 10;

/**
 * E.164 (`+46701740605`), with its extension where it has one (`+468123456;ext=77`): whoever has an extension is not
 * the reception. Undefined where the text is no phone number.
 */
export function phoneOf(text: string, country: string): string | undefined {
  return phonesIn(text, country)[0];
}

/** All numbers of a field, which may hold several and words beside them. */
export function phonesIn(text: string, country: string): string[] {
  return numbersIn(text, country).map(normalOf);
}

/** A number as a person would write it down, in the digits that everybody reads. */
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

/** Whether numbers written without a country can be read as this country's. */
export function isCountry(country: string): country is CountryCode {
  return isSupportedCountry(country);
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
  // An extension or a customer's number is no phone number, and would match everybody's.
  return phone?.isPossible() ? phone : undefined;
}

/** Words for an extension that libphonenumber does not know, of the languages that notes are written in. */
const extensionWord =
  /(?<![\p{L}\p{M}])(?:anknytning|ankn|durchwahl|dw|apparat|app|poste|toestel|tst|lokal|lok|alanumero|alanro|ramal|interno|anexo)[.:]?\s?(?=\d)/iu;

/** WhatsApp and others write a number with its country's code and without the plus. */
function read(text: string, country: CountryCode | undefined): PhoneNumber | undefined {
  const national = canonicalPhone(parsePhoneNumberFromString(text, country));
  if (text.includes('+') || !/^[^\d]*[1-9]/.test(text)) return national;
  const international = canonicalPhone(parsePhoneNumberFromString(text.replace(/\d/, '+$&')));
  return international && isMoreLikely(international, national, country) ? international : national;
}

const mobileTypes = ['MOBILE', 'FIXED_LINE_OR_MOBILE'];

/** Whether a number without a plus is rather another country's, or has its own country's code. */
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
  if (international.countryCallingCode === getCountryCallingCode(country)) return true;
  // A landline that lacks the zero before its area code is not as usual as a mobile number that lacks the plus.
  return isLong && international.getType() === 'MOBILE' && !mobileTypes.includes(national.getType() ?? '');
}

/** The most usual spellings, few enough that a batch's numbers fit into a few queries. */
function spellingsOf(phone: PhoneNumber): string[] {
  const national = phone.formatNational();
  const [area = '', ...rest] = national.split(/[\s-]+/);
  return [phone.number, phone.formatInternational(), national, [area, ...rest].join(''), `${area}-${rest.join('')}`];
}

/** Digits at the end of a number that are looked for. */
const TAIL_DIGITS = 8;

/**
 * Pairs of digits that stand side by side however the number is grouped: no group has one digit alone, so its last two
 * do, and of three digits in a row the first two or the last two.
 */
function pairsOf(digits: string): string[][] {
  const end = digits.slice(-TAIL_DIGITS);
  const pairs = [[end.slice(-2)]];
  for (let at = end.length - 4; at >= 0; at -= 2) {
    // Where the last group is longer than two, its last three stand side by side.
    const after = end.slice(at + 1, at + 3 + (at === end.length - 4 ? 1 : 0));
    pairs.push([end.slice(at, at + 2), after]);
  }
  return pairs;
}
