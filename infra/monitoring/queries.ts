import { Stack } from 'aws-cdk-lib';
import { type ILogGroup, QueryDefinition, QueryString } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** The last failures, also a widget of the dashboard. Leaves out calls without a valid key. */
export function lastFailures(limit: number): QueryString {
  return new QueryString({
    fields: ['@timestamp', 'message', 'organization', 'conversation', 'step', 'reason', 'failure', 'error', 'at'],
    filterStatements: [
      "level = 'ERROR' or message = 'retrying' or message = 'lime cannot be asked' or (status >= 400 and status != 401 and ispresent(organization))",
    ],
    sort: '@timestamp desc',
    limit,
  });
}

/** Log queries, saved under the stack's name in CloudWatch Logs Insights. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, logs: { intake: ILogGroup; mapper: ILogGroup; link: ILogGroup }) {
    super(scope, id);
    const { intake, mapper, link } = logs;
    const save = (name: string, title: string, logGroups: ILogGroup[], queryString: QueryString) =>
      new QueryDefinition(this, name, {
        queryDefinitionName: `${Stack.of(this).stackName}/${title}`,
        logGroups,
        queryString,
      });

    save(
      'Life',
      "A conversation's life (put its id in)",
      [intake, mapper, link],
      new QueryString({
        fields: [
          '@timestamp',
          'service',
          'message',
          'outcome',
          'state',
          'limeobject',
          'reason',
          'retryInSeconds',
          'callId',
        ],
        // intake logs a call's conversations as a list, which Logs Insights can filter by position only. The message
        // text contains all of them.
        filterStatements: ['conversation = "63741936" or @message like /"63741936"/'],
        sort: '@timestamp asc',
        limit: 1_000,
      }),
    );
    save('Failures', 'What failed last', [intake, mapper, link], lastFailures(100));
    save(
      'Slowest',
      'The slowest calls, until the last conversation was in Lime',
      [intake, mapper],
      new QueryString({
        filterStatements: ["message in ['call accepted', 'delivered']"],
        statsStatements: [
          '(max(@timestamp) - min(@timestamp)) / 1000 as seconds, count(*) - 1 as delivered, earliest(lane) as lane by callId',
        ],
        sort: 'seconds desc',
        limit: 50,
      }),
    );
    save(
      'ByOrganization',
      'What became of conversations, by organization',
      [mapper],
      new QueryString({
        filterStatements: ["message in ['delivered', 'retrying', 'parked', 'skipped']"],
        statsStatements: ['count(*) as lines by organization, message'],
        sort: 'organization asc',
        limit: 1_000,
      }),
    );
  }
}
