import type { Limetype } from '../../shared/lime/wire.ts';
import { best, ranked } from '../tenant/meanings.ts';
import { type Json, ofType, relationTo, requiredOf, texts, times } from './choose.ts';

/** The limetypes of a tenant by purpose. */
export type Roles = Partial<
  Record<'person' | 'company' | 'coworker' | 'history' | 'document' | 'conversation', Limetype>
>;

type Relations = { person?: Json; company?: Json; coworker?: Json };

export function relationsOf(target: Limetype, { person, company, coworker }: Roles): Relations {
  const toPerson = relationTo(target, person, 'person');
  const toCompany = relationTo(target, company, 'company');
  const toCoworker = relationTo(target, coworker, 'coworker');
  const from = person && relationTo(person, company, 'company');
  const personRules = person ? personRulesOf(person) : [];
  const coworkerRules = coworker ? mailRules(coworker, 'operator_assigned_to_email') : [];
  const hasPerson = person !== undefined && toPerson !== undefined && personRules.length > 0;
  return {
    ...(hasPerson && {
      person: { property: toPerson, limetype: person.name, ...inactiveOf(person), rules: personRules },
    }),
    ...(hasPerson &&
      company !== undefined &&
      toCompany !== undefined &&
      from !== undefined && {
        company: { property: toCompany, from, ...(company.name !== 'company' && { limetype: company.name }) },
      }),
    ...(coworker !== undefined &&
      toCoworker !== undefined &&
      coworkerRules.length > 0 && {
        coworker: { property: toCoworker, limetype: coworker.name, ...inactiveOf(coworker), rules: coworkerRules },
      }),
  };
}

function personRulesOf(person: Limetype): Json[] {
  const mobiles = ranked(ofType(person, texts), 'mobile').map(({ name }) => name);
  const phones = ofType(person, ['phone'])
    .map(({ name }) => name)
    .filter((name) => !mobiles.includes(name));
  const rule = (path: string, properties: string[]): Json[] =>
    properties.length === 0 ? [] : [{ path, properties, as: 'phone' }];
  return [
    ...mailRules(person, 'contact.email'),
    ...rule('contact.mobile_number', [...mobiles, ...phones]),
    ...rule('contact.phone_number', [...phones, ...mobiles]),
  ];
}

function mailRules(type: Limetype, path: string): Json[] {
  const properties = ranked(ofType(type, texts), 'email').map(({ name }) => name);
  return properties.length === 0 ? [] : [{ path, properties, as: 'email' }];
}

function inactiveOf(type: Limetype): Json {
  const inactive = best(ofType(type, ['yesno']), 'inactive');
  return inactive === undefined ? {} : { inactive: inactive.name };
}

/** Undefined if no note can be linked to the target. */
export function historyOf(target: Limetype, relations: Relations, roles: Roles): Json | undefined {
  const { history } = roles;
  const relation = history && relationTo(history, target);
  const candidates = history ? ofType(history, ['text', 'string']) : [];
  const long = candidates.filter(({ length = Number.POSITIVE_INFINITY }) => length >= 200);
  const note = best(long, 'note') ?? long[0];
  const date = history && (best(ofType(history, times), 'date') ?? ofType(history, times)[0]);
  if (history === undefined || relation === undefined || note === undefined || date === undefined) return undefined;
  return {
    limetype: history.name,
    relation,
    note: note.name,
    date: date.name,
    properties: requiredOf(history, [relation, note.name, date.name]),
    relations: inheritedRelations(history, relations, roles),
    includeNotifications: false,
  };
}

/** The relations of the instance that another limeobject has too. */
function inheritedRelations(type: Limetype, relations: Relations, roles: Roles): Json {
  return Object.fromEntries(
    (['person', 'company', 'coworker'] as const).flatMap((name) => {
      const property = relations[name] && relationTo(type, roles[name], name);
      return property === undefined ? [] : [[name, property]];
    }),
  );
}

/** Undefined unless the tenant has a property that identifies files, as Lime's package adds one. */
export function documentsOf(target: Limetype, relations: Relations, roles: Roles): Json | undefined {
  const { document } = roles;
  const relation = document && relationTo(document, target);
  const file = document && ofType(document, ['file'])[0];
  const identify = document && best(ofType(document, texts), 'messageId');
  if (document === undefined || relation === undefined || file === undefined || identify === undefined)
    return undefined;
  return {
    limetype: document.name,
    relation,
    file: file.name,
    identify: identify.name,
    properties: requiredOf(document, [relation, file.name, identify.name]),
    relations: inheritedRelations(document, relations, roles),
    media: {},
  };
}

export function rowOf(target: Limetype, { conversation }: Roles): Json | undefined {
  const relation = conversation && relationTo(conversation, target);
  const identify = conversation && best(ofType(conversation, ['integer', ...texts]), 'conversationId');
  if (conversation === undefined || relation === undefined || identify === undefined) return undefined;
  const link = best(ofType(conversation, ['link']), 'link');
  const known = Object.entries(ofPackage).filter(([name]) => conversation.properties.has(name));
  const required = requiredOf(conversation, [relation, identify.name, link?.name]);
  return {
    limetype: conversation.name,
    identify: identify.name,
    relation,
    ...(link !== undefined && { link: link.name }),
    properties: { ...required, ...Object.fromEntries(known) },
  };
}

/** Further properties of the row of Lime's package. */
const ofPackage: Record<string, Json> = {
  contactid: { path: 'contact.id' },
  startedtime: { path: 'created_at' },
  contactfirstmessagetime: { path: 'contact.first_message_sent_at' },
};
