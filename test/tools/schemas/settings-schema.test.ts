import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type * as z from 'zod';
import { settingsSchema, settingsSchemaText } from '../../../tools/schemas/settings-schema.ts';
import { readText } from '../../docs/pages.ts';
import { anInstance, someSettings } from '../../support/mapping/builders.ts';

const schema = settingsSchema();
const isTaken = new Ajv2020({ allowUnionTypes: true }).compile(schema);

/** Every part of the schema that is described or has keys, by its path. */
function settingsIn(part: z.core.JSONSchema.JSONSchema, path: string): { path: string; told: boolean }[] {
  return Object.entries(part.properties ?? {}).flatMap(([key, child]) => {
    if (typeof child !== 'object') return [];
    const inner = [child, child.items, child.additionalProperties].filter(
      (one): one is z.core.JSONSchema.JSONSchema => typeof one === 'object' && !Array.isArray(one),
    );
    return [
      { path: `${path}${key}`, told: child.description !== undefined },
      ...inner.flatMap((one) => settingsIn(one, `${path}${key}.`)),
    ];
  });
}

describe('the JSON Schema of the settings', () => {
  it('in docs/ is what the code that reads settings gives: npm run schemas', () => {
    expect(readText('docs/settings.schema.json')).toBe(settingsSchemaText());
  });

  it('describes every setting', () => {
    const silent = settingsIn(schema, '').filter(({ told }) => !told);
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it('takes the default, which names it', () => {
    const settings: unknown = JSON.parse(readText('settings/default.json'));
    isTaken(settings);
    expect(isTaken.errors).toBeNull();
    expect(settings).toMatchObject({ $schema: '../docs/settings.schema.json' });
  });

  it.each([
    { title: 'an unknown key', settings: someSettings({ apiKey: 'x' }) },
    { title: 'an unknown key deep inside', settings: someSettings({ instances: [anInstance({ limeType: 'deal' })] }) },
    { title: 'no instances', settings: {} },
    {
      title: 'a source of two kinds',
      settings: someSettings({ instances: [anInstance({ properties: { title: { value: 1, path: 'rate' } } })] }),
    },
    {
      title: 'a source of no kind',
      settings: someSettings({ instances: [anInstance({ properties: { title: { default: 1 } } })] }),
    },
  ])('marks $title', ({ settings }) => {
    expect(isTaken(someSettings())).toBe(true);
    expect(isTaken(settings)).toBe(false);
  });
});
