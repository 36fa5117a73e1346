import picomatch from 'picomatch';
import { ConfigError } from '../errors.ts';
import type { Declaration, DeclaredApp, DeclaredEnvironment } from '../model/declaration.ts';
import { compilePattern } from '../model/path-pattern.ts';
import type { Rule } from '../rule/rule.ts';
import { startOf } from '../text/location.ts';
import type { SourceFile } from '../text/source-file.ts';
import { childOf, entriesOf, entryOf, itemsOf, type Mapping, type Node, textOf } from '../tree/node.ts';
import { plainOf } from '../tree/plain.ts';
import { CONFIG_NAMES, folderOf, joinPath, type Workspace } from '../workspace/workspace.ts';
import { parseYaml } from '../yaml/parse.ts';
import type { Config, Override } from './config.ts';
import { resolveSettings, type Settings } from './settings.ts';

export interface LoadedSettings {
  readonly settings: Settings;
  /** Undefined when there is no `.gitopsrc`. */
  readonly file?: SourceFile;
}

/**
 * Reads the nearest `.gitopsrc` from `folder` up to the root, or the named file. Throws a `ConfigError` at the line
 * that is wrong.
 */
export async function loadSettings(workspace: Workspace, folder: string, rules: readonly Rule[], named?: string): Promise<LoadedSettings> {
  const path = named ?? nearestConfig(workspace, folder);
  const nested = (isIgnored: Declaration['isIgnored']) => nestedConfigs(workspace, folder).filter((file) => file !== path && !isIgnored(file));
  if (path === undefined) {
    const settings = resolveSettings({}, { environments: [], apps: [], isIgnored: () => false });
    return { settings: { ...settings, nested: nested(() => false) } };
  }
  const result = workspace.read(path);
  if (!result.ok) throw new ConfigError(`cannot read "${path}": ${result.problem}`, undefined, 'Name a file inside the repository.');
  const settings = await readSettings(result.file, rules);
  return { settings: { ...settings, nested: nested(settings.declaration.isIgnored) }, file: result.file };
}

/** Those of the folders below: they refine what counts, which this version does not do yet. */
function nestedConfigs(workspace: Workspace, folder: string): string[] {
  const inside = folder ? `${folder}/` : '';
  return workspace
    .files()
    .filter((path) => path.startsWith(inside) && folderOf(path) !== folder && CONFIG_NAMES.includes(path.slice(path.lastIndexOf('/') + 1)));
}

function nearestConfig(workspace: Workspace, folder: string): string | undefined {
  for (let at = folder; ; at = folderOf(at)) {
    for (const name of CONFIG_NAMES) {
      const path = joinPath(at, name);
      if (path !== undefined && workspace.kindOf(path) === 'file') return path;
    }
    if (at === '') return undefined;
  }
}

/** Reads one configuration file. Throws a `ConfigError` at the line that is wrong. */
export async function readSettings(file: SourceFile, rules: readonly Rule[]): Promise<Settings> {
  const { documents, problem } = parseYaml(file);
  if (problem) throw new ConfigError(problem.reason, { file, span: problem.span });
  const root = documents[0]?.root;
  const duplicate = documents[0]?.duplicates[0];
  if (duplicate) throw new ConfigError(`"${duplicate.key.text}" stands here twice`, { file, span: duplicate.key.origin });
  if (root && root.kind !== 'mapping')
    throw new ConfigError('a configuration is a mapping', startOf(file), 'Write names and values, such as "preset: strict".');
  const second = documents[1]?.root;
  if (second) throw new ConfigError('a configuration is one document', { file, span: second.origin });
  const config = (root ? withoutBlanks(plainOf(root) as Blanks) : {}) as Config;
  // Validation costs more than all else here: an empty file needs none.
  if (root) (await import('./validate.ts')).validateConfig(config, root, file, rules);
  const declaration = declarationOf(root, config, file);
  for (const app of declaration.apps) {
    for (const pattern of [app.pattern, ...(app.type === 'chart' ? app.values : [])]) {
      const compiled = compilePattern(pattern);
      if ('problem' in compiled) throw new ConfigError(compiled.problem, { file, span: app.origin });
    }
  }
  return resolveSettings({ ...config, overrides: (config.overrides ?? []).map((override) => relocated(override, file)) }, declaration);
}

type Blanks = Readonly<Record<string, unknown>>;

/** A name with nothing behind it sets nothing; an environment or a rule is named by it all the same. */
function withoutBlanks(config: Blanks): Blanks {
  const named = (value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inner ?? {}]))
      : value;
  return Object.fromEntries(
    Object.entries(config)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, name === 'environments' || name === 'rules' ? named(value) : value]),
  );
}

/** Paths of a configuration are relative to where it lies. */
function below(file: SourceFile, pattern: string): string {
  const folder = folderOf(file.path);
  const clean = pattern.replace(/^\.\//, '');
  return folder ? `${folder}/${clean}` : clean;
}

function relocated(override: Override, file: SourceFile): Override {
  return override.paths ? { ...override, paths: override.paths.map((path) => below(file, path)) } : override;
}

/** What people declared, with its places. */
function declarationOf(root: Mapping | undefined, config: Config, file: SourceFile): Declaration {
  const globs = (config.ignore ?? []).map((glob) => below(file, glob).replace(/\/$/, ''));
  // A folder is ignored with all that is in it.
  const ignored = globs.length > 0 ? picomatch([...globs, ...globs.map((glob) => `${glob}/**`)], { dot: true }) : () => false;
  return {
    environments: entriesOf(root, 'environments').map(({ key, value }) => environmentOf(key.text, value, key.origin)),
    apps: itemsOf(root, 'apps').flatMap((item) => appOf(item, (pattern) => below(file, pattern))),
    isIgnored: (path) => ignored(path),
  };
}

function environmentOf(name: string, node: Node, origin: DeclaredEnvironment['origin']): DeclaredEnvironment {
  const from = childOf(node, 'promotesFrom');
  return {
    name,
    tier: textOf(node, 'tier') as DeclaredEnvironment['tier'],
    promotesFrom: from?.kind === 'scalar' ? [from.text] : from && itemsOf(node, 'promotesFrom').flatMap((item) => (item.kind === 'scalar' ? item.text : [])),
    labels: Object.fromEntries(entriesOf(node, 'labels').flatMap(({ key, value }) => (value.kind === 'scalar' ? [[key.text, value.text]] : []))),
    origin,
  };
}

function appOf(item: Node, located: (pattern: string) => string): DeclaredApp[] {
  const path = item.kind === 'mapping' ? entryOf(item, 'path')?.value : undefined;
  if (path?.kind === 'scalar') return [{ type: 'path', pattern: located(path.text), origin: path.origin }];
  const chart = item.kind === 'mapping' ? entryOf(item, 'chart')?.value : undefined;
  if (chart?.kind !== 'scalar') return [];
  const values = itemsOf(item, 'values').flatMap((value) => (value.kind === 'scalar' ? value.text : []));
  return [{ type: 'chart', pattern: located(chart.text), values: values.length > 0 ? values : ['values.yaml', 'values-{env}.yaml'], origin: chart.origin }];
}
