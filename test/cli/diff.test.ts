import { describe, expect, it } from 'vitest';
import { configMap, deployment, secret } from '../rules/shop.ts';
import { folderWith, run } from '../support/cli.ts';

const app = (image: string, container: string, replicas: number, ...more: readonly string[]) =>
  [`${deployment('checkout', `image: ${image}\n${container}`)}  replicas: ${replicas}\n`, ...more].join('---\n');

/** A Secret whose values are no words of anything else. */
const withheld = (...keys: readonly string[]) => secret('checkout', ...keys).replaceAll('c2hvcA==', 'Y29ycmVjdC1ob3JzZQ==');

const SHOP = {
  'environments/dev/checkout/app.yaml': app(
    'registry.shop.example/checkout:1.5.0',
    'args: [--level=debug, --cache]\n',
    1,
    configMap('checkout-dev', 'DB_HOST: db.shop.example:5432\nLEVEL: debug\nSELF: https://dev.shop.example\nNEW: "1"\n'),
    withheld('PASSWORD', 'TOKEN'),
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: mock\nspec:\n  ports:\n    - port: 80\n',
  ),
  'environments/prod/checkout/app.yaml': app(
    'registry.shop.example/checkout:1.4.0',
    'args: [--cache, --level=info]\n',
    3,
    configMap('checkout-prod', 'SELF: https://prod.shop.example\nLEVEL: info\nDB_HOST: db-1.shop.example:5432\n'),
    withheld('PASSWORD').replace('Y29ycmVjdC1ob3JzZQ==', 'YmF0dGVyeS1zdGFwbGU='),
  ),
  'environments/dev/ledger/app.yaml': configMap('ledger', 'A: a\n'),
  'environments/prod/ledger/app.yaml': configMap('ledger', 'A: a\n'),
  'environments/dev/mailer/app.yaml': configMap('mailer', 'A: a\n'),
};

interface Report {
  readonly apps: readonly {
    readonly name: string;
    readonly divergence: number;
    readonly compared: number;
    readonly differing: number;
    readonly differences: readonly {
      readonly class: string;
      readonly resource: string;
      readonly path: string;
      readonly left: { readonly value: string; readonly origins: readonly { readonly location: { readonly path: string; readonly line: number } }[] } | null;
      readonly right: { readonly value: string } | null;
    }[];
  }[];
  readonly onlyLeft: readonly string[];
  readonly notes: readonly string[];
}

function reportOf(cwd: string, ...words: readonly string[]): Report {
  const { out, code, err } = run(['diff', ...words, '--format', 'json'], { cwd });
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as Report;
}

