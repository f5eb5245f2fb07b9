import type { DigestReader } from '../../ledger/written-digests.ts';
import { createObject } from '../../lime/requests.ts';
import { isRefusal } from '../../lime/retry.ts';
import { Limeobject } from '../../lime/wire.ts';
import type { Omission } from '../../mapping/omission.ts';
import { relationValues } from '../../mapping/plan/found.ts';
import type { TodoPlan } from '../../mapping/plan/todo.ts';
import { digestOf } from '../../notes/entry.ts';
import { queryAll, throwIfObjectGone, type WriteContext } from './context.ts';

const todoDigest = digestOf('todo');

/** The digest of the activity if Lime has it now, and the reason if Lime refuses it. */
export type WrittenTodo = { digests: string[]; omitted: Omission[] };

/** Creates the activity of the conversation, once. After a refusal, the next version tries again. */
export async function writeTodo(context: WriteContext, known: DigestReader): Promise<WrittenTodo> {
  const { plan, found, isOlder, reconcileFirst, lime, object } = context;
  const { todo } = plan;
  if (todo === undefined || isOlder || known.has({ digest: todoDigest })) return { digests: [], omitted: [] };
  const written = { digests: [todoDigest], omitted: [] };
  if (reconcileFirst && (await isThere(context, todo))) return written;
  const values = { ...todo.values, ...relationValues(todo.relations, found), [todo.relation]: object.id };
  try {
    await throwIfObjectGone(context, lime(createObject(todo.limetype, values), Limeobject));
    return written;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // The conversation is worth more than its activity.
    const message = `${todo.limetype}, which ${error.message}`;
    return { digests: [], omitted: [{ path: 'todo', message, rule: 'refused', field: todo.localname }] };
  }
}

async function isThere({ lime, object }: WriteContext, todo: TodoPlan): Promise<boolean> {
  const { limetype, identify, relation, mark } = todo;
  const there = await queryAll(lime, limetype, [identify], {
    op: 'AND',
    exp: [
      { key: identify, op: '?', exp: mark },
      { key: relation, op: '=', exp: object.id },
    ],
  });
  return there.some((one) => String(one[identify]).trim().endsWith(mark));
}
