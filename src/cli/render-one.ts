import { firstOf, type RootRender, renderRoot, UsageError } from '../index.ts';
import type { Flags } from './args.ts';
import type { Session } from './place.ts';
import type { Terminal } from './terminal.ts';

/** Renders the one folder that a command names; of a chart as --env says. Throws a `UsageError` where that is nothing, or not one thing. */
export async function renderOne(dir: string, { place, workspace, settings }: Session, { env }: Flags, terminal: Terminal): Promise<RootRender> {
  const root = await renderRoot(workspace, place.folder, settings, env);
  if (!root)
    throw new UsageError(
      `there is nothing to render in "${dir}": no kustomization, no chart and no manifest`,
      'Use "render --all" to render every root below it.',
    );
  if ('choices' in root) throw notOne(dir, root.choices, env);
  if (env && root.result.renderer !== 'helm')
    throw new UsageError(`"${dir}" is no chart: --env has nothing to choose from`, 'Name the folder of the environment.');
  if (!env && root.result.renderer === 'helm')
    terminal.warn(
      `gitops-lint: the chart "${dir}" is rendered ${root.variant === undefined ? 'with its own values: no environment has others' : `as ${root.variant}`}\n`,
    );
  return root;
}

function notOne(dir: string, choices: readonly string[], env: readonly string[] | undefined): UsageError {
  const hint = choices.length > 0 ? `Name one with --env: ${firstOf(choices, 12)}.` : 'Nothing has values for it: without --env its own count.';
  if (!env) return new UsageError(`the chart "${dir}" is rendered for each environment on its own`, hint);
  return new UsageError(`"${env.join('", "')}" is not one environment of the chart "${dir}"`, hint);
}
