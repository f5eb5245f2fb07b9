/** The configuration that `main.ts` runs for each group, with the group's files as `mutate`. */
export default {
  plugins: ['@stryker-mutator/jest-runner', './tools/mutation/flag-v.mjs'],
  ignorers: ['flag-v'],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: {
    configFile: 'jest.config.json',
    enableFindRelatedTests: false,
    config: {
      testMatch: ['<rootDir>/tools/mutation/together.test.ts'],
      testEnvironment: './tools/mutation/first-failure.mjs',
      // These tests start no stack and need nothing that the others share.
      globalSetup: undefined,
      globalTeardown: undefined,
    },
  },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // The memory that jest leaves behind grows with each mutant.
  maxTestRunnerReuse: 25,
  timeoutMS: 5_000,
  disableTypeChecks: '{functions,shared,test}/**/*.ts',
  // Stryker rewrites a tsconfig with the compiler's JavaScript API, which TypeScript 7 does not have.
  tsconfigFile: 'none',
  logLevel: 'warn',
  warnings: { slow: false },
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: false },
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['cdk.out'],
};
