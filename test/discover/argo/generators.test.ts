import { describe, expect, it } from 'vitest';
import { authorsIn, messagesIn, pathOf, pathsIn, readPaths } from './sets.ts';

const GO = 'goTemplate: true\n';

describe('the list generator', () => {
  it('makes one application for each element', () => {
    const reading = readPaths('- list: {elements: [{env: dev}, {env: prod-eu, values: {region: eu}}]}', 'apps/{{env}}/{{values.region}}');
    expect(pathsIn(reading)).toEqual(['apps/dev/{{values.region}}', 'apps/prod-eu/eu']);
    expect([...(reading.made[1]?.parameters ?? [])].map(([name, { text }]) => `${name}=${text}`)).toEqual(['env=prod-eu', 'values.region=eu']);
    expect(reading.made.map(({ isOpen, isConditional, isEphemeral }) => isOpen || isConditional || isEphemeral)).toEqual([false, false, false].slice(1));
    expect(reading).toMatchObject({ problems: [], gaps: [], unmatched: [] });
  });

  it('says where a value stands', () => {
    const { made } = readPaths('- list:\n    elements:\n      - env: dev\n      - env: staging', 'apps/{{env}}');
    expect(made.map((one) => authorsIn(pathOf(one)).at(-1))).toEqual(['dev < set.yaml:5', 'staging < set.yaml:6']);
  });

  it('has trees for Go templates', () => {
    const reading = readPaths('- list: {elements: [{env: dev, cluster: {zones: [eu], size: 3}}]}', 'apps/{{.cluster.size}}/{{first .cluster.zones}}', {
      head: GO,
    });
    expect(pathsIn(reading)).toEqual(['apps/3/eu']);
    expect([...(reading.made[0]?.parameters.keys() ?? [])]).toEqual(['env', 'cluster.zones.0', 'cluster.size']);
    expect(reading.problems).toEqual([]);
  });

  it('takes texts only, without Go templates', () => {
    const reading = readPaths('- list: {elements: [{env: dev, size: 3, live: true}, {env: [dev]}, dev]}', 'apps/{{env}}/{{size}}');
    expect(pathsIn(reading)).toEqual(['apps/dev/3', 'apps/{{env}}/{{size}}']);
    expect(messagesIn(reading.problems)).toEqual([
      'the parameter "size" of a list is no text, and the set has no "goTemplate: true"',
      'the parameter "live" of a list is no text, and the set has no "goTemplate: true"',
      'the parameter "env" of a list is no text, and the set has no "goTemplate: true"',
      'an element of a list is no mapping',
    ]);
  });

  it('reads elements from text', () => {
    const reading = readPaths('- list:\n    elementsYaml: |\n      - env: dev\n      - env: prod-eu', 'apps/{{env}}');
    expect(pathsIn(reading)).toEqual(['apps/dev', 'apps/prod-eu']);
    expect(authorsIn(pathOf(reading.made[1])).at(-1)).toBe('prod-eu < set.yaml:6');
    expect(messagesIn(readPaths('- list: {elementsYaml: "env: dev"}', 'x').problems)).toEqual(['"elementsYaml" is no list']);
  });

  it('may be empty', () => expect(readPaths('- list: {elements: []}', 'apps/{{env}}')).toMatchObject({ made: [], problems: [], gaps: [] }));
});

const tree = {
  'apps/checkout/base/kustomization.yaml': '',
  'apps/checkout/prod_eu/kustomization.yaml': '',
  'apps/ledger/dev/kustomization.yaml': '',
  'apps/ledger/.cache/dev/x.yaml': '',
  '.github/dev/x.yaml': '',
  'docs/readme.md': '',
};

