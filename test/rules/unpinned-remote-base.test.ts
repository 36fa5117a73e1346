import { describe, expect, it } from 'vitest';
import rule from '../../rules/unpinned-remote-base/rule.ts';
import { lintTree, type Tree, testRule } from '../support/rule-tester.ts';
import { crlf, deployment, kustomization } from './shop.ts';

const COMMIT = '1f0c2f4b9f6c1e0a6f4e3d2c1b0a99887766554f';
/** The overlay of an environment. */
const overlay = (text: string, environment = 'prod'): Tree => ({ [`apps/ledger/overlays/${environment}/kustomization.yaml`]: text });
const on = (path: string, mark = ''): Tree => overlay(`resources:\n  - ${path}${mark && ` # error: ${mark}`}\n`);

testRule(rule, {
  valid: {
    'a tag': on('https://github.com/shop/ledger//config?ref=v3.2.4'),
    'a commit': on(`https://github.com/shop/ledger//config?ref=${COMMIT}`),
    'a short commit': on('https://github.com/shop/ledger//config?ref=1f0c2f4'),
    'a revision behind another argument': on('https://github.com/shop/ledger//config?timeout=120s&ref=v3.2.4'),
    'a revision by its other name': on('https://github.com/shop/ledger//config?version=v3.2.4'),
    'without a scheme': on('github.com/shop/ledger?ref=v3.2.4'),
    'over ssh': on('git@github.com:shop/ledger.git?ref=v3.2.4'),
    'over ssh, as an address': on('ssh://git@git.shop.example/shop/ledger.git//config?ref=v3.2.4'),
    'with a prefix for git': on('git::https://git.shop.example/shop/ledger.git//config?ref=v3.2.4'),
    'a repository whose host puts "_git" before it': on('https://dev.shop.example/shop/_git/ledger?ref=v3.2.4'),
    'a tag of a release branch': on('https://github.com/shop/ledger//config?ref=release-1.10.2'),
    'what may be a tag as well as a branch': on('https://github.com/shop/ledger//config?ref=v2'),
    'a tag by its full name': on('https://github.com/shop/ledger//config?ref=refs/tags/stable'),
    'a raw file of a tag': on('https://raw.githubusercontent.com/shop/ledger/v3.2.4/crds.yaml'),
    'a raw file of a tag by its full name': on('https://raw.githubusercontent.com/shop/ledger/refs/tags/stable/crds.yaml'),
    'a raw file of a commit': on(`https://github.com/shop/ledger/raw/${COMMIT}/crds.yaml`),
    'a raw file on another host': on('https://gitlab.com/shop/ledger/-/raw/v3.2.4/crds.yaml'),
    'the download of a release': on('https://github.com/shop/ledger/releases/download/v3.2.4/install.yaml'),
    'a file below a folder with a version': on('https://releases.shop.example/operator/previous/v0.81.0/release.yaml'),
    'a file with a version in its name': on('https://releases.shop.example/crds-1.2.3.yaml'),
    'a base of this repository': {
      ...overlay(kustomization(['../../base'])),
      'apps/ledger/base/kustomization.yaml': kustomization(['deployment.yaml']),
      'apps/ledger/base/deployment.yaml': deployment('ledger', 'image: registry.shop.example/ledger:3.2.4\n'),
    },
    'a comment': overlay('resources: []\n# - https://github.com/shop/ledger//config\n'),
    'an address that is a value': overlay('configMapGenerator:\n  - name: ledger\n    literals: [URL=https://ledger.shop.example/main/api.yaml]\n'),
    'a chart, which has a version of its own': overlay('helmCharts:\n  - { name: ledger, repo: https://charts.shop.example, version: 3.2.4 }\n'),
    'a suppression with a reason': overlay(
      'resources:\n  - https://github.com/shop/ledger//config?ref=main # gitops-lint-ignore unpinned-remote-base -- a canary of the next release\n',
    ),
  },

  invalid: {
    'no revision': on('https://github.com/shop/ledger//config', 'unpinned'),
    'an empty revision': on('https://github.com/shop/ledger//config?ref=', 'unpinned'),
    'another argument only': on('https://github.com/shop/ledger//config?timeout=120s', 'unpinned'),
    'no revision, without a scheme': on('github.com/shop/ledger', 'unpinned'),
    'no revision over ssh': on('git@github.com:shop/ledger.git', 'unpinned'),
    'no revision over ssh, as an address': on('ssh://git@git.shop.example/shop/ledger', 'unpinned'),
    'no revision behind a prefix': on('git::https://git.shop.example/shop/ledger//config', 'unpinned'),
    'no revision of a path below ".git"': on('https://git.shop.example/shop/ledger.git//config', 'unpinned'),
    'a version that is a folder of the default branch': on('https://github.com/shop/ledger/deploy/v3.2', 'unpinned'),
    'a file without a version': on('https://releases.shop.example/operator/release.yaml', 'unpinned'),
    'a file of a host that has an address of numbers': on('https://10.0.0.5/operator/release.yaml', 'unpinned'),
    'a branch': on('https://github.com/shop/ledger//config?ref=main', 'branch'),
    'a branch over ssh': on('git@github.com:shop/ledger.git?ref=develop', 'branch'),
    'whatever is newest': on('https://github.com/shop/ledger//config?ref=HEAD', 'branch'),
    'a branch of a release': on('https://github.com/shop/ledger//config?ref=release-1.10', 'branch'),
    'a branch in a folder': on('https://github.com/shop/ledger//config?ref=feature/refunds', 'branch'),
    'a branch of a line of versions': on('https://github.com/shop/ledger//config?ref=v3.x', 'branch'),
    'a branch by its full name, though it looks like a tag': on('https://github.com/shop/ledger//config?ref=refs/heads/v3.2.4', 'branch'),
    'a raw file of a branch': on('https://raw.githubusercontent.com/shop/ledger/main/crds.yaml', 'branch'),
    'a raw file of a branch by its full name': on('https://raw.githubusercontent.com/shop/ledger/refs/heads/v3.2.4/crds.yaml', 'branch'),
    'a raw file of a branch, with a version in its path': on('https://github.com/shop/ledger/raw/master/v3.2.4/crds.yaml', 'branch'),
    'the latest release': on('https://github.com/shop/ledger/releases/latest/download/install.yaml', 'branch'),
    'a release that is made anew each night': on('https://github.com/shop/ledger/releases/download/nightly/install.yaml', 'branch'),
    'a base in the old spelling': overlay('bases:\n  - https://github.com/shop/ledger//config # error: unpinned\n'),
    'a component': overlay('resources: []\ncomponents:\n  - https://github.com/shop/ledger//audited?ref=main # error: branch\n'),
    'two of three': overlay(
      [
        'resources:',
        '  - https://github.com/shop/ledger//config # error: unpinned',
        '  - https://github.com/shop/ledger//alerts?ref=v3.2.4',
        '  - https://github.com/shop/ledger//dashboards?ref=main # error: branch',
        '',
      ].join('\n'),
    ),
    'a base of a base': {
      ...overlay(kustomization(['../../base'])),
      'apps/ledger/base/kustomization.yaml': 'resources:\n  - https://github.com/shop/ledger//config # error: unpinned\n',
    },
    'lines that end as on Windows': overlay(crlf('resources:\n  - https://github.com/shop/ledger//config # error: unpinned\n')),
  },
});

describe('the findings of unpinned-remote-base', () => {
  it('say what is followed, by its short name', async () => {
    const { findings } = await lintTree(on('https://raw.githubusercontent.com/shop/ledger/refs/heads/main/crds.yaml'), [rule]);
    expect(findings.map(({ message }) => message)).toEqual(['The remote base follows "main", so it changes without a commit here']);
  });

  it('fall with the tier', async () => {
    const text = 'resources:\n  - https://github.com/shop/ledger//config?ref=main\n';
    const { findings } = await lintTree({ ...overlay(text), ...overlay(text, 'staging'), ...overlay(text, 'dev') }, [rule]);
    expect(findings.map(({ severity, variants }) => [severity, ...variants])).toEqual([
      ['info', 'ledger@dev'],
      ['error', 'ledger@prod'],
      ['warning', 'ledger@staging'],
    ]);
  });
});
