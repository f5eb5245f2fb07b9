/** Plays an outage and writes what the terminal shows into docs/operations.md: `npm run episode`. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTool, temporaryAssembly } from '../harness/tool.ts';
import { playEpisode } from './play.ts';

const page = join(import.meta.dirname, '../../docs/operations.md');
const LIME_REQUESTS_PER_SECOND = 9;

await runTool(async () => {
  const terminal = await playEpisode(await temporaryAssembly(LIME_REQUESTS_PER_SECOND));
  const text = await readFile(page, 'utf8');
  await writeFile(
    page,
    text.replace(/(```text episode\n)[\s\S]*?(\n```)/, (_, begin: string, end: string) => begin + terminal + end),
  );
});
