import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { hasCode } from '../../shared/errors.ts';
import { Settings } from '../../shared/mapping/settings/settings.ts';
import { findingsFor } from '../check/findings.ts';
import { textOfFindings } from '../check/text.ts';
import { CommandError, UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { printable } from '../printable.ts';
import { renderTable } from '../table.ts';
import { openTenant, readMetadata, type TenantSelector } from '../tenant/open.ts';
import { formatJson } from './format.ts';
import { propose } from './propose.ts';

/** Settings that no data model contains. */
type Region = Pick<Settings, 'timeZone' | 'country' | 'language'>;

export type InitOptions = TenantSelector & {
  region: Region;
  output?: string | undefined;
  target?: readonly string[] | undefined;
  force?: boolean | undefined;
};

/** The path of the schema in a checkout. */
const schema = join('docs', 'settings.schema.json');

/** Writes settings for a tenant by its metadata. Exit code 1 if they do not pass `check`. */
export async function init(
  { output, target, force, region, ...whose }: InitOptions,
  environment: NodeJS.ProcessEnv,
  io: Io,
): Promise<number> {
  const file = output ?? join('settings', `${whose.organization ?? 'default'}.json`);
  const wanted = target && [...new Set(target.filter((name) => name !== ''))];
  if (wanted?.length === 0) throw new UsageError('--target: is empty; give helpdesk, deal or names of limetypes');
  await using tenant = await openTenant(whose, environment);
  const metadata = await readMetadata(tenant.lime);
  const proposal = propose(metadata, wanted, region.language);
  if (proposal.settings === undefined) {
    const names = [...metadata.keys()].filter((name) => !wanted?.includes(name));
    const others = names.length === 0 ? [] : [`name one with --target, of: ${names.join(', ')}`];
    throw new CommandError(printable([...proposal.remarks, ...others].join('; ')));
  }
  const address = relative(dirname(file), schema).split(sep).join('/');
  const written = { $schema: address, ...region, ...proposal.settings };
  const settings = Settings.parse(written);
  write(file, `${formatJson(written)}\n`, force === true);

  const findings = findingsFor(settings, metadata);
  const columns = ['TAKEN FOR', 'LIMETYPE', 'READ AS'].map((title) => ({ title }));
  io.out(
    renderTable(
      columns,
      proposal.found.map(({ role, limetype, localname }) => [role, limetype, localname]),
    ),
  );
  if (findings.length > 0) io.out(`\n${textOfFindings(findings)}`);
  const { timeZone, country, language } = region;
  const remarks = [...proposal.remarks, `time zone ${timeZone}, country ${country}, language ${language}`];
  io.out(`\nLook at:\n${remarks.map((remark) => `* ${printable(remark)}`).join('\n')}\n\nwrote ${file}`);
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function write(file: string, text: string, force: boolean): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw new UsageError(`${file} already exists; --force overwrites it`);
    throw new CommandError(`${file} cannot be written`);
  }
}
