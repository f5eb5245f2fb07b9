import { type Finding, NotMappable } from '../errors.ts';
import type { Limetype } from '../lime/wire.ts';
import type { Conversation } from '../userlike/conversation.ts';
import { timeOf } from '../userlike/time.ts';
import { type Draft, isUpdated, toDraft } from './draft.ts';
import { languageOf } from './notes/entries.ts';
import { headOf } from './notes/head.ts';
import type { Match } from './search.ts';
import type { Settings } from './settings.ts';
import { readSource, valueAt } from './values/source.ts';
import { toWire, type WireValue } from './values/value.ts';

/** Values in the form Lime takes, by property. */
export type Values = Record<string, WireValue>;

/** What a conversation is to become in this tenant: data only, nothing has been asked or sent. */
export type Plan = {
  /** The conversation's id as text. */
  conversation: string;
  limetype: string;
  /** Finds the limeobject again after an answer that was unclear. */
  identify: { property: string; value: string | number };
  create: Values;
  update: Values;
  /** Properties of the limeobject that exist in this tenant, for what the lookups find. */
  relations: { person?: string; company?: string; coworker?: string };
  history: {
    limetype: string;
    relation: string;
    note: string;
    /** Characters a note may have; undefined where Lime sets no limit. */
    length: number | undefined;
    values: Values;
    relations: { person?: string; company?: string; coworker?: string };
  };
  /** Lines above the messages in the first note. */
  head: string[];
  /** What the settings ask for and the tenant's data model does not take: the limeobject is made without it. */
  omitted: Finding[];
};

/** Limetypes whose metadata a plan of this draft needs. */
export const limetypesOf = ({ instance }: Draft): string[] => [
  instance.limetype,
  instance.history.limetype,
  ...[instance.relations.person, instance.relations.coworker].flatMap((relation) => relation?.limetype ?? []),
];

/** The plan of a conversation by the settings and the tenant's metadata. Throws NotMappable. */
export const toPlan = (
  conversation: Conversation,
  settings: Settings,
  metadata: ReadonlyMap<string, Limetype>,
  acceptedAt: string,
): Plan => completePlan(toDraft(conversation, settings), metadata, acceptedAt);

/** Brings a draft to the tenant's data model. `acceptedAt` dates the note of a conversation without any time. */
export const completePlan = (draft: Draft, metadata: ReadonlyMap<string, Limetype>, acceptedAt: string): Plan => {
  const { conversation, settings, instance } = draft;
  const path = `instances.${settings.instances.indexOf(instance)}`;
  const limetype = need(metadata, instance.limetype);
  const historyType = need(metadata, instance.history.limetype);
  const note = historyType.properties.get(instance.history.note);
  if (note === undefined || !historyType.properties.has(instance.history.relation)) {
    const missing = note === undefined ? instance.history.note : instance.history.relation;
    throw new NotMappable(`${path}.history: ${historyType.name} has no property ${missing}`);
  }

  const omitted: Finding[] = [];
  const convert = (type: Limetype, name: string, raw: unknown, at: string, needed = false): WireValue | undefined => {
    const property = type.properties.get(name);
    const converted =
      property === undefined ? { rule: `not a property of ${type.name}` } : toWire(raw, property, settings.timeZone);
    if (converted !== undefined && 'value' in converted) return converted.value;
    const rule = converted?.rule ?? (property?.required || needed ? 'required and without a value' : undefined);
    if (rule === undefined) return undefined;
    if (needed || property?.required) throw new NotMappable(`${at}: ${type.name}.${name} is ${rule}`);
    omitted.push({ path: at, message: `${name} is ${rule}` });
    return undefined;
  };

  const create: Values = {};
  for (const [name, raw] of Object.entries(draft.values)) {
    const value = convert(limetype, name, raw, `${path}.properties.${name}`, name === instance.identify);
    if (value !== undefined) create[name] = value;
  }
  const update = Object.fromEntries(
    Object.entries(create).filter(([name]) => {
      const source = instance.properties[name];
      return source !== undefined && isUpdated(source, name, instance);
    }),
  );

  const noteValues: Values = {};
  for (const [name, source] of Object.entries(instance.history.properties)) {
    const value = convert(historyType, name, readSource(source, conversation), `${path}.history.properties.${name}`);
    if (value !== undefined) noteValues[name] = value;
  }
  const date = convert(
    historyType,
    instance.history.date,
    timeOfNote(conversation) ?? acceptedAt,
    `${path}.history.date`,
  );
  if (date !== undefined) noteValues[instance.history.date] = date;

  const existing = (type: Limetype, name: string | undefined, at: string): string | undefined => {
    if (name === undefined || type.properties.has(name)) return name;
    omitted.push({ path: at, message: `${name} is not a property of ${type.name}` });
    return undefined;
  };
  const relationNames = ['person', 'company', 'coworker'] as const;
  const relations = Object.fromEntries(
    relationNames.flatMap((relation) => {
      const name = existing(limetype, instance.relations[relation]?.property, `${path}.relations.${relation}`);
      return name === undefined ? [] : [[relation, name]];
    }),
  );
  const noteRelations = Object.fromEntries(
    relationNames.flatMap((relation) => {
      const name = existing(historyType, instance.history.relations[relation], `${path}.history.relations.${relation}`);
      return name === undefined ? [] : [[relation, name]];
    }),
  );

  const identifyValue = create[instance.identify];
  if (typeof identifyValue !== 'string' && typeof identifyValue !== 'number') {
    throw new NotMappable(`${path}.identify: ${instance.identify} is neither a text nor a number`);
  }
  return {
    conversation: String(conversation.id),
    limetype: instance.limetype,
    identify: { property: instance.identify, value: identifyValue },
    create,
    update,
    relations,
    history: {
      limetype: instance.history.limetype,
      relation: instance.history.relation,
      note: instance.history.note,
      length: note.length,
      values: noteValues,
      relations: noteRelations,
    },
    head: headOf(conversation, settings, languageOf(instance, settings)),
    omitted,
  };
};

/** What the lookups of a conversation found. */
export type Found = { person: Match; coworker: Match };

/** Ids to write into the given relation properties: what was found exactly once, and that person's company. */
export const relationValues = (names: Plan['relations'], { person, coworker }: Found): Values => ({
  ...(names.person !== undefined && person.kind === 'one' && { [names.person]: person.id }),
  ...(names.company !== undefined &&
    person.kind === 'one' &&
    person.company !== undefined && { [names.company]: person.company }),
  ...(names.coworker !== undefined && coworker.kind === 'one' && { [names.coworker]: coworker.id }),
});

const need = (metadata: ReadonlyMap<string, Limetype>, name: string): Limetype => {
  const limetype = metadata.get(name);
  if (limetype === undefined) throw new NotMappable(`the tenant has no limetype ${name}`);
  return limetype;
};

const timeOfNote = (conversation: Conversation): unknown =>
  ['last_message_sent_at', 'updated_at', 'created_at']
    .map((path) => valueAt(conversation, path))
    .find((time) => timeOf(time) !== undefined);
