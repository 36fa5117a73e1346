import { describe } from 'vitest';
import rule from '../../rules/deprecated-field/rule.ts';
import { type Tree, testFixes } from '../support/rule-tester.ts';
import { crlf, deployment, kustomization } from './shop.ts';

const OVERLAY = 'apps/ledger/overlays/prod/kustomization.yaml';
const prod = (text: string): Tree => ({
  'apps/ledger/base/kustomization.yaml': kustomization(['deployment.yaml']),
  'apps/ledger/base/deployment.yaml': deployment('ledger', 'image: shop/ledger:3.2.4\n'),
  'apps/ledger/extras/kustomization.yaml': kustomization(['extras.yaml']),
  'apps/ledger/extras/extras.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: extras\n',
  [OVERLAY]: text,
  'apps/ledger/overlays/prod/patch.yaml': deployment('ledger', 'imagePullPolicy: Always\n'),
  'apps/ledger/overlays/prod/operations.yaml': '- { op: add, path: /spec/replicas, value: 4 }\n',
});
const rewrites = (before: string, after: string) => ({ before: prod(before), after: before === after ? {} : { [OVERLAY]: after } });
const BASE = 'resources:\n- ../../base\n';
const OPERATIONS = '- target: { kind: Deployment, name: ledger }\n  path: operations.yaml\n';

describe('deprecated-field', () => {
  testFixes(rule, {
    'bases are resources': rewrites('bases: # all of it\n- ../../base # ours\n', 'resources: # all of it\n- ../../base # ours\n'),
    'bases go behind resources that are there': rewrites(
      'bases:\n- ../../extras\n# the shop\n- ../../base\nnamePrefix: eu-\nresources:\n- app.yaml\n'
        .replace('- app.yaml', '- ../../extras')
        .replace('- ../../extras\n#', '#'),
      'namePrefix: eu-\nresources:\n- ../../extras\n# the shop\n- ../../base\n',
    ),
    'bases in brackets': rewrites('{ bases: [../../base] }\n', '{ bases: [../../base] }\n'),
    'a list of bases in brackets': rewrites('bases: [../../base]\n', 'resources: [../../base]\n'),
    'files of patches': rewrites(
      `${BASE}# later\npatchesStrategicMerge:\n# a comment\n- patch.yaml # ours\n- "patch.yaml"\n`,
      `${BASE}# later\npatches:\n# a comment\n- path: patch.yaml # ours\n- path: "patch.yaml"\n`,
    ),
    'files of patches in brackets': rewrites(`${BASE}patchesStrategicMerge: [patch.yaml]\n`, `${BASE}patches: [{path: patch.yaml}]\n`),
    'a patch in a block, whose text has to stand deeper': rewrites(
      `${BASE}patchesStrategicMerge:\n- |-\n  apiVersion: apps/v1\n  kind: Deployment\n  metadata:\n    name: ledger\n\n  spec:\n    replicas: 3\n`,
      `${BASE}patches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata:\n      name: ledger\n\n    spec:\n      replicas: 3\n`,
    ),
    'JSON patches': rewrites(`${BASE}patchesJson6902:\n${OPERATIONS}`, `${BASE}patches:\n${OPERATIONS}`),
    'both kinds of patches, one after the other': rewrites(
      `${BASE}patchesJson6902:\n${OPERATIONS}\npatchesStrategicMerge:\n- patch.yaml\n\nnamePrefix: eu-\n`,
      `${BASE}patches:\n- path: patch.yaml\n${OPERATIONS}\nnamePrefix: eu-\n`,
    ),
    'nothing where an older patch comes after a newer one, and that counts': rewrites(
      `${BASE}namePrefix: eu-\npatchesJson6902:\n- target: { kind: Deployment, name: ledger }\n  patch: '[{ op: replace, path: /metadata/name, value: books }]'\n`,
      `${BASE}namePrefix: eu-\npatchesJson6902:\n- target: { kind: Deployment, name: ledger }\n  patch: '[{ op: replace, path: /metadata/name, value: books }]'\n`,
    ),
    'labels, with their comments, as the other lists are indented': rewrites(
      'resources:\n  - ../../base\ncommonLabels: # for all\n  # who cares for it\n  team: books # always\n  "tier": back\nnamePrefix: eu-\n',
      'resources:\n  - ../../base\nlabels: # for all\n  - includeSelectors: true\n    pairs:\n      # who cares for it\n      team: books # always\n      "tier": back\nnamePrefix: eu-\n',
    ),
    'labels in brackets': rewrites(`${BASE}commonLabels: { team: books }\n`, `${BASE}labels:\n- includeSelectors: true\n  pairs: { team: books }\n`),
    'nothing where there are newer labels': rewrites(
      `${BASE}commonLabels: { team: books }\nlabels: [{ pairs: { tier: back } }]\n`,
      `${BASE}commonLabels: { team: books }\nlabels: [{ pairs: { tier: back } }]\n`,
    ),
    'ends of lines': rewrites(
      crlf('\uFEFFresources:\n- ../../base\ncommonLabels:\n    team: books\npatchesStrategicMerge:\n- patch.yaml\n'),
      crlf('\uFEFFresources:\n- ../../base\nlabels:\n- includeSelectors: true\n  pairs:\n    team: books\npatches:\n- path: patch.yaml\n'),
    ),
  });
});
