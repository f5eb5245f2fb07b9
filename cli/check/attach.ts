import type { Limetype, Property } from '../../shared/lime/wire.ts';
import { inEnglish } from '../../shared/mapping/omission.ts';
import { systemTimes } from '../../shared/mapping/plan/attach.ts';
import type { Recent } from '../../shared/mapping/settings/attach.ts';
import type { Instance } from '../../shared/mapping/settings/instance.ts';
import type { Conditions } from '../../shared/mapping/settings/source.ts';
import { toWire } from '../../shared/mapping/values/value.ts';
import { propertyAt, type Scope, texts, typedAt } from './scope.ts';
import { checkPath } from './sources/paths.ts';
import { keyFor } from './sources/suggest.ts';

/** Types of properties that a condition can compare. */
const comparable = ['option', 'yesno', 'integer', 'decimal', 'belongsto', ...texts];

/** Checks that limeobjects to attach to can be searched, and reopened. */
export function checkAttach(scope: Scope, type: Limetype | undefined, { attach }: Instance, path: string): void {
  if (attach === undefined || type === undefined) return;
  const { path: named, by, where, recent, reopen } = attach;
  if (named !== undefined) checkPath(scope, named, `${path}.path`);
  // The properties of relations are checked with the relations.
  if (by !== false && by !== 'person' && by !== 'company')
    typedAt(scope, type, by, `${path}.by`, ['integer', 'belongsto', ...texts]);
  checkConditions(scope, type, where, `${path}.where`);
  checkRecent(scope, type, recent, `${path}.recent`);
  if (reopen === undefined) return;
  checkConditions(scope, type, reopen.where, `${path}.reopen.where`);
  checkRecent(scope, type, reopen.recent, `${path}.reopen.recent`);
  for (const [name, value] of Object.entries(reopen.properties)) {
    const at = `${path}.reopen.properties.${name}`;
    const property = propertyAt(scope, type, name, at);
    if (property !== undefined) checkConstant(scope, type, property, value, at);
  }
}

function checkConditions(scope: Scope, type: Limetype, conditions: Conditions, path: string): void {
  for (const [name, values] of Object.entries(conditions)) {
    const at = `${path}.${name}`;
    const property = typedAt(scope, type, name, at, comparable);
    if (property === undefined) continue;
    for (const [index, value] of [values].flat().entries()) {
      checkConstant(scope, type, property, value, Array.isArray(values) ? `${at}.${index}` : at);
    }
  }
}

function checkConstant(scope: Scope, type: Limetype, property: Property, value: unknown, path: string): void {
  const converted = toWire(value, property, scope.timeZone);
  if (converted === undefined) return;
  const about = { path, property: `${type.name}.${property.name}` };
  if (!('value' in converted)) {
    scope.report('error', { ...about, rule: inEnglish(converted), suggestion: keyFor(property, value) });
  } else if (typeof converted.value !== typeof value) {
    const rule = `of type ${property.type}: write it as a ${typeof converted.value === 'string' ? 'text' : typeof converted.value}`;
    scope.report('error', { ...about, rule });
  }
}

function checkRecent(scope: Scope, type: Limetype, recent: Recent | undefined, path: string): void {
  if (recent === undefined || systemTimes.includes(recent.property)) return;
  typedAt(scope, type, recent.property, `${path}.property`, ['time', 'date']);
}
