/**
 * Prices in US dollars of eu-central-1, without the free tier, taxes and discounts, as of November 2026. Sources:
 * https://aws.amazon.com/lambda/pricing/, /api-gateway/pricing/, /sqs/pricing/, /dynamodb/pricing/on-demand/,
 * /cloudwatch/pricing/
 */
export const prices = {
  /** An HTTP API's request, for each 512 KB. */
  httpApiRequest: 1.2e-6,
  lambdaRequest: 0.2e-6,
  /** A GB and second on Arm. */
  lambdaGigabyteSecond: 0.0000133334,
  /** A standard queue's request, for each 64 KB. */
  sqsRequest: 0.4e-6,
  /** On top of it for a request with message groups, which make the queue fair. */
  sqsFairRequest: 0.1e-6,
  /** On demand, for each KB. */
  dynamodbWrite: 0.7625e-6,
  /** On demand and consistent, for each 4 KB. */
  dynamodbRead: 0.1525e-6,
  logGigabyte: 0.63,
} as const;

/** What a price counts in. */
export const units = { httpApiBytes: 512 * 1_024, sqsBytes: 64 * 1_024, gigabyteBytes: 1_000_000_000 } as const;
