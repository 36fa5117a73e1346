import { expect, it } from 'vitest';
import { comparable, marksOf, type Tree, testRule } from '../support/rule-tester.ts';
import { values } from './rules.ts';

const shared = (mark: string): Tree => ({
  'base/kustomization.yaml': `configMapGenerator:\n  - name: shop\n    literals:\n      - URL=a${mark}\n`,
  'overlays/dev/kustomization.yaml': 'resources: [../../base]\n',
  'overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
});

testRule(values, {
  valid: { 'nothing is set': { 'overlays/prod/kustomization.yaml': 'namePrefix: a-\n' } },
  invalid: {
    'a mark that names no environment': shared(' # error: found'),
    'a mark that names them, in any order': shared(' # error: found prod,dev'),
  },
});

it.each([
  ['# error: found', true],
  ['# error: found dev,prod', true],
  ['# error: found prod,dev', true],
  ['# error: found prod', false],
  ['# error: found dev,prod,staging', false],
  ['# error: other dev,prod', false],
  ['# error: found # why', true],
])('a mark has to name the environments that are found, when it names any: %s', (mark, isMet) => {
  const found = [{ place: 'app.yaml:1', messageId: 'found', environments: ['dev', 'prod'] }];
  const marked = marksOf({ 'app.yaml': `a: b ${mark}\n` });
  const expected = marked.map(({ place, messageId, environments }) => [place, messageId, ...(environments ? [environments.join(',')] : [])].join(' '));
  expect(comparable(found, marked).join() === expected.join()).toBe(isMet);
});
