import { type Conversation, topicsOf } from '../../userlike/conversation.ts';
import { type Language, words } from '../../userlike/words.ts';
import type { Plan } from '../plan/plan.ts';
import type { Match } from '../search.ts';
import type { Settings } from '../settings/settings.ts';
import { isEmpty, valueAt } from '../values/source.ts';

/** Lines above the messages in the first note: who wrote about what and where, the zone of all times, the link back. */
export const headOf = (conversation: Conversation, { timeZone, links }: Settings, language: Language): string[] => {
  const frame = words[language];
  const { contact } = conversation;
  const who = [contact?.name, contact?.email, contact?.mobile_number, contact?.phone_number].filter(
    (part) => !isEmpty(part),
  );
  const topics = topicsOf(conversation);
  const channel = valueAt(conversation, 'contact_channel.type');
  return [
    ...(who.length > 0 ? [`${frame.contact}${frame.colon}${who.join(', ')}`] : []),
    ...(topics.length > 0 ? [`${frame.topics}${frame.colon}${topics.join(', ')}`] : []),
    ...(typeof channel === 'string' && channel !== '' ? [`${frame.channel}${frame.colon}${channel}`] : []),
    `${frame.times}${frame.colon}${timeZone}`,
    links.conversation.replaceAll('{id}', String(conversation.id)),
  ];
};

/** What was looked for in Lime, as far as the plan asks for it. */
type Lookups = { person?: Match; company?: Match; coworker?: Match };

/** Lines of the head that say what was not linked or not written, and why. Rules are the integrator's, in English. */
export const remarksFor = ({ omitted }: Pick<Plan, 'omitted'>, found: Lookups, language: Language): string[] => {
  const frame = words[language];
  return [
    ...several.flatMap(([relation, label]) => {
      const match = found[relation];
      if (match?.kind !== 'several') return [];
      const names = match.found.map(({ id, name }) => `${name || frame[relation]} (${id})`);
      return [`${frame[label]}${frame.colon}${names.join(', ')}`];
    }),
    ...omitted.map(({ message }) => `${frame.notWritten}${frame.colon}${message}`),
  ];
};

const several = [
  ['person', 'severalPersons'],
  ['company', 'severalCompanies'],
  ['coworker', 'severalCoworkers'],
] as const;
