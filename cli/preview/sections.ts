import type { Finding } from '../../shared/errors.ts';
import type { Metadata } from '../../shared/lime/wire.ts';
import type { Draft } from '../../shared/mapping/draft.ts';
import { type RelationName, relationNames } from '../../shared/mapping/settings/relation.ts';
import type { PropertySource } from '../../shared/mapping/settings/source.ts';
import { isEmpty, valueAt } from '../../shared/userlike/value-at.ts';
import type { DryLookup } from './lookups.ts';
import type { DryRequest } from './recorder.ts';
import { type Row, rowsOf } from './rows.ts';

export type { Row };

/** The rows of one limeobject. */
export type Section = {
  limetype: string;
  /** The position of its request, from 1. Missing if the conversation is parked before it. */
  request?: number;
  rows: Row[];
  /** The text of a history note. */
  note?: string;
};

export type Delivered = {
  draft: Draft;
  metadata: Metadata;
  /** The requests of this delivery, and how many of others come before them. */
  requests: readonly DryRequest[];
  before: number;
  /** The number of the created limeobject. */
  created: number | undefined;
  omitted: readonly Finding[];
  lookups: readonly DryLookup[];
};

/** A part of the settings that becomes a limeobject. */
type Part = {
  limetype: string;
  path: string;
  sources: Record<string, PropertySource>;
  relations: Partial<Record<RelationName, string>>;
  /** The sources of what the mapper itself writes, by property. */
  others: Record<string, string>;
  /** The property for the text of a note. */
  note?: string;
};

/** The rows of each limeobject of a delivery. The limeobject itself is there even if there is no request for it. */
export function sectionsOf(delivered: Delivered): Section[] {
  const { requests, created, before, draft } = delivered;
  const main = mainPart(draft);
  const sections = requests.flatMap((request, index) => {
    const part = request.creates === created && created !== undefined ? main : partOf(request, draft);
    return part === undefined ? [] : [sectionOf(delivered, part, request, before + index + 1)];
  });
  return created === undefined ? [...sections, sectionOf(delivered, main)] : sections;
}

function sectionOf(delivered: Delivered, part: Part, request?: DryRequest, position?: number): Section {
  const { draft, metadata, omitted, lookups } = delivered;
  const { limetype, path, sources, relations, others } = part;
  const body = bodyOf(request);
  const type = metadata.get(limetype);
  const mapped = rowsOf({ path, sources, type, body }, draft, omitted);
  const linked = relationNames.flatMap((name): Row[] => {
    const property = relations[name];
    if (property === undefined || Object.hasOwn(sources, property)) return [];
    if (type !== undefined && !type.properties.has(property)) {
      return [{ property, source: `relations.${name}`, because: `not a property of ${type.name}` }];
    }
    return [relationRow(property, name, { draft, lookups, body })];
  });
  const own = Object.entries(others)
    .filter(([property]) => body?.[property] !== undefined && !Object.hasOwn(sources, property))
    .map(([property, source]) => ({ property, source, gets: body?.[property] }));
  const note = part.note === undefined ? undefined : body?.[part.note];
  return {
    limetype,
    ...(position !== undefined && { request: position }),
    rows: [...mapped, ...linked, ...own],
    ...(typeof note === 'string' && { note }),
  };
}

function relationRow(
  property: string,
  name: RelationName,
  { draft, lookups, body }: Pick<Delivered, 'draft' | 'lookups'> & { body: Record<string, unknown> | undefined },
): Row {
  const lookup = lookups.find(({ relation }) => relation === name);
  const gave = (lookup?.by ?? []).map(({ path, value }) => `${path} ${value}`).join(', ');
  const row: Row = { property, source: `relations.${name}`, ...(gave !== '' && { gave }) };
  const gets = body?.[property];
  const isOfPerson = name === 'company' && gave === '';
  if (gets !== undefined) return { ...row, gets, ...(isOfPerson && { because: "the person's" }) };
  if (lookup !== undefined && lookup.found.length > 1) {
    return { ...row, because: `${lookup.found.length} found, and none is linked: ${lookup.found.join(', ')}` };
  }
  return { ...row, because: lookup === undefined ? withoutSearch(draft, name) : 'nobody found' };
}