describe('the git generator of directories', () => {
  const git = (items: string, more = '') => `- git: {repoURL: '{shop}', revision: HEAD, directories: [${items}]${more}}`;

  it('finds any folder that a pattern matches, whatever is in it', () => {
    const reading = readPaths(git('{path: apps/*/*}'), '{{path}}:{{path.basename}}:{{path.basenameNormalized}}:{{path[1]}}', { tree });
    expect(pathsIn(reading)).toEqual([
      'apps/checkout/base:base:base:checkout',
      'apps/checkout/prod_eu:prod_eu:prod-eu:checkout',
      'apps/ledger/dev:dev:dev:ledger',
    ]);
    expect(authorsIn(pathOf(reading.made[0])).slice(0, 1)).toEqual(['apps/checkout/base < set.yaml:3']);
  });

  it('keeps to one level, leaves hidden folders out, and lets an exclusion win', () => {
    expect(pathsIn(readPaths(git('{path: apps/**}'), '{{path}}', { tree }))).toEqual(['apps/checkout', 'apps/ledger']);
    expect(pathsIn(readPaths(git('{path: "*"}'), '{{path}}', { tree }))).toEqual(['apps', 'docs']);
    const excluded = git('{path: apps/*/base, exclude: true}, {path: apps/*/*}, {path: apps/checkout/base}');
    expect(pathsIn(readPaths(excluded, '{{path}}', { tree }))).toEqual(['apps/checkout/prod_eu', 'apps/ledger/dev']);
  });

  it('tells which patterns match nothing, and which are none', () => {
    const reading = readPaths(git('{path: apps/*}, {path: live/*}, {path: old/*, exclude: true}, {path: "apps/["}'), '{{path}}', { tree });
    expect(reading.unmatched.map((node) => node.kind === 'scalar' && node.text)).toEqual(['live/*']);
    expect(messagesIn(reading.problems)).toEqual(['the pattern "apps/[" is malformed, and matches nothing']);
  });

  it('has a prefix for its parameters, and values made of them', () => {
    const reading = readPaths(
      git('{path: apps/*}', ", pathParamPrefix: app, values: {dir: 'live/{{app.path.basename}}'}"),
      '{{values.dir}}/{{app.path[0]}}/{{path}}',
      { tree },
    );
    expect(pathsIn(reading)).toEqual(['live/checkout/apps/{{path}}', 'live/ledger/apps/{{path}}']);
  });

  it('gives a tree to Go templates, and the same flat names to whoever asks', () => {
    const reading = readPaths(
      git('{path: apps/ledger/*}', ', values: {app: "{{index .path.segments 1}}"}'),
      '{{.path.path}}:{{.path.basename}}:{{.values.app}}',
      {
        tree,
        head: GO,
      },
    );
    expect(pathsIn(reading)).toEqual(['apps/ledger/dev:dev:ledger']);
    expect([...(reading.made[0]?.parameters ?? [])].map(([name, { text }]) => `${name}=${text}`)).toEqual([
      'path=apps/ledger/dev',
      'path.basename=dev',
      'path.basenameNormalized=dev',
      'path[0]=apps',
      'path[1]=ledger',
      'path[2]=dev',
      'values.app=ledger',
    ]);
    const prefixed = readPaths(git('{path: apps/ledger/*}', ', pathParamPrefix: app'), '{{.app.path.path}}', { tree, head: GO });
    expect(pathsIn(prefixed)).toEqual(['apps/ledger/dev']);
    expect([...(prefixed.made[0]?.parameters.keys() ?? [])].slice(0, 2)).toEqual(['app.path', 'app.path.basename']);
  });

  it('is open for another repository', () => {
    const reading = readPaths(
      "- git: {repoURL: 'https://git.example/other.git', directories: [{path: apps/*}], values: {env: dev}}",
      '{{path}}/{{values.env}}',
      { tree },
    );
    expect(pathsIn(reading)).toEqual(['{{path}}/dev']);
    expect(reading.made[0]?.isOpen).toBe(true);
    expect(messagesIn(reading.gaps)).toEqual(['the folders that a set is made from are not known here']);
    expect(reading.unmatched).toEqual([]);
  });

  it('needs something to look for', () => {
    expect(messagesIn(readPaths("- git: {repoURL: '{shop}'}", '{{path}}').problems)).toEqual(['a git generator names neither directories nor files']);
  });
});

