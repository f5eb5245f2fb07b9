import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** Ignores regular expressions with the flag `v`: Stryker's mutants of them are invalid, so that no file would load. */
export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, 'flag-v', {
    shouldIgnore: (path) =>
      path.isRegExpLiteral() && path.node.flags.includes('v')
        ? 'its mutants would not be regular expressions'
        : undefined,
  }),
];
