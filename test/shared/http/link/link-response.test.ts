import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { linkResponse, notFound, unavailable } from '../../../../shared/http/link/link-response.ts';
import { LedgerEntry } from '../../../../shared/ledger/states.ts';

const now = Date.parse('2024-02-22T16:00:00Z');
const url = 'https://lime.example/client/object/helpdesk/1500';
const object = { instance: 'Helpdesk', limetype: 'helpdesk', id: 1500, url, values: '' };
const reason = 'POST /api/v1/limeobject/helpdesk/ was answered 503';
const nextTryAt = now + 90_000;
const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

const cases = [
  { state: 'queued', title: 'nothing is known', entry: undefined },
  { state: 'delivering', title: 'a mapper has it', entry: { lease: { owner: 'a', until: now + 1 } } },
  {
    state: 'delivering',
    title: 'a mapper has it again',
    entry: { lease: { owner: 'a', until: now + 1 }, outcome: 'delivered', object, reason },
    url,
  },
  { state: 'retrying', title: 'a mapper had it', entry: { lease: { owner: 'a', until: now } } },
  {
    state: 'retrying',
    title: 'Lime could not take it',
    entry: { outcome: 'retrying', reason, nextTryAt },
    reason,
    nextTryAt: '2024-02-22T16:01:30.000Z',
  },
  { state: 'retrying', title: 'its note is missing', entry: { outcome: 'retrying', object, reason }, reason, url },
  { state: 'delivered', title: 'it is in Lime', entry: { outcome: 'delivered', object, reason, nextTryAt }, url },
  { state: 'delivered', title: 'it is in Lime, nobody knows where', entry: { outcome: 'delivered' } },
  { state: 'parked', title: 'Lime refused it', entry: { outcome: 'parked', reason, nextTryAt }, reason },
  { state: 'parked', title: 'Lime refused its note', entry: { outcome: 'parked', object, reason }, reason, url },
];

function answerTo(entry: unknown, accept: string | undefined, language?: string) {
  return linkResponse(
    entry === undefined ? undefined : LedgerEntry.parse(entry),
    { accept, 'accept-language': language },
    now,
  );
}

describe.each(cases)('while $title ($state)', ({ entry, ...expected }) => {
  const waits = ['queued', 'delivering', 'retrying'].includes(expected.state);
  const isRedirect = expected.state === 'delivered' && expected.url !== undefined;

  it('JSON has the state and what else is known', () => {
    const { statusCode, headers, body } = answerTo(entry, 'application/json');
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    const { state, url, reason, nextTryAt } = { url: undefined, reason: undefined, nextTryAt: undefined, ...expected };
    expect(JSON.parse(body ?? '')).toEqual(JSON.parse(JSON.stringify({ state, url, reason, nextTryAt })));
  });

  it('a browser is led to the limeobject, or gets a page that looks again only while something may change', () => {
    const { statusCode, headers = {}, body = '' } = answerTo(entry, browser);
    expect(statusCode).toBe(isRedirect ? 302 : 200);
    expect(headers.location).toBe(isRedirect ? url : undefined);
    expect(headers['cache-control']).toBe('no-store');
    if (isRedirect) return;
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body.includes('http-equiv="refresh"')).toBe(waits);
    expect(body.includes(reason)).toBe(expected.reason !== undefined);
    expect(body.includes(`href="${url}"`)).toBe(expected.url !== undefined);
    expect(body.includes('2024-02-22 16:01:30 UTC')).toBe(expected.nextTryAt !== undefined);
  });
});

it.each([
  { accept: 'application/json', json: true },
  { accept: 'application/json, text/html', json: true },
  { accept: 'application/json; charset=utf-8', json: true },
  { accept: 'text/html, application/json', json: false },
  { accept: browser, json: false },
  { accept: '*/*', json: false },
  { accept: '', json: false },
  { accept: undefined, json: false },
])('$accept asks for JSON: $json', ({ accept, json }) => {
  const type = answerTo(undefined, accept).headers?.['content-type'];
  expect(type).toBe(json ? 'application/json' : 'text/html; charset=utf-8');
});

it('nothing in a reason or an address can become a part of the page', () => {
  const evil = `"><script>alert('&')</script>`;
  fc.assert(
    fc.property(fc.oneof(fc.constant(evil), fc.string()), (text) => {
      const { body = '' } = answerTo({ outcome: 'parked', reason: text, object: { ...object, url: text } }, browser);
      const frame = answerTo({ outcome: 'parked', reason: '', object: { ...object, url: '' } }, browser).body ?? '';
      for (const mark of ['<', '>', '"']) expect(body.split(mark)).toHaveLength(frame.split(mark).length);
    }),
  );
  expect(answerTo({ outcome: 'parked', reason: evil }, browser).body).toContain(
    '&#34;&#62;&#60;script&#62;alert(&#39;&#38;',
  );
});

it('a link that leads nowhere and a ledger out of reach have pages of their own', () => {
  const [lost, closed] = [notFound({}), unavailable({})];
  expect(lost).toMatchObject({ statusCode: 404 });
  expect(lost.body).not.toContain('refresh');
  expect(closed).toMatchObject({ statusCode: 503 });
  expect(closed.body).toContain('refresh');
  for (const { headers } of [lost, closed]) expect(headers).toMatchObject({ 'cache-control': 'no-store' });
});

describe('the page in the language of the browser', () => {
  it.each([
    { accepted: 'sv-SE,sv;q=0.9,en;q=0.8', language: 'sv', title: 'På väg till Lime' },
    { accepted: 'pt', language: 'pt-BR', title: 'A caminho do Lime' },
    { accepted: 'zh, no;q=0.5', language: 'nb', title: 'På vei til Lime' },
    { accepted: 'fi', language: 'fi', title: 'Matkalla Limeen' },
    { accepted: undefined, language: 'en', title: 'On its way to Lime' },
  ])('for $accepted is $language', ({ accepted, language, title }) => {
    const { headers, body } = answerTo({ outcome: 'retrying', reason, nextTryAt }, browser, accepted);
    expect(headers).toMatchObject({ 'content-language': language, vary: 'accept, accept-language' });
    expect(body).toContain(`<html lang="${language}">`);
    expect(body).toContain(`<h1>${title}</h1>`);
    expect(body).toContain(`<span lang="en">${reason}</span>`);
  });

  it('is given even if there is no entry', () => {
    expect(notFound({ 'accept-language': 'de' }).body).toContain('Dieser Link führt zu keiner Unterhaltung.');
    expect(unavailable({ 'accept-language': 'fr' }).body).toContain('<html lang="fr">');
  });
});

describe('each page', () => {
  const pages = [
    { title: 'of a conversation', answer: answerTo(undefined, browser) },
    { title: 'of a link that leads nowhere', answer: notFound({}) },
    { title: 'of a ledger out of reach', answer: unavailable({}) },
  ];

  it.each(pages)('$title runs nothing, and is shown in no other page', ({ answer }) => {
    const policy = String(answer.headers?.['content-security-policy']).split('; ');

    expect(policy).toEqual([
      "default-src 'none'",
      "style-src 'unsafe-inline'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(answer.headers).toMatchObject({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
  });
});
