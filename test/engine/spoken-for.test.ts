import { describe, expect, it } from 'vitest';
import missingResource from '../../rules/missing-resource/rule.ts';
import missingValuesFile from '../../rules/missing-values-file/rule.ts';
import mutableImageTag from '../../rules/mutable-image-tag/rule.ts';
import renderError from '../../rules/render-error/rule.ts';
import siblingOutlier from '../../rules/sibling-outlier/rule.ts';
import unanalysedInput from '../../rules/unanalysed-input/rule.ts';
import undefinedSubstitution from '../../rules/undefined-substitution/rule.ts';
import unexpectedTagFormat from '../../rules/unexpected-tag-format/rule.ts';
import unvaluedKey from '../../rules/unvalued-key/rule.ts';
import weakerProduction from '../../rules/weaker-production/rule.ts';
import type { Rule } from '../../src/rule/rule.ts';
import { application, chart, fluxKustomization } from '../rules/deployers.ts';
import { configMap, deployment, documents } from '../rules/shop.ts';
import { lintTree, type Tree, yaml } from '../support/rule-tester.ts';

const given = (variables: string) => fluxKustomization('checkout', './apps/checkout', `postBuild: { substitute: { ${variables} } }\n`);

const tree: Tree = {
  'clusters/dev/apps.yaml': given('owner: shop, host: dev.example'),
  'clusters/staging/apps.yaml': given('owner: shop, host: staging.example'),
  'clusters/prod/apps.yaml': given('owner: shop'),
  'apps/checkout/config.yaml': configMap('checkout', 'host: ${host}\nowner: ${owner}\n'),
};

describe('a key without a value, as nothing gives its variable,', () => {
  it('is told once', async () => {
    const { findings } = await lintTree(tree, [unvaluedKey, undefinedSubstitution]);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['undefined-substitution']);
  });

  it('is told by the other rule where that one is off', async () => {
    const { findings } = await lintTree({ ...tree, '.gitopsrc': 'rules: { undefined-substitution: off }\n' }, [unvaluedKey, undefinedSubstitution]);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['unvalued-key']);
  });
});

/** What is told of a tree, as it is and with the given settings. */
async function toldOf(tree: Tree, rules: readonly Rule[], config = ''): Promise<string[]> {
  const { findings } = await lintTree({ ...tree, '.gitopsrc': config }, rules);
  return findings.map(({ ruleId, variants }) => [ruleId, ...variants.map((id) => id.slice(id.indexOf('@') + 1))].join(' ')).sort();
}

const environments = (all: Readonly<Record<string, string>>): Tree =>
  Object.fromEntries(Object.entries(all).map(([name, text]) => [`environments/${name}/checkout/app.yaml`, text]));

