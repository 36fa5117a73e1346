import { describe, expect, it } from 'vitest';
import { folderWith, run } from '../support/cli.ts';
import { storefront } from '../support/manifests.ts';

const SHOP = {
  '.gitopsrc': 'exceptions:\n  - { rule: mutable-image-tag, until: 2026-06-15, reason: a hotfix }\n',
  'environments/dev/storefront/app.yaml': storefront('shop/storefront:1.4.0'),
  'environments/prod/storefront/app.yaml': storefront('shop/storefront:latest'),
};
const LAST_DAY = String(Date.UTC(2026, 5, 15, 23, 59, 59) / 1000);
const DAY_AFTER = String(Date.UTC(2026, 5, 16) / 1000);

describe('the day that exceptions are held against', () => {
  it.each<[string, readonly string[], Readonly<Record<string, string>>, number]>([
    ['is that of --now', ['--now', '2026-06-15'], {}, 0],
    ['is that of --now, past the end', ['--now', '2026-06-16'], {}, 1],
    ['is that of SOURCE_DATE_EPOCH', [], { SOURCE_DATE_EPOCH: LAST_DAY }, 0],
    ['is that of SOURCE_DATE_EPOCH, past the end', [], { SOURCE_DATE_EPOCH: DAY_AFTER }, 1],
    ['is that of --now rather', ['--now', '2026-06-15'], { SOURCE_DATE_EPOCH: DAY_AFTER }, 0],
  ])('%s', (_, words, env, expected) => {
    const { code, out } = run(words, { cwd: folderWith(SHOP), env });
    expect(code).toBe(expected);
    expect(out.includes('expired-exception')).toBe(expected === 1);
  });

  it('is today otherwise', () => {
    const inADay = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const since = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
    const codeWith = (day: string) => run([], { cwd: folderWith({ ...SHOP, '.gitopsrc': SHOP['.gitopsrc'].replace('2026-06-15', day) }) }).code;
    expect([codeWith(inADay), codeWith(since)]).toEqual([0, 1]);
  });

  it.each<[string, readonly string[], Readonly<Record<string, string>>, RegExp]>([
    ['no day', ['--now', 'today'], {}, /--now needs a day, not "today"\n {2}Write year, month and day/],
    ['no day of the calendar', ['--now', '2026-02-30'], {}, /--now needs a day, not "2026-02-30"/],
    ['no number', [], { SOURCE_DATE_EPOCH: 'now' }, /SOURCE_DATE_EPOCH must be a number of seconds, not "now"/],
    ['no number that a date could have', [], { SOURCE_DATE_EPOCH: '9'.repeat(20) }, /SOURCE_DATE_EPOCH must be/],
  ])('must be one: %s', (_, words, env, message) => {
    const { code, err } = run(words, { cwd: folderWith(SHOP), env });
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });
});

describe('mistakes in configurations', () => {
  it('are printed together, each with its place and what to do', () => {
    const { code, out, err } = run([], { cwd: folderWith({ ...SHOP, '.gitopsrc': 'preset: Strict\nignores: []\n' }) });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toBe(
      'gitops-lint: .gitopsrc:1:9: "preset" must be one of recommended, strict\n  Did you mean "strict"?\n' +
        'gitops-lint: .gitopsrc:2:1: unknown setting "ignores"\n  Did you mean "ignore"?\n',
    );
  });
});
