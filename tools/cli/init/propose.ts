import type { Limetype, Metadata } from '../../../shared/lime/wire.ts';
import { best, type Meaning } from '../tenant/meanings.ts';
import { type Json, keyOf, ofType, requiredOf, templateWithId, texts, times } from './choose.ts';
import { documentsOf, historyOf, type Roles, relationsOf, rowOf } from './parts.ts';

/** A proposal for a tenant's settings, and what a person should know of it. */
export type Proposal = {
  settings: Json;
  /** What each of the limetypes was taken for. */
  found: { role: string; limetype: string; localname: string | undefined }[];
  /** What was not found, or only guessed. */
  remarks: string[];
};

/** Kinds of limeobject that a conversation becomes: the first that is found takes what no other one does. */
const kinds = ['helpdesk', 'deal'] as const;

/** Topics of a kind beside the fallback. */
const topics: Record<string, string[]> = { deal: ['Sales'] };

/**
 * Settings for a tenant by its metadata alone: the same metadata give the same settings. Undefined where no target is
 * found.
 * @param wanted kinds (`helpdesk`, `deal`) or names of limetypes
 */
export const propose = (metadata: Metadata, wanted: readonly string[] = kinds): Proposal | undefined => {
  const limetypes = [...metadata.values()];
  const remarks: string[] = [];
  const roles = rolesIn(limetypes);
  const targets = wanted.flatMap((name) => {
    const kind = kinds.find((known) => known === name);
    const limetype = kind === undefined ? metadata.get(name) : best(without(limetypes, Object.values(roles)), kind);
    if (limetype === undefined) remarks.push(`nothing looks like a ${name}`);
    return limetype === undefined ? [] : [{ kind: kind ?? name, limetype }];
  });
  const instances = targets
    .filter(({ limetype }, index) => targets.findIndex((other) => other.limetype === limetype) === index)
    .flatMap(({ kind, limetype }) => {
      const instance = instanceOf(limetype, roles);
      if (instance === undefined) {
        remarks.push(`${limetype.name}: no text holds the id, or no history note can be linked to it`);
        return [];
      }
      return [{ kind, limetype, instance }];
    });
  if (instances.length === 0) return undefined;
  const [first] = instances;
  return {
    settings: {
      instances: instances
        .map(({ kind, limetype, instance }) => {
          const taken = kind === first?.kind ? {} : { topics: topics[kind] ?? [limetype.localname ?? limetype.name] };
          return { name: limetype.localname ?? limetype.name, ...taken, ...instance };
        })
        .toReversed(),
    },
    found: [
      ...instances.map(({ kind, limetype }) => ({ role: kind, ...limetype })),
      ...Object.entries(roles).map(([role, limetype]) => ({ role, ...limetype })),
    ].map(({ role, name, localname }) => ({ role, limetype: name, localname })),
    remarks: [
      ...remarks,
      ...(['person', 'company', 'coworker'] as const)
        .filter((role) => roles[role] === undefined)
        .map((role) => `nothing looks like a ${role}: none is linked`),
      ...(roles.document !== undefined && !instances.some(({ instance }) => 'documents' in instance)
        ? [`${roles.document.name} has no text property for the id of a message: files stay links`]
        : []),
      ...instances.slice(1).map(({ kind, limetype }) => {
        const names = (topics[kind] ?? [limetype.localname ?? limetype.name]).join(', ');
        return `${limetype.name} takes the topic ${names}: name those that you use in Userlike`;
      }),
    ],
  };
};

const without = (limetypes: readonly Limetype[], others: readonly Limetype[]): Limetype[] =>
  limetypes.filter((limetype) => !others.includes(limetype));

const rolesIn = (limetypes: readonly Limetype[]): Roles => {
  const taken: Limetype[] = [];
  const roles: Roles = {};
  for (const role of ['person', 'company', 'coworker', 'history', 'document', 'conversation'] as const) {
    const limetype = best(without(limetypes, taken), role);
    if (limetype === undefined) continue;
    roles[role] = limetype;
    taken.push(limetype);
  }
  return roles;
};

const instanceOf = (target: Limetype, roles: Roles): Json | undefined => {
  const relations = relationsOf(target, roles);
  const history = historyOf(target, relations, roles);
  const idText = ofType(target, ['string', 'text']).filter(({ length = Number.POSITIVE_INFINITY }) => length >= 10);
  const title = best(idText, 'title') ?? idText.find(({ required }) => required) ?? idText[0];
  if (history === undefined || title === undefined) return undefined;
  const conversation = rowOf(target, roles);
  const documents = documentsOf(target, relations, roles);
  return {
    limetype: target.name,
    identify: title.name,
    properties: {
      [title.name]: { template: templateWithId(title.length) },
      ...contentOf(target, title.name),
      ...requiredOf(target, [
        title.name,
        ...contentNames(target, title.name),
        ...Object.values(relations).map(({ property }) => String(property)),
      ]),
    },
    relations,
    ...(conversation !== undefined && { conversation }),
    ...(documents !== undefined && { documents }),
    history,
  };
};

const contentNames = (target: Limetype, title: string): string[] => Object.keys(contentOf(target, title));

/** Characters of the first message that say what it is about; the note holds all of it. */
const longestDescription = 10_000;

/** The contact's first message, in Liquid. */
const firstMessage =
  '{% assign first = transcript | where: "sender.type", "contact" | first %}{{ first.body | default: first.body_plain';

/** What a conversation has to say to the target. */
const contentOf = (target: Limetype, title: string): Json => {
  const other = (types: readonly string[], meaning: Meaning) =>
    best(
      ofType(target, types).filter(({ name }) => name !== title),
      meaning,
    );
  const description = other(['text'], 'description') ?? other(['string'], 'description');
  const email = other(texts, 'email');
  const start = other(times, 'start');
  const status = other(['option'], 'status');
  const key = status && keyOf(status);
  return {
    ...(description !== undefined && {
      [description.name]: {
        template: `${firstMessage} | truncate: ${Math.min(longestDescription, description.length ?? longestDescription)} }}`,
        onResend: 'keep',
      },
    }),
    ...(start !== undefined && { [start.name]: { path: 'created_at', onResend: 'keep' } }),
    ...(email !== undefined && { [email.name]: { path: 'contact.email' } }),
    ...(status !== undefined && key !== undefined && { [status.name]: { value: key } }),
  };
};
