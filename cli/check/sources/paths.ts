import { fieldAt, generalised } from '../../fields/catalogue.ts';
import { nearestField } from '../../fields/nearest.ts';
import type { Scope } from '../scope.ts';
import { decimalCommasIn, pathsIn } from './templates.ts';

/** Reports a path that is no field of a conversation, and one that no conversation of `--against` has. */
export function checkPath({ against, report }: Scope, path: string, at: string): void {
  if (against?.paths.includes(generalised(path))) return;
  const field = fieldAt(path);
  if (field === undefined) {
    const suggestion = nearestField(path, against?.paths);
    report('error', { path: at, rule: `${path} is not a field of Userlike's conversations`, suggestion });
  } else if (field.type === 'free' && field.path !== path && against !== undefined) {
    const suggestion = nearestField(
      path,
      against.paths.filter((one) => one.startsWith(`${field.path}.`)),
    );
    report('hint', { path: at, rule: `no conversation of ${against.file} has ${path}`, suggestion });
  }
}

/** Reports variables of a template that are no fields, and numbers with a decimal comma. */
export function checkTemplate(scope: Scope, template: string, at: string): void {
  for (const path of pathsIn(template)) checkPath(scope, withoutSize(path), at);
  for (const { filter, read, meant } of decimalCommasIn(template)) {
    scope.report('error', {
      path: at,
      rule: `${filter} reads ${read}, because a comma separates values; a decimal number has a point`,
      suggestion: `${filter}: ${meant}`,
    });
  }
}

/** `topics.size` is the number of topics. */
function withoutSize(path: string): string {
  return path.replace(/\.size$/, '');
}
