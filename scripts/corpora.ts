/**
 * Lints real repositories, where they lie beside this one, and prints what was found: the figures of docs/corpora.md.
 * Usage: npm run corpora [-- NAME…]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findPlace, type LintResult, lint, loadSettings, openDiskWorkspace, rules, VERSION } from '../src/index.ts';

const CORPORA = '../shared/corpora';

if (!existsSync(CORPORA)) console.log(`SKIPPED: ${CORPORA} is not there, so nothing was checked`);
else {
  const folder = mkdtempSync(path.join(tmpdir(), 'gitops-lint-corpora-'));
  try {
    for (const archive of readdirSync(CORPORA).filter((name) => name.endsWith('.tar.xz'))) {
      const name = archive.slice(0, -'.tar.xz'.length);
      if (process.argv.length > 2 && !process.argv.slice(2).some((wanted) => name.includes(wanted))) continue;
      execFileSync('tar', ['xJf', path.resolve(CORPORA, archive)], { cwd: folder });
      describe(name, await lintRepository(path.join(folder, name)));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function lintRepository(root: string): Promise<LintResult> {
  const place = findPlace(root, { root });
  const workspace = await openDiskWorkspace(place);
  const { settings } = await loadSettings(workspace, place.folder, rules);
  return lint({ workspace, folder: place.folder, settings, rules, version: VERSION });
}

function describe(name: string, { variants, environments, findings, coverage, discovery, notes }: LintResult): void {
  const apps = new Set(variants.map(({ app }) => app)).size;
  const counted = (values: readonly string[]) =>
    [...new Set(values)]
      .sort()
      .map((value) => `${value} ${values.filter((other) => other === value).length}`)
      .join(', ') || 'none';
  console.log(`\n## ${name.replace('+', '/')}\n`);
  console.log(`${variants.length} variants of ${apps} apps; ${coverage.files} files, ${coverage.resources} resources`);
  console.log(`environments: ${environments.map(({ name: environment, tier }) => `${environment} (${tier})`).join(', ') || 'none'}`);
  console.log(`rendered: ${counted(variants.map(({ status }) => status))}`);
  console.log(`gaps: ${counted(coverage.gaps.map(({ cause }) => cause))}; left out: ${discovery.leftOut.length}`);
  console.log(`findings: ${counted(findings.map(({ ruleId, severity }) => `${ruleId} (${severity})`))}`);
  for (const note of notes) console.log(`note: ${note}`);
}
