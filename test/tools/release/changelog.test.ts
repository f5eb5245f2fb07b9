import { describe, expect, it } from '@jest/globals';
import { notesOf } from '../../../tools/release/changelog.ts';

const changelog = `# Changelog

## [1.1.0] - unreleased

- Soon.

## [1.0.0] - 2026-11-22

### Added

- All of it.

## [0.9.0] - 2026-10-01
`;

describe('release notes', () => {
  it("are the version's part of the changelog, up to the next version", () => {
    expect(notesOf(changelog, 'v1.0.0')).toBe('### Added\n\n- All of it.\n');
  });

  it.each([
    { title: 'a version that the changelog does not have', tag: 'v2.0.0', problem: /no part for 2\.0\.0/ },
    { title: 'one that is not dated', tag: 'v1.1.0', problem: /no date for 1\.1\.0/ },
    { title: 'one without a word', tag: 'v0.9.0', problem: /says nothing about 0\.9\.0/ },
  ])('are refused for $title', ({ tag, problem }) => {
    expect(() => notesOf(changelog, tag)).toThrow(problem);
  });
});
