import { AddonSecret } from '../../shared/credentials.ts';
import { conversationUrl, expiryOf } from '../../shared/http/link/conversation-url.ts';
import type { LedgerKey } from '../../shared/ledger/item.ts';
import { openSecrets } from './secrets.ts';

/** A link that the command line shows is good for a day. */
const LIFETIME_DAYS = 1;

/** Signs links to conversations as intake does, if the endpoint is known and the add-on secret can be read. */
export function createLinkOf(options: {
  endpoint: string | undefined;
  stage: string;
  now: () => number;
  environment: NodeJS.ProcessEnv;
}): (key: LedgerKey) => Promise<string | undefined> {
  const { endpoint, stage, now, environment } = options;
  return async ({ organization, conversation }) => {
    if (endpoint === undefined) return undefined;
    const name = `userlike-lime/${stage}/${organization}/addon`;
    const secret = await openSecrets(environment)
      .read(name, AddonSecret)
      .catch(() => undefined);
    if (secret === undefined) return undefined;
    const { origin } = new URL(endpoint.replace('{organization}', organization));
    return conversationUrl(origin, secret.linkKey, organization, conversation, expiryOf(now(), LIFETIME_DAYS));
  };
}
