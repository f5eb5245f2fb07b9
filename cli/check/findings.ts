import type { Limetype, Metadata } from '../../shared/lime/wire.ts';
import { markOf, parseMarkedTemplate } from '../../shared/mapping/settings/identify.ts';
import type { Instance } from '../../shared/mapping/settings/instance.ts';
import { relationNames } from '../../shared/mapping/settings/relation.ts';
import type { Settings } from '../../shared/mapping/settings/settings.ts';
import { checkAccept } from './accept.ts';
import { type Against, findingsAgainst } from './against.ts';
import { checkAttach } from './attach.ts';
import type { CheckFinding } from './finding.ts';
import { checkInheritedRelations, checkRelations } from './relations.ts';
import { limetypeAt, relationAt, type Scope, texts, typedAt } from './scope.ts';
import { checkSources } from './sources/sources.ts';
import { SAMPLE_ID } from './sources/templates.ts';
import { checkTodo } from './todo.ts';

/** In a shorter property a note has no room for its frame. */
const SHORTEST_NOTE = 200;

/** The most characters that a message id of Userlike has. */
const MESSAGE_ID_LENGTH = 64;

/** Everything in the settings that does not fit the tenant's data model, in the order of the settings. */
export function findingsFor(settings: Settings, metadata: Metadata, against?: Against): CheckFinding[] {
  const findings: CheckFinding[] = [];
  const scope: Scope = {
    metadata,
    timeZone: settings.timeZone,
    against,
    report: (severity, finding) => findings.push({ severity, ...finding }),
  };
  checkAccept(scope, settings);
  settings.instances.forEach((instance, index) => {
    checkInstance(scope, settings, instance, `instances.${index}`);
  });
  return against === undefined ? findings : [...findings, ...findingsAgainst(against, settings, metadata)];
}

function checkInstance(scope: Scope, settings: Settings, instance: Instance, path: string): void {
  const type = limetypeAt(scope, instance.limetype, `${path}.limetype`);
  checkSources(scope, type, checkIdentify(scope, type, instance, path), `${path}.properties`, {
    maybe: relationNames.flatMap((name) => instance.relations[name]?.property ?? []),
  });
  checkRelations(scope, type, instance.relations, `${path}.relations`);
  checkAttach(scope, type, instance, `${path}.attach`);
  checkRow(scope, settings, instance, `${path}.conversation`);
  checkDocuments(scope, instance, `${path}.documents`);
  checkTodo(scope, instance, `${path}.todo`);
  checkHistory(scope, instance, `${path}.history`);
}

/** The sources of the instance's properties. A text that ends in a mark is checked as cut to its property. */
function checkIdentify(
  scope: Scope,
  type: Limetype | undefined,
  { identify, properties }: Instance,
  path: string,
): Instance['properties'] {
  const source = properties[identify];
  const isMarked = parseMarkedTemplate(source?.template ?? '') !== undefined;
  if (type?.properties.has(identify)) {
    const property = typedAt(scope, type, identify, `${path}.identify`, isMarked ? texts : [...texts, 'integer']);
    if (isMarked) reportShort(scope, type, property, `${path}.identify`, markOf(SAMPLE_ID).length);
  }
  return isMarked && source !== undefined
    ? { ...properties, [identify]: { ...source, whenLonger: 'cut' } }
    : properties;
}

function checkRow(scope: Scope, settings: Settings, { limetype, conversation }: Instance, path: string): void {
  if (conversation === undefined) return;
  const type = limetypeAt(scope, conversation.limetype, `${path}.limetype`);
  typedAt(scope, type, conversation.identify, `${path}.identify`, ['integer', 'decimal', ...texts]);
  relationAt(scope, type, conversation.relation, `${path}.relation`, limetype);
  const { link, identify, relation } = conversation;
  if (link !== undefined) {
    const property = typedAt(scope, type, link, `${path}.link`, texts);
    const { length } = settings.links.conversation.replace('{id}', SAMPLE_ID);
    reportShort(scope, type, property, `${path}.link`, length);
  }
  const always = [identify, relation, ...(link === undefined ? [] : [link])];
  checkSources(scope, type, conversation.properties, `${path}.properties`, { always });
}

function checkDocuments(scope: Scope, { limetype, documents, relations }: Instance, path: string): void {
  if (documents === undefined) return;
  const type = limetypeAt(scope, documents.limetype, `${path}.limetype`);
  const { relation, file, identify } = documents;
  relationAt(scope, type, relation, `${path}.relation`, limetype);
  typedAt(scope, type, file, `${path}.file`, ['file']);
  const property = typedAt(scope, type, identify, `${path}.identify`, texts);
  reportShort(scope, type, property, `${path}.identify`, MESSAGE_ID_LENGTH);
  checkSources(scope, type, documents.properties, `${path}.properties`, { always: [relation, file, identify] });
  checkInheritedRelations(scope, type, documents.relations, relations, `${path}.relations`);
}

function checkHistory(scope: Scope, { limetype, history, relations }: Instance, path: string): void {
  const type = limetypeAt(scope, history.limetype, `${path}.limetype`);
  const { relation, note, date } = history;
  relationAt(scope, type, relation, `${path}.relation`, limetype);
  const property = typedAt(scope, type, note, `${path}.note`, texts);
  reportShort(scope, type, property, `${path}.note`, SHORTEST_NOTE);
  typedAt(scope, type, date, `${path}.date`, ['time', 'date']);
  checkSources(scope, type, history.properties, `${path}.properties`, { always: [relation, note, date] });
  checkInheritedRelations(scope, type, history.relations, relations, `${path}.relations`);
}

function reportShort(
  { report }: Scope,
  type: Limetype | undefined,
  property: { name: string; length: number | undefined } | undefined,
  path: string,
  needed: number,
): void {
  if (property?.length === undefined || property.length >= needed) return;
  const rule = `takes ${property.length} characters, needs ${needed}`;
  const longer = [...(type?.properties.values() ?? [])].find(
    (other) => texts.includes(other.type) && (other.length ?? needed) >= needed,
  );
  report('error', { path, property: `${type?.name}.${property.name}`, rule, suggestion: longer?.name });
}
