import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** Stryker writes mutants of a regular expression with the flag `v` that are none, and then no file of them loads. */
export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, 'flag-v', {
    shouldIgnore: (path) =>
      path.isRegExpLiteral() && path.node.flags.includes('v')
        ? 'its mutants would not be regular expressions'
        : undefined,
  }),
];
