/**
 * The changelog of a version, without its heading.
 * @param tag the version with or without `v`
 * @throws if the version has no section, an empty one, or one that is still called unreleased
 */
export function notesOf(changelog: string, tag: string): string {
  const version = tag.replace(/^v/, '');
  const parts = changelog.split(/^## /m).slice(1);
  const part = parts.find((candidate) => candidate.startsWith(`[${version}] `));
  if (part === undefined) throw new Error(`CHANGELOG.md has no part for ${version}`);
  const [heading = '', ...lines] = part.split('\n');
  if (!/ - \d{4}-\d\d-\d\d$/.test(heading)) throw new Error(`CHANGELOG.md has no date for ${version}: ${heading}`);
  const notes = lines.join('\n').trim();
  if (notes === '') throw new Error(`CHANGELOG.md says nothing about ${version}`);
  return `${notes}\n`;
}
