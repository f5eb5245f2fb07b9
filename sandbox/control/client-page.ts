import { descriptive, fieldOf, follow, limetypeOf, relatedLimetype } from '../data/fields.ts';
import { valueOut } from '../data/render.ts';
import type { Limetype, Property } from '../data/schema.ts';
import type { Row, Value } from '../data/store.ts';
import { timeText } from '../data/swedish-time.ts';
import { notFound } from '../http/errors.ts';
import { html, type Reply } from '../http/reply.ts';
import { idOf } from '../lime/request.ts';
import type { Tenant } from '../tenant.ts';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 52rem; padding: 1.5rem; color: #1d2433; background: #f5f6f8; }
header p { color: #5a6478; margin: 0; }
h1 { font-size: 1.5rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
table, article, ul { background: #fff; border: 1px solid #d9dde5; border-radius: 6px; }
table { border-spacing: 0; width: 100%; }
th, td { border-top: 1px solid #eceff3; padding: .4rem .8rem; text-align: left; vertical-align: top; }
tr:first-child > * { border-top: 0; }
th { color: #5a6478; font-weight: 500; width: 12rem; }
td, article p { overflow-wrap: anywhere; white-space: pre-wrap; }
article { margin: 0 0 1rem; padding: .8rem 1rem; }
article p { margin: .4rem 0 0; }
article header { color: #5a6478; font-size: .9rem; }
ul { list-style: none; margin: 0; padding: .4rem .8rem; }
a { color: #0b5cad; }
`;

/** The page of a limeobject, at the address that it has in Lime's web client. */
export function clientPage(tenant: Tenant, path: string): Reply {
  const [, limetypeName, id] = /^\/client\/object\/([^/]+)\/([^/]+)\/?$/.exec(path) ?? [];
  if (limetypeName === undefined || id === undefined) throw notFound('Only /client/object/{limetype}/{id} is here');
  const limetype = limetypeOf(tenant.schema, limetypeName);
  const row = tenant.store.find(limetype.name, idOf(id));
  if (row === undefined) throw notFound();
  const title = descriptive(limetype, row) || `${limetype.localname.singular} ${row.id}`;
  const header = `<header><p>${escaped(limetype.localname.singular)} ${row.id} · created ${timeShown(row.createdAt)}</p><h1>${escaped(title.slice(0, 200))}</h1></header>`;
  const page = `${header}\n${properties(tenant, limetype, row)}\n${relatedSections(tenant, limetype, row)}`;
  return html(200, document(title.slice(0, 200), page), {
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  });
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** A time such as `2024-02-22 16:49` in the server's zone. */
function timeShown(at: number): string {
  return timeText(at).slice(0, 16).replace('T', ' ');
}

function properties(tenant: Tenant, limetype: Limetype, row: Row): string {
  const filled = [...limetype.properties.values()].filter((property) => {
    const value = fieldOf(limetype, property.name)?.read(row);
    return value !== undefined && value !== null && value !== '' && value !== 'empty';
  });
  const rows = filled.map(
    (property) =>
      `<tr><th>${escaped(property.localname)}</th><td>${valueCell(tenant, limetype, property, row)}</td></tr>`,
  );
  return `<table>${rows.join('\n')}</table>`;
}

function valueCell(tenant: Tenant, limetype: Limetype, property: Property, row: Row): string {
  const value = row.values[property.name] ?? null;
  const related = relatedLimetype(tenant.schema, limetype, property.name);
  const other = related && follow(tenant.store, related, value);
  if (related !== undefined && other !== undefined) return objectLink(related, other);
  const text = escaped(plain(property, value));
  return property.type === 'link' && /^https?:\/\//.test(text)
    ? `<a href="${text}" rel="noreferrer">${text}</a>`
    : text;
}

function objectLink(limetype: Limetype, row: Row): string {
  return `<a href="/client/object/${limetype.name}/${row.id}">${escaped(descriptive(limetype, row).slice(0, 120) || `${limetype.name} ${row.id}`)}</a>`;
}

function plain(property: Pick<Property, 'type' | 'options'>, value: Value): string {
  if (property.type === 'time' && typeof value === 'number') return timeShown(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const out = valueOut(property, value);
  const texts = (Array.isArray(out) ? out : [out]).map((part) =>
    typeof part === 'object' ? part?.text : String(part),
  );
  return texts.join(', ');
}

function relatedSections(tenant: Tenant, limetype: Limetype, row: Row): string {
  const sections = [...limetype.properties.values()].flatMap(({ name, relation, through }) => {
    if (relation === undefined || through === undefined) return [];
    const related = limetypeOf(tenant.schema, relation);
    const rows = tenant.store.all(relation).filter((other) => other.values[through] === row.id);
    if (rows.length === 0) return [];
    const isHistory = related.label === 'history';
    const content = isHistory
      ? rows.map((other) => note(tenant, related, other, through)).join('\n')
      : `<ul>${rows.map((other) => `<li>${objectLink(related, other)}</li>`).join('')}</ul>`;
    return [
      { isHistory, section: `<h2 id="${name}">${escaped(related.localname.plural)} (${rows.length})</h2>\n${content}` },
    ];
  });
  return sections
    .sort((one, other) => Number(other.isHistory) - Number(one.isHistory))
    .map(({ section }) => section)
    .join('\n');
}

/**
 * A note with its whole text, including blanks and line breaks.
 *
 * @param owner the property by which it belongs to the page's limeobject
 */
function note(tenant: Tenant, limetype: Limetype, row: Row, owner: string): string {
  const { descriptive: textProperty } = limetype;
  const facts = [...limetype.properties.values()]
    .filter(
      ({ name, type }) =>
        name !== textProperty && name !== owner && (type === 'option' || type === 'time' || type === 'belongsto'),
    )
    .filter(({ name }) => row.values[name] !== null)
    .map((property) => valueCell(tenant, limetype, property, row));
  return `<article><header>${facts.join(' · ')}</header><p>${escaped(descriptive(limetype, row))}</p></article>`;
}

function document(title: string, content: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${STYLE}</style></head><body>
${content}
</body></html>
`;
}
