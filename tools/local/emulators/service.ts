import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** A call of the AWS JSON protocol with its body. */
export type AwsCall = { path: string; headers: IncomingHttpHeaders; body: Buffer };

export type AwsAnswer = { status: number; headers: OutgoingHttpHeaders; body: string };

/** An emulated service. */
export type AwsService = { answer: (call: AwsCall) => Promise<AwsAnswer>; close: () => Promise<void> };

/** An error in the form that the AWS SDKs read. `code` is the name of the exception. */
export function awsError(status: number, code: string, message: string): AwsAnswer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message }),
  };
}
