import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type LedgerEntry, linkState } from '../../ledger/states.ts';
import type { Language } from '../../notes/translations/language.ts';
import { preferredLanguage } from './preferred-language.ts';
import { pageTranslations } from './translations.ts';

/** Headers of the operator's browser. */
export type LinkRequestHeaders = { accept?: string | undefined; 'accept-language'?: string | undefined };

/** The response for a conversation's ledger entry: JSON if requested, otherwise a redirect or a small page. */
export function linkResponse(
  entry: LedgerEntry | undefined,
  headers: LinkRequestHeaders,
  now: number,
): APIGatewayProxyStructuredResultV2 {
  const state = linkState(entry, now);
  const url = entry?.object?.url;
  const reason = state === 'retrying' || state === 'parked' ? entry?.reason : undefined;
  const nextTryAt =
    state === 'retrying' && entry?.nextTryAt !== undefined ? new Date(entry.nextTryAt).toISOString() : undefined;
  if (wantsJson(headers.accept)) {
    const headers = { ...commonHeaders, 'content-type': 'application/json', vary: VARY };
    return { statusCode: 200, headers, body: JSON.stringify({ state, url, reason, nextTryAt }) };
  }
  if (state === 'delivered' && url !== undefined)
    return { statusCode: 302, headers: { ...commonHeaders, location: url, vary: VARY }, body: '' };
  const language = preferredLanguage(headers['accept-language']);
  const frame = pageTranslations[language];
  return page(200, {
    ...frame[state],
    language,
    // The reason is for integrators and in English.
    reason: reason === undefined ? undefined : { label: frame.reason, text: reason },
    nextTry: nextTryAt && `${frame.nextTry}${nextTryAt.slice(0, 19).replace('T', ' ')} UTC`,
    url,
    refresh: state !== 'parked' && state !== 'delivered',
  });
}

const commonHeaders = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The page runs nothing, sends nothing and cannot be framed. default-src does not cover the last three directives. */
const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-frame-options': 'DENY',
};

/** Request headers that change the response. */
const VARY = 'accept, accept-language';

/** How often a waiting page reloads. */
const REFRESH_SECONDS = 5;

function page(
  statusCode: number,
  content: {
    title: string;
    text: string;
    language: Language;
    reason?: { label: string; text: string } | undefined;
    nextTry?: string | undefined;
    url?: string | undefined;
    refresh?: boolean;
  },
): APIGatewayProxyStructuredResultV2 {
  const { title, text, language, reason, nextTry, url, refresh = false } = content;
  const paragraphs = [
    escapeHtml(text),
    ...(reason === undefined ? [] : [`${escapeHtml(reason.label)}<span lang="en">${escapeHtml(reason.text)}</span>`]),
    ...(nextTry === undefined ? [] : [escapeHtml(nextTry)]),
  ];
  const link =
    url === undefined ? '' : `<p><a href="${escapeHtml(url)}">${escapeHtml(pageTranslations[language].open)}</a></p>`;
  return {
    statusCode,
    headers: {
      ...commonHeaders,
      'content-type': 'text/html; charset=utf-8',
      'content-language': language,
      vary: VARY,
      ...pageHeaders,
    },
    body: `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">${refresh ? `\n<meta http-equiv="refresh" content="${REFRESH_SECONDS}">` : ''}
<title>${escapeHtml(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:34em;margin:15vh auto;padding:0 1.5em;color:#222}h1{font-size:1.4em}</style>
<h1>${escapeHtml(title)}</h1>
${paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n')}
${link}
</html>
`,
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** True if JSON comes before HTML. Browsers list HTML first. */
function wantsJson(accept = ''): boolean {
  const json = accept.indexOf('application/json');
  const html = accept.indexOf('text/html');
  return json >= 0 && (html < 0 || json < html);
}

/** The same for a wrong signature and an unknown organization. */
export function notFound(headers: LinkRequestHeaders): APIGatewayProxyStructuredResultV2 {
  const language = preferredLanguage(headers['accept-language']);
  return page(404, { ...pageTranslations[language].notFound, language });
}

export function unavailable(headers: LinkRequestHeaders): APIGatewayProxyStructuredResultV2 {
  const language = preferredLanguage(headers['accept-language']);
  return page(503, { ...pageTranslations[language].unavailable, language, refresh: true });
}
