import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { MAX_NAMED_ORGANIZATIONS, throttleOf } from '../../infra/limits.ts';
import { StageSettings } from '../../infra/stage.ts';
import { BODY_MAX_BYTES } from '../../shared/http/read-json-body.ts';
import { LAPSE_MS, mostRequestsIn, toleranceMs } from '../../shared/lime/budget/arrival-time.ts';
import { METADATA_LIFETIME_MS } from '../../shared/lime/metadata.ts';
import { LONGEST_PATH, MOST_VALUES, REQUEST_TIMEOUT_MS } from '../../shared/lime/requests.ts';
import { backOff, OUTAGE_SECONDS } from '../../shared/lime/retry.ts';
import { metrics } from '../../shared/metrics.ts';
import { CONVERSATION_MAX_BYTES, RECORD_MAX_BYTES, SQS_MAX_BYTES } from '../../shared/queue/envelope.ts';
import { MAX_INTERACTIVE_CONVERSATIONS } from '../../shared/queue/lane.ts';
import { MAX_DEPTH } from '../../shared/userlike/parse-exactly.ts';
import { sharedAssembly } from '../support/assembly.ts';
import { synthesize } from '../support/infra/synthesize.ts';
import { codeIn, project, readText, tableOf } from './pages.ts';

const Properties = z.looseObject({
  Environment: z.looseObject({ Variables: z.record(z.string(), z.unknown()) }).optional(),
  Timeout: z.number().optional(),
  BatchSize: z.number().optional(),
  MaximumBatchingWindowInSeconds: z.number().optional(),
  ScalingConfig: z.object({ MaximumConcurrency: z.number() }).optional(),
  VisibilityTimeout: z.number().optional(),
  MessageRetentionPeriod: z.number().optional(),
  RetentionInDays: z.number().optional(),
  ReservedConcurrentExecutions: z.number().optional(),
});
const Template = z.looseObject({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: Properties.optional() })),
  Outputs: z.record(z.string(), z.unknown()),
});

let template: z.infer<typeof Template>;
beforeAll(async () => {
  const assembly = await sharedAssembly();
  const [file = ''] = readdirSync(assembly).filter((name) => name.endsWith('.template.json'));
  template = Template.parse(JSON.parse(readFileSync(join(assembly, file), 'utf8')));
});

/** The number that all resources of a type agree on, or the only one has. */
function numberOf(type: string, read: (properties: z.infer<typeof Properties>) => unknown, id = ''): number {
  const found = Object.entries(template.Resources)
    .filter(([name, resource]) => resource.Type === type && name.includes(id))
    .flatMap(([, { Properties: properties }]) => (properties === undefined ? [] : [read(properties)]))
    .filter((value) => value !== undefined);
  const [only, ...others] = new Set(found);
  if (only === undefined || others.length > 0) throw new Error(`${type} ${id}: ${found.join()}`);
  return Number(only);
}

/** A number that no module exports: the product behind `name =` or `name:` in a source. */
function constantIn(file: string, name: string): number {
  const product = new RegExp(`\\b${name}(?: =|:) ([\\d_.]+(?: \\* [\\d_.]+)*)`).exec(readText(file))?.[1];
  if (product === undefined) throw new Error(`${file} has no number ${name}`);
  return product.split(' * ').reduce((whole, factor) => whole * Number(factor.replaceAll('_', '')), 1);
}

function grouped(number: number): string {
  return number.toLocaleString('en');
}
function mebibytes(bytes: number): string {
  return `${bytes / 2 ** 20} MiB`;
}
function days(seconds: number): string {
  return `${seconds / 86_400} days`;
}
function mapperEnv(name: string): number {
  return numberOf('AWS::Lambda::Function', (properties) => properties.Environment?.Variables[name]);
}
function timeout(id: string): string {
  return `${numberOf('AWS::Lambda::Function', ({ Timeout }) => Timeout, id)} s`;
}

