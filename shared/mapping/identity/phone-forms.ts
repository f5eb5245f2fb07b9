import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Mobile numbers that are written in two ways in their country, each with the one form they are compared in. */
const mobileForms: readonly [RegExp, string][] = [
  // Brazil put a 9 before its mobile numbers, which began with 6 to 9; WhatsApp still writes many without.
  [/^\+55([1-9]\d)([6-9]\d{7})$/, '+55$19$2'],
  // Argentina writes a 9 after the country's code, or 15 after the area code, where a mobile is called.
  [/^\+549(\d{10}|\d{12})$/, '+54$1'],
  // Mexico wrote a 1 after the country's code until 2019, and 01, 044 or 045 inside the country.
  [/^\+52(?:04[45]|01|1)(\d{10})$/, '+52$1'],
];

/** The number in the one form of its country. */
export function canonicalPhone(phone: PhoneNumber | undefined): PhoneNumber | undefined {
  const form = phone && mobileForms.find(([storedForm]) => storedForm.test(phone.number));
  if (phone === undefined || form === undefined) return phone;
  const formed = parsePhoneNumberFromString(phone.number.replace(...form));
  if (formed !== undefined && phone.ext !== undefined) formed.setExt(phone.ext);
  return formed?.number.startsWith('+549') ? canonicalPhone(formed) : formed;
}
