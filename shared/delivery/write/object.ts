import { LimeError } from '../../errors.ts';
import type { KnownObject } from '../../ledger/states.ts';
import { createObject, type Filter, PAGE_SIZE, query } from '../../lime/requests.ts';
import { Limeobject, QueryAnswer } from '../../lime/wire.ts';
import type { Choice } from '../../mapping/plan/candidates.ts';
import type { Values } from '../../mapping/plan/convert.ts';
import { relationValues } from '../../mapping/plan/found.ts';
import { relationNames } from '../../mapping/settings/relation.ts';
import { attachTo, remarksOn, reopenIfClosed, withoutValues } from './attach.ts';
import { type ObjectContext, sameText } from './context.ts';
import { asWritten, linksIn, linksOf } from './links.ts';
import { writtenIn } from './unless-changed.ts';
import { update, valuesHash, type WrittenObject } from './update.ts';

/** Pages that are searched. Only a mark that thousands of others begin with needs more. */
const MOST_PAGES = 10;

/** Updates, attaches to or creates the limeobject. Searches first if an earlier attempt may have created it. */
export async function writeObject(context: ObjectContext, known: KnownObject | undefined): Promise<WrittenObject> {
  const { found, isOlder, reconcileFirst, advance } = context;
  if (isOlder && known !== undefined) return { created: false, object: known, found, kept: [] };
  const object = reconcileFirst ? await reconcile(context, known) : known;
  if (object === undefined) return context.attach((...chosen) => attachOrCreate(context, ...chosen));
  advance({ type: 'object', object });
  const written = await update(object.attached ? withoutValues(context) : context, object);
  await reopenIfClosed(context, written.object);
  return written;
}

/** The limeobject that an unconfirmed attempt has written. Its values in Lime are unknown. */
async function reconcile(context: ObjectContext, known: KnownObject | undefined): Promise<KnownObject | undefined> {
  if (known !== undefined) return { ...known, values: '' };
  const object = await findIdentified(context);
  if (object === undefined) return undefined;
  // The unconfirmed attempt has written its links, so none was changed by hand.
  const links = asWritten(linksIn(context.plan.relations, object));
  return { ...knownObject(context, object._id, ''), links, ...writtenOf(context, {}, object) };
}

/**
 * Finds the limeobject of a conversation by its identifying text, else by the text from before there were marks, else
 * by any text that ends in the mark, because the text before the mark may have changed. Of several, the first counts.
 */
async function findIdentified({ lime, plan }: ObjectContext): Promise<Limeobject | undefined> {
  const { limetype, identify, relations } = plan;
  const { property, value, marked } = identify;
  const properties = [
    property,
    ...relationNames.flatMap((relation) => relations[relation] ?? []),
    ...Object.keys(plan.unlessChanged ?? {}),
  ];
  const exactly = (text: string | number): Filter => ({ key: property, op: '=', exp: text });
  const filter: Filter =
    marked === undefined
      ? exactly(value)
      : { op: 'OR', exp: [{ key: property, op: '?', exp: marked.mark }, exactly(marked.former)] };
  const found: Limeobject[] = [];
  for (let page = 0; page < MOST_PAGES && found.length === page * PAGE_SIZE; page += 1) {
    // The unconfirmed attempt is recent, so its limeobject is among the newest.
    const request = query(limetype, properties, filter, found.length, { order: 'DESC' });
    found.push(...(await lime(request, QueryAnswer)).objects);
  }
  const first = (fits: (text: unknown) => boolean) => found.findLast((one) => fits(one[property]));
  return (
    first((text) => sameText(text, value)) ??
    (marked && (first((text) => sameText(text, marked.former)) ?? first((text) => endsIn(text, marked.mark))))
  );
}

function endsIn(text: unknown, mark: string): boolean {
  return String(text).trim().endsWith(mark);
}

async function attachOrCreate(context: ObjectContext, choice: Choice, missing?: string): Promise<WrittenObject> {
  const written =
    choice.kind === 'one'
      ? await attachTo(context, knownObject(context, choice.id, ''), choice)
      : await create(context);
  return { ...written, kept: remarksOn(choice, missing) };
}

async function create(context: ObjectContext): Promise<WrittenObject> {
  const { plan, found, lime, advance } = context;
  const relations = relationValues(plan.relations, found);
  const request = createObject(plan.limetype, { ...plan.create, ...relations });
  const response = await lime(request, Limeobject).catch((error: unknown) => {
    throw namingUnmapped(error, plan.unmapped);
  });
  const values = valuesHash({ ...plan.update, ...relations });
  const links = asWritten(linksOf(plan.relations, found));
  const written = writtenOf(context, plan.create, response);
  const object = { ...knownObject(context, response._id, values), links, ...written };
  advance({ type: 'object', object });
  return { created: true, object, found, kept: [] };
}

/** The hashes for the ledger, if there are any. */
function writtenOf(context: ObjectContext, values: Values, response: object): Pick<KnownObject, 'written'> {
  return context.plan.unlessChanged === undefined ? {} : { written: writtenIn(context, values, response) };
}

/** Do not repeat Lime's own text. Name the required properties without a value instead. */
function namingUnmapped(error: unknown, unmapped: readonly string[]): unknown {
  if (!(error instanceof LimeError) || error.failure !== 'refused' || unmapped.length === 0) return error;
  const { status, retryAfterSeconds } = error;
  const message = `${error.message}; required, and not in the settings: ${unmapped.join(', ')}`;
  return new LimeError(error.failure, message, { status, retryAfterSeconds, cause: error });
}

function knownObject({ plan, draft, urlOf }: ObjectContext, id: number, values: string): KnownObject {
  const { limetype } = plan;
  return { instance: draft.instance.name, limetype, id, url: urlOf(limetype, id), values };
}
