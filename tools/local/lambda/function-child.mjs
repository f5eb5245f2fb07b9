/**
 * The main module of a function's process, a small Lambda runtime: loads the bundle that its arguments name, then calls
 * the handler for one invocation after the other. The process ends with the runner, even if that is killed. It is plain
 * JavaScript, because the compiler that removes types would take 12 MB of each process.
 *
 * @import { Invocation, Message } from './protocol.ts'
 */
import { pathToFileURL } from 'node:url';

const [file = '', handlerName = '', functionArn = ''] = process.argv.slice(2);
const environment = process.env;

/** @param {Message} message */
function send(message) {
  process.send?.(message);
}

/** The context as `aws-lambda` declares it. @param {Invocation} invocation */
function contextOf({ requestId, deadline }) {
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: environment.AWS_LAMBDA_FUNCTION_NAME ?? '',
    functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION ?? '',
    invokedFunctionArn: functionArn,
    logGroupName: environment.AWS_LAMBDA_LOG_GROUP_NAME ?? '',
    logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME ?? '',
    memoryLimitInMB: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? '',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

/**
 * Lambda logs what a handler throws, then responds with it.
 * @param {string} requestId
 * @param {unknown} error
 */
function report(requestId, error) {
  const { name: errorType, message: errorMessage, stack } = error instanceof Error ? error : new Error(String(error));
  console.error(
    JSON.stringify({ level: 'ERROR', message: 'the handler failed', requestId, errorType, errorMessage, stack }),
  );
  send({ type: 'error', requestId, errorType, errorMessage });
}

process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole process group. The runner decides when this process ends.
process.on('SIGINT', () => {});

const module = await import(pathToFileURL(file).href);
const handler = module[handlerName];
if (typeof handler !== 'function') throw new TypeError(`${file} exports no function ${handlerName}`);

process.on('message', async (/** @type {Invocation} */ invocation) => {
  environment._X_AMZN_TRACE_ID = invocation.traceId;
  try {
    const result = await handler(invocation.event, contextOf(invocation));
    send({ type: 'result', requestId: invocation.requestId, payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    report(invocation.requestId, error);
  }
});
send({ type: 'ready' });
