import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { configMap, deployment, secret } from '../rules/shop.ts';
import { folderWith, run } from '../support/cli.ts';

const app = (level: string, replicas: number, memory: string, more: string, ...others: readonly string[]) =>
  [
    `${deployment('checkout', `image: registry.shop.example/checkout:1.4.0\nresources:\n  limits:\n    memory: ${memory}\n    cpu: ${replicas}\n`)}  replicas: ${replicas}\n`,
    configMap('checkout', `LEVEL: ${level}\nDB_HOST: db-${level}\nCACHE_HOST: cache-${level}\nQUEUE_HOST: queue-${level}\nRETRIES: "3"\n${more}`),
    secret('checkout', 'PASSWORD'),
    ...others,
  ].join('---\n');

const SHOP = {
  'environments/dev/checkout/app.yaml': app('debug', 1, '64Mi', 'DEBUG_SQL: "1"\n', configMap('mock', 'A: a\n')),
  'environments/staging/checkout/app.yaml': app('info', 2, '64Mi', ''),
  'environments/prod/checkout/app.yaml': app('info', 3, '1Gi', ''),
};

interface Report {
  readonly findings: readonly {
    readonly ruleId: string;
    readonly message: string;
    readonly variants: readonly string[];
    readonly location: { readonly path: string };
  }[];
}

function findingsIn(cwd: string): string[] {
  const { findings } = JSON.parse(run(['lint', '--format', 'json', '--exit-zero'], { cwd }).out) as Report;
  return findings.filter(({ ruleId }) => ruleId !== 'unpinned-image').map(({ ruleId, message, location }) => `${ruleId} ${message} ${location.path}`);
}

function change(cwd: string, environment: string, from: string, to: string): void {
  const file = path.join(cwd, 'environments', environment, 'checkout/app.yaml');
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

describe('init --contract', () => {
  it('writes what differs in few lines, after which lint is silent', () => {
    const cwd = folderWith(SHOP);
    expect(findingsIn(cwd)).not.toEqual([]);
    expect(run(['init', '--contract'], { cwd })).toEqual({
      code: 0,
      out: 'wrote .gitopsrc: 6 lines for what differs by now, and one that holds all else to be the same\nreview them, and run "gitops-lint"\n',
      err: '',
    });
    expect(readFileSync(path.join(cwd, '.gitopsrc'), 'utf8').split('differences:\n')[1]).toBe(`  - { kind: ConfigMap, name: mock, only: [dev] }
  - { key: "*_HOST", may: differ-in-value }
  - { key: LEVEL, may: differ-in-value }
  - { key: DEBUG_SQL, only: [dev] }
  - { path: "spec.template.spec.containers[*].resources", may: differ }
  - { path: spec.replicas, may: differ }
  - { path: "**", must: same }
`);
    expect(findingsIn(cwd)).toEqual([]);
  });

  it.each([
    ['a value', 'prod', 'RETRIES: "3"', 'RETRIES: "5"', 'undeclared-difference "RETRIES" differs, and must be the same environments/prod/checkout/app.yaml'],
    ['a key', 'dev', 'RETRIES: "3"', 'RETRIES: "3"\n  NEW: a', 'missing-config-key "NEW" is not set environments/dev/checkout/app.yaml'],
    ['one of many hosts less', 'prod', '  DB_HOST: db-info\n', '', 'missing-config-key "DB_HOST" is not set environments/dev/checkout/app.yaml'],
    [
      'a field',
      'staging',
      '  template:',
      '  paused: true\n  template:',
      'undeclared-difference "spec.paused" is missing, and must be everywhere environments/staging/checkout/app.yaml',
    ],
    [
      'a place for what one environment alone may have',
      'prod',
      'RETRIES: "3"',
      'RETRIES: "3"\n  DEBUG_SQL: "1"',
      'undeclared-difference "DEBUG_SQL" stands where the contract does not have it environments/prod/checkout/app.yaml',
    ],
    ['a difference less', 'dev', '  DEBUG_SQL: "1"\n', '', 'stale-expectation No difference needs this line any more .gitopsrc'],
  ])('makes one finding of one new difference: %s', (_, environment, from, to, expected) => {
    const cwd = folderWith(SHOP);
    run(['init', '--contract'], { cwd });
    change(cwd, environment, from, to);
    expect(findingsIn(cwd)).toEqual([expected]);
  });

  it('adds to the configuration that is there, and leaves what it says', () => {
    const own = '# ours\nsecretKeys: ["*_TOKEN"]\n';
    const cwd = folderWith({ ...SHOP, '.gitopsrc': own });
    expect(run(['init', '--contract'], { cwd }).code).toBe(0);
    const text = readFileSync(path.join(cwd, '.gitopsrc'), 'utf8');
    expect(text.startsWith(own)).toBe(true);
    // The pages of rules come with the package, others do not.
    expect(text).not.toContain('docs/');
    expect(run((/"gitops-lint (explain .*)"/.exec(text)?.[1] ?? '').split(' '), { cwd })).toMatchObject({ code: 0, err: '' });
    expect(findingsIn(cwd)).toEqual([]);
    expect(run(['init', '--contract'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('".gitopsrc" has "differences" already') as string });
    expect(readFileSync(path.join(cwd, '.gitopsrc'), 'utf8')).toBe(text);
  });

  it.each([
    ['has "differences" already', '"differences": []\n'],
    ['has "differences" already', 'differences:\n'],
    ['has "differences" already', '{ differences: [] }\n'],
    ['cannot be added to as it is written', '# ours\n{ preset: strict }\n'],
    ['cannot be added to as it is written', '{ "preset": "strict" }\n'],
    ['cannot be added to as it is written', 'preset: strict\n...\n'],
    ['cannot be added to as it is written', '  preset: strict\n'],
  ])('says that .gitopsrc %s, and writes nothing: %j', (why, own) => {
    const cwd = folderWith({ ...SHOP, '.gitopsrc': own });
    expect(run(['init', '--contract'], { cwd })).toMatchObject({ code: 2, out: '', err: expect.stringContaining(`".gitopsrc" ${why}`) as string });
    expect(readFileSync(path.join(cwd, '.gitopsrc'), 'utf8')).toBe(own);
  });

  it('takes a comment for what it is', () => {
    const cwd = folderWith({ ...SHOP, '.gitopsrc': 'preset: strict # not\n# differences: []\n' });
    expect(run(['init', '--contract'], { cwd }).code).toBe(0);
    expect(findingsIn(cwd)).toEqual([]);
  });

  it('writes no YAML into JSON', () => {
    const cwd = folderWith({ ...SHOP, '.gitopsrc.json': '{}\n' });
    expect(run(['init', '--contract'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('is JSON') as string });
    expect(readFileSync(path.join(cwd, '.gitopsrc.json'), 'utf8')).toBe('{}\n');
  });

  it('writes no value of a Secret', () => {
    const cwd = folderWith(SHOP);
    run(['init', '--contract'], { cwd });
    expect(readFileSync(path.join(cwd, '.gitopsrc'), 'utf8')).not.toContain('c2hvcA');
  });
});