describe('the git generator of files', () => {
  const files = {
    'clusters/dev/config.json': '{"cluster": {"name": "dev-1", "zones": ["a", "b"], "size": 3}, "live": true, "none": null}',
    'clusters/prod-eu/config.yaml': '- env: blue\n- env: green\n',
    'clusters/empty/config.yaml': '',
    'clusters/deep/er/config.yaml': 'env: deep\n',
  };
  const git = (path: string, more = '') => `- git: {repoURL: '{shop}', files: [{path: '${path}'}]${more}}`;

  it('flattens what a file holds', () => {
    const reading = readPaths(git('clusters/dev/*.json'), '{{cluster.name}}/{{cluster.zones.1}}/{{cluster.size}}/{{live}}/{{none}}', { tree: files });
    expect(pathsIn(reading)).toEqual(['dev-1/b/3/true/<nil>']);
    expect(authorsIn(pathOf(reading.made[0]))[0]).toBe('dev-1 < clusters/dev/config.json:1');
  });

  it('makes several of a list, and one of an empty file; a star goes through slashes', () => {
    const reading = readPaths(git('clusters/*/config.yaml'), '{{path}}/{{env}}', { tree: files });
    expect(pathsIn(reading)).toEqual(['clusters/deep/er/deep', 'clusters/empty/{{env}}', 'clusters/prod-eu/blue', 'clusters/prod-eu/green']);
  });

  it('tells of the path, too', () => {
    const path = '{{path}}|{{path.basename}}|{{path.filename}}|{{path.filenameNormalized}}|{{path[1]}}';
    const tree = { 'apps/My_App/Config_1.json': '{"path": "own"}', 'Root.json': '{}' };
    expect(pathsIn(readPaths(git('*.json'), path, { tree }))).toEqual([
      '.|.|Root.json|root.json|{{path[1]}}',
      'apps/My_App|My_App|Config_1.json|config-1.json|My_App',
    ]);
  });

  it('has trees for Go templates', () => {
    const reading = readPaths(git('clusters/dev'), '{{.cluster.name}}/{{index .cluster.zones 0}}/{{.path.filename}}', { tree: files, head: GO });
    expect(pathsIn(reading)).toEqual(['dev-1/a/config.json']);
    expect(reading.made[0]?.parameters.get('cluster.name')?.text).toBe('dev-1');
  });

  it('tells of files that hold no parameters', () => {
    const tree = { 'a.json': '"dev"', 'b.json': '[1]', 'c.json': '{', 'd.json': '{"env": "dev"}' };
    const reading = readPaths(git('*.json'), '{{env}}', { tree });
    expect(pathsIn(reading)).toEqual(['dev']);
    expect(messagesIn(reading.problems)).toEqual(['a', 'b', 'c'].map((name) => `"${name}.json" holds neither a mapping nor a list of mappings`));
  });

  it('leaves excluded files out, and tells which patterns match nothing', () => {
    const items = "[{path: clusters/**}, {path: '**/dev/*', exclude: true}, {path: old/*.json}]";
    const reading = readPaths(`- git: {repoURL: '{shop}', files: ${items}}`, '{{path.basename}}', { tree: files });
    expect(new Set(pathsIn(reading))).toEqual(new Set(['er', 'empty', 'prod-eu']));
    expect(reading.unmatched).toHaveLength(1);
  });
});

describe('the clusters generator', () => {
  it('stands for any cluster; its values and the labels that it demands are known', () => {
    const selector =
      'selector: {matchLabels: {env: prod}, matchExpressions: [{key: zone, operator: In, values: [eu]}, {key: tier, operator: In, values: [a, b]}]}';
    const path = '{{values.root}}/{{name}}/{{metadata.labels.env}}/{{metadata.labels.zone}}/{{metadata.labels.tier}}/{{values.copy}}';
    const reading = readPaths(`- clusters: {${selector}, values: {root: apps, copy: "x-{{metadata.labels.env}}-{{server}}"}}`, path);
    expect(pathsIn(reading)).toEqual(['apps/{{name}}/prod/eu/{{metadata.labels.tier}}/x-prod-{{server}}']);
    expect(reading.made[0]).toMatchObject({ isOpen: true, isEphemeral: false });
    expect(reading.gaps).toEqual([]);
  });

  it('has its labels in a tree for Go templates', () => {
    const generators = '- clusters: {selector: {matchLabels: {env: prod, app.kubernetes.io/x: y}}, values: {root: apps, up: "{{upper .name}}"}}';
    const reading = readPaths(
      generators,
      '{{.values.root}}/{{.metadata.labels.env}}/{{index .metadata.labels "app.kubernetes.io/x"}}/{{.metadata.labels.zone}}/{{.values.up}}',
      {
        head: 'goTemplate: true\ngoTemplateOptions: ["missingkey=error"]\n',
      },
    );
    expect(pathsIn(reading)).toEqual(['apps/prod/y/{{.metadata.labels.zone}}/{{upper .name}}']);
    expect(reading.problems).toEqual([]);
  });

  it('knows that a parameter is none', () => {
    const reading = readPaths('- clusters: {}', '{{.cluster}}', { head: 'goTemplate: true\ngoTemplateOptions: ["missingkey=error"]\n' });
    expect(messagesIn(reading.problems)).toEqual(['the template is refused: no parameter ".cluster"']);
  });

  it.each([
    'matchExpressions: [{key: none, operator: Exists}, {key: none, operator: DoesNotExist}]',
    'matchLabels: {env: dev}, matchExpressions: [{key: env, operator: In, values: [prod]}]',
    'matchLabels: {env: dev}, matchExpressions: [{key: env, operator: NotIn, values: [dev]}]',
  ])('makes nothing of a selector that contradicts itself: %s', (selector) => {
    expect(readPaths(`- clusters: {selector: {${selector}}}`, 'apps').made).toEqual([]);
  });

  it.each([
    'matchExpressions: [{key: a, operator: Exists}, {key: b, operator: DoesNotExist}]',
    'matchLabels: {env: dev}, matchExpressions: [{key: env, operator: Exists}]',
  ])('is not misled by one that only looks so: %s', (selector) => expect(readPaths(`- clusters: {selector: {${selector}}}`, 'apps').made).toHaveLength(1));

  it('makes one application of a flat list', () => {
    const reading = readPaths('- clusters: {flatList: true}', 'apps/{{.clusters}}', { head: GO });
    expect(pathsIn(reading)).toEqual(['apps/{{.clusters}}']);
    expect(reading.made[0]?.isOpen).toBe(false);
  });
});

