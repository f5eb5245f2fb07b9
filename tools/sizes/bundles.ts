import { build } from 'esbuild';
import { bundle } from '../../infra/constructs/bundle.ts';

/** Largest bundle of each function. A cold start compiles all of it. */
export const budgetKilobytes = { intake: 420, mapper: 830, link: 420 } as const;

export type FunctionName = keyof typeof budgetKilobytes;

/** A function's bundle: its bytes, and those of each package in it. */
export type Measured = { bytes: number; packages: Map<string, number> };

export const functionNames: readonly FunctionName[] = ['intake', 'mapper', 'link'];

/** esbuild's options for a function's bundle, as the stack gives them to it. The bundle is not written. */
export function optionsFor(name: FunctionName) {
  const { entry = '', projectRoot = '', bundling = {} } = bundle(`${name}.ts`);
  return {
    ...{ entryPoints: [entry], absWorkingDir: projectRoot, outfile: 'index.mjs', write: false, bundle: true },
    ...({ platform: 'node', target: 'node24', format: 'esm', metafile: true, logLevel: 'error' } as const),
    minify: bundling.minify ?? false,
    mainFields: bundling.mainFields ?? [],
    external: bundling.externalModules ?? [],
    banner: { js: bundling.banner ?? '' },
    alias: aliasesIn(bundling.esbuildArgs ?? {}),
  };
}

/** Bundles a function without writing the bundle. */
export async function measureBundle(name: FunctionName): Promise<Measured> {
  const { metafile } = await build(optionsFor(name));
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
