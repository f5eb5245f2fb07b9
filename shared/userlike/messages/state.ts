type Fields = Readonly<Record<string, unknown>>;

/** True in any form that JSON and databases use. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 1 || (typeof value === 'string' && /^(?:1|true|yes)$/i.test(value.trim()));
}

export function isDeleted({ is_deleted, deleted, deleted_at }: Fields): boolean {
  return isTrue(is_deleted) || isTrue(deleted) || isSet(deleted_at);
}

/** True if the message is marked as edited. */
export function isEdited({ is_edited, edited, edited_at }: Fields): boolean {
  return isTrue(is_edited) || isTrue(edited) || isSet(edited_at);
}

/** True if the channel failed to deliver the message. */
export function isNotDelivered({ state }: Fields): boolean {
  return typeof state === 'object' && state !== null && 'error_code' in state && isSet(state.error_code);
}

/** A time or a code, not one of the forms of "none". */
function isSet(value: unknown): boolean {
  if (typeof value === 'string') return !['', '0', 'false', 'null', 'none'].includes(value.trim().toLowerCase());
  return value !== undefined && value !== null && value !== false && value !== 0;
}
