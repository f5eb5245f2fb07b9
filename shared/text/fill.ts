type Placeholder = 'id' | 'reason' | 'name' | 'n' | 'type' | 'shown' | 'all' | 'language' | 'status';

/** Replaces `{placeholders}` with values. */
export function fill(template: string, values: { [P in Placeholder]?: string | number | undefined }): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) =>
    String(new Map<string, unknown>(Object.entries(values)).get(name) ?? place),
  );
}
