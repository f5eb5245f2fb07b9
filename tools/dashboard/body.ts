import * as z from 'zod';
import type { Template } from '../local/template/template.ts';

const place = { x: z.number(), y: z.number(), width: z.number(), height: z.number() };
const Axis = z.object({ label: z.string().optional() });
const Line = z.looseObject({
  label: z.string().optional(),
  color: z.string().optional(),
  stat: z.string().default('Average'),
  expression: z.string().optional(),
  visible: z.boolean().default(true),
});

/** A metric in a dashboard's body: namespace, name, dimensions, and at the end how it is drawn. */
const MetricRow = z.array(z.union([z.string(), Line])).transform((row) => {
  const names = row.filter((cell) => typeof cell === 'string');
  const line = Line.parse(row.find((cell) => typeof cell !== 'string') ?? {});
  const [namespace, name, ...dimensions] = names;
  return { namespace, name, dimensions, ...line };
});

export const Widget = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), ...place, properties: z.object({ markdown: z.string() }) }),
  z.object({
    type: z.literal('alarm'),
    ...place,
    properties: z.object({ title: z.string(), alarms: z.array(z.string()) }),
  }),
  z.object({ type: z.literal('log'), ...place, properties: z.object({ title: z.string(), query: z.string() }) }),
  z.object({
    type: z.literal('metric'),
    ...place,
    properties: z.object({
      title: z.string(),
      view: z.enum(['timeSeries', 'singleValue']),
      stacked: z.boolean().default(false),
      /** Includes the invisible ones that only an expression uses. */
      metrics: z.array(MetricRow),
      yAxis: z.object({ left: Axis }).optional(),
      annotations: z
        .object({ horizontal: z.array(z.object({ value: z.number(), label: z.string(), color: z.string() })) })
        .optional(),
    }),
  }),
]);
export type Widget = z.infer<typeof Widget>;
export type MetricLine = z.infer<typeof MetricRow>;

/** The widgets of the only dashboard in a synthesized template. */
export function widgetsOf(template: Pick<Template, 'Resources'>): Widget[] {
  const dashboards = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Dashboard');
  const [dashboard] = dashboards;
  if (dashboard === undefined || dashboards.length > 1)
    throw new Error(`${dashboards.length} dashboards in the template`);
  const body: unknown = JSON.parse(textOf(dashboard.Properties.DashboardBody));
  return z.object({ widgets: z.array(Widget) }).parse(body).widgets;
}

const Join = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });
const Ref = z.object({ Ref: z.string() });
const GetAtt = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });

/** Shows a value that is known only after the deployment as the logical id of its resource. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const join = Join.safeParse(value);
  if (join.success) return join.data['Fn::Join'][1].map(textOf).join(join.data['Fn::Join'][0]);
  const ref = Ref.safeParse(value);
  return ref.success ? ref.data.Ref : GetAtt.parse(value)['Fn::GetAtt'][0];
}
