import { describe, expect, it } from 'vitest';
import brokenSourcePath from '../../rules/broken-source-path/rule.ts';
import missingEnvVar from '../../rules/missing-env-var/rule.ts';
import { loadSettings } from '../../src/config/load.ts';
import { lint } from '../../src/engine/lint.ts';
import type { LintResult } from '../../src/model/lint-result.ts';
import type { Rule } from '../../src/rule/rule.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { withTree } from '../../src/workspace/tree-workspace.ts';
import { application, overlays } from '../rules/deployers.ts';
import type { Tree } from '../support/rule-tester.ts';
import { everywhere } from './rules.ts';

/** Lints a repository with a branch for each of the given environments. */
async function lintBranches(branches: Readonly<Record<string, Tree>>, rules: readonly Rule[]): Promise<LintResult> {
  const workspace = memoryWorkspace({ '.gitopsrc': 'branches: env/{env}\n' });
  const { settings } = await loadSettings(workspace, '', rules);
  const trees = Object.entries(branches).map(([environment, tree]) => {
    const name = `env/${environment}`;
    return { name, branch: name, environment, workspace: withTree(memoryWorkspace(tree), name) };
  });
  return lint({ workspace, trees: { trees: [{ name: '', workspace }, ...trees], leftOut: [] }, folder: '', settings, rules, version: '0.0.0' });
}

const placesOf = ({ findings }: LintResult) =>
  findings.map(({ location: { file, span }, variants }) => `${file.name}:${file.positionAt(span.start).line} ${variants}`);

describe('branches', () => {
  const container = (name: string, variable = '') =>
    `        - name: ${name}\n          image: registry.shop.example/${name}:1.0.0\n${variable && `          env: [{ name: ${variable}, value: a }]\n`}`;
  const app = (...containers: readonly string[]): Tree => ({
    'checkout/deployment.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  template:\n    spec:\n      containers:\n${containers.join('')}`,
  });

  it('have folders of their own, even where those are called alike', async () => {
    const tree: Tree = {
      ...overlays('storefront', ['prod']),
      'argocd/storefront.yaml': application('storefront', 'apps/storefront/overlays/prod'),
      'argocd/web.yaml': application('web', 'apps/gone'),
    };
    expect(placesOf(await lintBranches({ dev: tree, prod: tree }, [brokenSourcePath]))).toEqual([
      'env/dev:argocd/web.yaml:9 argocd@dev',
      'env/prod:argocd/web.yaml:9 argocd@prod',
    ]);
  });

  it('have lines of their own, even where those stand at the same place', async () => {
    const result = await lintBranches(
      { dev: app(container('web', 'TOKEN')), staging: app(container('job', 'TOKEN')), prod: app(container('web'), container('job')) },
      [missingEnvVar],
    );
    expect(placesOf(result)).toEqual(['env/dev:checkout/deployment.yaml:11 checkout@prod', 'env/staging:checkout/deployment.yaml:11 checkout@prod']);
  });

  it('count as roots of their own', async () => {
    const { coverage } = await lintBranches({ dev: app(container('web')), prod: app(container('web')) }, [everywhere]);
    expect(coverage).toMatchObject({ files: 2, roots: 2, resources: 2 });
  });
});
