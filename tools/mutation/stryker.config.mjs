/** What is mutated, and the tests that have to notice: a group each, so that one can be run alone. */
const groups = {
  ledger: { mutate: ['shared/ledger/states.ts'], tests: ['shared/ledger/states'] },
  outgoing: { mutate: ['shared/outgoing/*.ts'], tests: ['shared/outgoing/*'] },
  keys: {
    mutate: ['shared/http/addon-key.ts', 'shared/http/link.ts'],
    tests: ['functions/intake-key', 'shared/http/link'],
  },
  bodies: { mutate: ['shared/http/body.ts'], tests: ['functions/intake-body'] },
  queue: { mutate: ['shared/queue/envelope.ts', 'shared/queue/pack.ts'], tests: ['shared/queue/{envelope,pack}'] },
  userlike: { mutate: ['shared/userlike/*.ts'], tests: ['shared/userlike/*'] },
  mapping: { mutate: ['shared/mapping/**/*.ts'], tests: ['shared/mapping/**/*'] },
};

/** `MUTATE=ledger,keys npm run mutation`; all of them where nothing is named. */
const { MUTATE = Object.keys(groups).join(',') } = process.env;
const chosen = MUTATE.split(',').map((name) => groups[name]);

export default {
  plugins: ['@stryker-mutator/jest-runner', './tools/mutation/flag-v.mjs'],
  ignorers: ['flag-v'],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: {
    configFile: 'jest.config.json',
    enableFindRelatedTests: false,
    config: {
      testMatch: chosen.flatMap(({ tests }) => tests.map((test) => `<rootDir>/test/${test}.test.ts`)),
      // These tests start no stack; what the others share is not made.
      globalSetup: undefined,
      globalTeardown: undefined,
    },
  },
  mutate: chosen.flatMap(({ mutate }) => mutate),
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 20_000,
  thresholds: { high: 95, low: 85, break: 85 },
  disableTypeChecks: '{functions,shared,test}/**/*.ts',
  // Stryker would rewrite it with the compiler's JavaScript API, which TypeScript 7 does not have.
  tsconfigFile: 'none',
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['cdk.out', 'docs'],
};
