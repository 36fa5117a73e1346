/**
 * Lints real repositories, where they lie beside this one, and prints what was found: the figures of docs/corpora.md.
 * Usage: npm run corpora [-- NAME…]
 */
import { existsSync } from 'node:fs';
import { findPlace, type LintResult, lint, loadSettings, openDiskWorkspace, rules, VERSION } from '../src/index.ts';
import { CORPORA, corpora, inTemporaryFolder, unpackedIn } from './recorded.ts';

if (!existsSync(CORPORA)) console.log(`SKIPPED: ${CORPORA} is not there, so nothing was checked`);
else
  await inTemporaryFolder(async (folder) => {
    const wanted = process.argv.slice(2);
    for (const name of corpora()) {
      if (wanted.length === 0 || wanted.some((part) => name.includes(part))) describe(name, await lintRepository(unpackedIn(folder, name)));
    }
  });

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
