import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { stageSchema, stageSchemaText } from '../../../tools/schemas/stage-schema.ts';
import { readText } from '../../docs/pages.ts';

const schema = stageSchema();
const isValid = new Ajv2020({ allowUnionTypes: true, formats: { email: true, hostname: true } }).compile(schema);

describe('the JSON Schema of a stage', () => {
  it('in docs/ is what the code that reads stages gives: npm run schemas', () => {
    expect(readText('docs/stage.schema.json')).toBe(stageSchemaText());
  });

  it('describes every option', () => {
    const silent = Object.entries(schema.properties ?? {}).filter(
      ([, option]) => typeof option !== 'object' || option.description === undefined,
    );
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  it('takes the example, which names it', () => {
    const example: unknown = JSON.parse(readText('stages/example.json'));
    isValid(example);
    expect(isValid.errors).toBeNull();
    expect(example).toMatchObject({ $schema: '../docs/stage.schema.json' });
  });

  it.each([{}, { account: '123456789012' }, { intakeConcurrency: 'off' }])(
    'takes a file with few options: %j',
    (file) => {
      expect(isValid(file)).toBe(true);
    },
  );

  it.each([
    { alarmMail: 'oncall@example.com' },
    { limeRequestsPerSecond: 'nine' },
    { account: '1' },
    { domain: { name: 'chats.example.com' } },
  ])('refuses %j', (file) => {
    expect(isValid(file)).toBe(false);
  });
});
