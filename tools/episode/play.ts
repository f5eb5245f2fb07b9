import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { runCli } from '../../cli/program.ts';
import { createLimeControl } from '../harness/lime-control.ts';
import { type LogLine, startLocalProcess } from '../harness/local-process.ts';

/** The conversation of Userlike's documentation. */
const EXAMPLE = new URL('../../test/fixtures/conversation.json', import.meta.url);

const CONVERSATIONS = 10;
const FIRST_ID = 63_741_931;

/** Short waits, so that the episode takes seconds. */
const TIME_SCALE = 0.2;

const broken = { kind: 'error', match: { method: 'POST', limetype: 'helpdesk' } } as const;

/**
 * Plays an outage on a local run, as an engineer on call sees it. Ten conversations are sent while Lime is broken. One
 * of them is refused and parked, the others are tried again. Lime is mended, and the parked one is sent again.
 * @returns the terminal: each command with its output
 */
export async function playEpisode(assembly: string): Promise<string> {
  const lines = createLines();
  const directory = await mkdtemp(join(tmpdir(), 'userlike-lime-episode-'));
  await using run = await startLocalProcess({ assembly, timeScale: TIME_SCALE, onLog: lines.add });
  const lime = createLimeControl(run.sandboxUrl);
  const terminal = createTerminal(run.endpoint, directory);
  try {
    await writeConversations(join(directory, 'ten.ndjson'));
    terminal.say("Lime answers 503, and one conversation breaks a rule of Lime's");
    await lime.setFaults([
      { ...broken, status: 422, times: 1 },
      { ...broken, status: 503 },
    ]);
    await terminal.run('send', 'ten.ndjson');
    const parked = await lines.parked(1);
    await lines.retrying(CONVERSATIONS - 1);
    await terminal.run('status');
    await terminal.run('failed list');
    await terminal.run(`show ${parked}`);
    terminal.say('the rule is corrected in Lime, and Lime is up again');
    await lime.setFaults([]);
    await terminal.run(`failed retry ${parked}`);
    await lines.delivered(CONVERSATIONS);
    await terminal.run(`show ${parked}`);
    await terminal.run('failed list');
    await terminal.run('status');
    return terminal.text(run.sandboxUrl);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function writeConversations(file: string): Promise<void> {
  const example = z.looseObject({}).parse(JSON.parse(await readFile(EXAMPLE, 'utf8')));
  const conversations = Array.from({ length: CONVERSATIONS }, (_, at) => ({ ...example, id: FIRST_ID + at }));
  await writeFile(file, conversations.map((conversation) => JSON.stringify(conversation)).join('\n'));
}

/** The mapper's log lines, and waits for them. */
function createLines() {
  const known = { parked: new Set<string>(), retrying: new Set<string>(), delivered: new Set<string>() };
  let wake = Promise.withResolvers<void>();
  const until = async (message: keyof typeof known, conversations: number): Promise<string> => {
    while (known[message].size < conversations) await wake.promise;
    return [...known[message]][0] ?? '';
  };
  return {
    add: ({ message, conversation }: LogLine): void => {
      if (message !== 'parked' && message !== 'retrying' && message !== 'delivered') return;
      known[message].add(String(conversation));
      wake.resolve();
      wake = Promise.withResolvers();
    },
    parked: (conversations: number) => until('parked', conversations),
    retrying: (conversations: number) => until('retrying', conversations),
    delivered: (conversations: number) => until('delivered', conversations),
  };
}

/** A terminal that shows commands as they are typed for the only local run, on the usual ports. */
function createTerminal(endpoint: string, directory: string) {
  const { origin, port } = new URL(endpoint);
  const shown: string[] = [];
  const print = (text: string): void => void shown.push(text);
  return {
    say: (text: string): void => print(`# ${text}`),
    run: async (...command: string[]): Promise<void> => {
      const words = command.flatMap((part) => part.split(' '));
      print(`$ npx userlike-lime ${words.join(' ')} --local`);
      const args = words.map((word) => (word.endsWith('.ndjson') ? join(directory, word) : word));
      await runCli([...args, '--local', '--port', port], process.env, {
        out: print,
        note: print,
        progress: { show: () => {}, clear: () => {} },
        signal: new AbortController().signal,
        now: Date.now,
        sleep: async () => {},
      });
      print('');
    },
    text: (sandboxUrl: string): string =>
      shown
        .join('\n')
        .replaceAll(origin, 'http://127.0.0.1:3000')
        .replaceAll(sandboxUrl, 'http://127.0.0.1:3001')
        .replace(/(signature=[\w-]{4})[\w-]+/g, '$1…')
        .trimEnd(),
  };
}