describe('a values file that is not there', () => {
  const deployed = (files: readonly string[]): Tree =>
    Object.fromEntries(
      files.map((file) => [
        `argocd/${file}.yaml`,
        application(`storefront-${file}`, 'charts/storefront', { source: `helm: { valueFiles: [values-${file}.yaml] }\n` }),
      ]),
    );

  it('is told, and not what is wrong with the chart without it, nor that it was not read', async () => {
    const tree = { ...chart([]), 'charts/storefront/templates/config.yaml': configMap('storefront', '{{ .Values.key }}: a\n'), ...deployed(['prod']) };
    const rules = [missingValuesFile, renderError, unanalysedInput];
    expect(await toldOf(tree, rules)).toEqual(['missing-values-file storefront']);
    expect(await toldOf(tree, rules, 'rules: { missing-values-file: off }\n')).toEqual(['render-error storefront', 'unanalysed-input storefront']);
  });

  it('is told, and not that a template fails for want of it', async () => {
    const failing = { 'charts/storefront/templates/config.yaml': configMap('storefront', 'URL: {{ .Values.payments.url }}\n') };
    const tree = { ...chart([]), ...failing, ...deployed(['prod']) };
    const rules = [missingValuesFile, renderError, unanalysedInput];
    expect(await toldOf(tree, rules)).toEqual(['missing-values-file storefront']);
    expect(await toldOf(tree, rules, 'rules: { missing-values-file: off }\n')).toEqual(['unanalysed-input storefront', 'unanalysed-input storefront']);
  });

  it('says nothing of the folder of its deployer', async () => {
    const abroad = yaml`
      apiVersion: argoproj.io/v1alpha1
      kind: Application
      metadata: { name: redis, namespace: argocd }
      spec:
        sources:
          - repoURL: https://charts.shop.example
            chart: redis
            helm: { valueFiles: [$config/redis/values-prod.yaml] }
          - repoURL: https://git.shop.example/config.git
            ref: config
    `;
    const tree = {
      ...chart(['staging']),
      ...deployed(['staging']),
      'argocd/prod/kustomization.yaml': 'resources: [redis.yaml]\nnamespaces: shop\n',
      'argocd/prod/redis.yaml': abroad,
    };
    expect(await toldOf(tree, [missingValuesFile, renderError])).toEqual(['missing-values-file prod', 'render-error prod']);
  });
});

describe('production that is weaker than its siblings and than what is before it', () => {
  const probe = 'readinessProbe:\n  httpGet: { path: /, port: 80 }\n';
  const rules = [weakerProduction, siblingOutlier];
  const withOne = (more: string, spec = '') => {
    const whole = `${deployment('checkout', `image: a\n${more}`)}${spec}`;
    return environments({ staging: whole, 'prod-ap': whole, 'prod-eu': whole, 'prod-us': deployment('checkout', 'image: a\n') });
  };

  it('is told once', async () => {
    expect(await toldOf(withOne(probe), rules)).toEqual(['weaker-production prod-us']);
    expect(await toldOf(withOne(probe), rules, 'rules: { weaker-production: off }\n')).toEqual(['sibling-outlier prod-us']);
  });

  it('is told twice where it lacks something else besides', async () => {
    expect(await toldOf(withOne(probe, '  minReadySeconds: 5\n'), rules)).toEqual(['sibling-outlier prod-us', 'weaker-production prod-us']);
  });
});

describe('a network that is open in production', () => {
  const app = deployment('checkout', 'image: a\n');
  const policy = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: checkout\nspec:\n  podSelector: {}\n';
  const rules = [weakerProduction, missingResource];

  it('is told once', async () => {
    const tree = environments({ staging: documents(app, policy), prod: app });
    expect(await toldOf(tree, rules)).toEqual(['weaker-production prod']);
    expect(await toldOf(tree, rules, 'rules: { weaker-production: off }\n')).toEqual(['missing-resource prod']);
  });

  it('is a policy that is missing where another one closes it', async () => {
    const other = policy.replace('name: checkout', 'name: deny').concat('  ingress: [{}]\n');
    const open = policy.concat('  ingress: [{}]\n');
    const tree = environments({ staging: documents(app, open, other), prod: documents(app, other) });
    expect(await toldOf(tree, rules)).toEqual(['missing-resource prod']);
  });
});

describe('a tag that moves, and has not the form of the environment,', () => {
  const tree = environments({ staging: deployment('checkout', 'image: shop/checkout:1.4.0\n'), prod: deployment('checkout', 'image: shop/checkout:latest\n') });
  const forms = 'unexpected-tag-format: { options: { formats: { "*": ["#.#.#"] } } }';
  const rules = [mutableImageTag, unexpectedTagFormat];

  it('is told once', async () => {
    expect(await toldOf(tree, rules, `rules: { ${forms} }\n`)).toEqual(['mutable-image-tag prod']);
    expect(await toldOf(tree, rules, `rules: { ${forms}, mutable-image-tag: off }\n`)).toEqual(['unexpected-tag-format prod']);
  });
});
