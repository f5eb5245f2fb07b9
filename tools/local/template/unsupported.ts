/** The template contains something that the local run does not support. The message lists every problem. */
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
