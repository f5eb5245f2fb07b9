import { TestEnvironment } from 'jest-environment-node';

/** Names of the empty blocks that `together.test.ts` adds before and after each file. */
const opens = /^file /;
const closes = 'end of the file';

/** A property that ran out of time before its first run, on a busy machine. It has found nothing. */
const hadNoTime = /Property interrupted after 0 tests/;

/**
 * Skips all tests after the first failure, which has detected the mutant. Jest's own `bail` ends files, not tests. The
 * tests and hooks of each file that `together.test.ts` loads belong to one block.
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

/** The message of a failure. Circus stores the error, or a pair of the error and its location. */
const messageOf = (failure) => String(Array.isArray(failure) ? failure[0]?.message : failure?.message);