describe('generators that ask others', () => {
  it.each([
    ['scmProvider', 'the repositories of a provider'],
    ['plugin', 'a plugin'],
    ['clusterDecisionResource', 'a decision of the cluster'],
    ['astrology', 'the generator "astrology"'],
  ])('%s is open, and a gap', (name, asked) => {
    const reading = readPaths(`- ${name}: {values: {env: dev}}`, '{{values.env}}/{{anything}}');
    expect(pathsIn(reading)).toEqual(['dev/{{anything}}']);
    expect(reading.made[0]).toMatchObject({ isOpen: true, isEphemeral: false });
    expect(messagesIn(reading.gaps)).toEqual([`the applications that a set makes from ${asked} are not known here`]);
  });

  it('pull requests are ephemeral', () => {
    const reading = readPaths('- pullRequest: {github: {owner: shop}}', 'preview/{{number}}');
    expect(reading.made[0]).toMatchObject({ isOpen: true, isEphemeral: true });
    expect(reading.gaps).toEqual([]);
    const combined = readPaths('- matrix: {generators: [{list: {elements: [{app: ledger}]}}, {pullRequest: {}}]}', '{{app}}/{{number}}');
    expect(combined.made[0]).toMatchObject({ isOpen: true, isEphemeral: true });
    expect(pathsIn(combined)).toEqual(['ledger/{{number}}']);
  });
});

describe('a selector of what a generator gives', () => {
  const list = 'list: {elements: [{env: dev, app: a}, {env: prod, app: b}, {app: c}]}';

  it.each([
    ['matchLabels: {env: dev}', ['a']],
    ['matchExpressions: [{key: env, operator: NotIn, values: [dev]}]', ['b', 'c']],
    ['matchExpressions: [{key: env, operator: Exists}]', ['a', 'b']],
    ['matchExpressions: [{key: env, operator: DoesNotExist}]', ['c']],
    ['matchExpressions: [{key: env, operator: In, values: [dev, prod]}]', ['a', 'b']],
    ['', ['a', 'b', 'c']],
  ])('{%s} keeps %j', (selector, expected) => {
    expect(pathsIn(readPaths(`- {${list}, selector: {${selector}}}`, '{{app}}'))).toEqual(expected);
  });

  it('keeps what cannot be decided', () => {
    const clusters = 'clusters: {values: {env: dev}}';
    expect(readPaths(`- {${clusters}, selector: {matchLabels: {name: dev-1}}}`, 'x').made).toHaveLength(1);
    expect(readPaths(`- {${clusters}, selector: {matchLabels: {values.env: prod}}}`, 'x').made).toHaveLength(0);
    expect(readPaths(`- {${clusters}, selector: {matchLabels: {nobody: x}}}`, 'x').made).toHaveLength(0);
  });

  it('sees trees by their flat names', () => {
    const reading = readPaths('- {list: {elements: [{a: {b: dev}}, {a: {b: yes}}]}, selector: {matchLabels: {a.b: yes}}}', '{{.a.b}}', { head: GO });
    expect(pathsIn(reading)).toEqual(['yes']);
  });
});
