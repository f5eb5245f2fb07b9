import type { Limetype, Metadata } from '../../shared/lime/wire.ts';
import type { Language } from '../../shared/notes/translations/language.ts';
import { best, type Meaning } from '../tenant/meanings.ts';
import { type Json, keyOf, ofType, questionFor, requiredOf, texts, times, titleOf } from './choose.ts';
import { documentsOf, historyOf, type Roles, relationsOf, rowOf } from './parts.ts';

/** A proposal for a tenant's settings, with remarks for the integrator. */
export type Proposal = {
  /** Undefined if the tenant has no limetype that a conversation can become. */
  settings: Json | undefined;
  /** The purpose of each limetype. */
  found: { role: string; limetype: string; localname: string | undefined }[];
  /** What is missing or only guessed. Without settings, the reasons. */
  remarks: string[];
};

/** The kinds of limeobject that a conversation can become. The first one found is the fallback. */
const kinds = ['helpdesk', 'deal'] as const;

/** The topics of a kind that is not the fallback. */
const topics: Record<string, string[]> = { deal: ['Sales'] };

/**
 * Proposes settings for a tenant by its metadata. The same metadata give the same settings.
 * @param wanted kinds (`helpdesk`, `deal`) or names of limetypes
 * @param language the language of titles
 */
export function propose(metadata: Metadata, wanted: readonly string[] = kinds, language: Language = 'en'): Proposal {
  const limetypes = [...metadata.values()];
  const remarks: string[] = [];
  const roles = rolesIn(limetypes);
  const targets = wanted.flatMap((name) => {
    const kind = kinds.find((known) => known === name);
    const limetype = kind === undefined ? metadata.get(name) : best(without(limetypes, Object.values(roles)), kind);
    if (limetype === undefined) remarks.push(kind ? `nothing looks like a ${name}` : `there is no limetype ${name}`);
    return limetype === undefined ? [] : [{ kind: kind ?? name, limetype }];
  });
  const instances = targets
    .filter(({ limetype }, index) => targets.findIndex((other) => other.limetype === limetype) === index)
    .flatMap(({ kind, limetype }) => {
      const instance = instanceOf(limetype, roles, language);
      if (typeof instance !== 'string') return [{ kind, limetype, instance }];
      remarks.push(`${limetype.name}: ${instance}`);
      return [];
    });
  if (instances.length === 0) return { settings: undefined, found: [], remarks };
  const [first] = instances;
  const nameOf = namesOf(instances.map(({ limetype }) => limetype));
  const topicsOf = (kind: string, limetype: Limetype): string[] => topics[kind] ?? [nameOf(limetype)];
  return {
    settings: {
      instances: instances
        .map(({ kind, limetype, instance }) => {
          const taken = kind === first?.kind ? {} : { topics: topicsOf(kind, limetype) };
          return { name: nameOf(limetype), ...taken, ...instance };
        })
        .toReversed(),
    },
    found: [
      ...instances.map(({ kind, limetype }) => ({ role: kind, ...limetype })),
      ...Object.entries(roles)
        .filter(([role, limetype]) => !instances.some((one) => one.kind === role && one.limetype === limetype))
        .map(([role, limetype]) => ({ role, ...limetype })),
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
        return `${limetype.name} takes the topic ${topicsOf(kind, limetype).join(', ')}: name those that you use in Userlike`;
      }),
    ],
  };
}

function without(limetypes: readonly Limetype[], others: readonly Limetype[]): Limetype[] {
  return limetypes.filter((limetype) => !others.includes(limetype));
}

/** The displayed names, or the names if the displayed ones are not unique. */
function namesOf(limetypes: readonly Limetype[]): (limetype: Limetype) => string {
  const read = ({ localname = '' }: Limetype): string => localname.trim();
  return (limetype) =>
    read(limetype) === '' || limetypes.some((other) => other !== limetype && read(other) === read(limetype))
      ? limetype.name
      : read(limetype);
}

function rolesIn(limetypes: readonly Limetype[]): Roles {
  const taken: Limetype[] = [];
  const roles: Roles = {};
  for (const role of ['person', 'company', 'coworker', 'history', 'document', 'conversation'] as const) {
    const limetype = best(without(limetypes, taken), role);
    if (limetype === undefined) continue;
    roles[role] = limetype;
    taken.push(limetype);
  }
  return roles;
}

/** The instance for a limetype, or a text that says why there is none. */
function instanceOf(target: Limetype, roles: Roles, language: Language): Json | string {
  const relations = relationsOf(target, roles);
  const history = historyOf(target, relations, roles);
  const idText = ofType(target, ['string', 'text']).filter(({ length = Number.POSITIVE_INFINITY }) => length >= 10);
  const title = best(idText, 'title') ?? idText.find(({ required }) => required) ?? idText[0];
  if (history === undefined) return 'no history note can be linked to it';
  if (title === undefined) return 'no text property has room for the id of a conversation';
  const conversation = rowOf(target, roles);
  const documents = documentsOf(target, relations, roles);
  return {
    limetype: target.name,
    identify: title.name,
    properties: {
      [title.name]: titleOf(language, title.length),
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
}

function contentNames(target: Limetype, title: string): string[] {
  return Object.keys(contentOf(target, title));
}

/** Sources for the target's usual properties. */
function contentOf(target: Limetype, title: string): Json {
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
      [description.name]: questionFor(description),
    }),
    ...(start !== undefined && { [start.name]: { path: 'created_at', onResend: 'keep' } }),
    ...(email !== undefined && { [email.name]: { path: 'contact.email' } }),
    ...(status !== undefined && key !== undefined && { [status.name]: { value: key } }),
  };
}
