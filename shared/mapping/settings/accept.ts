import * as z from 'zod';
import { name } from './source.ts';

/** Which conversations are taken. Without it, all are. */
export const Accept = z.strictObject({
  contactMessages: z.int().nonnegative().default(0).meta({ description: 'Least messages of the contact.' }),
  kinds: z
    .array(z.enum(['human', 'bot']))
    .min(1)
    .default(['human', 'bot'])
    .meta({ description: 'Kinds of conversations: bot if only bots have answered.' }),
  channels: z.array(name).min(1).optional().meta({
    description: 'Types of contact_channel, for example web and whatsapp. Default: all.',
  }),
  exceptTopics: z.array(name).default([]).meta({ description: 'Conversations with one of these topics are left out.' }),
  whileOpen: z.enum(['take', 'skip']).default('take').meta({
    description: 'Whether to take a conversation that has not ended, or to skip it until it is sent again at its end.',
  }),
});
export type Accept = z.infer<typeof Accept>;

const Seen = z.object({ exceptTopics: z.array(z.string()) });

/** Topics that are left out, although an instance takes them. */
export function contradictionsIn(
  accept: unknown,
  instances: readonly { topics?: string[] | undefined }[],
  keyOf: (topic: string) => string,
): { path: (string | number)[]; message: string }[] {
  const { exceptTopics = [] } = Seen.safeParse(accept).data ?? {};
  return exceptTopics.flatMap((topic, index) => {
    const owner = instances.findIndex(({ topics }) => topics?.some((one) => keyOf(one) === keyOf(topic)));
    if (owner === -1) return [];
    const message = `instance ${owner} takes the topic ${topic}, which is left out here`;
    return [{ path: ['exceptTopics', index], message }];
  });
}
