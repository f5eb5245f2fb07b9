import * as z from 'zod';

/** One value of a secret and the stages that point to it. */
export const Version = z.object({
  id: z.string(),
  text: z.string().optional(),
  /** Base64. */
  binary: z.string().optional(),
  stages: z.array(z.string()).transform((stages) => new Set(stages)),
  /** Milliseconds since 1970. */
  created: z.number(),
});
export type Version = z.infer<typeof Version>;

export const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

/**
 * Adds a version. It takes its stages from other versions: the current one becomes the previous one, and a version
 * without a stage is removed.
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
