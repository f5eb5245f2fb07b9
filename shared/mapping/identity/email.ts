import { domainToASCII, domainToUnicode } from 'node:url';
import { folded, listedIn, plain, withoutFinalDots } from './characters.ts';
import type { SearchValue } from './search-value.ts';

/** Characters of an address with a name. An address alone has at most 254 (RFC 5321). */
const MAX_LENGTH = 1_000;

/** Layers around an address: a scheme, angle brackets, quotes. */
const MAX_LAYERS = 8;

export type Address = { local: string; host: string };

/** The address in a text, in its own case. `mailto:`, a name before `<…>` and quotes are removed. */
export function addressIn(text: string): Address | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  let address = plain(text);
  for (let layer = 0; layer < MAX_LAYERS; layer += 1) address = withoutLayer(address);
  const at = address.lastIndexOf('@');
  const [local, host] = [address.slice(0, at).trim(), withoutFinalDots(address.slice(at + 1).trim())];
  return at < 1 || local === '' || host === '' ? undefined : { local, host };
}

/** The normalized address: case-folded, domain in Punycode. Undefined if the text is not an address. */
export function emailOf(text: string): string | undefined {
  const address = addressIn(text);
  return address && `${folded(address.local)}@${asciiHost(address.host)}`;
}

/** All addresses in a stored field. */
export function emailsIn(text: string): string[] {
  return [text, ...listedIn(text)].flatMap((part) => emailOf(part) ?? []);
}

/** The address as it is stored in a new limeobject. */
export function storedEmail(text: string): string | undefined {
  const address = addressIn(text);
  return address && `${address.local}@${address.host}`;
}

export function emailSearchValue(text: string): SearchValue | undefined {
  const normal = emailOf(text);
  const storedForm = storedEmail(text);
  if (normal === undefined || storedForm === undefined) return undefined;
  const at = normal.lastIndexOf('@') + 1;
  const inUnicode = `${normal.slice(0, at)}${domainToUnicode(normal.slice(at)) || normal.slice(at)}`;
  return { normal, spellings: [text.trim(), storedForm, normal, inUnicode], fragments: [[normal, inUnicode]] };
}

/** The case-folded host in Punycode. */
export function asciiHost(host: string): string {
  const lower = folded(host);
  // Node ends the host at other URL characters, and is slow for hosts longer than DNS allows.
  const isName = lower.length <= 253 && /^[^\s/?#:@\\%]+$/.test(lower) && /\P{ASCII}/u.test(lower);
  return withoutFinalDots((isName && domainToASCII(lower)) || lower);
}

function withoutLayer(address: string): string {
  if (/^mailto:/i.test(address)) return decoded(address.slice('mailto:'.length).split('?', 1)[0] ?? '').trim();
  if (address.endsWith('>')) return address.slice(address.lastIndexOf('<') + 1, -1).trim();
  const [first] = address;
  const isQuoted = address.length > 2 && (first === '"' || first === "'") && address.endsWith(first);
  return isQuoted ? address.slice(1, -1).trim() : address;
}

function decoded(text: string): string {
  try {
    return plain(decodeURIComponent(text));
  } catch {
    return text;
  }
}
