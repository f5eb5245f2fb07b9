import { TestEnvironment } from 'jest-environment-node';

/** Skips what follows the first test that fails: it has noticed the mutant. Jest's own `bail` ends files, not tests. */
export default class FirstFailure extends TestEnvironment {
  #failed = false;

  handleTestEvent({ name, test }) {
    if (name === 'test_done') this.#failed ||= test.errors.length > 0;
    if (name === 'test_start' && this.#failed) test.mode = 'skip';
  }
}
