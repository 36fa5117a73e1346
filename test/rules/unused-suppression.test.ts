import { expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import rule from '../../rules/unused-suppression/rule.ts';
import { loadSettings } from '../../src/config/load.ts';
import { lint } from '../../src/engine/lint.ts';
import type { Scope } from '../../src/engine/scope.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { lintTree, type Tree, testRule, yaml } from '../support/rule-tester.ts';

const deployment = (lines: string, more = '') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: storefront\n${more}spec:\n  template:\n    spec:\n      containers:\n        - name: storefront\n${lines}`;
const DIGEST = `sha256:${'ab'.repeat(32)}`;
const moving = (before = '', behind = '') => deployment(`${before}          image: shop/storefront:latest${behind}\n`);
const pinned = (before = '', behind = '') => deployment(`${before}          image: shop/storefront:1.4.0@${DIGEST}${behind}\n`);
const base = (app: string): Tree => ({
  'apps/shop/base/kustomization.yaml': 'resources: [app.yaml]\n',
  'apps/shop/base/app.yaml': app,
  'apps/shop/overlays/dev/kustomization.yaml': 'resources: [../../base]\n',
  'apps/shop/overlays/prod-eu/kustomization.yaml': 'resources: [../../base]\n',
});
const IGNORE = '# gitops-lint-ignore mutable-image-tag -- a demo';
const own = (line: string) => `          ${line}\n`;
const config = (settings: string, dev = 'URL: a', prod = 'URL: a'): Tree => ({
  '.gitopsrc': settings,
  'environments/dev/checkout/app.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: checkout\ndata:\n  ${dev}\n`,
  'environments/prod/checkout/app.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: checkout\ndata:\n  ${prod}\n`,
});
const annotated = (lines: string, image = 'shop/storefront:latest') =>
  deployment(`          image: ${image}\n`, `  annotations:\n    gitops-lint/ignore: ${lines}\n`);

testRule(rule, {
  valid: {
    'it keeps a finding of its line quiet': base(moving('', ` ${IGNORE}`)),
    'it keeps a finding of the line below quiet': base(moving(own(IGNORE))),
    'one environment needs it': {
      ...base(pinned()),
      'apps/shop/overlays/prod-eu/kustomization.yaml': `resources: [../../base]\nimages:\n  - name: shop/storefront\n    newTag: latest ${IGNORE}\n    digest: ""\n`,
      'apps/shop/base/kustomization.yaml': 'resources: [app.yaml]\n',
    },
    'the file has one such line': base(`# gitops-lint-ignore-file mutable-image-tag -- a demo\n${moving()}`),
    'the rule is off': { ...base(pinned('', ` ${IGNORE}`)), '.gitopsrc': 'rules: { mutable-image-tag: off }\n' },
    'the rule is off in all environments that read the file': {
      ...base(pinned()),
      'apps/shop/overlays/dev/kustomization.yaml': `resources: [../../base]\nimages:\n  - name: shop/storefront\n    newTag: latest ${IGNORE}\n`,
    },
    'the rule is of the other preset': base(pinned('', ' # gitops-lint-ignore missing-production-safeguard -- a demo')),
    'the rule looks at changes alone': base(pinned(own('# gitops-lint-ignore shared-change -- a demo'))),
    'the rule asks the history, which is not whole': {
      ...base(pinned(own('# gitops-lint-ignore unpromoted-version -- a demo'))),
      '.gitopsrc': 'rules: { unpromoted-version: warning }\n',
    },
    'a gap may hide what it is for': {
      ...base(pinned('', ` ${IGNORE}`)),
      'apps/shop/overlays/prod-eu/kustomization.yaml': 'resources: [../../base, "https://shop.example/more//deploy?ref=v1"]\n',
    },
    'a render that fails may hide what it is for': {
      ...base(pinned('', ` ${IGNORE}`)),
      'apps/shop/overlays/prod-eu/kustomization.yaml': 'resources: [../../base, missing.yaml]\n',
    },
    'nothing reads its file': { ...base(pinned()), 'docs/example.yaml': moving(own('# gitops-lint-ignore what -- ever')) },
    'it is set aside by a comment': base(pinned(own('# gitops-lint-ignore unused-suppression -- comes with the next release') + own(IGNORE))),
    'it stands in a page that a ConfigMap holds': {
      ...base(pinned()),
      'apps/shop/base/kustomization.yaml': 'resources: [app.yaml]\nconfigMapGenerator:\n  - name: docs\n    files: [help.md]\n',
      'apps/shop/base/help.md': '# gitops-lint-ignore\n',
    },
    'prose that speaks of it': base(pinned(own('# see docs about gitops-lint-ignore, and gitops-lint-pending'))),
    'a value is to come': config('', 'URL: a', 'URL: TODO # gitops-lint-pending: @payments, the contract is not signed'),
    'an exception keeps a finding quiet': config('exceptions: [{ rule: unvalued-key, reason: a demo }]\n', 'URL: a', 'URL: TODO'),
    'an exception is past its date': config('exceptions: [{ rule: unvalued-key, until: 2026-06-14, reason: a demo }]\n'),
    'an exception for an environment that another reading has': config(
      'exceptions: [{ rule: missing-config-key, environments: [qa], reason: a demo }]\nrules: { missing-config-key: off }\n',
    ),
    'an exception of a rule that says nothing in its environments': config('exceptions: [{ rule: mutable-image-tag, environments: [dev], reason: a demo }]\n'),
    'an annotation keeps a finding quiet': base(annotated('mutable-image-tag -- a demo')),
    'several annotations do': {
      ...base(annotated('mutable-image-tag -- a demo')),
      'apps/ledger/overlays/prod-eu/kustomization.yaml': 'resources: [../../../shop/base]\nimages: [{ name: shop/storefront, newTag: 1.0.0 }]\n',
    },
    'branches of which another one needs it': { ...base(pinned('', ` ${IGNORE}`)), '.gitopsrc': 'branches: "env/{env}"\n' },
  },
  invalid: {
    'the tag was pinned': base(pinned(`${own('# error: unused')}${own(IGNORE)}`)),
    'the tag was pinned, behind the line': base(pinned('', ` # error: unused\n`).replace('# error: unused', `${IGNORE} # error: unused`)),
    'no environment has one such line in the file': base(`# error: unused\n# gitops-lint-ignore-file mutable-image-tag -- a demo\n${pinned()}`),
    'it stands at another line': base(`# error: unused\n${IGNORE}\n${moving()}`),
    'one of its rules finds nothing': base(moving(`${own('# error: unused')}${own('# gitops-lint-ignore mutable-image-tag, non-string-image-tag -- a demo')}`)),
    'it gives no reason': base(moving(`${own('# error: reasonless')}${own('# gitops-lint-ignore mutable-image-tag')}`)),
    'it has one dash': base(moving(`${own('# error: unreadable')}${own('# gitops-lint-ignore mutable-image-tag - a demo')}`)),
    'it names no rule': base(moving(`${own('# error: unreadable')}${own('# gitops-lint-ignore -- a demo')}`)),
    'it has a slip': base(moving(`${own('# error: unknown')}${own('# gitops-lint-ignore mutable-tag -- a demo')}`)),
    'the value came': config('', 'URL: a', 'URL: b # gitops-lint-pending: @payments, is not signed # error: unused'),
    'nobody brings the value': config('', 'URL: a', '# error: ownerless\n  # gitops-lint-pending\n  URL: TODO'),
    'an exception is not needed any more': config(yaml`
      exceptions:
        - { rule: unvalued-key, app: checkout, reason: a demo } # error: unused
        - { rule: unvalued-key, app: gone, reason: it was taken away } # error: unused
    `),
    'the version of an exception was promoted': {
      ...config(yaml`
        exceptions:
          - { rule: version-ahead, version: 1.4.0, reason: a hotfix } # error: unused
      `),
      'environments/dev/storefront/app.yaml': deployment(`          image: shop/storefront:1.4.0@${DIGEST}\n`),
      'environments/prod/storefront/app.yaml': deployment(`          image: shop/storefront:1.4.0@${DIGEST}\n`),
    },
    'an annotation keeps nothing quiet': base(annotated('mutable-image-tag -- a demo # error: unused', `shop/storefront:1.4.0@${DIGEST}`)),
    'an annotation without a reason': base(annotated('mutable-image-tag # error: reasonless')),
  },
});

