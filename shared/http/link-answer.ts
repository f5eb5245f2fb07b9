import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type LedgerEntry, linkState } from '../ledger/states.ts';

/** What the link answers for a conversation's ledger entry: JSON where asked for, else a redirect or a small page. */
export const linkAnswer = (
  entry: LedgerEntry | undefined,
  accept: string | undefined,
  now: number,
): APIGatewayProxyStructuredResultV2 => {
  const state = linkState(entry, now);
  const url = entry?.object?.url;
  const reason = state === 'retrying' || state === 'parked' ? entry?.reason : undefined;
  const nextTryAt =
    state === 'retrying' && entry?.nextTryAt !== undefined ? new Date(entry.nextTryAt).toISOString() : undefined;
  if (wantsJson(accept)) {
    const headers = { ...common, 'content-type': 'application/json' };
    return { statusCode: 200, headers, body: JSON.stringify({ state, url, reason, nextTryAt }) };
  }
  if (state === 'delivered' && url !== undefined)
    return { statusCode: 302, headers: { ...common, location: url }, body: '' };
  const { title, text } = words[state];
  return page(200, {
    title,
    paragraphs: [
      text,
      ...(reason === undefined ? [] : [`Reason: ${reason}`]),
      ...(nextTryAt === undefined ? [] : [`Next try: ${nextTryAt.slice(0, 19).replace('T', ' ')} UTC`]),
    ],
    url,
    refresh: state !== 'parked' && state !== 'delivered',
  });
};

const words = {
  queued: { title: 'On its way to Lime', text: 'The conversation has been accepted and waits for its turn.' },
  delivering: { title: 'Being written to Lime', text: 'The limeobject will open here in a moment.' },
  retrying: {
    title: 'On its way to Lime',
    text: 'Lime could not take the conversation yet. It will be tried again; nothing is lost.',
  },
  delivered: { title: 'In Lime', text: 'The conversation is in Lime.' },
  parked: {
    title: 'Not in Lime yet',
    text: 'Lime cannot take this conversation as it is. It has been kept, and can be sent again when the reason is mended.',
  },
};

const common = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' };

/** The page runs nothing, sends nothing and is shown in no other page; the three last are not covered by default-src. */
const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-frame-options': 'DENY',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Seconds between two looks of a page that waits. */
const refreshSeconds = 5;

const page = (
  statusCode: number,
  content: { title: string; paragraphs: readonly string[]; url?: string | undefined; refresh?: boolean },
): APIGatewayProxyStructuredResultV2 => {
  const { title, paragraphs, url, refresh = false } = content;
  const link = url === undefined ? '' : `<p><a href="${escapeHtml(url)}">Open the limeobject</a></p>`;
  return {
    statusCode,
    headers: {
      ...common,
      'content-type': 'text/html; charset=utf-8',
      ...pageHeaders,
    },
    body: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">${refresh ? `\n<meta http-equiv="refresh" content="${refreshSeconds}">` : ''}
<title>${escapeHtml(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:34em;margin:15vh auto;padding:0 1.5em;color:#222}h1{font-size:1.4em}</style>
<h1>${escapeHtml(title)}</h1>
${paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n')}
${link}
</html>
`,
  };
};

/** Whether JSON is named before HTML: browsers ask for HTML first. */
const wantsJson = (accept = ''): boolean => {
  const json = accept.indexOf('application/json');
  const html = accept.indexOf('text/html');
  return json >= 0 && (html < 0 || json < html);
};

/** The same for a wrong signature and an unknown organization. */
export const notFound = page(404, { title: 'Not found', paragraphs: ['This link does not lead to a conversation.'] });

export const unavailable = page(503, {
  title: 'Not available',
  paragraphs: ['What became of the conversation cannot be read at the moment. Please try again.'],
  refresh: true,
});
