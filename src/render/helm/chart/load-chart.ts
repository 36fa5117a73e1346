import type { Gap, RenderProblem } from '../../../model/render-result.ts';
import { joinPath } from '../../../text/path.ts';
import type { Workspace } from '../../../workspace/workspace.ts';
import type { ChartFile, ChartLoading, LoadedChart, MissingDependency, Requirement } from './chart.ts';
import { filesOfArchive, filesOfFolder } from './chart-files.ts';
import { ignoreRules } from './helm-ignore.ts';
import { readMetadata } from './metadata.ts';
import { atPath, failure, inFile, unreadable } from './problems.ts';
import { unpack } from './tar.ts';

/** Charts that were read of a workspace, by folder: all environments of a chart share it. */
const loaded = new WeakMap<Workspace, Map<string, ChartLoading>>();
/** Charts in charts: no honest one goes as deep. */
const MAX_DEPTH = 20;

/**
 * The chart of a folder with all of its subcharts: those of `charts/`, folders and archives, and those that `file://`
 * names inside of the repository. Nothing is fetched. Never throws: what is wrong stands in the result.
 */
export function loadChart(workspace: Workspace, folder: string): ChartLoading {
  const charts = loaded.get(workspace) ?? new Map<string, ChartLoading>();
  loaded.set(workspace, charts);
  let loading = charts.get(folder);
  if (!loading) {
    const session: Session = { workspace, problems: [], gaps: [], inputs: new Set() };
    const chart = loadFolder(session, folder, []);
    loading = { chart, problems: session.problems, gaps: session.gaps, inputs: session.inputs };
    charts.set(folder, loading);
  }
  return loading;
}

interface Session {
  readonly workspace: Workspace;
  readonly problems: RenderProblem[];
  readonly gaps: Gap[];
  readonly inputs: Set<string>;
}

/** Where the files of a chart come from. */
interface Place {
  readonly folder: string;
  readonly isArchive: boolean;
  /** The folders and archives around it, and the charts that named it by `file://`. */
  readonly outer: readonly string[];
  /** The names of the charts around it. */
  readonly of: readonly string[];
}

function loadFolder(session: Session, folder: string, outer: readonly string[], of: readonly string[] = []): LoadedChart | undefined {
  const { workspace, problems, inputs } = session;
  const ignorePath = joinPath(folder, '.helmignore') ?? '';
  const ignoreFile = workspace.kindOf(ignorePath) === 'file' ? workspace.read(ignorePath) : undefined;
  const rules = ignoreRules(ignoreFile?.ok ? ignoreFile.file.text : '');
  if (!rules.ok) {
    const file = ignoreFile?.ok ? ignoreFile.file : undefined;
    const start = file?.offsetAt({ line: rules.line, column: 1 }) ?? 0;
    const origin = file ? { ...inFile(file), start, end: start + file.lineAt(rules.line).length, precision: 'exact' as const } : atPath(workspace, ignorePath);
    problems.push(failure('other', rules.message, origin));
    return undefined;
  }
  const files = filesOfFolder(workspace, folder, rules).map((file) => noting(file, inputs));
  return assemble(session, { folder, isArchive: false, outer, of }, files);
}

/** The same file, that says when it is read: a chart does not depend on the values of another environment that lie beside its own. */
function noting(file: ChartFile, inputs: Set<string>): ChartFile {
  const note = <Answer>(read: () => Answer): Answer => {
    inputs.add(file.path);
    return read();
  };
  return { ...file, bytes: () => note(file.bytes), source: () => note(file.source) };
}

function loadArchive(session: Session, file: ChartFile, outer: readonly string[], of: readonly string[]): LoadedChart | undefined {
  const bytes = file.bytes();
  const unpacked = bytes && unpack(bytes);
  if (!unpacked?.ok) {
    const why = unpacked?.message ?? 'cannot be read';
    session.problems.push(failure('other', `"${file.path}" ${why}`, atPath(session.workspace, file.path)));
    return undefined;
  }
  return assemble(session, { folder: file.path, isArchive: true, outer, of }, filesOfArchive(session.workspace, file.path, unpacked.files));
}

