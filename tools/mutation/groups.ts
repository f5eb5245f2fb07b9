/** `mutate` has glob patterns of the files to change, `tests` those of the test files that must notice. */
interface Group {
  mutate: string[];
  tests: string[];
}

/** The groups by name. The fewer tests a group has, the faster each mutant is done. */
export const groups: Record<string, Group> = {
  ledger: { mutate: ['shared/ledger/states.ts'], tests: ['test/shared/ledger/states.test.ts'] },
  outgoing: { mutate: ['shared/outgoing/*.ts'], tests: ['test/shared/outgoing/*.test.ts'] },
  keys: {
    mutate: ['shared/http/authenticate.ts', 'shared/http/link/conversation-url.ts'],
    tests: ['test/functions/intake-key.test.ts', 'test/shared/http/link/conversation-url.test.ts'],
  },
  bodies: { mutate: ['shared/http/read-json-body.ts'], tests: ['test/functions/intake-body.test.ts'] },
  queue: {
    mutate: ['shared/queue/envelope.ts', 'shared/queue/pack.ts'],
    tests: ['test/shared/queue/envelope*.test.ts', 'test/shared/queue/pack.test.ts'],
  },
  userlike: { mutate: ['shared/userlike/**/*.ts'], tests: ['test/shared/userlike/*.test.ts'] },
  settings: {
    mutate: ['shared/mapping/settings/*.ts'],
    tests: ['test/shared/mapping/settings/*.test.ts', 'test/tools/schemas/settings-schema.test.ts'],
  },
  values: { mutate: ['shared/mapping/values/*.ts'], tests: ['test/shared/mapping/values/*.test.ts'] },
  notes: { mutate: ['shared/notes/*.ts'], tests: ['test/shared/notes/*.test.ts'] },
  lime: { mutate: ['shared/lime/**/*.ts'], tests: ['test/shared/lime/**/*.test.ts'] },
  dynamodb: {
    mutate: ['shared/ledger/dynamodb.ts', 'shared/ledger/item-changes.ts', 'shared/ledger/update-expression.ts'],
    tests: ['test/shared/ledger/*.test.ts'],
  },
  delivery: { mutate: ['shared/delivery/**/*.ts'], tests: ['test/shared/delivery/**/*.test.ts'] },
  plans: {
    mutate: ['shared/mapping/plan/*.ts', 'shared/mapping/*.ts'],
    tests: ['test/shared/mapping/*.test.ts', 'test/shared/mapping/plan/*.test.ts'],
  },
};
