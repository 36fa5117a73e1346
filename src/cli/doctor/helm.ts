import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compareReleases, obstaclesOf, type ReleaseComparison, type ReleaseRender, releasesBelow, type ToolAnswer } from '../../index.ts';
import type { Session } from '../place.ts';
import { detailsOf } from './details.ts';
import type { Examination, Inspection } from './examination.ts';
import { argumentsFor } from './release-arguments.ts';
import { answerOf, binaryOf, inParallel, type Tool, versionOf } from './run-tool.ts';

/** Compares each release below the folder of a session with what the named helm renders. */
export async function inspectReleases(given: string, folder: string, open: () => Promise<Session>): Promise<Inspection> {
  const home = mkdtempSync(path.join(tmpdir(), 'gitops-lint-helm-'));
  try {
    const tool: Tool = { binary: binaryOf(given, folder), env: environmentIn(home) };
    const version = await versionOf(tool, given, ['version', '--short']);
    const session = await open();
    const releases = await releasesBelow(session.workspace, session.place.folder, session.settings, /^v?[4-9]/.test(version) ? 4 : 3);
    const numbered = releases.map((release, index) => ({ release, folder: path.join(home, `release-${index}`) }));
    const examinations = await inParallel(numbered, ({ release, folder: own }) => examine(release, own, tool, session));
    return { tool: 'helm', version, things: ['release', 'releases'], examinations };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** No plugins, repositories, registries or clusters of the user, and no settings by variables. */
function environmentIn(home: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('HELM_') && name !== 'KUBECONFIG');
  return {
    ...Object.fromEntries(own),
    HELM_PLUGINS: path.join(home, 'plugins'),
    HELM_CACHE_HOME: path.join(home, 'cache'),
    HELM_CONFIG_HOME: path.join(home, 'config'),
    HELM_DATA_HOME: path.join(home, 'data'),
    KUBECONFIG: path.join(home, 'kubeconfig'),
  };
}

async function examine(release: ReleaseRender, folder: string, tool: Tool, session: Session): Promise<Examination> {
  const { id, source, result } = release;
  const name = `${source.root || '.'} (${id})`;
  const facts = { dir: source.root || '.', variant: id };
  const obstacles = obstaclesOf(release);
  if (obstacles.length > 0) {
    const gaps = result.gaps.map(({ cause, message }) => ({ cause, message }));
    return { name, outcome: 'partial', details: obstacles, facts: { ...facts, outcome: 'partial', gaps } };
  }
  const comparison = await compare(release, folder, tool, session);
  return { name, outcome: comparison.outcome, details: detailsOf(comparison, 'helm'), facts: { ...facts, ...comparison } };
}

async function compare(release: ReleaseRender, folder: string, tool: Tool, session: Session): Promise<ReleaseComparison | { readonly outcome: 'no-answer' }> {
  const { place, workspace, settings } = session;
  const words = await argumentsFor(release, folder, { root: place.root, workspace });
  const ask = async (): Promise<ToolAnswer | undefined> => {
    const answer = await answerOf(tool, words);
    return answer && 'refusal' in answer ? { refusal: answer.refusal.replaceAll(`${place.root}/`, '').replaceAll(`${folder}/`, '') } : answer;
  };
  const answer = await ask();
  if (!answer) return { outcome: 'no-answer' };
  const comparison = compareReleases(release, { answer }, workspace, settings);
  if (comparison.outcome !== 'different') return comparison;
  // Passwords and certificates are others each time: what differs between two answers tells nothing.
  return compareReleases(release, { answer, again: await ask() }, workspace, settings);
}
