import { describe, expect, it } from 'vitest';
import { folderWith, git, run, writeTree } from '../support/cli.ts';
import { storefront } from '../support/manifests.ts';
import { readSarif, type SarifLog } from '../support/sarif-log.ts';

const deployment = (tag: string) => storefront(`shop/storefront:${tag}`);

function logOf(args: readonly string[], cwd: string): SarifLog['runs'][0] {
  const { log, mistakes } = readSarif(run([...args, '--format', 'sarif'], { cwd }).out);
  expect(mistakes).toEqual([]);
  return log.runs[0];
}

describe('sarif', () => {
  it('explains the rules by the pages that come with the package, and names the folder that was asked for', () => {
    const cwd = folderWith({ 'environments/dev/storefront/app.yaml': deployment('1.4.0'), 'environments/prod/storefront/app.yaml': deployment('latest') });
    git(cwd, 'init', '-q');
    const { tool, automationDetails } = logOf(['lint', 'environments'], cwd);
    expect(tool.driver.rules.find(({ id }) => id === 'mutable-image-tag')?.help.markdown).toMatch(/^## Why$/m);
    expect(automationDetails).toEqual({ id: 'gitops-lint/environments/' });
    expect(logOf([], cwd).automationDetails).toBeUndefined();
  });

  it('puts what is in another branch at the line of .gitopsrc that names it', () => {
    const cwd = folderWith({ '.gitopsrc': 'branches: env/{env}\n', 'README.md': 'read me\n' });
    git(cwd, 'init', '-q', '-b', 'main');
    git(cwd, 'add', '.');
    git(cwd, 'commit', '-qm', 'settings');
    for (const [environment, tag] of Object.entries({ dev: '1.4.0', prod: 'latest' })) {
      git(cwd, 'checkout', '-q', '--orphan', `env/${environment}`);
      writeTree(cwd, { 'storefront/app.yaml': deployment(tag) });
      git(cwd, 'add', '.');
      git(cwd, 'commit', '-qm', environment);
    }
    git(cwd, 'checkout', '-q', 'main');
    const result = logOf([], cwd).results.find(({ ruleId }) => ruleId === 'mutable-image-tag');
    expect(result?.locations[0].physicalLocation).toMatchObject({ artifactLocation: { uri: '.gitopsrc' }, region: { startLine: 1 } });
    expect(result?.message.text).toMatch(/It stands at env\/prod:storefront\/app\.yaml:\d+:\d+\.$/);
  });
});
