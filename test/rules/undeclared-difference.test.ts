import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import rule from '../../rules/undeclared-difference/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { configMap, deployment, documents, overlaysOf, secret } from './shop.ts';

/** The same app in several environments, each with a file of its own; lines of the contract besides. */
const shop = (lines: readonly string[], files: Readonly<Record<string, string>>, more = ''): Tree => ({
  '.gitopsrc': `${more}differences:\n${lines.map((line) => `  - ${line}\n`).join('')}`,
  ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`environments/${name}/checkout/app.yaml`, text])),
});

const container = (lines: string) => deployment('checkout', `image: registry.shop.example/checkout:1.4.0\n${lines}`);
const object = (kind: string) => `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: checkout\nspec: {}\n`;
const limits = (memory: string) => container(`resources:\n  limits:\n    memory: ${memory}\n`);
const secured = (lines: string) => container(`securityContext:\n${lines.replace(/^(?=.)/gm, '  ')}`);
const KEPT = '{ path: "spec.template.spec.containers[*].securityContext", must: not-weaken }';
const namespace = (level: string) =>
  `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: checkout\n  labels:\n    app: checkout\n${level && `    pod-security.kubernetes.io/enforce: ${level}\n`}`;
const budget = (least: string) =>
  `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: checkout\nspec:\n  minAvailable: ${least}\n  selector: { matchLabels: { app: checkout } }\n`;

/** Two ways to production. */
const TWO_WAYS = `environments:
  oslo-dev: { tier: dev }
  oslo-prod: { tier: prod, promotesFrom: [oslo-dev] }
  lima-dev: { tier: dev }
  lima-prod: { tier: prod, promotesFrom: [lima-dev] }
`;

