import { describe, expect, it } from '@jest/globals';
import {
  all,
  compares,
  either,
  exists,
  isMissing,
  isSmaller,
  updateExpression,
} from '../../../shared/ledger/update-expression.ts';

const set = new Set(['a']);

describe('an update expression', () => {
  it.each([
    {
      title: 'sets attributes, and what lies in a map',
      changes: { set: { object: 1, 'delivered.recency': 2 } },
      expression: 'SET #object = :0, #delivered.#recency = :1',
      names: { '#object': 'object', '#delivered': 'delivered', '#recency': 'recency' },
      values: { ':0': 1, ':1': 2 },
    },
    {
      title: 'removes what is set to undefined, and has no values then',
      changes: { set: { reason: undefined, tried: undefined } },
      expression: 'REMOVE #reason, #tried',
      names: { '#reason': 'reason', '#tried': 'tried' },
      values: undefined,
    },
    {
      title: 'does all at once',
      changes: { set: { object: null, reason: undefined }, add: { starts: 1, marks: set }, delete: { others: set } },
      expression: 'SET #object = :0 REMOVE #reason ADD #starts :1, #marks :2 DELETE #others :3',
      names: {
        '#object': 'object',
        '#reason': 'reason',
        '#starts': 'starts',
        '#marks': 'marks',
        '#others': 'others',
      },
      values: { ':0': null, ':1': 1, ':2': set, ':3': set },
    },
  ])('$title', ({ changes, expression, names, values }) => {
    expect(updateExpression(changes)).toEqual({
      UpdateExpression: expression,
      ExpressionAttributeNames: names,
      ...(values && { ExpressionAttributeValues: values }),
    });
  });

  it.each([
    { condition: isMissing('lease'), expression: 'attribute_not_exists(#lease)', values: {} },
    { condition: exists('delivered.tried'), expression: 'attribute_exists(#delivered.#tried)', values: {} },
    { condition: compares('lease', '<=', 5), expression: '#lease <= :1', values: { ':1': 5 } },
    { condition: isSmaller('marks', 3), expression: 'size(#marks) < :1', values: { ':1': 3 } },
    {
      condition: all(either(isMissing('lease'), compares('lease', '<=', 5)), compares('owner', '<>', 'me')),
      expression: '(attribute_not_exists(#lease) OR #lease <= :1) AND #owner <> :2',
      values: { ':1': 5, ':2': 'me' },
    },
  ])('has the condition $expression', ({ condition, expression, values }) => {
    expect(updateExpression({ set: { object: 1 } }, condition)).toMatchObject({
      UpdateExpression: 'SET #object = :0',
      ConditionExpression: expression,
      ExpressionAttributeValues: { ':0': 1, ...values },
    });
  });
});
