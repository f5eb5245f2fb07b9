import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Journey, startJourney } from '../support/journey.ts';
import { drive } from '../support/security/drive.ts';
import { marks } from '../support/security/marked.ts';
import { aQuotingLime, type QuotingLime } from '../support/security/quoting-lime.ts';

let lime: QuotingLime;
let journey: Journey;
let seen: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  lime = await aQuotingLime();
  journey = await startJourney({ variables: { TIME_SCALE: '0.002', LIME_URL: lime.url } });
  seen = await drive(lime, journey);
});

afterAll(async () => {
  await journey.stop();
  await lime[Symbol.asyncDispose]();
});

describe('personal data', () => {
  it('went where it belongs: into Lime, and into all that Lime refused', () => {
    const inLime = JSON.stringify(['helpdesk', 'history', 'person'].map((limetype) => lime.sandbox.objects(limetype)));

    for (const mark of [marks.name, marks.email, marks.body, marks.person]) expect(inLime).toContain(mark);
    expect(lime.quoted).toHaveLength(9);
    for (const quoted of lime.quoted) expect(quoted).toMatch(/qz-/i);
  });

  it('was looked for in every place', () => {
    const lengths = Object.fromEntries([...seen].map(([where, texts]) => [where, texts.length]));

    expect(lengths).toMatchObject({
      answers: 34,
      'attributes of dead letters': expect.any(Number),
      'command line': 10,
      ledger: expect.any(Number),
      'log lines and metrics': 2,
    });
    const messages = new Set(journey.logs().map(({ message }) => message));
    for (const message of ['call accepted', 'call refused', 'delivered', 'parked', 'retrying', 'link opened'])
      expect(messages).toContain(message);
    expect(seen.get('attributes of dead letters')?.length).toBeGreaterThanOrEqual(8);
    expect(seen.get('ledger')?.length).toBeGreaterThanOrEqual(11);
  });

  it.each(Object.entries(marks))('is in none of them: %s', (_what, mark) => {
    const found = [...seen].flatMap(([where, texts]) =>
      texts
        .filter((text) => text.toLowerCase().includes(mark.toLowerCase()))
        .map(
          (text) =>
            `${where}: …${text.slice(Math.max(0, text.toLowerCase().indexOf(mark.toLowerCase()) - 200)).slice(0, 300)}`,
        ),
    );

    expect(found).toEqual([]);
  });
});
