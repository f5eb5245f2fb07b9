import { parse } from 'content-disposition';

/**
 * The names in a Content-Disposition header, best first. Reads RFC 6266 with extended values (RFC 8187) and
 * continuations (RFC 2231). Also reads common deviations: raw UTF-8 or Latin-1 bytes, unquoted blanks, a missing
 * closing quote or type, percent-encoding, and encoded words of mail (RFC 2047).
 */
export function namesIn(header: string): string[] {
  const parameters = parametersOf(fromBytes(header));
  const names = [extended(parameters.get('filename*')), continued(parameters), plain(parameters.get('filename'))];
  return names.filter((name) => name !== undefined);
}

type Parameters = ReadonlyMap<string, string>;

function parametersOf(header: string): Parameters {
  // Backslashes of Windows paths are not escapes.
  const text = header.replace(/\\(["\\]?)/g, (all, escaped: string) => (escaped === '' ? '\\\\' : all));
  const [first, closed] = [`;${text}`, `;${text}"`].map(
    (one) => new Map(Object.entries(parse(one, { extended: false }).parameters)),
  );
  return first?.keys().some((key) => key.startsWith('filename')) ? first : (closed ?? new Map());
}

/** `UTF-8'en'%C3%9Cbersicht.pdf`. Some omit the charset, or the language with its quote. */
function extended(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const [charset = '', ...rest] = value.split("'");
  const coded = rest.length > 1 ? rest.slice(1).join("'") : rest[0];
  const known = coded === undefined ? undefined : percentDecoded(coded, charset || 'utf-8');
  return known ?? (rest.length > 1 ? undefined : percentDecoded(value, 'utf-8'));
}

/** `filename*0*=UTF-8''%C3%9Cber; filename*1="sicht.pdf"`. Only the first part names the charset. */
function continued(parameters: Parameters): string | undefined {
  let value = '';
  for (let part = 0; ; part += 1) {
    const encoded = parameters.get(`filename*${part}*`);
    const quoted = parameters.get(`filename*${part}`);
    if (encoded === undefined && quoted === undefined) break;
    value += encoded ?? quoted?.replaceAll('%', '%25');
  }
  if (value === '') return undefined;
  return parameters.has('filename*0*') ? extended(value) : percentDecoded(value, 'utf-8');
}

function plain(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  // Blanks between encoded words are ignored, and single quotes do not quote.
  const split = value.replace(/^'(.*)'$/s, '$1').replace(/\?=\s+=\?/g, '?==?');
  const text = split.replace(
    /=\?([\w.:-]+)(?:\*[\w-]*)?\?([bq])\?([^?]*)\?=/gi,
    (all, charset: string, form: string, coded: string) =>
      (form.toLowerCase() === 'b'
        ? decoded(Buffer.from(coded, 'base64'), charset)
        : percentDecoded(coded.replaceAll('%', '%25').replaceAll('_', ' ').replaceAll('=', '%'), charset)) ?? all,
  );
  return /%[\da-f]{2}/i.test(text) ? (percentDecoded(text, 'utf-8') ?? text) : text;
}

/** Undefined for invalid bytes or an unknown charset. */
function decoded(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function percentDecoded(text: string, charset: string): string | undefined {
  const ascii = text.toWellFormed().replace(/[^\0-\x7f]+/g, encodeURIComponent);
  const bytes = ascii.replace(/%([\da-f]{2})/gi, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16)));
  return decoded(Buffer.from(bytes, 'latin1'), charset);
}

/** `fetch` gives each byte of a header as one character. */
function fromBytes(header: string): string {
  if (!/[\x80-\xff]/.test(header) || /[^\0-\xff]/.test(header)) return header;
  const bytes = Buffer.from(header, 'latin1');
  return decoded(bytes, 'utf-8') ?? decoded(bytes, 'windows-1252') ?? header;
}
