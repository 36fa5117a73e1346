import { describe } from 'vitest';
import duplicateKey from '../../rules/duplicate-key/rule.ts';
import expiredException from '../../rules/expired-exception/rule.ts';
import ineffectiveImageOverride from '../../rules/ineffective-image-override/rule.ts';
import ineffectivePatch from '../../rules/ineffective-patch/rule.ts';
import missingConfigKey from '../../rules/missing-config-key/rule.ts';
import unpinnedImage from '../../rules/unpinned-image/rule.ts';
import { type Tree, testFixes } from '../support/rule-tester.ts';
import { configMap, crlf, deployment, kustomization } from './shop.ts';

const DIGEST = `sha256:${'3f1c2a9b'.repeat(8)}`;
const STAGING = 'environments/staging/checkout.yaml';
const PROD = 'environments/prod/checkout.yaml';

describe('duplicate-key', () => {
  const chart = (values: string): Tree => ({
    'charts/checkout/Chart.yaml': 'apiVersion: v2\nname: checkout\nversion: 1.0.0\n',
    'charts/checkout/templates/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: checkout\ndata: {{ toJson .Values }}\n',
    'charts/checkout/values-prod.yaml': values,
    'charts/checkout/values-dev.yaml': 'level: debug\n',
  });
  const VALUES = 'charts/checkout/values-prod.yaml';
  testFixes(duplicateKey, {
    'of values, the first one goes, which nobody reads': {
      before: chart('level: info # once\nother: a\nlevel: warn # now\n'),
      after: { [VALUES]: 'other: a\nlevel: warn # now\n' },
    },
    'with all that is below it': {
      before: chart(crlf('hosts:\n- a\n# one more\n- b\n\n# now\nhosts:\n- c\nargs:\n  deep:\n    er: "1"\n  # at last\nargs: {}\n')),
      after: { [VALUES]: crlf('# now\nhosts:\n- c\nargs: {}\n') },
    },
    'in a manifest nobody knows which one is meant': {
      before: { [PROD]: configMap('checkout', 'LEVEL: info\nLEVEL: warn\n') },
      after: { [PROD]: configMap('checkout', 'LEVEL: warn\n') },
      unsafe: true,
    },
    'nothing in brackets': { before: chart('a: { b: "1", b: "2" }\n'), after: {} },
  });
});

describe('unpinned-image', () => {
  testFixes(unpinnedImage, {
    'the digest that staging has': {
      before: {
        [STAGING]: deployment('checkout', `image: shop/checkout:1.4.0@${DIGEST}\n`),
        [PROD]: deployment('checkout', 'image: "shop/checkout:1.4.0" # tested\n'),
      },
      after: { [PROD]: deployment('checkout', `image: "shop/checkout:1.4.0@${DIGEST}" # tested\n`) },
    },
    'none where staging runs another tag': {
      before: { [STAGING]: deployment('checkout', `image: shop/checkout:1.5.0@${DIGEST}\n`), [PROD]: deployment('checkout', 'image: shop/checkout:1.4.0\n') },
      after: {},
    },
    'none in a base that others build on, too': {
      before: {
        'apps/checkout/base/kustomization.yaml': kustomization(['app.yaml']),
        'apps/checkout/base/app.yaml': deployment('checkout', 'image: shop/checkout:1.4.0\n'),
        'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base']),
        'apps/checkout/overlays/prod/kustomization.yaml': kustomization(['../../base']),
        [STAGING]: deployment('checkout', `image: shop/checkout:1.4.0@${DIGEST}\n`),
      },
      after: {},
    },
  });
});

describe('expired-exception', () => {
  const exception = (rule: string, until: string): string => `  - rule: ${rule}\n    until: ${until}\n    reason: agreed\n`;
  const shop: Tree = { [PROD]: configMap('checkout', 'LEVEL: info\n') };
  testFixes(expiredException, {
    'one of several': {
      before: {
        ...shop,
        '.gitopsrc': `exceptions:\n  # ticket 12\n${exception('version-ahead', '2020-01-31')}  # ticket 13\n${exception('moved-tag', '2099-01-31')}`,
      },
      after: { '.gitopsrc': `exceptions:\n  # ticket 13\n${exception('moved-tag', '2099-01-31')}` },
      unsafe: true,
    },
    'the last one, with the list': {
      before: { ...shop, '.gitopsrc': `preset: strict\nexceptions:\n${exception('version-ahead', '2020-01-31')}` },
      after: { '.gitopsrc': 'preset: strict\n' },
      unsafe: true,
    },
  });
});

const OVERLAY = 'apps/checkout/overlays/prod/kustomization.yaml';
const overlaid = (more: string, files: Tree = {}): Tree => ({
  'apps/checkout/base/kustomization.yaml': kustomization(['app.yaml']),
  'apps/checkout/base/app.yaml': deployment('checkout', 'image: shop/checkout:1.4.0\n'),
  'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base']),
  [OVERLAY]: `resources: [../../base]\n${more}`,
  ...files,
});

describe('ineffective-image-override', () => {
  testFixes(ineffectiveImageOverride, {
    'a name with a slip': {
      before: overlaid('images:\n  - name: shop/chekcout # ours\n    newTag: 1.3.0\n'),
      after: { [OVERLAY]: 'resources: [../../base]\nimages:\n  - name: shop/checkout # ours\n    newTag: 1.3.0\n' },
      unsafe: true,
    },
    'an image that is nowhere': {
      before: overlaid('images:\n  - name: shop/payments\n    newTag: 1.3.0\n  - name: shop/checkout\n    newTag: 1.3.0\n'),
      after: { [OVERLAY]: 'resources: [../../base]\nimages:\n  - name: shop/checkout\n    newTag: 1.3.0\n' },
      unsafe: true,
    },
  });
});

describe('ineffective-patch', () => {
  testFixes(ineffectivePatch, {
    'a patch of what is nowhere, with its file': {
      before: overlaid('patches:\n  - path: patch.yaml\n    target: { kind: CronJob }\n', {
        'apps/checkout/overlays/prod/patch.yaml': '- { op: add, path: /spec/suspend, value: true }\n',
      }),
      after: { [OVERLAY]: 'resources: [../../base]\n', 'apps/checkout/overlays/prod/patch.yaml': null },
      unsafe: true,
    },
  });
});

describe('missing-config-key', () => {
  testFixes(missingConfigKey, {
    'a name with a slip of the pen': {
      before: {
        [STAGING]: configMap('checkout', 'LOG_LEVEL: info\nPAYMENT_TIMEOUT: 3s\n'),
        'environments/dev/checkout.yaml': configMap('checkout', 'LOG_LEVEL: info\nPAYMENT_TIMEOUT: 3s\n'),
        [PROD]: configMap('checkout', 'LOG_LEVEL: info\nPAYMENT_TIMOEUT: 2s # less\n'),
      },
      after: { [PROD]: configMap('checkout', 'LOG_LEVEL: info\nPAYMENT_TIMEOUT: 2s # less\n') },
      unsafe: true,
    },
  });
});
