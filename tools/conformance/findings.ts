import { execFile } from 'node:child_process';
import { join } from 'node:path';
import * as z from 'zod';
import { acknowledged } from './acknowledged.ts';

/** A finding about a resource of a template. */
export type Finding = { rule: string; message: string; resource: string };

const CfnLint = z.array(
  z.looseObject({
    Rule: z.looseObject({ Id: z.string() }),
    Message: z.string(),
    Location: z.looseObject({ Path: z.array(z.union([z.string(), z.number()])).nullable() }),
  }),
);

/** The findings of cfn-lint, informational ones included. */
export async function cfnLint(programs: string, template: string): Promise<Finding[]> {
  const args = ['--format', 'json', '--include-checks', 'I', '--regions', 'eu-central-1', '--', template];
  return CfnLint.parse(JSON.parse(await output(join(programs, 'cfn-lint'), args))).map(
    ({ Rule, Message, Location }) => ({
      rule: Rule.Id,
      message: Message,
      resource: String(Location.Path?.[1] ?? 'template'),
    }),
  );
}

const Checkov = z.looseObject({
  results: z.looseObject({
    failed_checks: z.array(z.looseObject({ check_id: z.string(), check_name: z.string(), resource: z.string() })),
  }),
  summary: z.looseObject({ parsing_errors: z.literal(0), resource_count: z.int().positive() }),
});

/** The failed checks of checkov. */
export async function checkov(programs: string, template: string): Promise<Finding[]> {
  const args = ['--framework', 'cloudformation', '--compact', '--quiet', '--output', 'json', '--file', template];
  const { results } = Checkov.parse(JSON.parse(await output(join(programs, 'checkov'), args)));
  return results.failed_checks.map(({ check_id, check_name, resource }) => ({
    rule: check_id,
    message: check_name,
    resource: resource.split('.').at(-1) ?? resource,
  }));
}

/** Both tools exit with another code than 0 if they find something. */
function output(program: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    // checkov must not ask its vendor's service.
    const env = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      BC_SKIP_MAPPING: 'TRUE',
      CKV_IGNORE_HIDDEN_DIRECTORIES: 'false',
    };
    execFile(program, args, { env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (stdout.trim() !== '') resolve(stdout);
      else reject(new Error(`${program} wrote nothing: ${stderr}`, { cause: error }));
    });
  });
}

/** Findings without an acknowledgement. */
export function unacknowledged(findings: Finding[]): Finding[] {
  return findings.filter(
    ({ rule, resource }) => !acknowledged.some((one) => one.rule === rule && one.resources.test(resource)),
  );
}

/** Acknowledgements that no finding needs any more. */
export function unneeded(findings: Finding[], prefix: RegExp): string[] {
  return acknowledged
    .filter((one) => prefix.test(one.rule))
    .filter((one) => !findings.some(({ rule, resource }) => one.rule === rule && one.resources.test(resource)))
    .map(({ rule }) => rule);
}
