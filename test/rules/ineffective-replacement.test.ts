import { describe, expect, it } from 'vitest';
import rule from '../../rules/ineffective-replacement/rule.ts';
import renderError from '../../rules/render-error/rule.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';
import { configMap, crlf, deployment, documents, kustomization, overlaysOf } from './shop.ts';

const CONFIG = configMap('shop', 'HOST: shop.example\n');
const ENV = yaml`
  image: registry.shop.example/checkout:1.14.0
  env:
    - name: SHOP_HOST
      value: none
`;
const APP = documents(deployment('checkout', ENV), CONFIG);

/** Overlays of one base, which holds the Deployment `checkout` and the ConfigMap `shop`; each goes on with the given lines. */
const overlaid = (overlays: Readonly<Record<string, string>>, app = APP, base = ''): Tree => overlaysOf(app, overlays, base);
const prod = (more: string, app = APP): Tree => overlaid({ prod: more }, app);

const PATH = 'spec.template.spec.containers.[name=checkout].env.[name=SHOP_HOST].value';
/** A replacement from the ConfigMap `shop` into what is selected. */
const into = (select: string, mark = '', path = PATH): string => `replacements:
  - source: { kind: ConfigMap, name: shop, fieldPath: data.HOST }${mark && ` # error: ${mark}`}
    targets:
      - select: ${select}
        fieldPaths: ["${path}"]
`;
/** The variable SHOP_HOST, and a text of the container that may use it. */
const variable = (mark = ''): string => `vars:
  - name: SHOP_HOST${mark && ` # error: ${mark}`}
    objref: { apiVersion: v1, kind: ConfigMap, name: shop }
    fieldref: { fieldPath: data.HOST }
`;
const using = (text: string): string => documents(deployment('checkout', `${ENV}${text}\n`), CONFIG);
const component = (text: string): Tree => ({
  'components/hosted/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${text}`,
});
const HOSTED = 'components: [../../../../components/hosted]\n';

