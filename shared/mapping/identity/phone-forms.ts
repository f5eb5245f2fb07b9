import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/core/es6';
import { phoneMetadata } from './phone-metadata.ts';

/** Mobile numbers that a country writes in two ways, with the form to compare. */
const mobileForms: readonly [RegExp, string][] = [
  // Brazil added a 9 to its mobile numbers, which began with 6 to 9. WhatsApp still omits it for many.
  [/^\+55([1-9]\d)([6-9]\d{7})$/, '+55$19$2'],
  // Argentina adds a 9 after the country code, or 15 after the area code, to call a mobile.
  [/^\+549(\d{10}|\d{12})$/, '+54$1'],
  // Mexico added a 1 after the country code until 2019, and 01, 044 or 045 for national calls.
  [/^\+52(?:04[45]|01|1)(\d{10})$/, '+52$1'],
];

/** The number in the form to compare. */
export function canonicalPhone(phone: PhoneNumber | undefined): PhoneNumber | undefined {
  const form = phone && mobileForms.find(([storedForm]) => storedForm.test(phone.number));
  if (phone === undefined || form === undefined) return phone;
  const formed = parsePhoneNumberFromString(phone.number.replace(...form), phoneMetadata());
  if (formed !== undefined && phone.ext !== undefined) formed.setExt(phone.ext);
  return formed?.number.startsWith('+549') ? canonicalPhone(formed) : formed;
}
