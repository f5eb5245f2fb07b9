import type { Lime } from '../../shared/lime/lime.ts';
import type { Settings } from '../../shared/mapping/settings/settings.ts';
import type { Io } from '../io.ts';
import { readSettingsFile, settingsFileOf } from '../settings-file.ts';
import { count, renderJson } from '../table.ts';
import { type UnmatchedSites, unmatchedSites } from '../tenant/mail-sites.ts';
import { readMetadata, readOnly, readTenant, type TenantSelector } from '../tenant/open.ts';
import type { CheckFinding } from './finding.ts';
import { findingsFor } from './findings.ts';
import { tableOfFindings } from './text.ts';

export type CheckOptions = TenantSelector & { file?: string | undefined; json?: boolean | undefined };

/** Prints what is wrong with a settings file, in general and for this tenant. Exit code 1 if there are errors. */
export async function check(
  { file, json, ...whose }: CheckOptions,
  environment: NodeJS.ProcessEnv,
  io: Io,
): Promise<number> {
  const path = settingsFileOf(file, whose.organization);
  const read = readSettingsFile(path);
  const findings =
    'problems' in read
      ? read.problems.map(
          ({ path, message, suggestion }): CheckFinding => ({ severity: 'error', path, rule: message, suggestion }),
        )
      : await findingsIn(read.settings, readOnly(await readTenant(whose, environment)));
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (json) io.out(renderJson({ file: path, ok: errors.length === 0, findings }));
  else io.out(textOf(path, findings, errors.length));
  return errors.length > 0 ? 1 : 0;
}

async function findingsIn(settings: Settings, lime: Lime): Promise<CheckFinding[]> {
  const metadata = await readMetadata(lime);
  const sites = await unmatchedSites(lime, settings, metadata);
  return [...findingsFor(settings, metadata), ...sites.map(hintAtSites)];
}

/** The most domains that are listed. */
const MOST_DOMAINS = 5;

function hintAtSites({ path, property, domains }: UnmatchedSites): CheckFinding {
  const told = domains.slice(0, MOST_DOMAINS).join(', ');
  const more = domains.length > MOST_DOMAINS ? ` and ${domains.length - MOST_DOMAINS} more` : '';
  const rule = `${told}${more}: sites in Lime of public mail services, whose addresses match no company`;
  return { severity: 'hint', path, property, rule };
}

function textOf(file: string, findings: readonly CheckFinding[], errors: number): string {
  const told = [errors, findings.length - errors].map((number, at) => count(number, at === 0 ? 'error' : 'hint'));
  const sum = `${file}: ${findings.length === 0 ? 'fits the tenant' : told.join(', ')}`;
  if (findings.length === 0) return sum;
  return `${tableOfFindings(findings)}\n\n${sum}`;
}
