import type { Context } from 'aws-lambda';

/** What Lambda tells a handler of its invocation. */
export const aContext: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'function',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:function',
  memoryLimitInMB: '512',
  awsRequestId: 'request-1',
  logGroupName: 'function',
  logStreamName: 'function',
  getRemainingTimeInMillis: () => 20_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};
