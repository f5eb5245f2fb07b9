/** Checks new and changed regular expressions and keeps the verdicts: `npm run regular-expressions`. */
import { completed, foundInDeployedCode, readSafe, writeSafe } from './verdicts.ts';

const kept = readSafe();
const { safe, others } = await completed(foundInDeployedCode().literals, kept);
writeSafe(safe);
function count(some: object, others: object): number {
  return Object.keys(some).filter((hash) => !(hash in others)).length;
}
console.log(`${Object.keys(safe).length} safe, of these ${count(safe, kept)} new; ${count(kept, safe)} forgotten`);
for (const { expression, verdict } of others) console.error(`${verdict.status}: ${expression} ${verdict.attack ?? ''}`);
if (others.length > 0) process.exitCode = 1;
