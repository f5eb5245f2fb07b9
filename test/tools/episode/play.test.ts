import { expect, it } from '@jest/globals';
import { playEpisode } from '../../../tools/episode/play.ts';
import { blockOf } from '../../docs/pages.ts';
import { sharedAssembly } from '../../support/assembly.ts';

/** What every episode has in common: times, ids, durations and the order of conversations differ. */
function pattern(terminal: string): string[] {
  return terminal
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, '<id>')
    .replace(/637419\d\d/g, '<conversation>')
    .replace(/(?<=expires=|signature=)[\w…-]+/g, '<signed>')
    .replace(/\b(?:in )?\d+(?:\.\d+)? ?(?:s|m \ds|m)\b|\bnow\b/g, '<duration>')
    .replace(/\d+ %/g, '<percent>')
    .replace(/\d+ ready, \d+ with/g, '<count>')
    .replace(/helpdesk \d+|helpdesk\/\d+|limeobject \d+/g, '<limeobject>')
    .split('\n')
    .map((line) => line.replace(/ +/g, ' ').trimEnd());
}

it('the episode in the operations page is what the terminal shows of an outage', async () => {
  const terminal = await playEpisode(await sharedAssembly(9));

  expect(pattern(terminal)).toEqual(pattern(blockOf('docs/operations.md', 'text episode')));
  expect(terminal).toMatch(/retrying +108905 +9 .* was answered 503/);
  expect(terminal).toMatch(/state: +parked[\s\S]+sent 1 of 1 record[\s\S]+state: +delivered/);
  expect(terminal).toMatch(/\n0 records\n[\s\S]*nothing waits, is tried again or is parked$/);
});
