import * as z from 'zod';
import type { Fault } from './faults.ts';
import { type AwsAnswer, type AwsCall, type AwsService, awsError } from './service.ts';

const Batch = z.looseObject({ Entries: z.array(z.looseObject({ Id: z.string() })) });
const BatchAnswer = z.looseObject({ Failed: z.array(z.unknown()).default([]) });

/** The response to a call that a fault applies to. */
export async function injectFault(fault: Fault, service: AwsService, call: AwsCall): Promise<AwsAnswer> {
  if (fault.entries !== undefined) return refuseEntries(fault, fault.entries, service, call);
  if (fault.afterwards) await service.answer(call);
  return awsError(fault.status, fault.code, 'injected fault');
}

async function refuseEntries(fault: Fault, count: number, service: AwsService, call: AwsCall): Promise<AwsAnswer> {
  const batch = Batch.parse(JSON.parse(call.body.toString()));
  const Failed = batch.Entries.slice(0, count).map(({ Id }) => ({
    Id,
    Code: fault.code,
    Message: 'injected fault',
    SenderFault: fault.status < 500,
  }));
  const Entries = batch.Entries.slice(count);
  if (Entries.length === 0) return json({ Successful: [], Failed });
  const { 'content-length': _, ...headers } = call.headers;
  const answer = await service.answer({ ...call, headers, body: Buffer.from(JSON.stringify({ ...batch, Entries })) });
  if (answer.status !== 200) return answer;
  const answered = BatchAnswer.parse(JSON.parse(answer.body));
  return json({ ...answered, Failed: [...answered.Failed, ...Failed] });
}

function json(value: unknown): AwsAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify(value),
  };
}
