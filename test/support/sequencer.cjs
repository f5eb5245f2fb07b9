// CommonJS, because the types of the base class are CommonJS only.
const { default: Sequencer } = require('@jest/test-sequencer');

/** Suites that mostly wait, because they run the whole system and the claims of killed mappers must end. */
const WAITING = /\/test\/(journey|tools\/soak\/run|tools\/fuzz\/run|tools\/local\/main|security\/marks|cli\/journey)\b/;

/** Starts the suites that wait first, each beside one that computes. A waiting suite at the end would run alone. */
module.exports = class WaitingFirst extends Sequencer {
  sort(tests) {
    const waiting = tests.filter(({ path }) => WAITING.test(path));
    const computing = super.sort(tests.filter(({ path }) => !WAITING.test(path)));
    return [
      ...waiting.flatMap((test, index) => [test, ...computing.slice(index, index + 1)]),
      ...computing.slice(waiting.length),
    ];
  }
};
