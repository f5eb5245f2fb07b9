import { build } from 'esbuild';
import { bundle } from '../../infra/constructs/bundle.ts';

/** Largest bundle of each function. A cold start compiles all of it. */
export const budgetKilobytes = { intake: 420, mapper: 800, link: 420 } as const;

export type FunctionName = keyof typeof budgetKilobytes;

/** A function's bundle: its bytes, and those of each package in it. */
export type Measured = { bytes: number; packages: Map<string, number> };

/** Bundles a function as the stack does, without writing the bundle. */
export async function measureBundle(name: FunctionName): Promise<Measured> {
  const { entry = '', projectRoot = '', bundling = {} } = bundle(`${name}.ts`);
  const { metafile } = await build({
    ...{ entryPoints: [entry], absWorkingDir: projectRoot, outfile: 'index.mjs', write: false, bundle: true },
    ...{ platform: 'node', target: 'node24', format: 'esm', metafile: true, logLevel: 'error' },
    minify: bundling.minify ?? false,
    mainFields: bundling.mainFields ?? [],
    external: bundling.externalModules ?? [],
    banner: { js: bundling.banner ?? '' },
    alias: aliasesIn(bundling.esbuildArgs ?? {}),
  });
  const [output] = Object.values(metafile.outputs);
  const packages = new Map<string, number>();
  for (const [file, { bytesInOutput }] of Object.entries(output?.inputs ?? {})) {
    if (bytesInOutput > 0) packages.set(packageOf(file), (packages.get(packageOf(file)) ?? 0) + bytesInOutput);
  }
  return { bytes: output?.bytes ?? 0, packages };
}

function aliasesIn(args: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(args).map(([flag, value]) => [flag.replace('--alias:', ''), String(value)]));
}

/** The package of a file, or the folder of our own. */
function packageOf(file: string): string {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
  return name ?? file.split('/').slice(0, 2).join('/');
}
