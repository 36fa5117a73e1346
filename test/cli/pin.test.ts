import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, run } from '../support/cli.ts';
import { storefront } from '../support/manifests.ts';

const DIGEST = `sha256:${'3f1c2a9b'.repeat(8)}`;
const FILES = {
  staging: 'environments/staging/storefront/app.yaml',
  prod: 'environments/prod/storefront/app.yaml',
};
const SHOP = {
  [FILES.staging]: storefront(`shop/storefront:1.4.0@${DIGEST}`),
  [FILES.prod]: storefront('shop/storefront:1.4.0 # since Monday'),
  'environments/staging/storefront/worker.yaml': storefront('shop/worker:2').replaceAll('name: storefront', 'name: worker'),
  'environments/prod/storefront/worker.yaml': storefront('shop/worker:2').replaceAll('name: storefront', 'name: worker'),
};

describe('pin', () => {
  it('says what it would write, and what stays and why', () => {
    const cwd = folderWith(SHOP);
    const { code, out, err } = run(['pin'], { cwd });
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(
      [
        `${FILES.prod}:10  shop/storefront:1.4.0 → @3f1c2a9 (as staging has it)`,
        '',
        '2 tags stay: no environment names its digest',
        '  shop/worker:2 (environments/prod/storefront/worker.yaml:10)',
        '',
        '1 tag would be pinned in 1 file; --write does it.',
        '',
      ].join('\n'),
    );
    expect(readFileSync(path.join(cwd, FILES.prod), 'utf8')).toBe(SHOP[FILES.prod]);
  });

  it('writes it, and touches nothing else', () => {
    const cwd = folderWith(SHOP);
    const { code, out, err } = run(['pin', '--write'], { cwd });
    expect([code, err]).toEqual([0, `gitops-lint: wrote one digest into ${FILES.prod}\n`]);
    expect(out).toContain('\n1 tag was pinned in 1 file.\n');
    const changed = Object.entries(SHOP).filter(([file, text]) => readFileSync(path.join(cwd, file), 'utf8') !== text);
    expect(changed.map(([file]) => file)).toEqual([FILES.prod]);
    expect(readFileSync(path.join(cwd, FILES.prod), 'utf8')).toBe(storefront(`shop/storefront:1.4.0@${DIGEST} # since Monday`));
    expect(run(['pin', '--write'], { cwd })).toMatchObject({ code: 0, err: '', out: expect.stringContaining('\nNothing was pinned.\n') });
  });

  it('keeps the ends of lines, and a mark of their order', () => {
    const text = `\uFEFF${(SHOP[FILES.prod] ?? '').replaceAll('\n', '\r\n')}`;
    const cwd = folderWith({ ...SHOP, [FILES.prod]: text });
    expect(run(['pin', '--write'], { cwd }).code).toBe(0);
    expect(readFileSync(path.join(cwd, FILES.prod), 'utf8')).toBe(text.replace(':1.4.0', `:1.4.0@${DIGEST}`));
  });

  it('prints for programs', () => {
    const cwd = folderWith(SHOP);
    const report = JSON.parse(run(['pin', '--format', 'json'], { cwd }).out);
    expect(report).toMatchObject({
      schemaVersion: 1,
      pins: [
        {
          image: 'docker.io/shop/storefront',
          tag: '1.4.0',
          digest: DIGEST,
          form: 'reference',
          location: { path: FILES.prod, line: 10 },
          variants: ['storefront@prod'],
          from: { environment: 'staging', location: { path: FILES.staging, line: 10 } },
        },
      ],
      left: [{ image: 'docker.io/shop/worker', why: 'no environment names its digest' }, { image: 'docker.io/shop/worker' }],
      written: false,
      notes: [],
    });
  });

  it('picks apps and environments', () => {
    const cwd = folderWith(SHOP);
    expect(run(['pin', '--env', 'staging'], { cwd }).out).toMatch(/^1 tag stays.*\nNothing was pinned\.\n$/s);
    expect(run(['pin', '--app', 'storefront', '--env', 'prod'], { cwd }).out).toContain('1 tag would be pinned');
  });

  it('says what it could not look at', () => {
    const cwd = folderWith({ ...SHOP, 'environments/prod/storefront/kustomization.yaml': 'resources: [app.yaml, https://shop.example/more.yaml]\n' });
    expect(run(['pin'], { cwd }).out).toContain('\nnote: rendered in part: storefront@prod; what they seem to lack is not counted\n');
  });

  it('has nothing to say where all is pinned', () => {
    const cwd = folderWith({ [FILES.staging]: SHOP[FILES.staging] ?? '', [FILES.prod]: SHOP[FILES.staging] ?? '' });
    expect(run(['pin'], { cwd })).toEqual({ code: 0, out: 'No image is named by its tag alone.\n', err: '' });
  });

  it('prints what docs/pin.md shows', () => {
    const overlay = (digest: string) => `resources: [../../base]\nimages:\n  - name: shop/storefront\n    newTag: 1.4.0\n${digest}`;
    const checkout = (image: string, name = 'checkout') => storefront(image).replaceAll('name: storefront', `name: ${name}`);
    const cwd = folderWith({
      'apps/storefront/base/kustomization.yaml': 'resources: [app.yaml]\n',
      'apps/storefront/base/app.yaml': storefront('shop/storefront'),
      'apps/storefront/overlays/staging/kustomization.yaml': overlay(`    digest: ${DIGEST}\n`),
      'apps/storefront/overlays/prod/kustomization.yaml': overlay(''),
      'environments/staging/checkout/app.yaml': checkout(`shop/checkout:2.1.0@${DIGEST}`),
      'environments/staging/checkout/worker.yaml': checkout('shop/worker:7', 'worker'),
      'environments/prod/checkout/app.yaml': checkout('shop/checkout:2.1.0'),
      'environments/prod/checkout/worker.yaml': checkout('shop/worker:7', 'worker'),
    });
    const [, shown] = /```console\n\$ gitops-lint pin\n(.*?)```/s.exec(readFileSync('docs/pin.md', 'utf8')) ?? [];
    expect(run(['pin'], { cwd }).out).toBe(shown);
  });

  it.each([
    [['pin', '--app', 'storefrnt'], 'there is nothing to check for --app storefrnt\n'],
    [['pin', '--format', 'sarif'], '"pin" prints stylish or json, not "sarif"'],
    [['pin', 'docs'], 'there is nothing to check in "docs"'],
  ])('%j is a mistake', (words, message) => {
    const { code, err } = run(words, { cwd: folderWith({ ...SHOP, 'docs/README.md': '' }) });
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
