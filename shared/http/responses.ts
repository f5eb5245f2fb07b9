import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Rejection } from '../errors.ts';
import type { Ignored } from '../userlike/addon-call.ts';

export function jsonResponse(statusCode: number, body: object): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

/** What is rejected or ignored, as much of it as an answer has room for; `more…` says how many are not listed. */
export function limitLists(lists: {
  rejected?: readonly Rejection[] | undefined;
  ignored?: readonly Ignored[];
}): object {
  const rejected = lists.rejected && firstOf(lists.rejected);
  const ignored = lists.ignored && firstOf(lists.ignored);
  return {
    rejected: rejected?.shown,
    moreRejected: rejected?.more || undefined,
    ignored: ignored?.shown,
    moreIgnored: ignored?.more || undefined,
  };
}

/** Bytes of what is rejected in an answer, and as many of what is ignored. Most of Lambda's 6 MB is for 10,000 links. */
const LIST_MAX_BYTES = 512 * 1024;

/** Items from the front of a list, as many as there is room for, and how many more there are. */
function firstOf<T>(items: readonly T[]): { shown: readonly T[]; more: number } {
  let bytes = 0;
  const over = items.findIndex((item) => {
    bytes += carriedBytes(item);
    return bytes > LIST_MAX_BYTES;
  });
  const shown = over < 0 ? items : items.slice(0, over);
  return { shown, more: items.length - shown.length };
}

/** Lambda carries a body as text in JSON: each quotation mark and backslash of the body counts twice. */
function carriedBytes(item: unknown): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify(item)));
}
