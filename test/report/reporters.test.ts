import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { everything } from '../../fixtures/results/everything.ts';
import { REPORTERS } from '../../src/report/index.ts';
import type { ReporterOptions } from '../../src/report/reporter.ts';

const OPTIONS = { color: false, width: 100, verbose: false, quiet: false };

async function print(name: string, options: Partial<ReporterOptions> = {}): Promise<string> {
  const reporter = await REPORTERS.get(name)?.();
  if (!reporter) throw new Error(`no reporter ${name}`);
  return reporter(everything, { ...OPTIONS, ...options });
}

describe.each([...REPORTERS.keys()])('%s', (name) => {
  it('ends with a line break, is the same each time, and shows no secret', async () => {
    const text = await print(name, { verbose: true });
    expect(text.endsWith('\n')).toBe(true);
    expect(await print(name, { verbose: true })).toBe(text);
    expect(text).not.toMatch(/aHVudGVyM/);
  });

  it('is told of in the docs', () => {
    expect(readFileSync('docs/reporters.md', 'utf8')).toMatch(new RegExp(`^## ${name}$`, 'm'));
  });
});

describe('stylish', () => {
  it('shows each finding with its lines, and what was looked at', async () => {
    expect(await print('stylish')).toMatchInlineSnapshot(`
      "apps/checkout/overlays/dev/config.env:2:1
        error  "PAYMENT_TIMEOUT_MS" is not set in prod-eu, prod-us; compared with dev  missing-config-key

            1 | PAYMENT_URL=https://payments.dev.example
          > 2 | PAYMENT_TIMEOUT_MS=3000
              | ^^^^^^^^^^^^^^^^^^

          apps/checkout/overlays/prod-eu/kustomization.yaml:2:5  the key belongs here for prod-eu
          What to do about missing-config-key.

      apps/checkout/overlays/prod-us/größe.yaml:2:30
        warning  "paused" sets "🟡 später" | 100%, which it is already (prod-us)  redundant-override

            1 | kind: Deployment
          > 2 | spec: { replicas: 2, paused: "🟡 später" }
              |                              ^^^^^^^^^^^

          apps/checkout/overlays/prod-us/größe.yaml:2:9  set here
          apps/checkout/overlays/prod-us/größe.yaml:2:9  and here
          apps/checkout/overlays/prod-us/größe.yaml:2:9  and here, too
          and 1 more
          What to do about redundant-override.

      apps/ledger/base/secret [1].yaml:4:3
        warning  "password" stands twice in this mapping](x), and the first one is lost  duplicate-key

            3 |   password: •••
          > 4 |   password: •••
              |   ^^^^^^^^

          apps/ledger/base/secret [1].yaml:3:3  the first one [0], which does not count
          What to do about duplicate-key.

      env/prod-eu:apps/ledger/limits.yaml:2:8
        info  "cpu" is less than elsewhere in prod-eu; compared with dev  weaker-production
          apps/ledger/base/kustomization.yaml:1:1  what dev has

      info  apps/ledger/base/kustomization.yaml:2:5  Not checked: remote base "https://example.com/ledger//deploy?ref=v1" is not fetched  unanalysed-input

      1 error, 2 warnings, 2 infos in 6 variants of 3 apps (12 resources, 4 files)
      3 findings are suppressed, 1 of them by the baseline
      --fix can mend 1, --fix=unsafe 1 more
      dev ~ in part   prod-eu ✗ 1 error   prod-us ✗ 1 error
      not rendered: 1 variant (ledger@prod-eu)
      rendered in part: 1 variant, 1 remote
      left out: qa: declared, but nothing is deployed to it
      assumed: "dev" is taken for an environment: folder "dev", by its name
      note: something that people should know
      "
    `);
  });

  it('makes links of places where the terminal has them, and breaks long messages for people', async () => {
    const linked = await print('stylish', { linkBase: 'file:///home/sam/the%20shop/' });
    expect(linked).toMatch(/\u001B\]8;;file:\/\/\/home\/sam\/the%20shop\/[^\u001B]+#\d+\u001B\\[^\u001B]+:\d+:\d+\u001B\]8;;\u001B\\/);
    expect(linked.replaceAll(/\u001B\]8;;[^\u001B]*\u001B\\/g, '')).toBe(await print('stylish'));
    const narrow = await print('stylish', { wrap: true, width: 60 });
    const messages = narrow.split('\n').filter((line) => /^ {2}(?:error|warning|info) |^ {8,11}\S/.test(line) && !line.includes('|'));
    expect(messages.filter((line) => line.length > 60 && line.trim().includes(' '))).toEqual([]);
    expect(narrow.replaceAll(/\s+/g, ' ')).toBe((await print('stylish', { width: 60 })).replaceAll(/\s+/g, ' '));
  });

  it('prints colours when asked, and only then', async () => {
    expect(await print('stylish', { color: true })).toMatch(/\u001B\[31merror/);
    expect(await print('stylish')).not.toMatch(/\u001B/);
  });

  it('is not glad of an environment that was not rendered', async () => {
    const suppressed = everything.findings.map((finding) => ({ ...finding, suppressed: { by: 'comment' as const, reason: 'known' } }));
    const text = (await REPORTERS.get('stylish')?.())?.({ ...everything, findings: suppressed }, OPTIONS);
    expect(text).toMatch(/^dev ~ in part {3}prod-eu ✗ 1 not rendered {3}prod-us ✓$/m);
  });

  it('keeps to errors when quiet', async () => {
    const text = await print('stylish', { quiet: true });
    expect(text).toMatch(/PAYMENT_TIMEOUT_MS/);
    expect(text).not.toMatch(/duplicate-key|unanalysed-input/);
    expect(text, 'what is not printed is counted all the same').toContain((await print('stylish')).split('\n').find((line) => /^\d+ errors?, /.test(line)));
  });
});

describe('json', () => {
  it('follows its published schema', async () => {
    const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(JSON.parse(readFileSync('schemas/lint-result.schema.json', 'utf8')) as object);
    validate(JSON.parse(await print('json')));
    expect(validate.errors).toBeNull();
  });

  it('counts what is live and keeps what is suppressed', async () => {
    const result = JSON.parse(await print('json')) as { findings: { ruleId: string; suppressed?: unknown }[]; summary: unknown };
    expect(result.summary).toEqual({ error: 1, warning: 2, info: 2, suppressed: 3 });
    expect(result.findings.find(({ ruleId }) => ruleId === 'mutable-image-tag')?.suppressed).toEqual({ by: 'comment', reason: 'a demo cluster' });
  });
});
