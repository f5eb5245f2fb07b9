import { fileTypeFromBuffer, supportedMimeTypes } from 'file-type';
import type { LimeFile } from '../lime/requests.ts';
import { essenceOf } from './allowed.ts';
import { endingOf, filenameOf, type Origin, safeName } from './filename.ts';
import { activeEndings, type Format, formats } from './formats.ts';

/**
 * A fetched file under the name that its message or its origin tells, with an ending where that has none. It is not taken where its ending runs something
 * (`wrongType`), or where ending, declared type and content tell of different things (`mismatch`).
 */
export async function fileOf({
  bytes,
  contentType,
  name: given,
  ...origin
}: LimeFile & Origin): Promise<LimeFile | 'wrongType' | 'mismatch'> {
  const name = filenameOf(given, origin);
  const ending = endingIn(name);
  if (activeEndings.has(ending)) return 'wrongType';
  const found = await contentOf(bytes);
  // This one declares nothing.
  const declared = essenceOf(contentType);
  const type = declared === 'application/octet-stream' && found !== undefined ? found.mime : declared;
  const format = formatOf(type, ending, found);
  if (format === undefined || !isOf(format, bytes, found)) return 'mismatch';
  const [standard = ''] = format.endings;
  const named = format.endings.includes(ending) ? name : (safeName(`${name}.${standard}`) ?? name);
  return activeEndings.has(endingIn(named)) ? 'wrongType' : { name: named, contentType, bytes };
}

/** What the first bytes tell; `ext` is the ending that goes with it. */
type Content = { mime: string; ext: string };

function endingIn(name: string): string {
  return endingOf(name).slice(1).toLowerCase();
}

/** The format that is declared, by the ending where there are several; undefined where the ending is another's. */
function formatOf(type: string, ending: string, found: Content | undefined): Format | undefined {
  const declared = formats.filter(({ types }) => types.includes(type));
  const told = declared.find(({ endings }) => endings.includes(ending));
  if (told !== undefined) return told;
  if (formats.some(({ endings }) => endings.includes(ending))) return undefined;
  return declared[0] ?? { types: [type], endings: [found?.ext ?? ending], content: [type], isUnknown: true };
}

function isOf({ content, isUnknown = false }: Format, bytes: Uint8Array, found: Content | undefined): boolean {
  // Two letters are enough for a bitmap, and for the name of a car.
  if (content === 'text') return isText(bytes) && !isMarkup(bytes) && (found?.ext ?? 'bmp') === 'bmp';
  if (content === 'markup') return isText(bytes) && (found?.ext ?? 'xml') === 'xml';
  if (found !== undefined) return content.includes(found.mime);
  // Whoever names in the settings a type that no bytes can show takes what comes.
  return isUnknown && !content.some((type) => recognised.has(type));
}

/** Types that bytes alone can show: where they do not, it is none of these. */
const recognised: ReadonlySet<string> = new Set([...supportedMimeTypes].map((type) => type.toLowerCase()));

async function contentOf(bytes: Uint8Array): Promise<Content | undefined> {
  try {
    const found = await fileTypeFromBuffer(bytes);
    if (found !== undefined) return { mime: essenceOf(found.mime), ext: found.ext };
  } catch {
    // Nothing that could be recognised.
  }
  return beginOf(bytes).startsWith('%PDF-') ? { mime: 'application/pdf', ext: 'pdf' } : undefined;
}

/** Without blanks and a byte order mark, which may stand before. */
function beginOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, 1_024)).trimStart();
}

function isMarkup(bytes: Uint8Array): boolean {
  return /^<(?:!--|\?xml|(?:!doctype|html|head|body|script|svg|iframe|object)\b)/i.test(beginOf(bytes));
}

/** No control characters but those of a text; one of UTF-16 says so at its begin. */
function isText(bytes: Uint8Array): boolean {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return isWide || bytes.every((byte) => byte >= 0x20 || (byte >= 0x08 && byte <= 0x0d) || byte === 0x1b);
}