const needless = { ...base(pinned('', ` ${IGNORE}`)), '.gitopsrc': 'exceptions: [{ rule: unvalued-key, reason: a demo }]\n' };

async function placesIn(tree: Tree, scope: Scope, folder = ''): Promise<string[]> {
  const workspace = memoryWorkspace(tree);
  const { settings } = await loadSettings(workspace, folder, rules);
  const { findings } = await lint({ workspace, folder, settings, rules, scope, version: '1.2.3' });
  return findings.filter(({ ruleId }) => ruleId === rule.id).map(({ location: { file }, messageId }) => `${file.path} ${messageId}`);
}

it('judges runs of all, and what lies in the folder', async () => {
  expect(await placesIn(needless, {})).toEqual(['.gitopsrc unused', 'apps/shop/base/app.yaml unused']);
  expect(await placesIn(needless, {}, 'apps')).toEqual(['apps/shop/base/app.yaml unused']);
  expect(await placesIn(needless, {}, 'apps/shop/overlays/dev')).toEqual([]);
  expect(await placesIn({ ...needless, 'apps/.gitopsrc': '' }, {}, 'apps')).toEqual([]);
});

it.each<[string, Scope]>([
  ['a rule', { rules: new Set(['mutable-image-tag']) }],
  ['this rule', { rules: new Set([rule.id]) }],
  ['an app', { isApp: () => true }],
  ['an environment', { isEnvironment: () => true }],
  ['a change', { changed: new Set(Object.keys(needless)) }],
])('does not judge a run of %s', async (_, scope) => {
  expect(await placesIn(needless, scope)).toEqual([]);
});

it('tells in a change what cannot be read, or gives no reason', async () => {
  const tree = base(moving(own('# gitops-lint-ignore mutable-image-tag')));
  expect(await placesIn(tree, { changed: new Set(['apps/shop/base/app.yaml']) })).toEqual(['apps/shop/base/app.yaml reasonless']);
  expect(await placesIn(tree, { changed: new Set(['apps/shop/base/kustomization.yaml']) })).toEqual([]);
});

it('names the rules', async () => {
  const { findings } = await lintTree(base(pinned(own('# gitops-lint-ignore mutable-image-tag, non-string-image-tag -- a demo'))), rules);
  expect(findings.filter(({ ruleId }) => ruleId === rule.id).map(({ message, severity }) => [message, severity])).toEqual([
    ['There is no finding of "mutable-image-tag" or "non-string-image-tag" that this keeps quiet', 'warning'],
  ]);
});
