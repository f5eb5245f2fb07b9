import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../../../tools/local/listen.ts';

/** CloudFormation with one stack, and CloudWatch Logs with its lines in pages of one; what was asked of Logs is kept. */
export async function anAccount(stack: { name: string; outputs: Record<string, string>; lines: string[] }) {
  const asked: unknown[] = [];
  const server = createServer();

  const describeStacks = (name: string | null): { status: number; body: string } => {
    if (name !== stack.name) return refusal(`Stack with id ${name} does not exist`);
    const outputs = Object.entries(stack.outputs).map(
      ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
    );
    const about = '<StackName>x</StackName><CreationTime>2026-11-22T10:00:00Z</CreationTime>';
    return answer(
      'DescribeStacks',
      `<Stacks><member>${about}<StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${outputs.join('')}</Outputs></member></Stacks>`,
    );
  };

  server.on('request', async (request, response) => {
    const body = await text(request);
    if (request.headers['x-amz-target'] === 'Logs_20140328.FilterLogEvents') {
      const { nextToken, ...query } = JSON.parse(body);
      asked.push(query);
      const page = Number(nextToken ?? 0);
      const events = stack.lines.slice(page, page + 1).map((message) => ({ message }));
      const next = page + 1 < stack.lines.length ? { nextToken: String(page + 1) } : {};
      response
        .writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
        .end(JSON.stringify({ events, ...next }));
      return;
    }
    const answered = describeStacks(new URLSearchParams(body).get('StackName'));
    response.writeHead(answered.status, { 'content-type': 'text/xml' }).end(answered.body);
  });

  const { url, close } = await listen(server, 0);
  return {
    url,
    /** Points both clients here, with keys that nobody has. */
    variables: {
      AWS_ENDPOINT_URL_CLOUDFORMATION: url,
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: url,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    },
    asked,
    [Symbol.asyncDispose]: close,
  };
}

function answer(action: string, result: string) {
  return {
    status: 200,
    body: `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${result}</${action}Result></${action}Response>`,
  };
}

function refusal(message: string) {
  return {
    status: 400,
    body: `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>ValidationError</Code><Message>${message}</Message></Error></ErrorResponse>`,
  };
}
