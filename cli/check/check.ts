import type { Settings } from '../../shared/mapping/settings/settings.ts';
import { readConversations } from '../conversation-file.ts';
import type { Io } from '../io.ts';
import { readSettingsFile, type SettingsProblem, settingsFileOf } from '../settings-file.ts';
import { count, renderJson } from '../table.ts';
import { unmatchedFallbacks } from '../tenant/fallbacks.ts';
import { type UnmatchedSites, unmatchedSites } from '../tenant/mail-sites.ts';
import { openTenant, readMetadata, type Tenant, type TenantSelector } from '../tenant/open.ts';
import { type Against, againstOf } from './against.ts';
import type { CheckFinding } from './finding.ts';
import { findingsFor } from './findings.ts';
import { textOfFindings } from './text.ts';

export type CheckOptions = TenantSelector & {
  settings?: string | undefined;
  /** A file with real conversations. */
  against?: string | undefined;
  json?: boolean | undefined;
};

/** Prints what is wrong with a settings file, in general and for this tenant. Exit code 1 if there are errors. */
export async function check(
  { settings: file, against, json, ...whose }: CheckOptions,
  environment: NodeJS.ProcessEnv,
  io: Io,
): Promise<number> {
  const path = settingsFileOf(file, whose.organization);
  const findings = await findingsOf(path, against, async () => openTenant(whose, environment));
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (json) io.out(renderJson({ file: path, ok: errors.length === 0, findings }));
  else io.out(textOf(path, findings, errors.length));
  return errors.length > 0 ? 1 : 0;
}

async function findingsOf(
  file: string,
  against: string | undefined,
  open: () => Promise<Tenant>,
): Promise<CheckFinding[]> {
  const read = readSettingsFile(file);
  if ('problems' in read) return read.problems.map(toFinding);
  const real = against === undefined ? undefined : againstOf(against, readConversations(against));
  await using tenant = await open();
  return await findingsIn(read.settings, tenant, real);
}

/** A problem of the file itself. */
export function toFinding({ path, message, suggestion }: SettingsProblem): CheckFinding {
  return { severity: 'error', path, rule: message, suggestion };
}

async function findingsIn(settings: Settings, { lime }: Tenant, against: Against | undefined): Promise<CheckFinding[]> {
  const metadata = await readMetadata(lime);
  const sites = await unmatchedSites(lime, settings, metadata);
  const fallbacks = await unmatchedFallbacks(lime, settings, metadata);
  return [
    ...findingsFor(settings, metadata, against),
    ...fallbacks.map((fallback): CheckFinding => ({ severity: 'error', ...fallback })),
    ...sites.map(hintAtSites),
  ];
}

/** The most domains that are listed. */
const MOST_DOMAINS = 5;

function hintAtSites({ path, property, domains }: UnmatchedSites): CheckFinding {
  const shown = domains.slice(0, MOST_DOMAINS).join(', ');
  const more = domains.length > MOST_DOMAINS ? ` and ${domains.length - MOST_DOMAINS} more` : '';
  const rule = `${shown}${more}: sites in Lime of public mail services, whose addresses match no company`;
  return { severity: 'hint', path, property, rule };
}

function textOf(file: string, findings: readonly CheckFinding[], errors: number): string {
  const counts = [errors, findings.length - errors].map((number, at) => count(number, at === 0 ? 'error' : 'hint'));
  const sum = `${file}: ${findings.length === 0 ? 'fits the tenant' : counts.join(', ')}`;
  return findings.length === 0 ? sum : `${textOfFindings(findings)}\n\n${sum}`;
}