testRule(rule, {
  valid: {
    'nothing is declared': shop(['{ kind: Ingress, may: differ }'], { dev: configMap('checkout', 'LEVEL: a\n'), prod: configMap('checkout', 'LEVEL: b\n') }),
    'it may differ': shop(['{ key: LEVEL, may: differ }', '{ path: "**", must: same }'], {
      dev: configMap('checkout', 'LEVEL: a\n'),
      prod: configMap('checkout', 'LEVEL: b\n'),
    }),
    'the first line that covers it counts': shop(['{ path: spec.replicas, may: differ }', '{ kind: Deployment, must: same }'], {
      dev: `${container('')}  replicas: 1\n`,
      prod: `${container('')}  replicas: 3\n`,
    }),
    'it differs by the own name of the environment, a namespace and the order of things alone': shop(['{ path: "**", must: same }'], {
      dev: `${configMap('checkout-dev', 'URL: https://dev.shop.example/a\nAT: db.shop-dev.svc\n').replace('  name: checkout-dev', '  name: checkout-dev\n  namespace: shop-dev')}`,
      prod: `${configMap('checkout-prod', 'AT: db.shop-prod.svc\nURL: https://prod.shop.example/a\n').replace('  name: checkout-prod', '  name: checkout-prod\n  namespace: shop-prod')}`,
    }),
    'what must differ does': shop(['{ key: "*_HOST", must: differ }'], {
      dev: configMap('checkout', 'DB_HOST: db.dev.example\n'),
      prod: configMap('checkout', 'DB_HOST: db.prod.example\n'),
    }),
    'one environment alone has it, as declared': shop(['{ key: "DEBUG*", only: [dev] }', '{ path: "**", must: same }'], {
      dev: configMap('checkout', 'URL: a\nDEBUG_SQL: "1"\n'),
      prod: configMap('checkout', 'URL: a\n'),
    }),
    'production has more': shop(['{ path: "spec.template.spec.containers[*].resources", must: not-weaken }'], { dev: limits('64Mi'), prod: limits('1Gi') }),
    'production has fewer privileges': shop([KEPT], {
      dev: secured('runAsNonRoot: true\ncapabilities:\n  add: [NET_ADMIN]\nseccompProfile:\n  type: Unconfined\n'),
      prod: secured('runAsNonRoot: true\n'),
    }),
    'production drops all privileges, in other letters': shop([KEPT], {
      dev: secured('capabilities:\n  drop: [ALL]\n'),
      prod: secured('capabilities:\n  drop: [all]\n'),
    }),
    'a namespace that lets everything in says as much as one that says nothing': shop(['{ kind: Namespace, must: not-weaken }'], {
      dev: `${namespace('privileged')}---\n${container('')}`,
      prod: `${namespace('')}---\n${container('')}`,
    }),
    'another user, who is not root': shop([KEPT], { dev: secured('runAsUser: 65534\n'), prod: secured('runAsUser: 1000\n') }),
    'a number and a share': shop(['{ path: spec.minAvailable, must: not-weaken }'], { dev: budget('1'), prod: budget('50%') }),
    'production has less than what is promoted elsewhere': shop(
      ['{ path: "**", must: not-weaken }'],
      {
        'oslo-dev': `${container('')}  replicas: 4\n  minReadySeconds: 5\n`,
        'oslo-prod': `${container('')}  replicas: 5\n  minReadySeconds: 5\n`,
        'lima-dev': `${container('')}  replicas: 1\n`,
        'lima-prod': `${container('')}  replicas: 2\n`,
      },
      TWO_WAYS,
    ),
    'the values of a Secret are nobody’s business': shop(['{ path: "**", must: same }'], {
      dev: secret('checkout', 'PASSWORD'),
      prod: secret('checkout', 'PASSWORD').replace('c2hvcA==', 'c3RvcmU='),
    }),
    'a local environment is nobody’s example': shop(['{ path: "**", must: same }'], {
      local: configMap('checkout', 'LEVEL: a\n'),
      prod: configMap('checkout', 'LEVEL: b\n'),
      staging: configMap('checkout', 'LEVEL: b\n'),
    }),
    'the environment lies outside of the folder of the file': {
      ...shop(['{ kind: Ingress, may: differ }'], { dev: configMap('checkout', 'LEVEL: a\n'), prod: configMap('checkout', 'LEVEL: b\n') }),
      'environments/dev/.gitopsrc': 'differences:\n  - { path: "**", must: same }\n',
    },
    'a gap may hide it': {
      ...overlaysOf(configMap('checkout', 'LEVEL: a\n'), { dev: '', prod: '  - https://charts.shop.example/more?ref=v1\n' }),
      'apps/checkout/overlays/dev/more.yaml': configMap('more', 'A: a\n'),
      'apps/checkout/overlays/dev/kustomization.yaml': 'resources: [../../base, more.yaml]\n',
      '.gitopsrc': 'differences:\n  - { path: "**", must: same }\n',
    },
  },
  invalid: {
    'a value differs in one of three': shop(['{ kind: ConfigMap, must: same }'], {
      dev: configMap('checkout', 'LEVEL: a\n'),
      staging: configMap('checkout', 'LEVEL: a\n'),
      prod: configMap('checkout', 'LEVEL: b # error: different prod\n'),
    }),
    'an earlier environment is the odd one': shop(['{ kind: ConfigMap, must: same }'], {
      dev: configMap('checkout', 'LEVEL: a # error: different dev\n'),
      staging: configMap('checkout', 'LEVEL: b\n'),
      prod: configMap('checkout', 'LEVEL: b\n'),
    }),
    'a key is missing': shop(['{ kind: ConfigMap, must: same }'], {
      dev: configMap('checkout', 'LEVEL: a\nMORE: a # error: missing prod\n'),
      prod: configMap('checkout', 'LEVEL: a\n'),
    }),
    'all that is below a field is missing, which is one thing': shop(['{ path: "**", must: same }'], {
      dev: container('resources: # error: missing prod\n  limits:\n    memory: 64Mi\n    cpu: 1\n'),
      prod: container(''),
    }),
    'its value alone may differ': shop(['{ key: "*", may: differ-in-value }'], {
      dev: configMap('checkout', 'LEVEL: a\nMORE: a # error: missing prod\n'),
      prod: configMap('checkout', 'LEVEL: b\n'),
    }),
    'an object is missing': shop(['{ kind: NetworkPolicy, must: same }'], {
      dev: `${configMap('checkout', 'A: a\n')}---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: closed # error: missing prod\nspec:\n  podSelector: {}\n`,
      prod: configMap('checkout', 'A: a\n'),
    }),
    'a key of a Secret is missing': shop(['{ kind: Secret, must: same }'], {
      dev: secret('checkout', 'PASSWORD', 'TOKEN').replace('TOKEN: c2hvcA==', 'TOKEN: c2hvcA== # error: missing prod'),
      prod: secret('checkout', 'PASSWORD'),
    }),
    'two environments share a host': shop(['{ key: "*_HOST", must: differ, reason: one host per environment }'], {
      dev: configMap('checkout', 'DB_HOST: db.shop.example\n'),
      staging: configMap('checkout', 'DB_HOST: db.staging.shop.example\n'),
      prod: configMap('checkout', 'DB_HOST: db.shop.example # error: equal dev,prod\n'),
    }),
    'a base gives one value to all': {
      ...overlaysOf(configMap('checkout', 'DB_HOST: db.shop.example # error: equal dev,prod\n'), { dev: '', prod: '' }),
      '.gitopsrc': 'differences:\n  - { key: "*_HOST", must: differ }\n',
    },
    'the values of Secrets are compared where they must differ': shop(['{ kind: Secret, must: differ }'], {
      dev: secret('checkout', 'PASSWORD'),
      prod: secret('checkout', 'PASSWORD').replace('c2hvcA==', 'c2hvcA== # error: equal'),
    }),
    'production has less': shop(['{ path: "spec.template.spec.containers[*].resources", must: not-weaken }'], {
      dev: limits('1Gi'),
      prod: limits('512Mi # error: weaker prod'),
    }),
    'production has none': shop(['{ path: "spec.template.spec.containers[*].securityContext", must: not-weaken }'], {
      dev: container('securityContext: # error: missing prod\n  runAsNonRoot: true\n'),
      prod: container(''),
    }),
    'production drops no privileges': shop([KEPT], {
      dev: secured('readOnlyRootFilesystem: true\ncapabilities: # error: missing prod\n  drop: [NET_RAW]\n'),
      prod: secured('readOnlyRootFilesystem: true\n'),
    }),
    'production runs as root': shop([KEPT], { dev: secured('runAsUser: 1000\n'), prod: secured('runAsUser: 0 # error: weaker prod\n') }),
    'a profile of its own is given up': shop([KEPT], {
      dev: secured('seccompProfile:\n  type: Localhost\n'),
      prod: secured('seccompProfile:\n  type: Unconfined # error: weaker prod\n'),
    }),
    'a namespace says no longer whom it lets in': shop(['{ kind: Namespace, must: not-weaken }'], {
      dev: `${namespace('baseline # error: missing prod')}---\n${container('')}`,
      prod: `${namespace('')}---\n${container('')}`,
    }),
    'fewer have to be left': shop(['{ path: spec.minAvailable, must: not-weaken }'], { dev: budget('50%'), prod: budget('25% # error: weaker prod') }),
    'production has less than what is promoted to it, whatever other ways have': shop(
      ['{ path: spec.replicas, must: not-weaken }'],
      {
        'oslo-dev': `${container('')}  replicas: 4\n`,
        'oslo-prod': `${container('')}  replicas: 5\n`,
        'lima-dev': `${container('')}  replicas: 3\n`,
        'lima-prod': `${container('')}  replicas: 2 # error: weaker lima-prod\n`,
      },
      TWO_WAYS,
    ),
    'production has not what is promoted to it, and another way has it, too': shop(
      ['{ path: spec, must: not-weaken }'],
      {
        'lima-dev': `${container('')}  minReadySeconds: 5\n`,
        'lima-prod': `${container('')}  minReadySeconds: 5\n`,
        'oslo-dev': `${container('')}  minReadySeconds: 5 # error: missing oslo-prod\n`,
        'oslo-prod': container(''),
      },
      TWO_WAYS,
    ),
    'it stands elsewhere, too': shop(['{ key: "DEBUG*", only: [dev] }'], {
      dev: configMap('checkout', 'DEBUG_SQL: "1"\n'),
      staging: configMap('checkout', 'A: a\n'),
      prod: configMap('checkout', 'DEBUG_SQL: "1" # error: outside prod\n'),
    }),
    'what differs between those that may have it is for the lines below': shop(['{ key: LEVEL, only: [staging, prod] }', '{ path: "**", must: same }'], {
      dev: configMap('checkout', 'A: a\n'),
      staging: configMap('checkout', 'A: a\nLEVEL: a\n'),
      prod: configMap('checkout', 'A: a\nLEVEL: b # error: different prod\n'),
    }),
    'a setting within a text differs': shop(['{ path: "**.level", may: differ }', '{ path: "**", must: same }'], {
      dev: configMap('checkout', 'application.yaml: |\n  level: a\n  retries: 3\n  more: 1 # error: missing prod\n'),
      staging: configMap('checkout', 'application.yaml: |\n  level: b\n  retries: 3\n  more: 1\n'),
      prod: configMap('checkout', 'application.yaml: |\n  level: c\n  # error: different prod\n  retries: 5\n'),
    }),
    'no line covers it, and all is to be said': shop(
      ['{ path: spec.replicas, may: differ }'],
      { dev: configMap('checkout', 'LEVEL: a\n'), prod: configMap('checkout', 'LEVEL: b # error: uncovered prod\n') },
      'preset: strict\n',
    ),
    'the own token of another environment is a difference': shop(['{ path: "**", must: same }'], {
      dev: configMap('checkout', 'URL: https://dev.shop.example\n'),
      staging: configMap('checkout', 'URL: https://staging.shop.example\n'),
      prod: configMap('checkout', 'URL: https://staging.shop.example # error: different prod\n'),
    }),
  },
});

