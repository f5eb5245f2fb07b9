/** One value of a secret, and its stages. */
export type Version = {
  id: string;
  text: string | undefined;
  /** Base64. */
  binary: string | undefined;
  stages: Set<string>;
  /** Milliseconds since 1970. */
  created: number;
};

export const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

/**
 * Adds a version. It takes its stages from other versions. The former current version becomes the previous one. A
 * version without stages is removed.
 */
export function addVersion(versions: Version[], added: Version): Version[] {
  const moved = versions.map((version) => {
    const stages = version.stages.difference(added.stages);
    if (added.stages.has(CURRENT)) {
      stages.delete(PREVIOUS);
      if (version.stages.has(CURRENT)) stages.add(PREVIOUS);
    }
    return { ...version, stages };
  });
  return [...moved.filter(({ stages }) => stages.size > 0), added];
}
