import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { findingsFor } from '../../cli/check/findings.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { LimetypeAnswer } from '../../shared/lime/wire.ts';
import { InvalidSettingsError, loadSettings } from '../../shared/load-settings.ts';
import { toDraft } from '../../shared/mapping/draft.ts';
import { completePlan, limetypesOf } from '../../shared/mapping/plan/plan.ts';
import { Settings } from '../../shared/mapping/settings/settings.ts';
import { Conversation } from '../../shared/userlike/conversation.ts';
import { aConversation } from '../support/conversations.ts';
import { coreMetadata } from '../support/mapping/builders.ts';
import { blockOf, blocksOf, codeIn, pages, readText, tablesOf } from './pages.ts';

const page = 'docs/settings.md';

type Schema = z.core.JSONSchema.JSONSchema;
const whole: Schema = z.toJSONSchema(Settings, { io: 'input' });

/** The schema at the end of a path; lists and records are entered without a word. */
function at(schema: Schema, [key, ...rest]: string[]): Schema {
  const inner = schema.items ?? schema.additionalProperties;
  const entered = typeof inner === 'object' && !Array.isArray(inner) ? inner : schema;
  if (key === undefined) return entered;
  const next = entered.properties?.[key];
  if (typeof next !== 'object') throw new Error(`there is no setting ${key}`);
  return at(next, rest);
}

/** Parts of the settings that have one table for several places. */
const shared: Record<string, string[]> = {
  PropertySource: ['instances', 'properties'],
  Relation: ['instances', 'relations', 'person'],
  Create: ['instances', 'relations', 'person', 'create'],
  MatchRule: ['instances', 'relations', 'person', 'rules'],
};

const tables = tablesOf(page).flatMap(({ marker, rows }) =>
  marker.startsWith('keys: ') ? [{ marker, place: marker.slice('keys: '.length), rows }] : [],
);

function placeOf(place: string): string[] {
  return shared[place] ?? place.split('.').slice(1);
}

describe.each(tables)('the table of $place', ({ place, rows }) => {
  const schema = at(whole, placeOf(place));

  it('has every setting, and no other', () => {
    expect(rows.map(([name]) => codeIn(name)).sort()).toEqual(Object.keys(schema.properties ?? {}).sort());
  });

  it('lists what is required and every default', () => {
    const defaults = rows.map(([name, , told = '']) => {
      const key = codeIn(name) ?? '';
      const property = schema.properties?.[key];
      const standard = typeof property === 'object' ? property.default : undefined;
      const text = typeof standard === 'string' ? standard : JSON.stringify(standard);
      if (schema.required?.includes(key)) return { key, told, is: 'required' };
      // What links hold by default is in their own table; lists, and what depends on another setting, are told in words.
      if (standard === undefined || key === 'links' || Array.isArray(standard))
        return { key, told, is: told.startsWith('required') ? 'optional' : told };
      return { key, told, is: `\`${text}\`` };
    });
    expect(defaults.map(({ key, told }) => ({ key, told }))).toEqual(
      defaults.map(({ key, is }) => ({ key, told: is })),
    );
  });
});

it('every object of the settings has its table', () => {
  const objects = (schema: Schema): string[] => {
    const entered = at(schema, []);
    const inner = Object.values(entered.properties ?? {}).flatMap((child) =>
      typeof child === 'object' ? objects(child) : [],
    );
    return entered.properties === undefined ? inner : [Object.keys(entered.properties).sort().join(), ...inner];
  };
  const told = tables.flatMap(({ place }) => {
    return [
      Object.keys(at(whole, placeOf(place)).properties ?? {})
        .sort()
        .join(),
    ];
  });
  expect(new Set(told)).toEqual(new Set(objects(whole)));
});

it('persons and coworkers are searched for alike', () => {
  const { create, fill, ...person } = at(whole, ['instances', 'relations', 'person']).properties ?? {};
  const { fallback, ...coworker } = at(whole, ['instances', 'relations', 'coworker']).properties ?? {};
  expect(coworker).toEqual(person);
  expect([create, fill, fallback]).not.toContain(undefined);
});

describe('settings in the documentation', () => {
  const blocks = pages.flatMap((from) =>
    [...readText(from).matchAll(/^```json settings\n([\s\S]*?)\n```$/gm)].map(([, json = '']) => ({ from, json })),
  );

  it.each(blocks)('in $from can be deployed', ({ json }) => {
    expect(Settings.safeParse(JSON.parse(json)).error).toBeUndefined();
  });

  it.each(blocksOf(page, 'json settings'))('of a worked example pass check on an untouched Lime Core', (json) => {
    const findings = findingsFor(Settings.parse(JSON.parse(json)), coreMetadata);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('of the worked examples make a helpdesk, and of some topics a deal', async () => {
    const [helpdesk = '', deal = ''] = blocksOf(page, 'json settings');
    expect(Settings.parse(JSON.parse(helpdesk)).instances.map(({ limetype }) => limetype)).toEqual(['helpdesk']);
    const settings = Settings.parse(JSON.parse(deal));
    const sandbox = await startSandbox({ port: 0 });
    try {
      const plans = ['Sales', 'Support'].map(async (topic) => {
        const conversation = Conversation.parse(aConversation({ topics: [{ text: topic }], status: 'open' }));
        const draft = toDraft(conversation, settings);
        const metadata = await Promise.all(
          limetypesOf(draft).map(async (name) => {
            const response = await fetch(`${sandbox.url}/api/v1/limetype/${name}/?_embed=properties`, {
              headers: { 'x-api-key': 'local-lime-key' },
            });
            return [name, LimetypeAnswer.parse(await response.json())] as const;
          }),
        );
        const { limetype, create, omitted } = completePlan(draft, new Map(metadata), '2026-11-22T10:00:00.000Z');
        return { limetype, statuscolor: create.statuscolor, omitted };
      });
      expect(await Promise.all(plans)).toEqual([
        { limetype: 'deal', statuscolor: undefined, omitted: [] },
        { limetype: 'helpdesk', statuscolor: 'ongoing', omitted: [] },
      ]);
    } finally {
      await sandbox.close();
    }
  });

  it('that are wrong are answered with the problems of the page', async () => {
    const wrong = Settings.parse(JSON.parse(readText('settings/default.json')));
    const [instance] = wrong.instances;
    const broken = {
      ...wrong,
      country: 'Sweden',
      instances: [{ ...instance, properties: { title: { template: '{{ contact.name }}' }, email: {} } }],
    };
    const directory = await mkdtemp(join(tmpdir(), 'settings-'));
    try {
      await writeFile(join(directory, '108905.json'), JSON.stringify(broken));
      const [, ...problems] = messageOf(() => loadSettings(directory)).split('\n');
      expect(problems.sort()).toEqual(blockOf(page, 'text settings problems').split('\n').sort());
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

function messageOf(load: () => unknown): string {
  try {
    load();
  } catch (error) {
    if (error instanceof InvalidSettingsError) return error.message;
    throw error;
  }
  throw new Error('the settings were taken');
}
