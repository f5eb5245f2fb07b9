/** The shortest contents that are detected as each kind of file. */
export function ascii(text: string): Uint8Array {
  return Buffer.from(text);
}

export const aPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
export const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, ...ascii('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]);
export const pdf = ascii('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n');
export const mp3 = Buffer.from([...ascii('ID3'), 3, 0, 0, 0, 0, 0, 0, 0xff, 0xfb, 0x90, 0x64, 0, 0, 0, 0]);
export const ogg = Buffer.from([...ascii('OggS'), 0, 2, ...Buffer.alloc(20), 1, 19, ...ascii('OpusHead'), 1, 1, 0, 0]);
export const executable = Buffer.from([...ascii('MZ'), 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff, 0, 0]);

/** A ZIP of stored entries without checksums. */
function zipOf(entries: Record<string, string>): Uint8Array {
  return Buffer.concat(
    Object.entries(entries).map(([name, content]) => {
      const head = Buffer.alloc(30);
      head.write('PK\x03\x04', 'latin1');
      head.writeUInt16LE(20, 4);
      head.writeUInt32LE(content.length, 18);
      head.writeUInt32LE(content.length, 22);
      head.writeUInt16LE(name.length, 26);
      return Buffer.concat([head, ascii(name), ascii(content)]);
    }),
  );
}

export const zip = zipOf({ 'a.txt': 'Hello' });

export function aDocx(macros: boolean): Uint8Array {
  const type = macros
    ? 'application/vnd.ms-word.document.macroEnabled.main+xml'
    : 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  return zipOf({
    '[Content_Types].xml': `<Types><Override PartName="/word/document.xml" ContentType="${type}"/></Types>`,
    'word/document.xml': '<w:document/>',
  });
}
