import type { Command } from 'commander';

/** Examples of each command, without the name of the program. */
const examples: Readonly<Record<string, readonly string[]>> = {
  status: ['status', 'status --local', 'status --organization 108905 --json'],
  show: ['show 63741936', 'show 63741936 --local', 'show 63741936 --since 7d'],
  logs: ['logs --follow --local', 'logs --conversation 63741936 --since 24h'],
  send: ['send samples --local', 'send export.ndjson --organization 108905 --calls-of 50'],
  reconcile: ['reconcile --since 7d', 'reconcile --local'],
  forget: [
    'forget --organization 108905 --contact ada@example.org',
    'forget --organization 108905 --conversation 7 --yes',
  ],
  'failed list': ['failed list', 'failed list --step note --since 24h'],
  'failed show': ['failed show 63741936', 'failed show 63741936 --content'],
  'failed retry': ['failed retry 63741936', 'failed retry --reason "answered 422" --dry-run', 'failed retry --all'],
  'failed drop': ['failed drop 63741936 --yes', 'failed drop --delivered'],
  model: ['model', 'model helpdesk --local'],
  'settings diff': ['settings diff settings/108905.json', 'settings diff --organization 108905 --local'],
  connect: [
    'connect --organization 108905',
    'connect --organization 4711 --local',
    'connect --organization 108905 --rotate',
  ],
  init: ['init --organization 108905 --language sv'],
  check: ['check', 'check settings/108905.json --local'],
  preview: ['preview conversation.json --local', 'preview - --organization 108905'],
  completion: ['completion bash', 'completion fish'],
};

/** Adds the examples to the help of each command. */
export function addExamples(program: Command, path: readonly string[] = []): void {
  for (const command of program.commands) {
    const names = [...path, command.name()];
    addExamples(command, names);
    const lines = (examples[names.join(' ')] ?? []).map((line) => `  userlike-lime ${line}`);
    if (lines.length > 0) command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
  }
}
