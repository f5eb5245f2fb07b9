import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MappingError } from '../../../../shared/errors.ts';
import type { Metadata, Property } from '../../../../shared/lime/wire.ts';
import { toDrafts } from '../../../../shared/mapping/draft.ts';
import type { Values } from '../../../../shared/mapping/plan/convert.ts';
import { completePlan, type Plan } from '../../../../shared/mapping/plan/plan.ts';
import type { Settings } from '../../../../shared/mapping/settings/settings.ts';
import { Conversation } from '../../../../shared/userlike/conversation.ts';
import { anyConversation } from '../../../support/any-conversations.ts';
import { anySettings } from '../../../support/mapping/any-settings.ts';
import { coreMetadata, customMetadata } from '../../../support/mapping/builders.ts';

const acceptedAt = '2026-11-22T10:00:00.000Z';

/** The plan for each limeobject, or why there is none. */
function plansOf(conversation: unknown, settings: Settings, metadata: Metadata): (Plan | MappingError)[] {
  return toDrafts(Conversation.parse(conversation), settings).map((draft) => {
    try {
      return completePlan(draft, metadata, acceptedAt);
    } catch (error) {
      if (error instanceof MappingError) return error;
      throw error;
    }
  });
}

const numbers = ['integer', 'decimal', 'percent'];
const ids = ['belongsto', 'user', 'file'];
const times = ['time', 'date', 'month', 'quarter', 'year'];

/** What keeps Lime from taking the value; written apart from the code that converts. */
function problemOf({ type, length, options }: Property, value: unknown): string | undefined {
  if (Array.isArray(value)) return type === 'set' && value.every((key) => options?.includes(key)) ? undefined : 'set';
  if (typeof value === 'number') return numbers.includes(type) || ids.includes(type) ? undefined : 'number';
  if (typeof value === 'boolean') return type === 'yesno' ? undefined : 'boolean';
  if (typeof value !== 'string') return typeof value;
  if (type === 'option') return options?.includes(value) ? undefined : 'option';
  if (times.includes(type)) return Number.isNaN(Date.parse(value)) ? 'time' : undefined;
  if (['set', 'yesno', 'hasmany', ...numbers, ...ids].includes(type)) return `text in ${type}`;
  return value.length <= (length ?? Number.POSITIVE_INFINITY) && value.isWellFormed() ? undefined : 'text';
}

function problemsIn(metadata: Metadata, limetype: string, values: Values): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const property = metadata.get(limetype)?.properties.get(name);
    const problem = property === undefined ? 'unknown' : problemOf(property, value);
    return problem === undefined ? [] : [`${limetype}.${name}: ${problem}`];
  });
}

function valuesIn({ limetype, create, update, history, conversationRow, documents, creations }: Plan) {
  return [
    { limetype, values: create },
    { limetype, values: update },
    ...[history, conversationRow, documents, creations.person, creations.company].flatMap((part) =>
      part !== undefined && 'values' in part ? part : [],
    ),
  ];
}

function hollow(value: unknown): boolean {
  if (value === null || Number.isNaN(value)) return true;
  return typeof value === 'object' && Object.values(value).some(hollow);
}

describe.each([
  { title: 'an untouched Lime Core', metadata: coreMetadata },
  { title: 'a customised tenant', metadata: customMetadata },
])('any conversation, by any settings, in $title', ({ metadata }) => {
  it('gives plans that Lime can take, or the place in the settings that keeps it from being one', () => {
    let plans = 0;
    fc.assert(
      fc.property(anyConversation, anySettings, (conversation, settings) => {
        for (const plan of plansOf(conversation, settings, metadata)) {
          if (plan instanceof MappingError) {
            expect(plan.message).toMatch(/^(?:instances\.\d+\.|the tenant has no limetype \w+$)/);
            continue;
          }
          plans += 1;
          expect(hollow(plan)).toBe(false);
          expect(valuesIn(plan).flatMap(({ limetype, values }) => problemsIn(metadata, limetype, values))).toEqual([]);
          expect(JSON.parse(JSON.stringify(plan.create))).toEqual(plan.create);
        }
      }),
      { numRuns: 200 },
    );
    expect(plans).toBeGreaterThan(0);
  });
});
