import { expect, it } from 'vitest';
import { isSaidToStayBelow } from '../../src/model/said-where.ts';
import { SourceFile } from '../../src/text/source-file.ts';

const says = (comment: string) => {
  const text = `- name: KEY${comment}\n  value: staging only\n`;
  return isSaidToStayBelow({ file: new SourceFile('app.yaml', text), start: 8, end: 11, how: 'written', precision: 'exact' });
};

it.each([
  ' # Non-prod only',
  ' # non production only, please',
  '   # staging only',
  ' # dev and staging only',
  ' # only in staging',
  ' # Not in prod',
  ' # only for dev',
])('%j says so', (comment) => {
  expect(says(comment)).toBe(true);
});

it.each(['', ' # the only one', ' # prod only', ' # only one of them', ' # use this in staging', ' # notin prod', '#staging only'])(
  '%j does not',
  (comment) => {
    expect(says(comment)).toBe(false);
  },
);
