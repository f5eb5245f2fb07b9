import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/**
 * Some of Stryker's mutants of regular expressions with the flag `v` are invalid, and would keep their whole file from
 * loading.
 */
export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, 'flag-v', {
    shouldIgnore: (path) =>
      path.isRegExpLiteral() && path.node.flags.includes('v')
        ? 'its mutants would not be regular expressions'
        : undefined,
  }),
];
