import type { Discovery, VariantSource } from '../../model/discovery.ts';
import { compilePattern } from '../../model/path-pattern.ts';
import { isLiteral, mergeTemplates, templateOf } from './templates.ts';

/** One entry of `apps`. */
export type AppEntry = { readonly path: string } | { readonly chart: string; readonly values: readonly string[] } | { readonly files: string };

/** More lines than these are a list, and no pattern. */
const MAX_ENTRIES = 12;

/** A variant whose environment is known, with all that its path may name. */
interface Placed extends VariantSource {
  readonly environment: string;
}

/**
 * The entries of `apps` that would name each variant of a discovery as it is named, as few as can say it; undefined where
 * there are none, or too many to be of use. Paths are those of the discovery. That an entry means the same when it is read
 * back depends on more than the paths that were found: whoever writes them down has to read them again.
 */
export function patternsFor({ variants, environments, leftOut }: Pick<Discovery, 'variants' | 'environments' | 'leftOut'>): readonly AppEntry[] | undefined {
  const placed = variants.filter((source): source is Placed => source.environment !== undefined);
  if (placed.length === 0 || placed.some(({ app, root }) => app.includes('/') || root === '')) return undefined;
  const own = new Map(environments.map(({ name, labels }) => [name, labels]));
  /** Labels that the environment has anyway need not be in the path; nor those that a deployer gives. */
  const labelsOf = ({ environment, labels }: Placed) =>
    Object.fromEntries(Object.entries(labels).filter(([name, value]) => name !== 'deployer' && own.get(environment)?.[name] !== value));
  const namesOf = (source: Placed) => ({ app: source.app, env: source.environment, labels: labelsOf(source) });

  const isFolder = ({ renderer }: VariantSource) => renderer === 'kustomize' || renderer === 'plain';
  const others = [
    ...variants.filter((source) => source.environment === undefined || !isFolder(source)).map(({ root }) => root),
    ...leftOut.map(({ name }) => name),
  ];
  const paths = pathEntries(placed.filter(isFolder), { namesOf, others });
  const charts = chartEntries(
    placed.filter(({ renderer }) => renderer === 'helm'),
    namesOf,
  );
  const files = fileEntries(
    placed.filter(({ renderer }) => renderer === 'files'),
    namesOf,
  );
  if (!paths || !charts || !files) return undefined;
  const entries = [...paths, ...charts, ...files];
  return entries.length <= MAX_ENTRIES ? entries : undefined;
}

interface Ground {
  readonly namesOf: (source: Placed) => Parameters<typeof templateOf>[1];
  /** What no pattern may match. */
  readonly others: readonly string[];
}

function pathEntries(sources: readonly Placed[], { namesOf, others }: Ground): AppEntry[] | undefined {
  const roots = new Set(sources.map(({ root }) => root));
  const above = new Set(sources.flatMap(({ root }) => foldersAbove(root)));
  const never = [...others, ...above].filter((folder) => !roots.has(folder));
  const holds = (template: string): boolean => {
    const pattern = compilePattern(template);
    if ('problem' in pattern || !pattern.names.includes('env')) return false;
    if (never.some((folder) => pattern.match(folder))) return false;
    return sources.every((source) => {
      const found = pattern.match(source.root);
      return found === undefined || tells(found, source, namesOf(source).labels);
    });
  };
  const templates = sources.map((source) => templateOf(source.root, namesOf(source)));
  const apps = new Set(sources.map(({ app }) => app));
  const specific = templates.map((template, at) => {
    const literal = template.replaceAll('{app}', sources[at]?.app ?? '');
    const isOpen = !template.split('/').some(isLiteral);
    return (isOpen && apps.size === 1) || !holds(template) ? literal : template;
  });
  if (!specific.every(holds)) return undefined;
  return mergeTemplates(specific, holds).map((path) => ({ path }));
}

/** Whether the names that a pattern took from the path of a variant are the variant's own, and all of them. */
function tells(found: Readonly<Record<string, string>>, { app, environment, root }: Placed, expected: Readonly<Record<string, string>>): boolean {
  const { app: named, env, ...labels } = found;
  const title = named ?? root.split('/').find((step) => step !== env);
  if (title !== app || env !== environment) return false;
  const keys = Object.keys(labels);
  return keys.length === Object.keys(expected).length && keys.every((key) => labels[key] === expected[key]);
}

/** A chart, the values files that all of its environments share, and the one of each. */
function chartEntries(sources: readonly Placed[], namesOf: Ground['namesOf']): AppEntry[] | undefined {
  const entries = new Map<string, AppEntry>();
  const apps = new Set(sources.map(({ app }) => app));
  for (const source of sources) {
    const { root, app, values = [] } = source;
    // The only app, in the folder of its name: that may be what the folder is for.
    const names = apps.size === 1 && root === app ? { ...namesOf(source), app: '' } : namesOf(source);
    const templates = values.map((path) => templateOf(outward(root, path), names));
    const isShared = templates.map(isLiteral);
    // What is read for one environment comes last, and is one file.
    if (isShared.filter((shared) => !shared).length !== 1 || isShared.at(-1)) return undefined;
    const chart = templateOf(root, names);
    entries.set([chart, ...templates].join('\u0000'), { chart, values: templates });
  }
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

function fileEntries(sources: readonly Placed[], namesOf: Ground['namesOf']): AppEntry[] | undefined {
  const files = new Set<string>();
  for (const source of sources) {
    const [file, ...more] = source.values ?? [];
    if (file === undefined || more.length > 0) return undefined;
    files.add(templateOf(file, namesOf(source)));
  }
  return [...files].sort().map((path) => ({ files: path }));
}

/** A path as seen from a folder: `../envs/prod.yaml`. */
function outward(folder: string, path: string): string {
  const [from, to] = [folder.split('/'), path.split('/')];
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common += 1;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}

function foldersAbove(path: string): string[] {
  const steps = path.split('/');
  return steps.slice(1).map((_, at) => steps.slice(0, at + 1).join('/'));
}
