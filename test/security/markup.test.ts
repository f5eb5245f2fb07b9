import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { linkResponse } from '../../shared/http/link/link-response.ts';
import { aConversation, aMessage } from '../support/conversations.ts';
import { type Journey, type Limeobject, startJourney } from '../support/journey.ts';

const markup = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'&amp;';
const formula = '=HYPERLINK("https://example.org")';
const formulas = ['=HYPERLINK("https://example.org","open")', "+cmd|' /C calc'!A0", '@SUM(1+1)', '-1+1', '\t=1'];

let journey: Journey;
let helpdesk: Limeobject | undefined;
let note: Limeobject | undefined;
let page: Response;
let html: string;
beforeAll(async () => {
  journey = await startJourney();
  const transcript = [markup, ...formulas].map((body, at) => aMessage({ id: `7.1.${at}`, body, name: markup }));
  const contact = { name: formula, email: 'javascript:alert(1)' };
  await journey.send(aConversation({ id: 7, topics: [{ text: markup }], contact, transcript }));
  await journey.ended(7);
  [helpdesk] = await journey.helpdesks();
  [note] = await journey.notes();
  page = await fetch(`${journey.sandboxUrl}/client/object/helpdesk/${helpdesk?._id}`);
  html = await page.text();
});
afterAll(() => journey.stop());

describe('markup and formulas of a chat', () => {
  it('arrive in Lime as the text that was typed', () => {
    expect(helpdesk?.description).toBe(markup);
    expect(note?.note).toContain(`: ${markup}\n`);
    for (const formula of formulas) expect(note?.note).toContain(formula.trim());
  });

  it('never begin a note or a title, which a spreadsheet would take for a formula', () => {
    expect(note?.note).toMatch(/^Userlike conversation 7/);
    expect(helpdesk?.title).toBe(`'${formula}: ${markup} · #7`);
    for (const line of String(note?.note).split('\n')) expect(line).not.toMatch(/^\s*[=+@-]/);
  });

  it('make no link that a browser would run', () => {
    expect(helpdesk?.email).toBe('');
    expect(note?.note).toContain('Not saved: Email (a link of another kind than http, https, mailto and tel)');
  });

  it('are shown as text by the sandbox, which could run nothing either', () => {
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toMatch(/<(script|img)/i);
    expect(page.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'");
  });

  it('are shown as text by the page of the operator’s link', () => {
    const object = { instance: 'Case', limetype: 'helpdesk', id: 1, url: markup, values: '' };
    const entry = { outcome: 'parked' as const, reason: markup, object, unconfirmedAttempts: [] };
    const settings = { language: 'en', timeZone: 'UTC' } as const;
    const link = { conversation: '7', query: { signature: '' }, entry, settings };
    const { body = '', headers } = linkResponse(link, { accept: 'text/html' }, 0);

    expect(body).toContain('&#60;script&#62;');
    expect(body).not.toMatch(/<(script|img)/i);
    expect(headers).toMatchObject({ 'content-security-policy': expect.stringContaining("default-src 'none'") });
  });
});
