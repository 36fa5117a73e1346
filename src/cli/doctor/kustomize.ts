import path from 'node:path';
import { compareRenders, type RootRender, rendersBelow, type ToolAnswer } from '../../index.ts';
import type { Session } from '../place.ts';
import { detailsOf } from './details.ts';
import type { Examination, Inspection } from './examination.ts';
import { answerOf, binaryOf, inParallel, type Tool, versionOf } from './run-tool.ts';

/** Compares each kustomization below the folder of a session with what the named kustomize builds. */
export async function inspectKustomizations(given: string, folder: string, open: () => Promise<Session>): Promise<Inspection> {
  const tool: Tool = { binary: binaryOf(given, folder), env: process.env };
  const version = await versionOf(tool, given, ['version']);
  const session = await open();
  const { place, workspace, settings } = session;
  const roots = [...(await rendersBelow(workspace, place.folder, settings))].filter(({ result }) => result.renderer === 'kustomize');
  const examinations = await inParallel(roots, (root) => examine(root, tool, session));
  return { tool: 'kustomize', version, things: ['kustomization', 'kustomizations'], examinations };
}

async function examine(root: RootRender, tool: Tool, { place, workspace, settings }: Session): Promise<Examination> {
  const { result } = root;
  const name = result.folder || '.';
  const facts = { dir: name, ...(result.restrictor && { restrictor: result.restrictor }) };
  // Whatever is missing here, kustomize would go and get.
  if (result.gaps.length > 0) {
    const gaps = result.gaps.map(({ cause, message }) => ({ cause, message }));
    const details = [...new Set(gaps.map(({ message }) => message))];
    return { name, outcome: 'partial', details, facts: { ...facts, outcome: 'partial', gaps } };
  }
  const unrestricted = result.restrictor === 'none' || settings.loadRestrictor === 'none';
  const answer = await build(tool, path.join(place.root, result.folder), unrestricted);
  const comparison = answer ? compareRenders(root, answer, workspace, settings) : ({ outcome: 'no-answer' } as const);
  return { name, outcome: comparison.outcome, details: detailsOf(comparison, 'kustomize'), facts: { ...facts, ...comparison } };
}

async function build(tool: Tool, folder: string, unrestricted: boolean): Promise<ToolAnswer | undefined> {
  const restrictor = unrestricted ? 'LoadRestrictionsNone' : 'LoadRestrictionsRootOnly';
  const answer = await answerOf(tool, ['build', '--load-restrictor', restrictor, folder]);
  return answer && 'refusal' in answer ? { refusal: answer.refusal.replaceAll(`${folder}/`, '') } : answer;
}
