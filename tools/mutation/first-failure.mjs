import { TestEnvironment } from 'jest-environment-node';

/** What `together.test.ts` calls an empty block before it loads a file, and after. */
const opens = /^file /;
const closes = 'end of the file';

/** How a property fails that had no time for a single run, on a busy machine: it has found nothing. */
const hadNoTime = /Property interrupted after 0 tests/;

/**
 * Skips what follows the first test that fails: it has noticed the mutant. Jest's own `bail` ends files, not tests.
 * Tests and hooks of each file that `together.test.ts` loads belong to a block of their own.
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

/** Of what circus keeps of a failure: the error, or a pair of it and of where the test stands. */
const messageOf = (failure) => String(Array.isArray(failure) ? failure[0]?.message : failure?.message);
