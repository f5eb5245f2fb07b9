import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { linkResponse, notFound, unavailable } from '../../../../shared/http/link/link-response.ts';
import type { PageSettings } from '../../../../shared/http/link/page-settings.ts';
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
  { state: 'skipped', title: 'the settings leave it out', entry: { outcome: 'skipped', reason }, reason },
  { state: 'parked', title: 'Lime refused its note', entry: { outcome: 'parked', object, reason }, reason, url },
];

const query = { signature: 'a-signature' };
const english = { language: 'en', timeZone: 'Europe/Stockholm' } as const;

function answerTo(entry: unknown, accept: string | undefined, settings: PageSettings = english, reloads?: string) {
  const known = entry === undefined ? undefined : LedgerEntry.parse(entry);
  const link = { conversation: '63741936', query: { ...query, reloads }, entry: known, settings };
  return linkResponse(link, { accept, 'accept-language': 'de' }, now);
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
    expect(body).not.toContain('/api/');
    expect(body).toContain('<dt>Conversation</dt><dd>63741936</dd>');
    expect(body.includes(`href="${url}"`)).toBe(expected.url !== undefined);
    expect(body.includes('Feb 22, 2024, 05:01:30 PM GMT+1')).toBe(expected.nextTryAt !== undefined);
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

it('nothing in an address or a number can become a part of the page', () => {
  const evil = `"><script>alert('&')</script>`;
  const bodyWith = (text: string): string => {
    const entry = LedgerEntry.parse({ outcome: 'parked', object: { ...object, url: text } });
    const link = { conversation: text, query, entry, settings: english };
    return linkResponse(link, { accept: browser }, now).body ?? '';
  };
  fc.assert(
    fc.property(fc.oneof(fc.constant(evil), fc.string()), (text) => {
      for (const mark of ['<', '>', '"'])
        expect(bodyWith(text).split(mark)).toHaveLength(bodyWith('').split(mark).length);
    }),
  );
  expect(bodyWith(evil)).toContain('&#34;&#62;&#60;script&#62;alert(&#39;&#38;');
});

it('a link that leads nowhere and a ledger out of reach have pages of their own', () => {
  const [lost, closed] = [notFound({}), unavailable({}, query, now)];
  expect(lost).toMatchObject({ statusCode: 404 });
  expect(lost.body).not.toContain('refresh');
  expect(closed).toMatchObject({ statusCode: 503 });
  expect(closed.body).toContain('refresh');
  for (const { headers } of [lost, closed]) expect(headers).toMatchObject({ 'cache-control': 'no-store' });
});

describe('the page of an organization', () => {
  const retrying = { outcome: 'retrying', reason, nextTryAt };

  it.each([
    { language: 'sv', title: 'På väg till Lime', next: '22 feb. 2024 17:01:30 CET', timeZone: 'Europe/Stockholm' },
    {
      language: 'fi',
      title: 'Matkalla Limeen',
      next: '22.2.2024 klo 18.01.30 UTC+2',
      timeZone: 'Europe/Helsinki',
    },
    { language: 'en', title: 'On its way to Lime', next: 'Feb 22, 2024, 04:01:30 PM UTC', timeZone: 'UTC' },
  ] as const)(
    'is in its language and time zone, whatever the browser prefers: $language',
    ({ language, title, next, timeZone }) => {
      const { headers, body } = answerTo(retrying, browser, { language, timeZone });

      expect(headers).toMatchObject({ 'content-language': language, vary: 'accept' });
      expect(body).toContain(`<html lang="${language}">`);
      expect(body).toContain(`<h1>${title}</h1>`);
      expect(body?.replaceAll('\u202f', ' ')).toContain(`<dd>${next}</dd>`);
    },
  );

  it('says what to do', () => {
    expect(answerTo(undefined, browser).body).toContain('This page opens the case by itself.');
    expect(answerTo(retrying, browser).body).toContain('open the link again later.');
    expect(answerTo({ outcome: 'parked' }, browser).body).toContain('Please tell the person who looks after Lime');
  });

  it('says that the case exists, if only a part is parked', () => {
    expect(answerTo({ outcome: 'parked', object }, browser).body).toContain('The case exists in Lime, but a part');
    expect(answerTo({ outcome: 'parked' }, browser).body).not.toContain('The case exists');
  });

  it('reloads ever less often, and keeps its signature', () => {
    const refreshes = [undefined, '1', '2', '9', 'x'].map(
      (reloads) =>
        /http-equiv="refresh" content="([^"]+)"/.exec(answerTo(undefined, browser, english, reloads).body ?? '')?.[1],
    );

    expect(refreshes).toEqual([
      '5; url=?signature=a-signature&#38;reloads=1',
      '10; url=?signature=a-signature&#38;reloads=2',
      '20; url=?signature=a-signature&#38;reloads=3',
      '300; url=?signature=a-signature&#38;reloads=10',
      '5; url=?signature=a-signature&#38;reloads=1',
    ]);
  });
});

it('a page without an organization is in the language of the browser', () => {
  expect(notFound({ 'accept-language': 'de' }).body).toContain('Dieser Link führt zu keiner Unterhaltung.');
  expect(unavailable({ 'accept-language': 'fr' }, query, now).body).toContain('<html lang="fr">');
});

describe('each page', () => {
  const pages = [
    { title: 'of a conversation', answer: answerTo(undefined, browser) },
    { title: 'of a link that leads nowhere', answer: notFound({}) },
    { title: 'of a ledger out of reach', answer: unavailable({}, query, now) },
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
