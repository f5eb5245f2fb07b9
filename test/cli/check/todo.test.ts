import { expect, it } from '@jest/globals';
import { findingsFor } from '../../../cli/check/findings.ts';
import { Settings } from '../../../shared/mapping/settings/settings.ts';
import { anInstance, coreMetadata, settingsOf, someSettings } from '../../support/mapping/builders.ts';

const history = { relation: 'helpdesk', properties: { type: { value: 'comment' } } };
const subject = { template: 'Call back · #{{ id }}' };

function findings(todo: unknown): unknown[] {
  const found = findingsFor(settingsOf({ instances: [anInstance({ todo, history })] }), coreMetadata);
  return found.map(({ path, rule }) => `${path}: ${rule}`);
}

it('check compares an activity with its limetype', () => {
  const at = 'instances.0.todo';
  expect(findings({ relation: 'helpdesk', properties: { subject }, due: { properties: ['starttime'] } })).toEqual([]);
  expect(
    findings({
      relation: 'person',
      answers: { post_survey: ['No'] },
      properties: { subject, text: { path: 'last_question' } },
      due: { properties: ['note'] },
      relations: { coworker: 'coworker' },
    }),
  ).toEqual([
    `${at}.answers.post_survey: post_survey is not a field of Userlike's conversations`,
    `${at}.relation: a relation to person, needs one to helpdesk`,
    `${at}.due.properties.0: of type text, needs time or date`,
    `${at}.properties.text: not a property of todo`,
    `${at}.properties: required and not mapped`,
    `${at}.relations.coworker: stays empty: the instance has no relations.coworker`,
  ]);
});

it('a subject without a mark is refused', () => {
  const todo = { relation: 'helpdesk', properties: { subject: { template: 'Call back' } } };
  const { error } = Settings.safeParse(someSettings({ instances: [anInstance({ todo })] }));
  expect(error?.issues).toMatchObject([{ path: ['instances', 0, 'todo', 'properties', 'subject'] }]);
});
