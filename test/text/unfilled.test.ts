import { describe, expect, it } from 'vitest';
import { isUnfilled, unfilledPath } from '../../src/text/unfilled.ts';

describe('a text that is filled in later', () => {
  it.each(['{{path}}', 'apps/{{ .path.basename }}', '${CLUSTER}', '$(NAME)', 'clusters/<CLUSTER>'])('%s', (text) => expect(isUnfilled(text)).toBe(true));
  it.each(['', 'apps/checkout', '$HOME', '<not this>', '{path}', 'a < b > c'])('is not %s', (text) => expect(isUnfilled(text)).toBe(false));
});

describe('the folders that a path may be', () => {
  it.each([
    ['apps/{{name}}', 'apps/checkout', true],
    ['apps/{{name}}', 'apps/checkout/base', true],
    ['apps/{{name}}', 'apps', false],
    ['apps/{{name}}/prod', 'apps/checkout/dev', false],
    ['./clusters/${REGION}-prod/', 'clusters/eu-prod', true],
    ['clusters/<REGION>', 'clusters/eu', true],
    ['apps/*/prod', 'apps/checkout/prod', true],
    ['apps.v2/{{name}}', 'appsxv2/checkout', false],
    ['apps', 'apps/checkout', true],
    ['apps', 'apps-old', false],
  ])('%s and %s: %s', (template, folder, expected) => expect(unfilledPath(template).test(folder)).toBe(expected));
});
