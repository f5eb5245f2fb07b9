import * as z from 'zod';

/**
 * A line in the embedded metric format, with what CloudWatch asks of one
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 */
const Directive = z.strictObject({
  Namespace: z.string().min(1).max(1_024),
  Dimensions: z.array(z.array(z.string()).max(30)).min(1),
  Metrics: z
    .array(z.strictObject({ Name: z.string().min(1), Unit: z.string() }))
    .min(1)
    .max(100),
});
const EmfLine = z
  .object({
    _aws: z.strictObject({ Timestamp: z.int().positive(), CloudWatchMetrics: z.tuple([Directive]) }),
  })
  .catchall(z.union([z.string().min(1).max(1_024), z.number(), z.array(z.number()).min(1).max(100)]));

/** The values that a line has for one metric and one set of dimensions. */
export type Datapoints = {
  namespace: string;
  name: string;
  unit: string;
  dimensions: Record<string, string>;
  values: number[];
};

export function isEmf(line: unknown): boolean {
  return typeof line === 'object' && line !== null && '_aws' in line;
}

/** What CloudWatch makes of a line. Throws where it would make nothing of it, or where the line holds anything else. */
export function datapointsOf(line: unknown): Datapoints[] {
  const {
    _aws: {
      CloudWatchMetrics: [{ Namespace: namespace, Dimensions, Metrics }],
    },
    ...members
  } = EmfLine.parse(line);
  const told = new Set([...Dimensions.flat(), ...Metrics.map(({ Name }) => Name)]);
  const untold = Object.keys(members).filter((name) => !told.has(name));
  if (untold.length > 0) throw new Error(`neither metric nor dimension: ${untold.join()}`);
  return Dimensions.flatMap((names) => {
    const dimensions = Object.fromEntries(names.map((name) => [name, z.string().parse(members[name])]));
    return Metrics.map(({ Name: name, Unit: unit }) => {
      const values = z.union([z.number(), z.array(z.number())]).parse(members[name]);
      return { namespace, name, unit, dimensions, values: [values].flat() };
    });
  });
}
