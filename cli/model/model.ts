import type { Limetype, Property } from '../../shared/lime/wire.ts';
import { nearest } from '../../shared/mapping/settings/nearest.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { renderJson, renderTable } from '../table.ts';
import { readMetadata, readOnly, readTenant } from '../tenant/open.ts';

export type ModelOptions = {
  limetype?: string | undefined;
  organization?: string | undefined;
  stage?: string | undefined;
  json?: boolean | undefined;
};

/** Options of a property that are shown in a row. */
const MOST_OPTIONS = 8;

/** Prints the tenant's limetypes, or the properties of one. Only reads. */
export async function model(
  { limetype: name, organization, stage, json }: ModelOptions,
  environment: NodeJS.ProcessEnv,
  io: Io,
): Promise<number> {
  const metadata = await readMetadata(readOnly(await readTenant({ organization, stage }, environment)));
  const limetypes = [...metadata.values()].toSorted((one, other) => one.name.localeCompare(other.name));
  if (name === undefined) {
    io.out(json ? renderJson(limetypes.map(jsonOf)) : limetypesText(limetypes));
    return 0;
  }
  const limetype = metadata.get(name);
  if (limetype === undefined) {
    const suggested = nearest(name, metadata.keys());
    throw new UsageError(
      `the tenant has no limetype ${name}${suggested === undefined ? '' : `; did you mean ${suggested}?`}`,
    );
  }
  io.out(json ? renderJson(jsonOf(limetype)) : propertiesText(limetype));
  return 0;
}

function limetypesText(limetypes: readonly Limetype[]): string {
  const columns = [{ title: 'LIMETYPE' }, { title: 'SHOWN AS' }, { title: 'PROPERTIES', right: true }];
  return renderTable(
    columns,
    limetypes.map(({ name, localname, properties }) => [name, localname, properties.size]),
  );
}

function propertiesText({ properties }: Limetype): string {
  const columns = [
    { title: 'PROPERTY' },
    { title: 'SHOWN AS' },
    { title: 'TYPE' },
    { title: 'LENGTH', right: true },
    { title: 'REQUIRED' },
    { title: 'OPTIONS OR LIMETYPE' },
  ];
  return renderTable(
    columns,
    [...properties.values()].map((property) => {
      const { name, localname, type, length, required, computed } = property;
      return [name, localname, type, length, required ? 'yes' : computed ? 'computed' : '', valuesOf(property)];
    }),
  );
}

/** The values that a property takes: options with what people see, or the related limetype. */
function valuesOf({ choices = [], relatedType }: Property): string {
  if (relatedType !== undefined) return relatedType;
  const active = choices.filter(({ inactive }) => !inactive);
  const shown = active
    .slice(0, MOST_OPTIONS)
    .map(({ key, text }) => (text === '' || text === key ? key : `${key} (${text})`));
  return [...shown, ...(active.length > MOST_OPTIONS ? [`and ${active.length - MOST_OPTIONS} more`] : [])].join(', ');
}

function jsonOf({ name, label, localname, properties }: Limetype): Record<string, unknown> {
  return {
    name,
    label: label ?? null,
    localname: localname ?? null,
    properties: [...properties.values()].map(({ name, type, required, length, choices, relatedType, computed }) => ({
      ...{ name, type, required, computed },
      length: length ?? null,
      options: choices?.filter(({ inactive }) => !inactive).map(({ key, text }) => ({ key, text })) ?? null,
      limetype: relatedType ?? null,
    })),
  };
}
