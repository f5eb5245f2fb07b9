import { expect, it } from '@jest/globals';
import { withModel } from '../../cli/commands/sandbox-option.ts';

it.each([
  { args: ['preview', '--sandbox', 'chat.json'], read: ['preview', '--sandbox', 'core', 'chat.json'] },
  { args: ['preview', '--sandbox', 'custom', 'chat.json'], read: ['preview', '--sandbox', 'custom', 'chat.json'] },
  { args: ['preview', 'chat.json', '--sandbox'], read: ['preview', 'chat.json', '--sandbox'] },
  { args: ['check', '--sandbox', '--json'], read: ['check', '--sandbox', 'core', '--json'] },
  { args: ['check', '--json'], read: ['check', '--json'] },
])('the command line takes a file behind --sandbox: $args', ({ args, read }) => {
  expect(withModel(args)).toEqual(read);
});
