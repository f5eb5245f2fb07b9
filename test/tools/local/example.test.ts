import { describe, expect, it } from '@jest/globals';
import { startRun } from '../../support/run.ts';
import { fixtureAssembly } from '../../support/tools/fixture-assembly.ts';

describe('the example', () => {
  it.each(['7', '007'])(
    'sends the documented conversation as of organization %s and prints the limeobject, its notes and where to open it',
    async (organization) => {
      await using run = await startRun({ variables: { EXAMPLE: 'on', ORGANIZATION: organization } });
      const [, link = ''] = await run.line(/^Open it: (\S+)$/m);
      const [, limetype, id] = /\/client\/object\/(\w+)\/(\d+)$/.exec(link) ?? [];

      expect(run.stdout()).toMatch(new RegExp(`^ready \\S+/${organization}\\n`));
      expect(run.stdout()).toContain(`The example conversation became ${limetype} ${id}:`);
      expect(run.stdout()).toContain(`"_id": ${id}`);
      expect(run.stdout()).toMatch(/History note \d+:\n(.*\n)*.*Peter Testman: Hello, how can I help you\?/);
      expect(run.stdout()).not.toContain('_links');
      expect((await fetch(link)).status).toBe(200);
    },
  );

  it('gives the reason if its delivery fails, and the run stays up', async () => {
    await using assembly = await fixtureAssembly(undefined, {
      api: 'export const handler = () => ({ statusCode: 401, body: "no key" });',
    });
    await using run = await startRun({
      assembly: assembly.directory,
      variables: { EXAMPLE: 'on', LIME_URL: 'http://127.0.0.1:9/lime' },
    });
    await run.line(/^The example conversation failed: 401 from \/108905: no key$/m);

    expect((await fetch(run.endpoint, { method: 'POST' })).status).toBe(401);
  });
});
