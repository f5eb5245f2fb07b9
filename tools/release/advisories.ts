import * as z from 'zod';

const Counts = z.looseObject({
  low: z.int(),
  moderate: z.int(),
  high: z.int(),
  critical: z.int(),
  total: z.int(),
});
const Audit = z.looseObject({ metadata: z.looseObject({ vulnerabilities: Counts }) });
const NoAnswer = z.looseObject({ message: z.string() });

/**
 * Summarizes `npm audit --json` in a line and says if it must stop a release. Some registries do not support audits.
 * Then nothing is known, which is said and stops nothing.
 */
export function judgeAudit(output: string): { line: string; stops: boolean } {
  const json = parse(output);
  const audit = Audit.safeParse(json);
  if (!audit.success) {
    const { message } = NoAnswer.safeParse(json).data ?? { message: 'npm audit wrote no JSON' };
    return { line: `dependencies were not audited, the registry does not answer: ${statusIn(message)}`, stops: false };
  }
  const { low, moderate, high, critical, total } = audit.data.metadata.vulnerabilities;
  if (total === 0) return { line: 'no advisory for any dependency that is deployed', stops: false };
  const counts = `${critical} critical, ${high} high, ${moderate} moderate, ${low} low`;
  return {
    line: `advisories for dependencies that are deployed: ${counts}; see npm audit --omit=dev`,
    stops: high + critical > 0,
  };
}

/** The reason without the registry's address, which may be private. */
function statusIn(message: string): string {
  return message.replace(/ - \w+ \S+:\/\/\S+.*/s, '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
