import type { Settings } from '../../shared/mapping/settings/settings.ts';
import { fieldAt } from '../fields/catalogue.ts';
import type { Scope } from './scope.ts';

/** Hints at channels that are no known type, so that a misspelt one does not leave out every conversation. */
export function checkAccept({ report }: Scope, { accept }: Settings): void {
  const known = fieldAt('contact_channel.type')?.values ?? [];
  accept?.channels?.forEach((channel, index) => {
    if (known.includes(channel.toLowerCase())) return;
    const path = `accept.channels.${index}`;
    report('hint', { path, rule: `${channel} is not among the known channels: ${known.join(', ')}` });
  });
}