describe('the limits', () => {
  it('on the page are those of the sources and of the synthesized stack', () => {
    const source = 'AWS::Lambda::EventSourceMapping';
    const queue = 'AWS::SQS::Queue';
    const byLane = (read: Parameters<typeof numberOf>[1]) =>
      ['MapperInteractive', 'MapperRecords'].map((id) => numberOf(source, read, id)).join(', ');
    const throttle = (callsPerSecond: number) => {
      const { rateLimit, burstLimit } = throttleOf(callsPerSecond);
      return `${grouped(rateLimit)}, ${grouped(burstLimit)}`;
    };
    expect(Object.fromEntries(tableOf('docs/architecture.md', 'limits'))).toEqual({
      'Body of a call, decoded': mebibytes(BODY_MAX_BYTES),
      'Conversations in a call': grouped(constantIn('shared/userlike/addon-call.ts', 'MAX_CONVERSATIONS')),
      'Nesting of the JSON': `${MAX_DEPTH} levels`,
      'Conversation, as JSON': mebibytes(CONVERSATION_MAX_BYTES),
      'SQS message': mebibytes(SQS_MAX_BYTES),
      "Record's body, compressed": `${RECORD_MAX_BYTES / 1024} KiB`,
      'Conversations of an interactive call': String(MAX_INTERACTIVE_CONVERSATIONS),
      'Records in a batch, interactive, bulk': byLane(({ BatchSize }) => BatchSize),
      'Batching window of the bulk lane': `${numberOf(source, (properties) => properties.MaximumBatchingWindowInSeconds)} s`,
      'Mappers at once, interactive, bulk': byLane(({ ScalingConfig }) => ScalingConfig?.MaximumConcurrency),
      'Lime requests a second, all mappers of a Lime': String(mapperEnv('LIME_REQUESTS_PER_SECOND')),
      'Lime requests in any 5 s': String(mostRequestsIn(5_000, mapperEnv('LIME_REQUESTS_PER_SECOND'))),
      'Lime requests a second, a mapper without the shared budget': String(
        mapperEnv('LIME_REQUESTS_PER_SECOND') / mapperEnv('MAPPERS'),
      ),
      'A reserved request is late, or early in the interactive lane, by': `${LAPSE_MS} ms, ${toleranceMs.interactive} ms`,
      'Timeout of intake, mapper, link': ['Intake', 'Mapper', 'Link'].map(timeout).join(', '),
      'Timeout of a request to Lime': `${REQUEST_TIMEOUT_MS / 1_000} s`,
      Lease: `${leaseFactor() * mapperEnv('TIMEOUT_SECONDS')} s`,
      'Visibility timeout': `${numberOf(queue, ({ VisibilityTimeout }) => VisibilityTimeout)} s`,
      'Back-off': `${backOff.shortest} s to ${backOff.longest / 60} min`,
      'Receives of a record': String(mapperEnv('MAX_RECEIVES')),
      'Outage of Lime': days(OUTAGE_SECONDS),
      'Values in one query': String(MOST_VALUES),
      'Path of a query': `${grouped(LONGEST_PATH)} characters`,
      'Shortest history note': `${constantIn('shared/notes/note.ts', 'MIN_NOTE_LENGTH')} characters`,
      'Secrets cached': `${constantIn('shared/credentials.ts', 'cacheMs') / 60_000} min`,
      'Metadata cached': `${METADATA_LIFETIME_MS / 60_000} min`,
      'Queues and DLQ': days(numberOf(queue, ({ MessageRetentionPeriod }) => MessageRetentionPeriod)),
      Ledger: `${constantIn('shared/ledger/item-changes.ts', 'LIFETIME_SECONDS') / (365 * 86_400)} years`,
      Logs: `${numberOf('AWS::Logs::LogGroup', ({ RetentionInDays }) => RetentionInDays)} days`,
      'Calls a second of an organization, burst': throttle(Number(standard('callsPerSecond'))),
      'Organizations with a share of their own': String(MAX_NAMED_ORGANIZATIONS),
      'Calls at once, answered by intake': String(
        numberOf('AWS::Lambda::Function', (properties) => properties.ReservedConcurrentExecutions),
      ),
    });
  });

  it.each([
    { page: 'README.md', text: () => `at most ${standard('limeRequestsPerSecond')} requests a second` },
    {
      page: 'docs/http.md',
      text: () =>
        `At most ${mebibytes(BODY_MAX_BYTES)} after decoding and ${grouped(constantIn('shared/userlike/addon-call.ts', 'MAX_CONVERSATIONS'))} conversations`,
    },
    { page: 'docs/http.md', text: () => `nested ${MAX_DEPTH} levels deep` },
    {
      page: 'docs/http.md',
      text: () => `at most five for each conversation`,
      is: () => constantIn('shared/userlike/conversation.ts', 'FINDINGS_PER_CONVERSATION') === 5,
    },
    {
      page: 'docs/http.md',
      text: () => 'after three attempts',
      is: () => constantIn('shared/queue/sqs.ts', 'ATTEMPTS') === 3,
    },
    {
      page: 'docs/http.md',
      text: () => `reloads after ${constantIn('shared/http/link/refresh.ts', 'SHORTEST_SECONDS')} seconds`,
    },
    {
      page: 'docs/http.md',
      text: () => 'within 5 minutes',
      is: () => constantIn('shared/http/link/refresh.ts', 'LONGEST_SECONDS') === 300,
    },
    { page: 'docs/architecture.md', text: () => `${mapperEnv('MAX_RECEIVES')} receives span` },
    { page: 'docs/architecture.md', text: () => `by default ${standard('limeRequestsPerSecond')}.` },
    { page: 'docs/architecture.md', text: () => `one of ${mapperEnv('MAPPERS')} mappers` },
    {
      page: 'docs/decisions/0006-secrets-of-unknown-organizations.md',
      text: () => `remembers ${grouped(constantIn('shared/credentials.ts', 'CAPACITY'))} organizations`,
    },
  ])('are the same in the text of $page', ({ page, text, is = () => true }) => {
    expect(readText(page)).toContain(text());
    expect(is()).toBe(true);
  });
});

