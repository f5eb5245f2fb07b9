/** Prints what each function's bundle holds, by package, and fails above a budget: `npm run sizes`. */
import { markdownTable } from '../harness/markdown-table.ts';
import { budgetKilobytes, functionNames, measureBundle } from './bundles.ts';

const names = functionNames;
const bundles = await Promise.all(names.map(measureBundle));
const packages = new Set(
  bundles
    .flatMap(({ packages }) => [...packages])
    .sort(([, one], [, other]) => other - one)
    .map(([name]) => name),
);

function kilobytes(bytes: number | undefined): string {
  return bytes === undefined ? '' : (bytes / 1_000).toFixed(1);
}

console.log(
  markdownTable([
    ['KB, minified', ...names],
    ...[...packages].map((name) => [name, ...bundles.map((bundle) => kilobytes(bundle.packages.get(name)))]),
    ['**whole**', ...bundles.map(({ bytes }) => kilobytes(bytes))],
    ['**budget**', ...names.map((name) => String(budgetKilobytes[name]))],
  ]),
);
const over = names.filter((name, index) => (bundles[index]?.bytes ?? 0) > budgetKilobytes[name] * 1_000);
if (over.length > 0) {
  console.error(`over budget: ${over.join(', ')}; leave something out, or raise the budget in tools/sizes/bundles.ts`);
  process.exitCode = 1;
}