/** The files of a chart, each where it belongs. (Helm, `pkg/chart/loader`, `LoadFiles`.) */
function assemble(session: Session, place: Place, files: readonly ChartFile[]): LoadedChart | undefined {
  const { problems, workspace } = session;
  const byName = new Map(files.map((file) => [file.name, file]));
  const chartFile = byName.get('Chart.yaml');
  const file = chartFile?.source();
  if (!file) {
    const path = joinPath(place.folder, 'Chart.yaml') ?? 'Chart.yaml';
    const why = workspace.read(path);
    session.inputs.add(path);
    problems.push(failure('missing-file', unreadable(path, why.ok ? 'missing' : why.problem), atPath(workspace, path), 'missing-reference'));
    return undefined;
  }
  const { metadata, problems: mistakes } = readMetadata(file, byName.get('requirements.yaml')?.source());
  problems.push(...mistakes);
  if (!metadata) return undefined;
  const isV1 = (metadata.fields.get('apiVersion')?.text ?? '') !== 'v2';
  const templates = files.filter(({ name }) => name.startsWith('templates/'));
  for (const template of templates) if (!template.source()) session.gaps.push(gapOf(session, template));
  const inner: Place = { ...place, outer: [...place.outer, place.folder], of: [...place.of, metadata.name] };
  const { dependencies, missing } = dependenciesOf(session, inner, metadata.requirements, files);
  return {
    folder: place.folder,
    isArchive: place.isArchive,
    metadata,
    file,
    valuesFile: textOf(session, byName.get('values.yaml')),
    schemaFile: textOf(session, byName.get('values.schema.json')),
    templates,
    files: files.filter(({ name }) => isOther(name, isV1)),
    dependencies,
    missing,
  };
}

function textOf(session: Session, file: ChartFile | undefined) {
  const source = file?.source();
  if (file && !source) session.gaps.push(gapOf(session, file));
  return source;
}

function gapOf({ workspace }: Session, { path }: ChartFile): Gap {
  const result = workspace.read(path);
  return { cause: 'other', message: unreadable(path, result.ok || result.problem === 'missing' ? 'binary' : result.problem), origin: atPath(workspace, path) };
}

/** What `.Files` gives: all that has no meaning of its own. */
function isOther(name: string, isV1: boolean): boolean {
  if (/^(?:Chart\.yaml|Chart\.lock|values\.yaml|values\.schema\.json)$/.test(name)) return false;
  if (/^requirements\.(?:yaml|lock)$/.test(name)) return isV1;
  return !name.startsWith('templates/') && (!name.startsWith('charts/') || name.endsWith('.prov'));
}

function dependenciesOf(session: Session, place: Place, requirements: readonly Requirement[], files: readonly ChartFile[]) {
  const dependencies: LoadedChart[] = [];
  const missing: MissingDependency[] = [];
  const add = (chart: LoadedChart | undefined): void => {
    if (chart) dependencies.push(chart);
  };
  if (place.outer.length > MAX_DEPTH) {
    session.problems.push(failure('limit', `charts stand more than ${MAX_DEPTH} deep in one another`, atPath(session.workspace, place.folder)));
    return { dependencies, missing };
  }
  for (const [name, own] of vendored(files)) {
    const [first] = own;
    if (name.endsWith('.tgz')) add(first && loadArchive(session, first, place.outer, place.of));
    else {
      const folder = `${place.folder === '' ? '' : `${place.folder}/`}charts/${name}`;
      const inner = own.flatMap((file) => (file.name.includes('/') ? [{ ...file, name: file.name.slice(name.length + 1) }] : []));
      add(assemble(session, { ...place, folder, isArchive: place.isArchive }, inner));
    }
  }
  for (const requirement of requirements) {
    if (dependencies.some(({ metadata }) => metadata.name === requirement.name)) continue;
    const folder = place.isArchive ? undefined : localFolder(session, place.folder, requirement.repository);
    // A chart that depends on itself, by whatever way.
    const isCircle = folder !== undefined && place.outer.includes(folder);
    const chart = folder === undefined || isCircle ? undefined : loadFolder(session, folder, place.outer, place.of);
    if (chart?.metadata.name === requirement.name) add(chart);
    else missing.push({ requirement, of: place.of, why: /^$|^file:\/\//.test(requirement.repository) ? 'absent' : 'remote' });
  }
  return { dependencies, missing };
}

/** The files of `charts/` by the first step of their names there, without that of `charts/`. */
function vendored(files: readonly ChartFile[]): Map<string, ChartFile[]> {
  const found = new Map<string, ChartFile[]>();
  for (const file of files) {
    if (!file.name.startsWith('charts/') || file.name.endsWith('.prov')) continue;
    const name = file.name.slice('charts/'.length);
    const [first = ''] = name.split('/');
    if (/^[_.]/.test(first)) continue;
    found.set(first, [...(found.get(first) ?? []), { ...file, name }]);
  }
  return found;
}

/** The folder that `file://` names, where it is one of the repository. */
function localFolder({ workspace, inputs }: Session, folder: string, repository: string): string | undefined {
  const path = /^file:\/\/(.*)$/.exec(repository)?.[1];
  if (path === undefined) return undefined;
  const target = joinPath(folder, path);
  if (target === undefined) return undefined;
  inputs.add(joinPath(target, 'Chart.yaml') ?? '');
  return workspace.kindOf(target) === 'directory' ? target : undefined;
}