describe('the contract', () => {
  const pair = (lines: readonly string[]) => shop(lines, { dev: configMap('checkout', 'A: a\nNEW: a\n'), prod: configMap('checkout', 'A: a\n') });
  const idsIn = async (tree: Tree) => (await lintTree(tree, rules)).findings.map(({ ruleId }) => ruleId);

  it('silences the rules of parity where a difference is declared', async () => {
    expect(await idsIn(pair(['{ kind: Deployment, must: same }']))).toEqual(['missing-config-key']);
    expect(await idsIn(pair(['{ key: NEW, may: differ }']))).toEqual([]);
    expect(await idsIn(pair(['{ key: NEW, may: differ-in-value }']))).toContain('missing-config-key');
    expect(await idsIn(pair(['{ key: NEW, only: [dev] }']))).toEqual([]);
    expect(await idsIn(pair(['{ key: NEW, only: [dev, prod] }']))).toContain('missing-config-key');
  });

  it('silences them for a setting within a text, too', async () => {
    const text = (lines: string) => configMap('checkout', `application.yaml: |\n  server:\n    port: 1\n${lines}`);
    const idsWith = (line: string) => idsIn(shop([line], { dev: text('    retries: 3\n'), staging: text('    retries: 3\n'), prod: text('') }));
    const retries = 'path: "data[\\"application.yaml\\"].server.retries"';
    expect(await idsWith(`{ ${retries}, may: differ }`)).toEqual([]);
    expect(await idsWith(`{ ${retries}, only: [dev, staging] }`)).toEqual([]);
    expect(await idsWith('{ path: "data[\\"application.yaml\\"].server.port", may: differ }')).toContain('missing-config-key');
  });

  it('is given the paths that findings name', async () => {
    const jobs = (shop: string, more: string) => configMap('checkout', `jobs.yaml: |\n  jobs:\n    - name: close-${shop}\n      at: 1\n${more}`);
    const files = { dev: jobs('dev', '      retries: 3\n'), prod: jobs('prod', '') };
    const { findings } = await lintTree(shop(['{ kind: Deployment, must: same }'], files), rules);
    const [path] = findings.flatMap((finding) => (finding.ruleId === 'missing-config-key' ? (finding.path ?? []) : []));
    expect(path).toBe('data["jobs.yaml"].jobs[name=close-dev].retries');
    const declared = `path: ${JSON.stringify(path?.replace('close-dev', 'close-{env}'))}`;
    expect(await idsIn(shop([`{ ${declared}, may: differ }`], files))).toEqual([]);
  });

  it('speaks of settings files by their names, without the environment in them', async () => {
    const idsWith = (line: string, files: Tree) => idsIn({ '.gitopsrc': `differences:\n  - ${line}\n`, ...files });
    const dotenv = { 'config/dev.env': 'A=1\nNEW=1\n', 'config/prod.env': 'A=1\n' };
    expect(await idsWith('{ name: "{env}.env", may: differ }', dotenv)).toEqual([]);
    expect(await idsWith('{ name: "{env}.yaml", may: differ }', dotenv)).toContain('missing-config-key');
    expect(await idsWith('{ name: "{env}.env", key: NEW, may: differ }', dotenv)).toEqual([]);
    const files = {
      'config/dev.yaml': 'jobs:\n  - { name: close-dev, at: 1, retries: 3 }\n  - { name: mail, at: 2 }\n',
      'config/prod.yaml': 'jobs:\n  - { name: close-prod, at: 1 }\n',
    };
    expect(await idsWith('{ key: retries, may: differ }', files)).toEqual(['missing-config-key']);
    expect(await idsWith('{ path: jobs, may: differ }', files)).toEqual([]);
    expect(await idsWith('{ path: "jobs[name=close-{env}]", may: differ }', files)).toEqual(['missing-config-key']);
    expect(await idsWith('{ path: "jobs[name=mail]", key: jobs, may: differ }', files)).toEqual(['missing-config-key']);
  });

  it('lets a rule speak that has more to tell than what is declared', async () => {
    const app = configMap('checkout', 'A: a\n');
    const whole = documents(app, object('Service'), object('Ingress'));
    const missing = async (lines: readonly string[]) =>
      (await idsIn(shop(lines, { dev: whole, staging: whole, prod: app }))).filter((id) => id === 'missing-resource');
    for (const kind of ['Service', 'Ingress']) {
      expect(await missing([`{ kind: ${kind}, may: differ }`]), `only ${kind} is declared`).toEqual(['missing-resource']);
      expect(await missing([`{ kind: ${kind}, only: [dev, staging] }`]), `only ${kind} is declared`).toEqual(['missing-resource']);
    }
    expect(await missing(['{ kind: Service, may: differ }', '{ kind: Ingress, only: [dev, staging] }'])).toEqual([]);
  });

  it('takes back what is said of several fields only where all are declared', async () => {
    const prod = `${limits('64Mi')}  paused: true\n  minReadySeconds: 5\n`;
    const tree = (lines: readonly string[]) => shop(lines, { 'prod-eu': prod, 'prod-us': prod, 'prod-ap': limits('64Mi') });
    const outliers = async (lines: readonly string[]) => (await idsIn(tree(lines))).filter((id) => id === 'sibling-outlier');
    expect(await outliers(['{ path: spec.paused, may: differ }'])).toEqual(['sibling-outlier']);
    expect(await outliers(['{ path: spec.minReadySeconds, may: differ }'])).toEqual(['sibling-outlier']);
    expect(await outliers(['{ path: spec.paused, may: differ }', '{ path: spec.minReadySeconds, only: [prod-eu, prod-us] }'])).toEqual([]);
  });

  it('knows all that one line weakens', async () => {
    const app = documents(deployment('checkout', 'image: a\n'), deployment('ledger', 'image: b\n'));
    const patch = yaml`
      patches:
        - target: { kind: Deployment }
          patch: |
            - { op: add, path: /spec/template/spec/hostNetwork, value: true }
    `;
    const told = async (line: string) => {
      const ids = await idsIn({ ...overlaysOf(app, { staging: '', prod: patch }), '.gitopsrc': `differences:\n  - ${line}\n` });
      return ids.filter((id) => id === 'weaker-production');
    };
    expect(await told('{ kind: Service, may: differ }')).toEqual(['weaker-production']);
    expect(await told('{ name: checkout, may: differ }')).toEqual(['weaker-production']);
    expect(await told('{ name: ledger, may: differ }')).toEqual(['weaker-production']);
    expect(await told('{ path: spec.template.spec.hostNetwork, may: differ }')).toEqual([]);
  });

  it('leaves what a rule of parity says to that rule', async () => {
    expect(await idsIn(pair(['{ kind: ConfigMap, must: same }']))).toEqual(['missing-config-key']);
  });

  it('speaks where it takes the matter for graver, or the other rule is off', async () => {
    const told = async (more: string) => {
      const tree = pair(['{ kind: ConfigMap, must: same }']);
      const { findings } = await lintTree({ ...tree, '.gitopsrc': `${more}${tree['.gitopsrc']}` }, rules);
      return findings.map(({ ruleId, severity }) => `${ruleId} ${severity}`);
    };
    expect(await told('')).toEqual(['missing-config-key error']);
    expect(await told('rules: { missing-config-key: info }\n')).toEqual(['undeclared-difference error']);
    expect(await told('rules: { missing-config-key: "off" }\n')).toEqual(['undeclared-difference error']);
    expect(await told('rules: { undeclared-difference: "off" }\n')).toEqual(['missing-config-key error']);
  });

  it('is silent without differences in .gitopsrc, however strict', async () => {
    expect((await lintTree({ ...pair([]), '.gitopsrc': 'preset: strict\n' }, [rule])).findings).toEqual([]);
  });

  it('names the thing and the line of the contract, and never a value of a Secret', async () => {
    const { findings } = await lintTree(
      shop(['{ kind: Secret, must: differ, reason: one password for each }'], { dev: secret('checkout', 'PASSWORD'), prod: secret('checkout', 'PASSWORD') }),
      [rule],
    );
    expect(findings.map(({ message, severity, related }) => [message, severity, related.map(({ message: why }) => why)])).toEqual([
      ['"PASSWORD" is the same, and must differ', 'error', ['dev has the same', 'the contract says so: one password for each']],
    ]);
    expect(JSON.stringify(findings.map(({ message, related }) => [message, related.map((place) => place.message)]))).not.toContain('c2hvcA');
  });

  it('is refined by the file of a folder', async () => {
    const tree = {
      ...overlaysOf(configMap('checkout', 'A: a\n'), {
        dev: '',
        prod: 'nameSuffix: -x\npatches:\n  - patch: |\n      kind: ConfigMap\n      apiVersion: v1\n      metadata:\n        name: checkout\n      data:\n        A: b\n',
      }),
      '.gitopsrc': 'differences:\n  - { path: "**", must: same }\n',
    };
    expect((await lintTree(tree, [rule])).findings.map(({ message }) => message)).toEqual(['"A" differs, and must be the same']);
    expect((await lintTree({ ...tree, 'apps/checkout/.gitopsrc': 'differences:\n  - { key: A, may: differ }\n' }, [rule])).findings).toEqual([]);
  });

  it('says so where a line says nothing', async () => {
    const mistakes = async (line: string) => lintTree(pair([line]), [rule]).then(String, (error: Error) => error.message);
    expect(await mistakes('{ may: differ }')).toBe('an entry of "differences" needs one of "path", "key", "kind", "name", "app"');
    expect(await mistakes('{ path: spec }')).toBe('an entry of "differences" has exactly one of "may", "must", "only"');
    expect(await mistakes('{ path: spec, may: differ, must: same }')).toBe('an entry of "differences" has exactly one of "may", "must", "only"');
    expect(await mistakes('{ path: spec, must: different }')).toBe('"must" must be one of same, differ, not-weaken');
    expect(await mistakes('{ path: "spec..replicas", may: differ }')).toBe('"spec..replicas" is no path');
    expect(await mistakes('{ key: "[A", may: differ }')).toBe('"[A" has a bracket without its partner');
  });
});