/** The lease in timeouts of the mapper. */
function leaseFactor(): number {
  return Number(/([\d.]+) \* env\.TIMEOUT_SECONDS/.exec(readText('functions/mapper.ts'))?.[1]);
}

function standard(
  name: 'stage' | 'limeHosts' | 'limeRequestsPerSecond' | 'logRetentionDays' | 'callsPerSecond' | 'intakeConcurrency',
): string {
  return String(StageSettings.parse({})[name]);
}

describe('operations', () => {
  const page = 'docs/operations.md';

  it('adds up what a million refused calls cost, and a day of them on one route', () => {
    const rows = new Map(tableOf(page, 'flood').map(([what = '', , dollars]) => [what, Number(dollars)]));
    const { Together: together = 0, ...parts } = Object.fromEntries(rows);
    const sum = Object.values(parts).reduce((whole, part) => whole + part, 0);
    const day = (together * Number(standard('callsPerSecond')) * 86_400) / 1_000_000;

    expect(together).toBeCloseTo(sum, 2);
    expect(readText(page)).toContain(`about ${Math.round(day)} dollars a day`);
  });

  it('lists every choice of a deployment with its default', () => {
    const told = tableOf(page, 'context').flatMap(([names = '', value]) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, name]) => [name, codeIn(value)]),
    );
    expect(Object.fromEntries(told)).toEqual({
      stage: standard('stage'),
      account: undefined,
      region: undefined,
      limeRequestsPerSecond: standard('limeRequestsPerSecond'),
      limeHosts: standard('limeHosts'),
      logRetentionDays: standard('logRetentionDays'),
      callsPerSecond: standard('callsPerSecond'),
      organizations: undefined,
      intakeConcurrency: standard('intakeConcurrency'),
      linkLifetimeDays: undefined,
      alarmEmail: undefined,
      businessHours: undefined,
      settingsDirectory: undefined,
      kmsKeyArn: undefined,
      formerKmsKeyArns: undefined,
      domain: undefined,
      terminationProtection: 'prod',
    });
    expect(told).toHaveLength(Object.keys(StageSettings.shape).length);
  });

  it('asks only for outputs that the stack has', () => {
    const asked = [...readText(page).matchAll(/\bout (\w+)[)`]/g)].map(([, name]) => name);
    expect(asked).not.toEqual([]);
    const { template: withEverything } = synthesize({ stage: 'example' }, 'Example', join(project, 'stages'));
    expect(Object.keys(withEverything.toJSON().Outputs)).toEqual(expect.arrayContaining(asked));
  });

  it('filters only for messages that the functions log', () => {
    const filtered = [...readText(page).matchAll(/\$\.message = "([^"]+)"/g)].map(([, message]) => message);
    expect(filtered).not.toEqual([]);
    expect(tableOf('docs/telemetry.md', 'log').map(([message]) => codeIn(message))).toEqual(
      expect.arrayContaining(filtered),
    );
  });

  it('lists every step at which a record is parked', () => {
    const [, told = ''] = tableOf(page, 'attributes').find(([name]) => codeIn(name) === 'step') ?? [];
    expect([...told.matchAll(/`(\w+)`/g)].map(([, step]) => step)).toEqual(metrics.Parked.values);
  });

  it('lists every attribute of a parked record', () => {
    const attributes = tableOf(page, 'attributes').flatMap(([names = '']) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
    const queried = [...readText(page).matchAll(/(\w+):\1\.StringValue/g)].map(([, name]) => name);
    expect(new Set([...queried, 'callId'])).toEqual(new Set(attributes));
  });
});
