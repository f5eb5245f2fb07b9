import { fileTypeFromBuffer, supportedMimeTypes } from 'file-type';
import type { LimeFile } from '../lime/requests.ts';
import { essenceOf } from './allowed.ts';
import { extensionOf, type FilenameSource, filenameOf, safeName } from './filename.ts';
import { executableExtensions, type Format, formats } from './formats.ts';

/**
 * A fetched file under the name that its message or its origin tells, with an extension where that has none. It is not taken where its extension runs something
 * (`wrongType`), or where extension, declared type and content tell of different things (`mismatch`).
 */
export async function verifyFile({
  bytes,
  contentType,
  name: given,
  ...origin
}: LimeFile & FilenameSource): Promise<LimeFile | 'wrongType' | 'mismatch'> {
  const name = filenameOf(given, origin);
  const extension = extensionIn(name);
  if (executableExtensions.has(extension)) return 'wrongType';
  const detected = await detectType(bytes);
  // This one declares nothing.
  const declared = essenceOf(contentType);
  const type = declared === 'application/octet-stream' && detected !== undefined ? detected.mime : declared;
  const format = formatOf(type, extension, detected);
  if (format === undefined || !isOf(format, bytes, detected)) return 'mismatch';
  const [standard = ''] = format.extensions;
  const named = format.extensions.includes(extension) ? name : (safeName(`${name}.${standard}`) ?? name);
  return executableExtensions.has(extensionIn(named)) ? 'wrongType' : { name: named, contentType, bytes };
}

/** What the first bytes tell; `ext` is the extension that goes with it. */
type Content = { mime: string; ext: string };

function extensionIn(name: string): string {
  return extensionOf(name).slice(1).toLowerCase();
}

/** The format that is declared, by the extension where there are several; undefined where the extension is another's. */
function formatOf(type: string, extension: string, detected: Content | undefined): Format | undefined {
  const declared = formats.filter(({ types }) => types.includes(type));
  const told = declared.find(({ extensions }) => extensions.includes(extension));
  if (told !== undefined) return told;
  if (formats.some(({ extensions }) => extensions.includes(extension))) return undefined;
  return declared[0] ?? { types: [type], extensions: [detected?.ext ?? extension], content: [type], isUnknown: true };
}

function isOf({ content, isUnknown = false }: Format, bytes: Uint8Array, detected: Content | undefined): boolean {
  // Two letters are enough for a bitmap, and for the name of a car.
  if (content === 'text') return isText(bytes) && !isMarkup(bytes) && (detected?.ext ?? 'bmp') === 'bmp';
  if (content === 'markup') return isText(bytes) && (detected?.ext ?? 'xml') === 'xml';
  if (detected !== undefined) return content.includes(detected.mime);
  // Whoever names in the settings a type that no bytes can show takes what comes.
  return isUnknown && !content.some((type) => detectableTypes.has(type));
}

/** Types that bytes alone can show: where they do not, it is none of these. */
const detectableTypes: ReadonlySet<string> = new Set([...supportedMimeTypes].map((type) => type.toLowerCase()));

async function detectType(bytes: Uint8Array): Promise<Content | undefined> {
  try {
    const detected = await fileTypeFromBuffer(bytes);
    if (detected !== undefined) return { mime: essenceOf(detected.mime), ext: detected.ext };
  } catch {
    // Nothing that could be detectableTypes.
  }
  return startOf(bytes).startsWith('%PDF-') ? { mime: 'application/pdf', ext: 'pdf' } : undefined;
}

/** Without blanks and a byte order mark, which may stand before. */
function startOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, 1_024)).trimStart();
}

function isMarkup(bytes: Uint8Array): boolean {
  return /^<(?:!--|\?xml|(?:!doctype|html|head|body|script|svg|iframe|object)\b)/i.test(startOf(bytes));
}

/** No control characters but those of a text; one of UTF-16 says so at its begin. */
function isText(bytes: Uint8Array): boolean {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return isWide || bytes.every((byte) => byte >= 0x20 || (byte >= 0x08 && byte <= 0x0d) || byte === 0x1b);
}