it('reads patterns of paths', async () => {
  const differing = async (path: string) => {
    const tree = shop([`{ path: ${JSON.stringify(path)}, may: differ }`, '{ path: "**", must: same }'], { dev: limits('64Mi'), prod: limits('1Gi') });
    return (await lintTree(tree, [rule])).findings.length;
  };
  for (const path of [
    'spec.template.spec.containers[*].resources',
    '**.memory',
    '**',
    'spec.**.limits',
    'spec.template.spec.containers[name=check*]',
    '*.*.*.containers',
  ])
    expect([path, await differing(path)]).toEqual([path, 0]);
  for (const path of ['spec.template.spec.containers[*].image', 'spec.template.spec.containers[name=web]', '**.cpu', 'template', 'spec[*]'])
    expect([path, await differing(path)]).toEqual([path, 1]);
});

it('reads quoted steps', async () => {
  const labelled = (value: string) =>
    configMap('checkout', 'A: a\n').replace('  name: checkout', `  name: checkout\n  annotations:\n    shop.example/team: ${value}`);
  const tree = shop(['{ path: "metadata.annotations[\\"shop.example/team\\"]", may: differ }', '{ path: "**", must: same }'], {
    dev: labelled('a'),
    prod: labelled('b'),
  });
  expect((await lintTree(tree, [rule])).findings).toEqual([]);
  expect(
    (
      await lintTree(
        {
          ...tree,
          '.gitopsrc': yaml`
    differences:
      - { path: "metadata.annotations[*]", may: differ }
      - { path: "**", must: same }
  `,
        },
        [rule],
      )
    ).findings,
  ).toHaveLength(1);
});
