import { describe, expect, it } from '@jest/globals';
import type { FaultInput } from '../../sandbox/sandbox.ts';
import { eventually } from '../support/eventually.ts';
import { aSandbox, aTicket } from '../support/tools/a-sandbox.ts';

const helpdesk = '/api/v1/limeobject/helpdesk/';

/** A sandbox whose waits end when `over` is called. */
async function aLateSandbox(fault: FaultInput) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const waited: number[] = [];
  const lime = await aSandbox({
    faults: [{ ...fault, times: 1 }],
    random: () => 0.25,
    wait: (ms) => {
      waited.push(ms);
      return promise;
    },
  });
  const state = () => {
    const { outstanding, requests } = lime.sandbox.stats();
    return { stored: lime.sandbox.objects('helpdesk').length, outstanding, requests };
  };
  return { ...lime, waited, over: resolve, state };
}

describe('a fault with a late commit', () => {
  it.each<{ fault: FaultInput; outcome: number | 'reset' }>([
    { fault: { kind: 'error', status: 504, commit: { afterMs: 8_000 } }, outcome: 504 },
    { fault: { kind: 'error', status: 502, commit: { afterMs: 8_000 } }, outcome: 502 },
    { fault: { kind: 'error', status: 408, commit: { afterMs: [7_000, 11_000] } }, outcome: 408 },
    { fault: { kind: 'reset', commit: { afterMs: 8_000 } }, outcome: 'reset' },
  ])('answers at once and makes the limeobject later: $fault', async ({ fault, outcome }) => {
    await using lime = await aLateSandbox(fault);
    const answer = await lime.call('POST', helpdesk, aTicket()).catch(() => undefined);

    expect(answer?.status ?? 'reset').toBe(outcome);
    expect(lime.waited).toEqual([8_000]);
    expect(lime.state()).toEqual({ stored: 1, outstanding: 1, requests: 1 });
    lime.over();
    await eventually(() => expect(lime.state()).toEqual({ stored: 2, outstanding: 0, requests: 1 }));
  });

  it('is carried out where it was sent, even after a reset of the sandbox', async () => {
    await using lime = await aLateSandbox({ kind: 'error', status: 504, commit: { afterMs: 8_000 } });
    await lime.call('POST', helpdesk, aTicket());
    lime.sandbox.reset();
    lime.over();
    await new Promise(setImmediate);

    expect(lime.state()).toEqual({ stored: 1, outstanding: 0, requests: 0 });
  });

  it('leaves nothing waiting when the sandbox ends', async () => {
    const lime = await aSandbox({ faults: [{ kind: 'reset', commit: { afterMs: 600_000 } }] });
    await expect(lime.call('POST', helpdesk, aTicket())).rejects.toThrow('fetch failed');
    await lime.sandbox.close();

    expect(lime.sandbox.objects('helpdesk')).toHaveLength(1);
  });
});
