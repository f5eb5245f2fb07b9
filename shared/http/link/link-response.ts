import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type LedgerEntry, type LinkState, linkState } from '../../ledger/states.ts';
import type { Language } from '../../notes/translations/language.ts';
import { commonHeaders, type Page, pageResponse } from './page.ts';
import type { PageSettings } from './page-settings.ts';
import { preferredLanguage } from './preferred-language.ts';
import { type LinkQuery, refreshOf } from './refresh.ts';
import { pageTranslations } from './translations.ts';

/** Headers of the operator's browser. */
export type LinkRequestHeaders = { accept?: string | undefined; 'accept-language'?: string | undefined };

/** An opened link whose signature is valid. */
export type OpenedLink = {
  conversation: string;
  query: LinkQuery;
  entry: LedgerEntry | undefined;
  /** Those of the organization. */
  settings: PageSettings;
};

/** The response for a conversation's ledger entry: JSON if requested, otherwise a redirect or a small page. */
export function linkResponse(
  link: OpenedLink,
  headers: LinkRequestHeaders,
  now: number,
): APIGatewayProxyStructuredResultV2 {
  const { entry } = link;
  const state = linkState(entry, now);
  const url = entry?.object?.url;
  const nextTryAt = state === 'retrying' ? entry?.nextTryAt : undefined;
  if (wantsJson(headers.accept)) {
    const headers = { ...commonHeaders, 'content-type': 'application/json', vary: VARY };
    const reason = ['retrying', 'parked', 'skipped'].includes(state) ? entry?.reason : undefined;
    const next = nextTryAt === undefined ? undefined : new Date(nextTryAt).toISOString();
    return { statusCode: 200, headers, body: JSON.stringify({ state, url, reason, nextTryAt: next }) };
  }
  if (state === 'delivered' && url !== undefined)
    return { statusCode: 302, headers: { ...commonHeaders, location: url, vary: VARY }, body: '' };
  return pageResponse(200, pageOf(link, state, nextTryAt, now), VARY);
}

/** The request header that changes the response. The language is the organization's. */
const VARY = 'accept';

/** The reason is for integrators, and the page does not show it. */
function pageOf(
  { conversation, query, entry, settings }: OpenedLink,
  state: LinkState,
  nextTryAt: number | undefined,
  now: number,
): Page {
  const { language, timeZone } = settings;
  const texts = pageTranslations[language];
  const url = entry?.object?.url;
  const { title, text } = texts[state === 'parked' && url !== undefined ? 'incomplete' : state];
  const waits = state === 'queued' || state === 'delivering' || state === 'retrying';
  const advice = {
    queued: texts.wait,
    delivering: texts.wait,
    retrying: texts.later,
    parked: texts.tell,
    delivered: '',
    skipped: '',
  };
  return {
    language,
    title,
    texts: [text, advice[state]].filter((one) => one !== ''),
    conversation,
    nextTry: nextTryAt === undefined ? undefined : timeIn(nextTryAt, language, timeZone),
    url,
    refresh: waits ? refreshOf(query, nextTryAt, now) : undefined,
  };
}

/** A time as people of this language write it, with its zone. */
function timeIn(time: number, language: Language, timeZone: string): string {
  return new Intl.DateTimeFormat(language, {
    ...{ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    timeZone,
    timeZoneName: 'short',
  }).format(time);
}

/** True if JSON comes before HTML. Browsers list HTML first. */
function wantsJson(accept = ''): boolean {
  const json = accept.indexOf('application/json');
  const html = accept.indexOf('text/html');
  return json >= 0 && (html < 0 || json < html);
}

/** The same for a wrong signature and an unknown organization, so in the language of the browser. */
export function notFound(headers: LinkRequestHeaders): APIGatewayProxyStructuredResultV2 {
  const language = preferredLanguage(headers['accept-language']);
  const { title, text } = pageTranslations[language].notFound;
  return pageResponse(404, { language, title, texts: [text] }, 'accept-language');
}

export function unavailable(
  headers: LinkRequestHeaders,
  query: LinkQuery,
  now: number,
): APIGatewayProxyStructuredResultV2 {
  const language = preferredLanguage(headers['accept-language']);
  const { title, text } = pageTranslations[language].unavailable;
  const refresh = refreshOf(query, undefined, now);
  return pageResponse(503, { language, title, texts: [text], refresh }, 'accept-language');
}
