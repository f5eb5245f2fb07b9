import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { markdownTable } from '../harness/markdown-table.ts';
import type { Call, CreatedStack } from './moto.ts';

const Template = z.looseObject({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) });

/** A table of the resources by type: how many the template has, and how many were created. */
export function createdResources({ unknownTypes }: Pick<CreatedStack, 'unknownTypes'>, template: string): string {
  const { Resources } = Template.parse(JSON.parse(readFileSync(template, 'utf8')));
  const counts = new Map<string, number>();
  for (const { Type } of Object.values(Resources)) counts.set(Type, (counts.get(Type) ?? 0) + 1);
  const rows = [...counts]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([type, count]) => [type, String(count), unknownTypes.includes(type) ? 'moto does not know it' : 'created']);
  return markdownTable([['Type', 'Resources', 'In moto'], ...rows]);
}

/** A table of calls: role, action, resource, and how often it was allowed and refused. */
export function callsByRole(calls: readonly Call[]): string {
  const counts = new Map<string, { allowed: number; refused: number }>();
  for (const { principal, action, resource, allowed } of calls) {
    const role = /assumed-role\/.*Chat([A-Z][a-z]+)Role/.exec(principal)?.[1];
    if (role === undefined) continue;
    const key = [role, action, shortResource(resource)].join('\t');
    const count = counts.get(key) ?? { allowed: 0, refused: 0 };
    counts.set(key, { ...count, [allowed ? 'allowed' : 'refused']: count[allowed ? 'allowed' : 'refused'] + 1 });
  }
  const rows = [...counts]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([key, { allowed, refused }]) => [...key.split('\t'), String(allowed), String(refused)]);
  return markdownTable([['Role', 'Action', 'Resource', 'Allowed', 'Refused'], ...rows]);
}

/** The end of an ARN, without what CloudFormation and Secrets Manager append. */
function shortResource(arn: string): string {
  return (arn.split(':').at(-1) ?? arn).replace(/^table\//, '').replace(/[0-9A-F]{8}-[0-9A-Z]{12}$/, '');
}
