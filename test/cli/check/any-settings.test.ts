import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findingsFor } from '../../../cli/check/findings.ts';
import { MappingError } from '../../../shared/errors.ts';
import { toDrafts } from '../../../shared/mapping/draft.ts';
import { completePlan } from '../../../shared/mapping/plan/plan.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { documentedExample } from '../../support/conversations.ts';
import { anySettings } from '../../support/mapping/any-settings.ts';
import { coreMetadata, customMetadata } from '../../support/mapping/builders.ts';

const conversation = Conversation.parse(JSON.parse(documentedExample));

/** The path of every part of the settings. */
function pathsIn(value: unknown): string[] {
  return typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => [key, ...pathsIn(inner).map((path) => `${key}.${path}`)]);
}

describe.each([
  { title: 'an untouched Lime Core', metadata: coreMetadata },
  { title: 'a customised tenant', metadata: customMetadata },
])('any settings for $title', ({ metadata }) => {
  it('make a plan, unless check has found out why not', () => {
    let passed = 0;
    fc.assert(
      fc.property(anySettings, (settings) => {
        const findings = findingsFor(settings, metadata);
        for (const draft of toDrafts(conversation, settings)) {
          const at = `instances.${settings.instances.indexOf(draft.instance)}.`;
          const own = findings.filter(({ path }) => path.startsWith(at));
          if (own.some(({ severity }) => severity === 'error')) continue;
          passed += 1;
          const told = own.map(({ path }) => path);
          try {
            const { omitted } = completePlan(draft, metadata, '2026-11-22T10:00:00.000Z');
            // How long a text is that a path gives is known by the conversation alone.
            const untold = omitted.filter(
              ({ path, message }) =>
                !/ is longer than \d+ /.test(message) && !told.some((known) => known.startsWith(path)),
            );
            expect(untold).toEqual([]);
          } catch (error) {
            if (!(error instanceof MappingError)) throw error;
            expect(told).not.toEqual([]);
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(passed).toBeGreaterThan(0);
  });

  it('are reported with existing paths', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const paths = pathsIn(settings);
        for (const { path } of findingsFor(settings, metadata)) expect(paths).toContain(path);
      }),
    );
  });
});
