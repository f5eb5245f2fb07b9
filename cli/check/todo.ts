import type { Instance } from '../../shared/mapping/settings/instance.ts';
import { checkInheritedRelations } from './relations.ts';
import { limetypeAt, relationAt, type Scope, texts, typedAt } from './scope.ts';
import { checkPath } from './sources/paths.ts';
import { checkSources } from './sources/sources.ts';

/** Checks that the activity can be created, linked and found again. */
export function checkTodo(scope: Scope, { limetype, todo, relations }: Instance, path: string): void {
  if (todo === undefined) return;
  const { relation, identify, due } = todo;
  const type = limetypeAt(scope, todo.limetype, `${path}.limetype`);
  for (const answer of Object.keys(todo.answers ?? {})) checkPath(scope, answer, `${path}.answers.${answer}`);
  relationAt(scope, type, relation, `${path}.relation`, limetype);
  typedAt(scope, type, identify, `${path}.identify`, texts);
  due?.properties.forEach((name, index) => {
    typedAt(scope, type, name, `${path}.due.properties.${index}`, ['time', 'date']);
  });
  const { [identify]: subject, ...others } = todo.properties;
  const properties =
    subject === undefined ? others : { ...others, [identify]: { ...subject, whenLonger: 'cut' as const } };
  checkSources(scope, type, properties, `${path}.properties`, {
    always: [relation, ...(due?.properties ?? [])],
    otherwise: 'the activity is then not created',
  });
  checkInheritedRelations(scope, type, todo.relations, relations, `${path}.relations`);
}
