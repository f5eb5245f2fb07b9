import type { Draft } from '../draft.ts';
import { needsTodo } from '../needs-todo.ts';
import { type Omission, OmissionError } from '../omission.ts';
import { markOf } from '../settings/identify.ts';
import type { RelationName } from '../settings/relation.ts';
import { businessDaysAfter } from '../values/business-days.ts';
import { readSource } from '../values/source.ts';
import { fitToProperty, notAProperty, type Values } from './convert.ts';
import { type PlanContext, timeOfNote } from './parts.ts';
import { fitTitle, readTitle } from './title.ts';

/** The activity for the follow-up. */
export type TodoPlan = {
  limetype: string;
  /** The limetype as people read it. */
  localname: string;
  relation: string;
  /** The text property that ends in the mark. */
  identify: string;
  mark: string;
  values: Values;
  relations: Partial<Record<RelationName, string>>;
};

/** An activity that cannot be planned does not hold up its conversation. The note names the reason. */
export function todoOf(draft: Draft, parts: PlanContext, acceptedAt: string, omitted: Omission[]): { todo?: TodoPlan } {
  const { conversation, payload, instance, settings } = draft;
  const { convert, metadata, requireLimetype } = parts;
  const { todo } = instance;
  if (todo === undefined || !needsTodo(todo, payload)) return {};
  const type = requireLimetype(metadata, todo.limetype);
  const path = `${parts.path}.todo`;
  const missing = [todo.relation, todo.identify].find((name) => !type.properties.has(name));
  if (missing !== undefined) {
    omitted.push(notAProperty(type, missing, path));
    return {};
  }
  const mark = markOf(conversation.id);
  const values: Values = {};
  const write = (name: string, raw: unknown, at: string): void => {
    const value = convert.value(type, name, raw, at, name === todo.identify ? 'needed' : undefined);
    if (value !== undefined) values[name] = value;
  };
  try {
    for (const [name, source] of Object.entries(todo.properties)) {
      const property = type.properties.get(name);
      const fitting =
        name === todo.identify
          ? fitTitle(readTitle(source, payload, settings), source, mark, property?.length)
          : fitToProperty(readSource(source, payload, settings), source, property);
      write(name, fitting, `${path}.properties.${name}`);
    }
    const { due } = todo;
    const at = due && businessDaysAfter(timeOfNote(conversation) ?? acceptedAt, due, settings.timeZone);
    for (const name of due?.properties ?? []) write(name, at, `${path}.due.properties`);
  } catch (error) {
    if (!(error instanceof OmissionError)) throw error;
    omitted.push(error.omission);
    return {};
  }
  return {
    todo: {
      limetype: todo.limetype,
      localname: type.localname || type.name,
      relation: todo.relation,
      identify: todo.identify,
      mark,
      values,
      relations: convert.names(type, todo.relations, `${path}.relations`),
    },
  };
}
