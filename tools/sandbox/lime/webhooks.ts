import { createHmac } from 'node:crypto';
import { valuesOut } from '../data/render.ts';
import type { Limetype } from '../data/schema.ts';
import type { Row, Values } from '../data/store.ts';

/** Restored limeobjects are announced by Lime too; the sandbox takes subscriptions to that but restores nothing. */
export const webhookEvents = ['new', 'update', 'delete', 'restore'] as const;
type WebhookEvent = (typeof webhookEvents)[number];

export type Subscription = {
  id: number;
  name: string;
  enabled: boolean;
  events: string[];
  target_url: string;
  secret: string;
};

/** @property outcome the receiver's status, or why there is none */
export type WebhookDelivery = { event: string; target_url: string; id: number; outcome: number | string };

export type Webhooks = ReturnType<typeof createWebhooks>;

/** Documented by Lime: `X-Lime-Signature: sha256=<hex HMAC-SHA256 of the raw body>`. */
export function signatureOf(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** How Lime repeats a delivery that failed is not known: here each is tried once. */
export function createWebhooks(fetchTarget: typeof fetch, signal: AbortSignal) {
  const subscriptions = new Map<number, Subscription>();
  const deliveries: WebhookDelivery[] = [];

  async function deliver({ target_url, secret }: Subscription, event: string, id: number, body: string): Promise<void> {
    const headers = { 'content-type': 'application/json', 'x-lime-signature': signatureOf(secret, body) };
    const outcome = await fetchTarget(target_url, { method: 'POST', headers, body, signal }).then(
      ({ status }) => status,
      (error: unknown) => String(error),
    );
    deliveries.push({ event, target_url, id, outcome });
  }

  return {
    subscriptions,
    deliveries,
    announce(kind: WebhookEvent, limetype: Limetype, row: Row, before?: Values): void {
      const event = `${limetype.name}.${kind}`;
      for (const subscription of subscriptions.values()) {
        if (!subscription.enabled || !subscription.events.includes(event)) continue;
        const body = JSON.stringify({ event, body: bodyOf(kind, limetype, row, before) });
        void deliver(subscription, event, row.id, body);
      }
    },
  };
}

function bodyOf(event: WebhookEvent, limetype: Limetype, row: Row, before: Values | undefined): object {
  const identity = { id: row.id, limetype: limetype.name };
  if (event === 'delete') return identity;
  const values = valuesOut(limetype, row);
  const old = before === undefined ? {} : valuesOut(limetype, { ...row, values: before });
  const changed = Object.entries(old).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(values[name]));
  return { ...identity, values, original_values: Object.fromEntries(changed) };
}
