import { aConversation, aMessage } from './conversations.ts';
import { settingsOf } from './mapping/builders.ts';
import { aPng } from './media/contents.ts';
import { aFileServer, endless, file, redirectTo, reset, status } from './media/file-server.ts';
import { startSandboxMapper } from './sandbox-mapper.ts';

type Overrides = { media?: Record<string, unknown>; history?: Record<string, unknown> };

function settingsWith({ media, history }: Overrides) {
  return settingsOf({
    instances: [
      {
        name: 'Cases',
        limetype: 'helpdesk',
        identify: 'subject',
        properties: {
          subject: { template: 'Userlike conversation {{ id }}' },
          value: { value: 0 },
          vat: { value: 0 },
          discount: { value: 0 },
        },
        relations: {
          person: {
            property: 'contact',
            limetype: 'person',
            rules: [{ path: 'contact.email', properties: ['workemail'], as: 'email' }],
          },
        },
        conversation: {
          relation: 'helpdesk',
          link: 'link',
          properties: { contactid: { template: '{{ contact.id }}' }, startedtime: { path: 'created_at' } },
        },
        documents: {
          relation: 'helpdesk',
          identify: 'ul_messageid',
          properties: { type: { value: 'chatlog' }, comment: { template: 'Chat {{ id }}' } },
          relations: { person: 'contact' },
          media: { seconds: 0.5, megabytes: 1, ...media },
        },
        history: {
          relation: 'helpdesk',
          properties: { type: { value: 'chat' } },
          relations: { person: 'contact' },
          ...history,
        },
      },
    ],
  });
}

const headers = { 'x-api-key': 'local-lime-key' };

/** The mapper of a tenant with rows and documents, over HTTP, and the server that has its contacts' files. */
export async function aTenantWithFiles(overrides: Overrides = {}) {
  const files = await aFileServer({
    '/order.png': file(aPng),
    '/list.txt': file('a list', { 'content-type': 'text/plain' }),
    '/page': file('<p>', { 'content-type': 'text/html' }),
    '/large': endless(20_000_000),
    '/slow': () => undefined,
    '/reset': reset,
    '/down': status(503),
    '/foreign': redirectTo('https://example.net/x'),
  });
  const mapper = await startSandboxMapper(settingsWith(overrides), { schema: 'custom' });
  const { sandbox } = mapper;
  const objects = (limetype: string) => sandbox.objects(limetype).filter(({ _id }) => Number(_id) > 1_000);
  const helpdesks = () => objects('helpdesk').filter(({ subject }) => String(subject).startsWith('Userlike'));
  const rows = () => objects('ulconversation').filter(({ conversationid }) => conversationid === 63741936);
  const documents = () => objects('document');
  const notes = () =>
    objects('history').flatMap(({ note }) => (String(note).startsWith('Userlike') ? String(note) : []));

  return {
    ...mapper,
    files,
    /** A conversation with a file for each path, then so many messages more. */
    withFiles: (paths: readonly string[], messages = 0) =>
      aConversation({
        contact: { id: 79189089, name: 'Ada Example', email: 'ada@example.org' },
        created_at: '2024-02-22T15:49:00.000Z',
        transcript: [
          ...paths.map((path, index) => aMessage({ id: `1.1.${index}`, body: null, url: files.origin + path })),
          ...Array.from({ length: messages }, (_, index) =>
            aMessage({ id: `1.2.${index}`, body: `Message ${index}.` }),
          ),
        ],
        updated_at: new Date(Date.UTC(2024, 2, 1, 0, messages)).toISOString(),
      }),
    /** What Lime has of such conversations. */
    helpdesks,
    rows,
    documents,
    notes,
    /** How many helpdesks, rows, documents and notes these are. */
    counts: () => [helpdesks(), rows(), documents(), notes()].map(({ length }) => length),
    /** The ends of those lines of the first note that tell of a file. */
    fileLines: () => notes()[0]?.match(/(?<=\/)\w[\w.]+ \(.+\)$/gm),
    contentsOf: async (id: unknown): Promise<string> =>
      (await fetch(`${sandbox.url}/api/v1/file/${id}/contents/`, { headers })).text(),
    uploads: () => sandbox.requests().filter(({ path }) => path.endsWith('/api/v1/file/')).length,
    /** Deletes a helpdesk in Lime. */
    deleteHelpdesk: (id: unknown) =>
      fetch(`${sandbox.url}/api/v1/limeobject/helpdesk/${id}/`, { method: 'DELETE', headers }),
    [Symbol.asyncDispose]: async () => {
      await files[Symbol.asyncDispose]();
      await sandbox.close();
    },
  };
}
export type TenantWithFiles = Awaited<ReturnType<typeof aTenantWithFiles>>;
