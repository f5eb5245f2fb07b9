import { join } from 'node:path';
import { LogLevel, type NodejsFunctionProps, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';

const project = join(import.meta.dirname, '../..');

/**
 * How esbuild makes one ES module of a file in `functions/`: locally, without Docker, with the versions of the
 * lockfile, the AWS SDK included (bundled it loads in less than half the time of the one that Lambda brings).
 */
export function bundle(
  entry: string,
  directories: Record<string, string> = {},
): Pick<NodejsFunctionProps, 'bundling' | 'depsLockFilePath' | 'entry' | 'projectRoot'> {
  return {
    entry: join(project, 'functions', entry),
    projectRoot: project,
    depsLockFilePath: join(project, 'package-lock.json'),
    bundling: {
      format: OutputFormat.ESM,
      minify: true,
      // A minified stack trace names no line that anybody could look up. The map costs 5 ms of a cold start, 25 ms at
      // the first error and 0.2 MB of the package, without the sources' text.
      sourceMap: true,
      sourcesContent: false,
      mainFields: ['module', 'main'],
      externalModules: [],
      // A dependency that is CommonJS may call `require` for a module of Node, which an ES module has to make for itself.
      banner: 'import{createRequire as r}from"node:module";const require=r(import.meta.url);',
      logLevel: LogLevel.WARNING,
      commandHooks: {
        beforeBundling: () => [],
        beforeInstall: () => [],
        afterBundling: (_input, output) =>
          Object.entries(directories).map(([name, from]) => copy(from, join(output, name))),
      },
    },
  };
}

/** `node` instead of `cp`: the command is run by bash, but on Windows by cmd. */
function copy(from: string, to: string): string {
  return `node -e "fs.cpSync(process.argv[1], process.argv[2], { recursive: true })" "${from}" "${to}"`;
}
