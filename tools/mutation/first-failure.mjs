import { TestEnvironment } from 'jest-environment-node';

/** The names of the empty blocks by which `together.test.ts` marks the start and the end of a file. */
const opens = /^file /;
const closes = 'end of the file';

/** The failure of a property that had no time for a single run on a busy machine. It has found nothing. */
const hadNoTime = /Property interrupted after 0 tests/;

/**
 * Skips everything after the first failed test, which has noticed the mutant. Jest's own `bail` ends files, not tests.
 * Puts the tests and hooks of each file that `together.test.ts` loads into its own block.
 */
export default class FirstFailure extends TestEnvironment {
  #failed = false;

  handleTestEvent({ name, test, blockName }, state) {
    if (name === 'test_fn_failure') test.errors = test.errors.filter((error) => !hadNoTime.test(messageOf(error)));
    if (name === 'test_done') this.#failed ||= test.errors.length > 0;
    if (name === 'test_start' && this.#failed) test.mode = 'skip';
    if (name !== 'finish_describe_definition') return;
    if (opens.test(blockName)) state.currentDescribeBlock = state.currentDescribeBlock.children.at(-1);
    if (blockName === closes) state.currentDescribeBlock = state.rootDescribeBlock;
  }
}

/** The message of a failure. Circus keeps the error, or a pair of the error and the place of the test. */
const messageOf = (failure) => String(Array.isArray(failure) ? failure[0]?.message : failure?.message);
