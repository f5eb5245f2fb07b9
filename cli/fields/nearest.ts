import { nearest } from '../../shared/mapping/settings/nearest.ts';
import { catalogue, fieldAt, generalised } from './catalogue.ts';

const paths = catalogue.map(({ path }) => path);

/** The known path that was probably meant: in another spelling, of the same object, or of another one. */
export function nearestField(path: string, more: readonly string[] = []): string | undefined {
  const spelled = dotted(path);
  const known = [...paths, ...more];
  if (spelled !== path && (fieldAt(spelled) !== undefined || more.includes(spelled))) return spelled;
  const general = generalised(spelled);
  return withPositions(inSameObject(general, known) ?? elsewhere(general, known) ?? nearest(general, known), spelled);
}

/** The path as settings write it: `$.topics[0]['text']` is `topics.0.text`. */
function dotted(path: string): string {
  return path
    .trim()
    .replace(/^\{\{\s*|\s*\}\}$/g, '')
    .replace(/^\$\.?|^\./, '')
    .replace(/^conversation\.(?=.)/, '')
    .replace(/\[\s*["']?([^\]"']+)["']?\s*\]/g, '.$1')
    .replace(/[/\s]+/g, '.');
}

/** `contact.mail` is near to `contact.email`, `contact.phone` to `contact.phone_number`. */
function inSameObject(path: string, known: readonly string[]): string | undefined {
  const [owner, name] = split(path);
  const siblings = known.filter((one) => split(one)[0] === owner).map((one) => split(one)[1]);
  const [only] = siblings.length === 1 && owner !== '' ? siblings : [];
  const best = only ?? siblings.find((one) => owner !== '' && one.split('_').includes(name)) ?? nearest(name, siblings);
  return best === undefined ? undefined : owner === '' ? best : `${owner}.${best}`;
}

/** `email` and `customer.email` are near to `contact.email`. */
function elsewhere(path: string, known: readonly string[]): string | undefined {
  const [, name] = split(path);
  const same = known.filter((one) => split(one)[1].toLowerCase() === name.toLowerCase());
  return same.find((one) => one.startsWith('contact.')) ?? same[0];
}

function split(path: string): [owner: string, name: string] {
  const at = path.lastIndexOf('.');
  return at === -1 ? ['', path] : [path.slice(0, at), path.slice(at + 1)];
}

/** The suggestion with the positions that were written. */
function withPositions(suggested: string | undefined, written: string): string | undefined {
  const keys = written.split('.');
  return suggested
    ?.split('.')
    .map((key, index) => (key === '0' && /^\d+$/.test(keys[index] ?? '') ? keys[index] : key))
    .join('.');
}
