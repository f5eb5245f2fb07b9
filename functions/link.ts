import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import middy from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { clientOptions } from '../shared/aws.ts';
import {
  AddonSecret,
  createSecretReader,
  type SecretReader,
  TooManyLookupsError,
  unknownOrganizationLookups,
} from '../shared/credentials.ts';
import { LinkEnv, readEnv } from '../shared/env.ts';
import { describeError } from '../shared/errors.ts';
import { isSignatureLike, isValidLink } from '../shared/http/link/conversation-url.ts';
import { linkResponse, notFound, unavailable } from '../shared/http/link/link-response.ts';
import { createPageSettings, type PageSettings } from '../shared/http/link/page-settings.ts';
import { createReadLedger } from '../shared/ledger/dynamodb.ts';
import type { Ledger } from '../shared/ledger/ledger.ts';
import { linkState } from '../shared/ledger/states.ts';
import { createLog, type Log } from '../shared/log.ts';

export type LinkDeps = {
  secrets: Pick<SecretReader<AddonSecret>, 'read'>;
  readLedger: Ledger['read'];
  settingsFor: (organization: string) => PageSettings;
  log: Log;
  now?: () => number;
};

/** Serves the link in the operator's timeline: redirects to the limeobject, or shows the conversation's state. */
export function createLink({ secrets, readLedger, settingsFor, log, now = Date.now }: LinkDeps) {
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(httpHeaderNormalizer())
    .handler(async (event) => {
      const { organization = '', id: conversation = '' } = event.pathParameters ?? {};
      const { signature = '', expires, reloads } = event.queryStringParameters ?? {};
      const query = { signature, expires, reloads };
      const isLink =
        /^[\w-]{1,64}$/.test(organization) && /^\d{1,32}$/.test(conversation) && isSignatureLike(signature);
      const at = now();
      try {
        const secret = isLink ? await secrets.read(organization) : undefined;
        if (secret === undefined || !isValidLink(secret, { organization, conversation, signature, expires }, at))
          return notFound(event.headers);
        const entry = await readLedger({ organization, conversation });
        log.info('link opened', {
          organization,
          conversation,
          state: linkState(entry, at),
          ...(entry?.callId !== undefined && { callId: entry.callId }),
        });
        return linkResponse({ conversation, query, entry, settings: settingsFor(organization) }, event.headers, at);
      } catch (error) {
        if (error instanceof TooManyLookupsError) log.info('link refused', { status: 503, ...describeError(error) });
        else log.error('link failed', { organization, conversation, ...describeError(error) });
        return unavailable(event.headers, query, at);
      }
    });
}

const env = readEnv(LinkEnv);

export const handler = createLink({
  secrets: createSecretReader({
    client: new SecretsManagerClient(clientOptions),
    prefix: env.SECRETS_PREFIX,
    direction: 'addon',
    schema: AddonSecret,
    lookups: unknownOrganizationLookups(),
  }),
  readLedger: createReadLedger({
    client: DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions)),
    table: env.LEDGER_TABLE,
  }),
  settingsFor: createPageSettings(fileURLToPath(new URL('./settings', import.meta.url))),
  log: createLog('link'),
});
