import { fileTypeFromBuffer, supportedMimeTypes } from 'file-type';
import type { LimeFile } from '../lime/requests.ts';
import { essenceOf } from './allowed.ts';
import { extensionOf, type FilenameSource, filenameOf, safeName } from './filename.ts';
import { executableExtensions, type Format, formats } from './formats.ts';

/**
 * Names a fetched file and adds a missing extension. Returns `wrongType` for an executable extension, and `mismatch` if
 * extension, declared type and content disagree.
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
  // application/octet-stream declares nothing.
  const declared = essenceOf(contentType);
  const type = declared === 'application/octet-stream' && detected !== undefined ? detected.mime : declared;
  const format = formatOf(type, extension, detected);
  if (format === undefined || !isOf(format, bytes, detected)) return 'mismatch';
  const [standard = ''] = format.extensions;
  const named = format.extensions.includes(extension) ? name : (safeName(`${name}.${standard}`) ?? name);
  return executableExtensions.has(extensionIn(named)) ? 'wrongType' : { name: named, contentType, bytes };
}

/** The type of the first bytes. `ext` is the usual extension. */
type Content = { mime: string; ext: string };

function extensionIn(name: string): string {
  return extensionOf(name).slice(1).toLowerCase();
}

/**
 * The declared format, chosen by extension if there are several. Undefined if the extension belongs to another format.
 */
function formatOf(type: string, extension: string, detected: Content | undefined): Format | undefined {
  const declared = formats.filter(({ types }) => types.includes(type));
  const matching = declared.find(({ extensions }) => extensions.includes(extension));
  if (matching !== undefined) return matching;
  if (formats.some(({ extensions }) => extensions.includes(extension))) return undefined;
  return declared[0] ?? { types: [type], extensions: [detected?.ext ?? extension], content: [type], isUnknown: true };
}

function isOf({ content, isUnknown = false }: Format, bytes: Uint8Array, detected: Content | undefined): boolean {
  // A bitmap starts with two letters only, which may also start a text.
  if (content === 'text') return isText(bytes) && !isMarkup(bytes) && (detected?.ext ?? 'bmp') === 'bmp';
  if (content === 'markup') return isText(bytes) && (detected?.ext ?? 'xml') === 'xml';
  if (detected !== undefined) return content.includes(detected.mime);
  // The settings may name a type that cannot be detected.
  return isUnknown && !content.some((type) => detectableTypes.has(type));
}

/** Types that can be detected. If detection fails, the file is not of such a type. */
const detectableTypes: ReadonlySet<string> = new Set([...supportedMimeTypes].map((type) => type.toLowerCase()));

async function detectType(bytes: Uint8Array): Promise<Content | undefined> {
  try {
    const detected = await fileTypeFromBuffer(bytes);
    if (detected !== undefined) return { mime: essenceOf(detected.mime), ext: detected.ext };
  } catch {
    // Not detectable.
  }
  return startOf(bytes).startsWith('%PDF-') ? { mime: 'application/pdf', ext: 'pdf' } : undefined;
}

/** Without a byte order mark and blanks at the start. */
function startOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, 1_024)).trimStart();
}

function isMarkup(bytes: Uint8Array): boolean {
  return /^<(?:!--|\?xml|(?:!doctype|html|head|body|script|svg|iframe|object)\b)/i.test(startOf(bytes));
}

/** Text has no control characters other than white space and escape. UTF-16 starts with a byte order mark. */
function isText(bytes: Uint8Array): boolean {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return isWide || bytes.every((byte) => byte >= 0x20 || (byte >= 0x08 && byte <= 0x0d) || byte === 0x1b);
}
