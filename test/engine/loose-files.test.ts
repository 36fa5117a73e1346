import { describe, expect, it } from 'vitest';
import { findLooseFiles, type Inclusions } from '../../src/engine/loose-files.ts';
import { namedInTexts } from '../../src/engine/named-in-texts.ts';
import { SourceFile } from '../../src/text/source-file.ts';
import { scalar } from '../../src/tree/node.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { type SnapshotEntry, SnapshotWorkspace } from '../../src/workspace/snapshot-workspace.ts';
import { configMap } from '../rules/shop.ts';

const HOME = 'apps/checkout/overlays/prod';
const settings = configMap('checkout', 'LOG_LEVEL: info\n');
const tree = { [`${HOME}/kustomization.yaml`]: 'resources: []\n', [`${HOME}/config.yaml`]: settings, [`${HOME}/jobs/nightly/job.yaml`]: settings };

type Source = Partial<Pick<Inclusions['deployments'][number], 'kind' | 'recurses'>> & { readonly text: string; readonly whereabouts?: 'here' | 'unknown' };

const deploymentOf = ({ kind = 'Application', recurses = false, text, whereabouts = 'unknown' }: Source): Inclusions['deployments'][number] => {
  const node = scalar(text, 'plain', { file: new SourceFile('app.yaml', text), start: 0, end: text.length, how: 'written', precision: 'exact' });
  return { kind, recurses, valuesFiles: [], source: { text, node, whereabouts, ...(whereabouts === 'here' && { path: text }) } };
};
const looseIn = (...sources: readonly Source[]) =>
  findLooseFiles({ workspace: memoryWorkspace(tree), isIgnored: () => false, variants: [], deployments: sources.map(deploymentOf) }).map(({ at }) =>
    at.file.path.slice(HOME.length + 1),
  );

describe('findLooseFiles', () => {
  it('takes no deployer for one of all folders', () => expect(looseIn()).toEqual(['config.yaml', 'jobs/nightly/job.yaml']));

  it.each([`${HOME}/jobs/{{name}}`, 'apps/{{app}}/overlays/prod/jobs/nightly/', '{{path}}', `./apps/{{app}}/overlays/{{env}}/jobs`, `${HOME}/jobs/nightly`])(
    'claims nothing of a folder that the path %s may lead to',
    (text) => expect(looseIn({ text })).toEqual(['config.yaml']),
  );

  it.each(['apps/{{app}}/overlays/dev/jobs', 'clusters/{{name}}', 'apps/ledger/{{path}}', ''])('is not misled by the path %j', (text) =>
    expect(looseIn({ text })).toEqual(['config.yaml', 'jobs/nightly/job.yaml']),
  );

  it('knows which deployer reads the folders below', () => {
    const folder = { text: `${HOME}/jobs`, whereabouts: 'here' } as const;
    expect(looseIn(folder)).toEqual(['config.yaml', 'jobs/nightly/job.yaml']);
    expect(looseIn({ ...folder, recurses: true })).toEqual(['config.yaml']);
    expect(looseIn({ ...folder, recurses: true, kind: 'Kustomization' })).toEqual(['config.yaml']);
  });

  it('knows that Argo CD reads all below a path where it is told to, and that Flux builds kustomizations', () => {
    const above = { text: 'apps/checkout', whereabouts: 'here', recurses: true } as const;
    expect(looseIn(above)).toEqual([]);
    expect(looseIn({ ...above, kind: 'Kustomization' })).toEqual(['config.yaml', 'jobs/nightly/job.yaml']);
  });

  it('follows links to what is named, and says nothing of the links', () => {
    const file = (text: string) => ({ type: 'file', bytes: () => new TextEncoder().encode(text) }) as const;
    const workspace = new SnapshotWorkspace(
      'test',
      new Map<string, SnapshotEntry>([
        ['base/kustomization.yaml', file('resources: [config.yaml]\n')],
        ['base/config.yaml', file(settings)],
        ['base/linked.yaml', file(settings)],
        ['prod/kustomization.yaml', file('resources: [../base, linked.yaml]\n')],
        ['prod/linked.yaml', { type: 'symlink', target: () => '../base/linked.yaml' }],
        ['prod/idle.yaml', { type: 'symlink', target: () => '../base/linked.yaml' }],
      ]),
    );
    expect(findLooseFiles({ workspace, isIgnored: () => false, variants: [], deployments: [] })).toEqual([]);
  });
});

describe('namedInTexts', () => {
  const isNamed = (by: string, text: string) =>
    namedInTexts(memoryWorkspace({ [`${HOME}/config.yaml`]: settings, [by]: text }), [`${HOME}/config.yaml`], new Set()).size > 0;

  it.each([
    ['deploy.sh', 'kubectl apply -f config.yaml'],
    ['Makefile', '\tkubectl apply -f $(HOME)/overlays/prod/config.yaml'],
    ['.gitlab-ci.yml', 'script: [kubectl apply -f config.yaml]'],
    ['skaffold.yaml', 'rawYaml: [./apps/checkout/overlays/prod/config.yaml]'],
    [`${HOME}/generator.yaml`, 'files:\n  - ./config.yaml'],
    [`${HOME}/README.md`, 'See [the settings](config.yaml).'],
    ['apps/checkout/tests/case.yaml', 'resource: ../overlays/prod/config.yaml'],
    ['docs/apply.md', 'Apply checkout/overlays/prod/config.yaml.'],
  ])('%s names it: %s', (by, text) => expect(isNamed(by, text)).toBe(true));

  it.each([
    ['deploy.sh', 'kubectl apply -f my-config.yaml config.yaml.bak config.yml'],
    ['deploy.sh', 'kubectl apply -f overlays/dev/config.yaml'],
    ['docs/apply.md', 'Each overlay has a config.yaml.'],
    ['apps/ledger/generator.yaml', 'files: [config.yaml]'],
    [`${HOME}/kustomization.yaml`, '# - config.yaml'],
    ['CHANGELOG.md', 'Removed apps/checkout/overlays/prod/config.yaml'],
    ['.gitopsrc', 'exceptions: [{ path: apps/checkout/overlays/prod/config.yaml }]'],
    ['apps/checkout/.gitopsrc.yaml', 'exceptions: [{ path: overlays/prod/config.yaml }]'],
    ['known.json', '{\n  "schemaVersion": 1,\n  "findings": {\n    "unreferenced-file": [\n      { "file": "apps/checkout/overlays/prod/config.yaml" }'],
    ['report.json', '{ "schemaVersion": 1, "tool": {}, "findings": [{ "path": "apps/checkout/overlays/prod/config.yaml" }] }'],
    ['.yamllint', 'ignore: apps/checkout/overlays/prod/config.yaml'],
  ])('%s does not: %s', (by, text) => expect(isNamed(by, text)).toBe(false));

  it('reads words of any length', () => {
    const started = Date.now();
    expect(isNamed('logo.sh', `${'A/'.repeat(900_000)} config.yaml`)).toBe(true);
    expect(Date.now() - started).toBeLessThan(5_000);
  });
});
