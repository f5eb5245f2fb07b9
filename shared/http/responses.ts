import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Ignored, Rejection } from '../userlike/addon-call.ts';

export function jsonResponse(statusCode: number, body: object): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

/** Rejected and ignored entries that fit into a response. `more…` counts the others. */
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

/** Bytes for rejected entries, and the same for ignored ones. Most of Lambda's 6 MB is for 10,000 links. */
const LIST_MAX_BYTES = 512 * 1024;

/** The first items that fit, and the number of the others. */
function firstOf<T>(items: readonly T[]): { shown: readonly T[]; more: number } {
  let bytes = 0;
  const over = items.findIndex((item) => {
    bytes += carriedBytes(item);
    return bytes > LIST_MAX_BYTES;
  });
  const shown = over < 0 ? items : items.slice(0, over);
  return { shown, more: items.length - shown.length };
}

/** Lambda embeds the body in JSON, so quotation marks and backslashes count twice. */
function carriedBytes(item: unknown): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify(item)));
}
