/**
 * A template contains something that the local run does not support. The message names every logical id and property.
 */
export class UnsupportedTemplateError extends Error {
  override readonly name = 'UnsupportedTemplateError';

  constructor(problems: string[]) {
    super(
      [
        'The local run refuses the template, because skipping any of this would make it another system:',
        ...problems.map((problem) => `  ${problem}`),
      ].join('\n'),
    );
  }
}