describe('diff', () => {
  it('tells the differences of two environments by their class, and nothing else', () => {
    const { apps, onlyLeft } = reportOf(folderWith(SHOP), 'dev', 'prod');
    expect(apps.map(({ name }) => name)).toEqual(['checkout', 'ledger']);
    expect(
      apps[0]?.differences.map(({ class: kind, resource, path, left, right }) =>
        [kind, resource, path, left?.value ?? '–', right?.value ?? '–', left?.origins[0]?.location.line ?? ''].join(' | '),
      ),
    ).toEqual([
      'version | Deployment/checkout | spec.template.spec.containers[name=checkout].image | "registry.shop.example/checkout:1.5.0" | "registry.shop.example/checkout:1.4.0" | 10',
      'scale | Deployment/checkout | spec.replicas | 1 | 3 | 12',
      'host | ConfigMap/checkout-dev | data.DB_HOST | "db.shop.example:5432" | "db-1.shop.example:5432" | 19',
      'config | Deployment/checkout | spec.template.spec.containers[name=checkout].args[--level] | "--level=debug" | "--level=info" | 11',
      'config | ConfigMap/checkout-dev | data.LEVEL | "debug" | "info" | 20',
      'keys | Secret/checkout | data.TOKEN | ••• | – | 30',
      'keys | ConfigMap/checkout-dev | data.NEW | "1" | – | 22',
      'shape | Service/mock |  | an object | – | 35',
    ]);
    expect(apps[1]).toMatchObject({ name: 'ledger', divergence: 0, compared: 2, differing: 0, differences: [] });
    expect(onlyLeft).toEqual(['mailer']);
  });

  it('opens texts of settings, and reads settings files', () => {
    const text = (level: string, more: string) => `application.yaml: |\n  server:\n    level: ${level}\n    host: ${level}.shop.example\n${more}`;
    const { apps } = reportOf(
      folderWith({
        '.gitopsrc': 'apps:\n  - path: environments/{env}/{app}\n  - files: "config/{env}.env"\n',
        'environments/dev/checkout/app.yaml': configMap('checkout', text('debug', '  retries: 3\n')),
        'environments/prod/checkout/app.yaml': configMap('checkout', text('info', '')),
        'config/dev.env': 'LEVEL=debug\nAPI_VERSION=2\nMORE=1\nSELF=dev\n',
        'config/prod.env': 'LEVEL=info\nAPI_VERSION=1\nSELF=prod\n',
      }),
      'dev',
      'prod',
    );
    const told = apps.flatMap(({ differences }) =>
      differences.map(({ class: kind, path, left, right }) => `${kind} ${path} ${left?.value} ${right?.value ?? '–'} :${left?.origins[0]?.location.line}`),
    );
    expect(told.sort()).toEqual([
      'config LEVEL "debug" "info" :1',
      'config data["application.yaml"].server.level "debug" "info" :8',
      'host data["application.yaml"].server.host "debug.shop.example" "info.shop.example" :9',
      'keys MORE 1 – :3',
      'keys data["application.yaml"].retries 3 – :10',
      'version API_VERSION 2 1 :2',
    ]);
  });

  it('tells once what one line makes in many places', () => {
    const overlay = (level: string) => `resources: [../../base]\ncommonLabels:\n  shop.example/level: ${level}\n`;
    const cwd = folderWith({
      'apps/checkout/base/kustomization.yaml': 'resources: [a.yaml, b.yaml, c.yaml]\n',
      ...Object.fromEntries(['a', 'b', 'c'].map((name) => [`apps/checkout/base/${name}.yaml`, configMap(name, 'A: a\n')])),
      'apps/checkout/overlays/dev/kustomization.yaml': overlay('debug'),
      'apps/checkout/overlays/prod/kustomization.yaml': overlay('info'),
    });
    expect(run(['diff', 'dev', 'prod'], { cwd }).out).toContain(
      '    and 2 more places\n      dev   "debug"  apps/checkout/overlays/dev/kustomization.yaml:3\n',
    );
    expect(reportOf(cwd, 'dev', 'prod').apps[0]?.differences).toHaveLength(3);
  });

  it('reckons how far two environments are apart', () => {
    const tree = (dev: string, prod: string) => ({
      'environments/dev/checkout/app.yaml': configMap('checkout', dev),
      'environments/prod/checkout/app.yaml': configMap('checkout', prod),
    });
    // The version of the manifest counts as a value, too.
    expect(reportOf(folderWith(tree('A: a\nB: b\nC: c\n', 'A: a\nB: c\nD: d\n')), 'dev', 'prod').apps[0]).toMatchObject({
      compared: 5,
      differing: 3,
      divergence: 0.6,
    });
  });

  it('never shows the value of a Secret, in no format', () => {
    const tree = {
      'environments/dev/checkout/app.yaml': [
        secret('checkout', 'PASSWORD', 'TOKEN'),
        configMap('checkout', 'API_TOKEN: abcdef-dev1\nCOPY: c2hvcA== and dev\n'),
      ].join('---\n'),
      'environments/prod/checkout/app.yaml': [
        secret('checkout', 'PASSWORD').replace('c2hvcA==', 'c3RvcmU='),
        configMap('checkout', 'COPY: c2hvcA== and more\n'),
      ].join('---\n'),
      '.gitopsrc': 'secretKeys: ["*_TOKEN"]\n',
    };
    const cwd = folderWith(tree);
    for (const format of ['stylish', 'markdown', 'json']) {
      const { out, code } = run(['diff', 'dev', 'prod', '--format', format], { cwd });
      expect(code).toBe(0);
      expect(out).toContain('•••');
      for (const secretText of ['c2hvcA', 'c3RvcmU', 'shop', 'store', 'abcdef']) expect([format, out.includes(secretText)]).toEqual([format, false]);
    }
  });

  it('prints for people, and for pages', () => {
    const cwd = folderWith(SHOP);
    const text = run(['diff', 'dev', 'prod', '--app', 'checkout'], { cwd });
    expect(text.out).toContain(
      '  versions (1)\n    Deployment/checkout  spec.template.spec.containers[name=checkout].image\n      dev   "registry.shop.example/checkout:1.5.0"  environments/dev/checkout/app.yaml:10\n',
    );
    expect(text.out).not.toContain('ledger');
    const page = run(['diff', 'dev', 'prod', '--format', 'markdown'], { cwd }).out;
    expect(page).toContain('| ledger | 0 % |  |  |  |  |  |  |\n');
    expect(page).toContain('| key sets | `ConfigMap/checkout-dev` `data.NEW` | `"1"`<br>environments/dev/checkout/app.yaml:22 | – |\n');
    expect(page).toContain('- only in dev: mailer\n');
  });

  it('counts what is too much to list', () => {
    const keys = Array.from({ length: 12 }, (_, at) => `KEY_${at}`);
    const cwd = folderWith({
      'environments/dev/checkout/app.yaml': configMap('checkout', keys.map((key) => `${key}: a\n`).join('')),
      'environments/prod/checkout/app.yaml': configMap('checkout', keys.map((key) => `${key}: b\n`).join('')),
    });
    expect(run(['diff', 'dev', 'prod'], { cwd }).out).toContain('    and 2 more (--verbose lists them)\n');
    expect(run(['diff', 'dev', 'prod', '--verbose'], { cwd }).out).toContain('data.KEY_11');
  });

  it('pairs clusters by their labels, and takes one by its name', () => {
    const cwd = folderWith({
      '.gitopsrc': 'apps:\n  - path: clusters/{env}/{region}/{app}\n',
      ...Object.fromEntries(
        ['dev/eu', 'dev/us', 'prod/eu', 'prod/us', 'prod/ap'].map((name) => [`clusters/${name}/checkout/app.yaml`, configMap('checkout', `A: ${name}\n`)]),
      ),
    });
    const pairs = (...words: readonly string[]) => reportOf(cwd, ...words).apps as readonly { readonly left?: string; readonly right?: string }[];
    expect(pairs('dev', 'prod').map(({ left, right }) => `${left} ${right}`)).toEqual(['checkout@dev/eu checkout@prod/eu', 'checkout@dev/us checkout@prod/us']);
    expect(reportOf(cwd, 'dev', 'prod').notes).toEqual(['not compared, as nothing tells with what: checkout@prod/ap; name one of them: prod/ap']);
    expect(pairs('prod/eu', 'prod/ap').map(({ left, right }) => `${left} ${right}`)).toEqual(['checkout@prod/eu checkout@prod/ap']);
    expect(pairs('dev/eu', 'prod')).toHaveLength(3);
  });

  it('says what it was asked in vain', () => {
    const cwd = folderWith({ ...SHOP, 'environments/staging/tools/app.yaml': configMap('tools', 'A: a\n') });
    const told = (...words: readonly string[]) => {
      const { code, out, err } = run(['diff', ...words], { cwd });
      expect([code, out]).toEqual([2, '']);
      return err;
    };
    expect(told('dev', 'prd')).toBe('gitops-lint: there is no environment "prd"\n  Did you mean "prod"?\n');
    expect(told('dev', 'dev')).toContain('"dev" is held against itself');
    expect(told('dev', 'staging')).toContain('no app is in both "dev" and "staging"');
    expect(told('dev')).toContain('"diff" needs two environments, or --since');
    expect(told('dev', 'prod', '--format', 'sarif')).toContain('"diff" prints stylish or markdown or json, not "sarif"');
    expect(told('dev', 'prod', '--app', 'nothing')).toContain('no app has such a name');
  });

  it('does not take for missing what a gap may hide', () => {
    const cwd = folderWith({
      'apps/checkout/overlays/dev/kustomization.yaml': 'resources: [app.yaml, more.yaml]\n',
      'apps/checkout/overlays/dev/app.yaml': configMap('checkout', 'A: a\nB: b\n'),
      'apps/checkout/overlays/dev/more.yaml': configMap('more', 'A: a\n'),
      'apps/checkout/overlays/prod/kustomization.yaml': 'resources: [app.yaml, "https://charts.shop.example/more?ref=v1"]\n',
      'apps/checkout/overlays/prod/app.yaml': configMap('checkout', 'A: b\n'),
    });
    const { apps, notes } = reportOf(cwd, 'dev', 'prod');
    expect(apps[0]?.differences.map(({ path }) => path)).toEqual(['data.A']);
    expect(notes).toEqual(['rendered in part: checkout@prod; what they seem to lack is not counted']);
    expect(run(['diff', 'dev', 'prod', '--strict-coverage'], { cwd }).code).toBe(2);
  });
});
