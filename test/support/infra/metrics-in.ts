import type { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { widgetsOf } from '../../../tools/dashboard/body.ts';
import { Template as Synthesized } from '../../../tools/local/template/template.ts';

/** A metric in use, with its dimensions as in the template. */
export type Seen = { namespace: string; name: string; dimensions: Record<string, unknown> };

const Dimensions = z
  .array(z.object({ Name: z.string(), Value: z.unknown() }))
  .default([])
  .transform((all) => Object.fromEntries(all.map(({ Name, Value }) => [Name, Value])));
const MetricOfAlarm = z.object({ Namespace: z.string(), MetricName: z.string(), Dimensions });
const AlarmProperties = z.union([
  MetricOfAlarm.transform((metric) => [metric]),
  z
    .object({ Metrics: z.array(z.object({ MetricStat: z.object({ Metric: MetricOfAlarm }).optional() })) })
    .transform(({ Metrics }) =>
      Metrics.flatMap(({ MetricStat }) => (MetricStat === undefined ? [] : [MetricStat.Metric])),
    ),
]);

type Resources = ReturnType<Template['findResources']>;

/** The alarms of a template by name, each with its metrics. */
export function alarmsIn(
  template: Template,
): { id: string; logicalId: string; properties: Resources[string]; seen: Seen[] }[] {
  return Object.entries(template.findResources('AWS::CloudWatch::Alarm')).map(
    ([logicalId, { Properties: properties }]) => ({
      id: logicalId.replace(/^.*Alarms(?=[A-Z])/, '').slice(0, -8),
      logicalId,
      properties,
      seen: AlarmProperties.parse(properties).map(({ Namespace, MetricName, Dimensions: dimensions }) => ({
        namespace: Namespace,
        name: MetricName,
        dimensions,
      })),
    }),
  );
}

/** All metrics of the dashboard, including those in expressions only. */
export function metricsInDashboard(template: Template): Seen[] {
  return widgetsOf(Synthesized.parse(template.toJSON())).flatMap((widget) =>
    widget.type === 'metric' ? widget.properties.metrics.flatMap(seenIn) : [],
  );
}

function seenIn({
  namespace,
  name,
  dimensions,
}: {
  namespace?: string | undefined;
  name?: string | undefined;
  dimensions: string[];
}): Seen[] {
  if (namespace === undefined || name === undefined) return [];
  const pairs = dimensions.flatMap((key, index) => (index % 2 === 0 ? [[key, dimensions[index + 1]]] : []));
  return [{ namespace, name, dimensions: Object.fromEntries(pairs) }];
}
