import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type DryRun, dryRun } from '../../../cli/preview/dry-run.ts';
import { openTenant, type Tenant } from '../../../cli/tenant/open.ts';
import { MappingError } from '../../../shared/errors.ts';
import { Settings } from '../../../shared/mapping/settings/settings.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { blocksOf, project } from '../../docs/pages.ts';
import { anySettings } from '../../support/mapping/any-settings.ts';
import { anInstance, defaultSettings, settingsOf } from '../../support/mapping/builders.ts';

const acceptedAt = '2026-11-22T10:00:00.000Z';

const samples = readdirSync(join(project, 'samples')).map((name) => ({
  name,
  conversation: Conversation.parse(JSON.parse(readFileSync(join(project, 'samples', name), 'utf8'))),
}));

let tenant: Tenant;
beforeAll(async () => {
  tenant = await openTenant({ sandbox: 'core' }, {});
});
afterAll(() => tenant[Symbol.asyncDispose]());

/** Every row says what its request holds, and every property of a request has a row. */
function expectRows({ objects, requests }: DryRun): void {
  for (const { sections } of objects) {
    for (const { request, rows, note } of sections) {
      const body: unknown = request === undefined ? undefined : requests[request - 1]?.body;
      const sent = Object.entries(typeof body === 'object' && body !== null ? body : {}).filter(
        ([, value]) => value !== note,
      );
      const told = rows.flatMap(({ property, gets }): [string, unknown][] =>
        gets === undefined ? [] : [[property, gets]],
      );
      expect(Object.fromEntries(told)).toEqual(Object.fromEntries(sent));
      expect(rows.filter(({ gets, because }) => gets === undefined && because === undefined)).toEqual([]);
    }
  }
  const writes = requests.filter(({ path }) => path.startsWith('/api/v1/limeobject/'));
  const told = objects.flatMap(({ sections }) => sections).filter(({ request }) => request !== undefined);
  expect(told.length).toBe(writes.length);
}

describe('the rows of a preview', () => {
  const examples = blocksOf('docs/settings.md', 'json settings').map((json) => Settings.parse(JSON.parse(json)));
  const settings = [
    { title: 'the default settings', settings: defaultSettings },
    ...examples.map((example, index) => ({ title: `worked example ${index + 1}`, settings: example })),
  ];
  it.each(settings.flatMap((one) => samples.map((sample) => ({ ...one, ...sample }))))(
    'say what Lime gets of $name with $title',
    async ({ conversation, settings }) => {
      const run = await dryRun({ conversation, settings, lime: tenant.lime, acceptedAt });
      expect(run.objects.map(({ parked }) => parked)).toEqual(run.objects.map(() => undefined));
      expectRows(run);
    },
  );

  it('say what Lime gets with any settings, and have a row for each mapped property', async () => {
    await fc.assert(
      fc.asyncProperty(anySettings, fc.constantFrom(...samples), async (settings, { conversation }) => {
        try {
          const run = await dryRun({ conversation, settings, lime: tenant.lime, acceptedAt });
          expectRows(run);
          for (const { instance, sections } of run.objects) {
            const mapped = Object.keys(settings.instances.find(({ name }) => name === instance)?.properties ?? {});
            const told = sections.map(({ rows }) => rows.map(({ property }) => property));
            expect(told.some((properties) => mapped.every((name) => properties.includes(name)))).toBe(true);
          }
        } catch (error) {
          if (!(error instanceof MappingError)) throw error;
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it.each([
    {
      title: 'the default of an empty value',
      source: { path: 'subject', default: 'Chat' },
      row: { source: 'path subject', gets: 'Chat', because: 'the default' },
    },
    {
      title: 'an entry of the option map',
      source: { path: 'status', options: { open: 'yes' } },
      row: { gave: 'open', gets: 'yes', because: 'by options' },
    },
    {
      title: 'the default of an option map',
      source: { path: 'status', options: { new: 'yes' }, default: 'no' },
      row: { gave: 'open', gets: 'no', because: 'the default, because options has no such entry' },
    },
    { title: 'a constant', source: { value: 'Chat' }, row: { source: 'value', gets: 'Chat' } },
    {
      title: 'a text that was cut',
      property: 'title',
      source: { template: `${'x'.repeat(300)} #{{ id }}` },
      row: { gave: expect.any(String), gets: expect.stringMatching(/… #1$/), because: 'cut from 303 characters' },
    },
  ])('say how a source came to its value: $title', async ({ source, row, property = 'description' }) => {
    const properties = { title: { template: 'Userlike {{ id }}' }, [property]: source };
    const history = { relation: 'helpdesk', properties: { type: { value: 'comment' } } };
    const settings = settingsOf({ instances: [anInstance({ properties, history })] });
    const conversation = Conversation.parse({ id: 1, status: 'open', topics: [] });
    const { objects } = await dryRun({ conversation, settings, lime: tenant.lime, acceptedAt });
    const told = objects[0]?.sections[0]?.rows.find((one) => one.property === property);
    expect(told).toEqual({ property, source: expect.any(String), ...row });
  });
});