/** Why nobody was searched. */
function withoutSearch({ instance, payload }: Draft, name: RelationName): string {
  const rules = instance.relations[name]?.rules ?? [];
  const paths = [...new Set(rules.map(({ path }) => path))];
  if (paths.length === 0) return 'nobody found';
  const isGiven = paths.some((path) => !isEmpty(valueAt(payload, path)));
  return isGiven ? `nothing to search by in ${paths.join(', ')}` : `the conversation has no ${paths.join(', ')}`;
}

function mainPart({ instance, settings }: Draft): Part {
  const relations = Object.fromEntries(
    relationNames.flatMap((name) => {
      const property = instance.relations[name]?.property;
      return property === undefined ? [] : [[name, property]];
    }),
  );
  const path = `instances.${settings.instances.indexOf(instance)}.properties`;
  return { limetype: instance.limetype, path, sources: instance.properties, relations, others: {} };
}

/** The limetype of a request's path. The path of an update ends in an id. */
export function limetypeOf({ method, path }: DryRequest): string {
  return decodeURIComponent(path.split('/').at(method === 'PUT' ? -3 : -2) ?? '');
}

/** The part of the settings that a request belongs to, other than the limeobject itself. */
function partOf(request: DryRequest, { instance, settings }: Draft): Part | undefined {
  const { history, documents, conversation, todo, relations } = instance;
  const path = `instances.${settings.instances.indexOf(instance)}`;
  const limetype = limetypeOf(request);
  const has = (...properties: string[]) => properties.every((name) => Object.hasOwn(bodyOf(request) ?? {}, name));
  if (limetype === history.limetype && has(history.note, history.relation)) {
    return {
      limetype,
      path: `${path}.history.properties`,
      sources: history.properties,
      relations: history.relations,
      others: { [history.relation]: 'history.relation', [history.date]: 'the last message' },
      note: history.note,
    };
  }
  if (documents !== undefined && limetype === documents.limetype && has(documents.file, documents.relation)) {
    const { file, identify, relation } = documents;
    return {
      limetype,
      path: `${path}.documents.properties`,
      sources: documents.properties,
      relations: documents.relations,
      others: { [relation]: 'documents.relation', [file]: 'the file', [identify]: "the message's id" },
    };
  }
  if (todo !== undefined && limetype === todo.limetype && has(todo.relation, todo.identify)) {
    const due = (todo.due?.properties ?? []).map((name) => [name, 'todo.due']);
    return {
      limetype,
      path: `${path}.todo.properties`,
      sources: todo.properties,
      relations: todo.relations,
      others: { [todo.relation]: 'todo.relation', ...Object.fromEntries(due) },
    };
  }
  if (conversation !== undefined && limetype === conversation.limetype && has(conversation.relation)) {
    const { identify, relation, link } = conversation;
    return {
      limetype,
      path: `${path}.conversation.properties`,
      sources: conversation.properties,
      relations: {},
      others: {
        [identify]: "the conversation's id",
        [relation]: 'conversation.relation',
        ...(link !== undefined && { [link]: 'links.conversation' }),
      },
    };
  }
  const { person } = relations;
  if (person?.fill !== undefined && request.method === 'PUT' && limetype === person.limetype) {
    const sources = Object.entries(person.fill.properties).filter(([name]) => has(name));
    const company = relations.company?.from;
    return {
      limetype,
      path: `${path}.relations.person.fill.properties`,
      sources: Object.fromEntries(sources),
      relations: company !== undefined && has(company) ? { company } : {},
      others: {},
    };
  }
  for (const name of ['person', 'company'] as const) {
    const relation = relations[name];
    if (relation?.create === undefined || relation.limetype !== limetype) continue;
    const company = name === 'person' ? relations.company?.from : undefined;
    const searched = relation.rules?.flatMap(({ properties }) => properties) ?? [];
    return {
      limetype,
      path: `${path}.relations.${name}.create.properties`,
      sources: relation.create.properties,
      relations: company === undefined ? {} : { company },
      others: Object.fromEntries(searched.map((property) => [property, 'what was searched'])),
    };
  }
  return undefined;
}

function bodyOf(request: DryRequest | undefined): Record<string, unknown> | undefined {
  const body = request?.body;
  return typeof body === 'object' && body !== null ? { ...body } : undefined;
}
