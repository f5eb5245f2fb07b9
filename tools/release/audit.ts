/** Asks the registry for advisories on deployed packages: `npm run audit`. Exit code 1 for high and critical ones. */
import { spawnSync } from 'node:child_process';
import { judgeAudit } from './advisories.ts';

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8', timeout: 120_000 });
const { line, stops } = judgeAudit(stdout);
console.log(line);
if (stops) process.exitCode = 1;