testRule(rule, {
  valid: {
    'a target that is there': prod(into('{ kind: Deployment, name: checkout }')),
    'a target by kind': prod(into('{ kind: Deployment }')),
    'a target by a pattern': prod(into('{ kind: Deployment, name: check.* }')),
    'a target by the name from before its prefix': prod(`namePrefix: prod-\n${into('{ kind: Deployment, name: checkout }')}`),
    'a value that is there already': prod(into('{ kind: Deployment, name: checkout }'), APP.replace('none', 'shop.example')),
    'one of two targets': prod(`${into('{ kind: Deployment, name: checkout }')}      - select: { kind: StatefulSet }\n        fieldPaths: [spec.replicas]\n`),
    'a target without the field, which is an error of the build': prod(into('{ kind: Deployment, name: checkout }', '', 'spec.paused')),
    'a source that is not there, which is an error of the build': prod(into('{ kind: Ingress }').replace('name: shop', 'name: store')),
    'a replacement of its own file': {
      ...prod('replacements:\n  - path: host.yaml\n'),
      'apps/checkout/overlays/prod/host.yaml': into('{ kind: Deployment }').replace('replacements:\n', '').replaceAll(/^ {4}/gm, '  ').replace('  - ', '- '),
    },
    'a shared replacement that reaches something in one of several overlays': {
      ...overlaid({ dev: HOSTED, prod: HOSTED }),
      'apps/ledger/overlays/prod/kustomization.yaml': kustomization(['app.yaml'], HOSTED),
      'apps/ledger/overlays/prod/app.yaml': documents(deployment('ledger', ENV), CONFIG),
      ...component(into('{ kind: Deployment, name: ledger }', '', 'metadata.annotations.host').concat('        options: { create: true }\n')),
    },
    'a remote base may hold the target': {
      ...prod(''),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(
        ['../../base', 'https://github.com/shop/ledger//config?ref=v3.2.4'],
        into('{ kind: Deployment, name: ledger }'),
      ),
    },
    'a variable in an argument': prod(variable(), using('args: ["--host=$(SHOP_HOST)"]')),
    'a variable of a base that one overlay uses': {
      ...overlaid({ dev: '', prod: 'patches: [{ path: args.yaml }]\n' }, APP, variable()),
      'apps/checkout/overlays/prod/args.yaml': deployment('checkout', 'args: ["--host=$(SHOP_HOST)"]\n'),
    },
    'a remote base may use the variable': {
      ...prod(''),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base', 'https://github.com/shop/ledger//config?ref=v3.2.4'], variable()),
    },
    'what kubernetes itself puts in': prod('', using('args: ["--host=$(SHOP_HOST)"]')),
    'a file that is not there may hold the target': {
      ...prod(''),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base', 'ledger.yaml'], into('{ kind: Deployment, name: ledger }')),
    },
    'a component that nothing uses': { ...prod(''), ...component(into('{ kind: Ingress }')) },
    'patches that match nothing, of which another rule speaks': prod('patches: [{ target: { kind: Job }, patch: "[{ op: remove, path: /spec }]" }]\n'),
    'a suppression with a reason': prod(
      into('{ kind: Ingress }').replace('HOST }', 'HOST } # gitops-lint-ignore ineffective-replacement -- the Ingress arrives next week'),
    ),
  },

  invalid: {
    'a slip of the pen': prod(into('{ kind: Deployment, name: chekout }', 'near')),
    'another kind': prod(into('{ kind: StatefulSet, name: checkout }', 'near')),
    'the prefix, which comes before replacements but is not what is selected': prod(into('{ kind: Deployment, name: prod-checkout-eu }', 'unmatched')),
    'nothing that comes near': prod(into('{ kind: Ingress, name: storefront }', 'unmatched')),
    'a kind that nothing has': prod(into('{ kind: Ingress }', 'unmatched')),
    'a target that is rejected': prod(`${into('{ kind: Deployment }', 'unmatched')}        reject: [{ name: checkout }]\n`),
    'a fixed value': prod(
      'replacements:\n  - sourceValue: shop.example # error: near\n    targets:\n      - select: { kind: Deployment, name: chekout }\n        fieldPaths: [spec.paused]\n',
    ),
    'a file of its own': {
      ...prod('replacements:\n  - path: host.yaml # error: unmatched\n'),
      'apps/checkout/overlays/prod/host.yaml': yaml`
        - source: { kind: ConfigMap, name: shop, fieldPath: data.HOST }
          targets:
            - select: { kind: Ingress }
              fieldPaths: [spec.rules.0.host]
      `,
    },
    'the second of two': prod(into('{ kind: Deployment, name: checkout }') + into('{ kind: Ingress }', 'unmatched').replace('replacements:\n', '')),
    'a shared replacement that reaches nothing': {
      ...overlaid({ dev: HOSTED, prod: HOSTED }),
      ...component(into('{ kind: Ingress }', 'unmatched')),
    },
    'a variable that nothing uses': prod(variable('unused')),
    'a variable of a base that no overlay uses': overlaid({ dev: '', prod: '' }, APP, variable('unused')),
    'a variable under another name': prod(variable('unused'), using('args: ["--host=$(STORE_HOST)"]')),
    'a variable in the data of a ConfigMap': prod(variable('literal'), documents(APP, configMap('routes', 'home: https://$(SHOP_HOST)/\n'))),
    'a variable in an image': prod(variable('literal'), APP.replace('checkout:1.14.0', 'checkout:$(SHOP_HOST)')),
    'lines that end as on Windows': prod(crlf(into('{ kind: Ingress }', 'unmatched'))),
  },
});

describe('the findings of ineffective-replacement', () => {
  const said = async (tree: Tree) => (await lintTree(tree, [rule])).findings.map(({ severity, message }) => [severity, message]);

  it('say what is there instead', async () => {
    expect(await said(prod(into('{ kind: Deployment, name: chekout }')))).toEqual([
      ['error', 'The replacement from ConfigMap "shop" selects nothing; there is Deployment "checkout"'],
    ]);
  });

  it('are warnings for a variable that is only superfluous', async () => {
    expect(await said(prod(variable()))).toEqual([['warning', 'Nothing uses the var "SHOP_HOST"']]);
  });

  it('say where a variable stays as it is', async () => {
    expect(await said(prod(variable(), documents(APP, configMap('routes', 'home: https://$(SHOP_HOST)/\n'))))).toEqual([
      ['error', 'The var "SHOP_HOST" is not put in: "$(SHOP_HOST)" of ConfigMap/routes stands where variables are not looked for'],
    ]);
  });

  it('leave a missing field to the error of the build', async () => {
    const { findings } = await lintTree(prod(into('{ kind: Deployment, name: checkout }', '', 'spec.paused')), [rule, renderError]);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['render-error']);
  });
});
