import { type Conversation, topicsOf } from '../../userlike/conversation.ts';
import type { Found } from '../plan/found.ts';
import type { Plan } from '../plan/plan.ts';
import { relationNames } from '../settings/relation.ts';
import type { Settings } from '../settings/settings.ts';
import { isEmpty, valueAt } from '../values/source.ts';

/** Lines above the messages in the first note. */
export const headOf = (conversation: Conversation, { timeZone, links }: Settings): string[] => {
  const { contact } = conversation;
  const who = [contact?.name, contact?.email, contact?.mobile_number, contact?.phone_number].filter(
    (part) => !isEmpty(part),
  );
  const topics = topicsOf(conversation);
  const channel = valueAt(conversation, 'contact_channel.type');
  return [
    ...(who.length > 0 ? [`Contact: ${who.join(', ')}`] : []),
    ...(topics.length > 0 ? [`Topics: ${topics.join(', ')}`] : []),
    ...(typeof channel === 'string' && channel !== '' ? [`Channel: ${channel}`] : []),
    `Times: ${timeZone}`,
    links.conversation.replace('{id}', String(conversation.id)),
  ];
};

/** Lines of a note's head that say what was not linked or not written, and why. */
export const remarksFor = (plan: Plan, found: Found): string[] => [
  ...relationNames.flatMap((relation) => {
    const match = found[relation];
    if (match.kind !== 'several') return [];
    const names = match.found.map(({ id, name }) => `${name || relation} (${id})`);
    const plural = relation === 'company' ? 'companies' : `${relation}s`;
    return [`Several ${plural} in Lime match, none is linked: ${names.join(', ')}`];
  }),
  ...plan.omitted.map(({ message }) => `Not written: ${message}`),
];
