import { LimeError } from '../../shared/errors.ts';
import type { Lime } from '../../shared/lime/lime.ts';
import { holdsOf, PAGE_SIZE, query } from '../../shared/lime/requests.ts';
import { type Metadata, QueryAnswer } from '../../shared/lime/wire.ts';
import { domainsIn } from '../../shared/mapping/identity/domain.ts';
import { isPublicMail } from '../../shared/mapping/identity/public-mail.ts';
import { isSearchable } from '../../shared/mapping/search.ts';
import type { Settings } from '../../shared/mapping/settings/settings.ts';

/** The most pages of companies that are read, together 5,000 companies. */
const MOST_PAGES = 25;

/** A rule that searches companies by domain, and the sites in Lime that it cannot match. */
export type UnmatchedSites = { path: string; property: string; domains: string[] };

/**
 * Sites of companies that no rule can match, because they belong to public mail services. Makes one paged query for all
 * rules that search the same properties. Returns nothing if Lime refuses the query.
 */
export async function unmatchedSites(
  lime: Lime,
  { instances, publicMailDomains }: Settings,
  metadata: Metadata,
): Promise<UnmatchedSites[]> {
  const read = new Map<string, Promise<Set<string>>>();
  const rules = instances.flatMap(({ relations: { company } }, instance) =>
    (company?.rules ?? []).flatMap(({ as, properties }, index) => {
      const known = metadata.get(company?.limetype ?? '');
      const searched = properties.filter((name) => isSearchable(known?.properties.get(name)));
      if (as !== 'domain' || known === undefined || searched.length === 0) return [];
      return [{ path: `instances.${instance}.relations.company.rules.${index}`, limetype: known.name, searched }];
    }),
  );
  const found: UnmatchedSites[] = [];
  for (const { path, limetype, searched } of rules) {
    const property = searched.map((name) => `${limetype}.${name}`).join(', ');
    const sites = read.get(property) ?? sitesIn(lime, limetype, searched);
    read.set(property, sites);
    const domains = [...(await sites)].filter((domain) => isPublicMail(domain, publicMailDomains)).sort();
    if (domains.length > 0) found.push({ path, property, domains });
  }
  return found;
}

async function sitesIn(lime: Lime, limetype: string, properties: readonly string[]): Promise<Set<string>> {
  const sites = new Set<string>();
  try {
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const request = query(limetype, properties, holdsOf(properties, [['.']]), page * PAGE_SIZE);
      const { objects } = await lime(request, QueryAnswer);
      for (const object of objects) {
        for (const name of properties) for (const site of domainsIn(String(object[name] ?? ''))) sites.add(site);
      }
      if (objects.length < PAGE_SIZE) break;
    }
  } catch (error) {
    if (!(error instanceof LimeError) || error.failure !== 'refused') throw error;
  }
  return sites;
}
