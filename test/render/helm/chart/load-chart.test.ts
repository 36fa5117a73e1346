import { describe, expect, it } from 'vitest';
import { loadChart } from '../../../../src/render/helm/chart/load-chart.ts';
import { memoryWorkspace } from '../../../../src/workspace/memory-workspace.ts';
import { chartIn, chartYaml, shown, tgz } from './shop.ts';

const dependsOn = (...entries: string[]): string => `dependencies:\n${entries.map((entry) => `  - { ${entry} }\n`).join('')}`;

describe('loadChart', () => {
  it('sorts the files of a chart into what they are', () => {
    const chart = chartIn({
      'storefront/Chart.yaml': chartYaml('storefront', 'appVersion: 1.10\n'),
      'storefront/values.yaml': 'replicas: 1\n',
      'storefront/values.schema.json': '{}',
      'storefront/templates/_helpers.tpl': '',
      'storefront/templates/deep/service.yaml': '',
      'storefront/templates/NOTES.txt': '',
      'storefront/crds/shops.yaml': '',
      'storefront/config/app.properties': 'a=b\n',
      'storefront/README.md': '',
      'checkout/Chart.yaml': chartYaml('checkout'),
    });
    expect(chart.templates.map(({ name }) => name)).toEqual(['templates/NOTES.txt', 'templates/_helpers.tpl', 'templates/deep/service.yaml']);
    expect(chart.files.map(({ name }) => name)).toEqual(['README.md', 'config/app.properties', 'crds/shops.yaml']);
    expect([chart.valuesFile?.path, chart.schemaFile?.path]).toEqual(['storefront/values.yaml', 'storefront/values.schema.json']);
    // Numbers are printed by Go: a float has no trailing zero.
    expect(chart.metadata.fields.get('appVersion')?.text).toBe('1.1');
  });

  it('leaves out what .helmignore names, also by a folder above', () => {
    const chart = chartIn({
      'storefront/Chart.yaml': chartYaml('storefront'),
      'storefront/.helmignore': 'ci/\n',
      'storefront/ci/values.yaml': '',
      'storefront/templates/ci/deep/job.yaml': '',
      'storefront/templates/job.yaml': '',
    });
    expect(chart.templates.map(({ name }) => name)).toEqual(['templates/job.yaml']);
    expect(chart.files.map(({ name }) => name)).toEqual(['.helmignore']);
  });

  it('reads the requirements of charts of the first version', () => {
    const chart = chartIn({
      'storefront/Chart.yaml': 'name: storefront\nversion: 1.0.0\n',
      'storefront/requirements.yaml': dependsOn('name: ledger, version: 1.x.x, repository: "https://charts.example"'),
    });
    expect(chart.metadata.requirements.map(({ name }) => name)).toEqual(['ledger']);
    expect(chart.missing.map(({ why }) => why)).toEqual(['remote']);
  });

  it('finds subcharts in folders, in archives and by file://', () => {
    const chart = chartIn({
      'storefront/Chart.yaml': chartYaml('storefront', dependsOn('name: ledger, version: "*", repository: "file://../shared/ledger"')),
      'storefront/charts/checkout/Chart.yaml': chartYaml('checkout'),
      'storefront/charts/checkout/templates/a.yaml': 'checkout',
      'storefront/charts/checkout/charts/queue/Chart.yaml': chartYaml('queue'),
      'storefront/charts/cache-1.2.3.tgz': tgz({ 'cache/Chart.yaml': chartYaml('cache'), 'cache/templates/a.yaml': 'cache', 'cache/values.yaml': 'a: 1\n' }),
      'storefront/charts/.gitkeep': '',
      'storefront/charts/_old/README.md': '',
      'shared/ledger/Chart.yaml': chartYaml('ledger'),
    });
    expect(chart.dependencies.map(({ metadata, folder, isArchive }) => [metadata.name, folder, isArchive])).toEqual([
      ['cache', 'storefront/charts/cache-1.2.3.tgz', true],
      ['checkout', 'storefront/charts/checkout', false],
      ['ledger', 'shared/ledger', false],
    ]);
    const [cache, checkout] = chart.dependencies;
    expect(cache?.templates[0]?.source()).toMatchObject({ path: 'storefront/charts/cache-1.2.3.tgz/cache/templates/a.yaml', text: 'cache' });
    expect(cache?.valuesFile?.text).toBe('a: 1\n');
    expect(checkout?.dependencies.map(({ metadata }) => metadata.name)).toEqual(['queue']);
    expect(chart.missing).toEqual([]);
  });

  it('tells what is not here, and does not look outside', () => {
    const chart = chartIn({
      'storefront/Chart.yaml': chartYaml(
        'storefront',
        dependsOn(
          'name: redis, version: 1.0.0, repository: "oci://charts.example"',
          'name: ledger, version: 1.0.0, repository: "file://../../../etc"',
          'name: queue, version: 1.0.0',
        ),
      ),
    });
    expect(chart.missing.map(({ requirement, why, of }) => [requirement.name, why, of])).toEqual([
      ['redis', 'remote', ['storefront']],
      ['ledger', 'absent', ['storefront']],
      ['queue', 'absent', ['storefront']],
    ]);
    expect(chart.missing.map(({ requirement }) => shown(requirement.origin).split(':')[1])).toEqual(['5', '6', '7']);
  });

  it('survives charts that name each other', () => {
    const chart = chartIn({
      'storefront/Chart.yaml': chartYaml('storefront', dependsOn('name: ledger, version: "*", repository: "file://../ledger"')),
      'ledger/Chart.yaml': chartYaml('ledger', dependsOn('name: storefront, version: "*", repository: "file://../storefront"')),
    });
    expect(chart.dependencies[0]?.missing.map(({ requirement }) => requirement.name)).toEqual(['storefront']);
  });

  it.each([
    ['no Chart.yaml', { 'storefront/values.yaml': '' }, '"storefront/Chart.yaml" does not exist'],
    ['no name', { 'storefront/Chart.yaml': 'version: 1.0.0\n' }, 'the chart has no name'],
    ['no version', { 'storefront/Chart.yaml': 'name: storefront\n' }, 'the chart has no version'],
    ['a version that is none', { 'storefront/Chart.yaml': 'name: storefront\nversion: latest\n' }, '"latest" is not a semantic version'],
    ['another type', { 'storefront/Chart.yaml': chartYaml('storefront', 'type: app\n') }, 'the type of a chart is "application" or "library", not "app"'],
    ['no YAML', { 'storefront/Chart.yaml': 'a: b: c\n' }, 'bad indentation of a mapping entry'],
    ['no mapping', { 'storefront/Chart.yaml': '- a\n' }, '"storefront/Chart.yaml" holds no mapping'],
    [
      'one name twice',
      { 'storefront/Chart.yaml': chartYaml('storefront', dependsOn('name: a, version: 1.0.0', 'name: b, version: 1.0.0, alias: a')) },
      'more than one dependency has the name or alias "a"',
    ],
    [
      'a broken archive',
      { 'storefront/Chart.yaml': chartYaml('storefront'), 'storefront/charts/a.tgz': 'no' },
      '"storefront/charts/a.tgz" is not a gzip archive',
    ],
    [
      'a broken .helmignore',
      { 'storefront/Chart.yaml': chartYaml('storefront'), 'storefront/.helmignore': 'docs/**' },
      '"**" is not supported in a .helmignore',
    ],
  ])('tells of %s', (_, tree, message) => {
    expect(loadChart(memoryWorkspace(tree), 'storefront').problems.map((problem) => problem.message)).toContain(message);
  });

  it('refuses archives that lead out of themselves, and passes over links', () => {
    const load = (archive: Uint8Array) =>
      loadChart(memoryWorkspace({ 'storefront/Chart.yaml': chartYaml('storefront'), 'storefront/charts/a.tgz': archive }), 'storefront');
    expect(load(tgz({ 'a/../../escape': '' })).problems[0]?.message).toContain('leads out of it');
    expect(load(tgz({ '/etc/passwd': '' })).problems[0]?.message).toContain('leads out of it');
    expect(load(tgz({ 'a/Chart.yaml': chartYaml('a') }, '2')).problems[0]?.message).toContain('does not exist');
    expect(load(tgz({ 'a/Chart.yaml': chartYaml('a') })).problems).toEqual([]);
  });
});
