import type { FieldRow } from './field.ts';

/** Fields that are computed here. Events and the add-on's chat commands never count. */
export const computedRows: readonly FieldRow[] = [
  ['first_question', 'text', 'My order has not arrived.', 'the first text that the contact wrote, no event'],
  ['last_question', 'text', 'Thank you!', 'the last text that the contact wrote, no event'],
  [
    'seconds_to_first_answer',
    'number',
    42,
    "whole seconds from the contact's first message to the first operator's after it; a bot's answer does not count",
  ],
  ['duration_seconds', 'number', 428, 'whole seconds from the first message to the last'],
  ['contact_messages', 'number', 3, 'messages of the contact, files included'],
  ['operator_messages', 'number', 2, 'messages of operators'],
  ['bot_messages', 'number', 0, 'messages of bots'],
  ['is_ended', 'yesno', false, 'whether `ended_at` is set, or the status is `ended` or `closed`'],
  [
    'is_bot_handled',
    'yesno',
    false,
    'whether a bot has written and no operator; if neither has, whether `interaction_type` is `bot`',
  ],
  ['rating', 'number', 5, "`rate` on the tenant's scale, by the setting `rating`; empty for anything but 1 to 5"],
];
