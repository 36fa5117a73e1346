import type { Additions } from '../../model/additions.ts';
import type { RenderProblem, RenderResult } from '../../model/render-result.ts';
import { Resource } from '../../model/resource.ts';
import { folderOf } from '../../text/path.ts';
import { SourceFile } from '../../text/source-file.ts';
import type { Inflate } from '../inflation.ts';
import type { Renderer, RenderOptions } from '../renderer.ts';
import { type Substituted, substitute } from '../substitution/substitute.ts';
import { noteFiles, noteProblems } from './accumulate.ts';
import { NOTHING } from './accumulated.ts';
import { generatedKustomization, withAdditions } from './additions.ts';
import { buildTarget } from './build.ts';
import { wishesOf } from './build-metadata.ts';
import { type BuildRecord, newRecord } from './build-record.ts';
import { READ_PROBLEMS, wholeFile } from './files.ts';
import { finish } from './finish.ts';
import { type KustomizationFile, kustomizationPaths, readKustomization } from './kustomization.ts';
import { setPairs } from './labels.ts';
import { layeredResource, modelIdOf } from './layered-resource.ts';
import { isBuiltin } from './merge-schema.ts';
import { chooseSchema } from './openapi.ts';
import { GATHERED_ORDER, LEGACY_ORDER } from './order.ts';
import { BUILTIN_SCHEMA, type BuiltBase, namespaceOf, type Session, type Target } from './session.ts';

/** What the command line can be told besides the folder. */
export interface KustomizeOptions extends RenderOptions {
  /** The order of the output where the root has no `sortOptions`: `legacy` is the default of the command line, `fifo` of the library. */
  readonly order?: 'legacy' | 'fifo';
  readonly inflate?: Inflate | undefined;
}

/** Builds kustomizations in process, as kustomize v5.8 does. One instance builds each base once, however many overlays use it. */
export function createKustomizeRenderer({ workspace, loadRestrictor, order = 'legacy', inflate }: KustomizeOptions): KustomizeRenderer {
  const built = new Map<string, BuiltBase>();
  const newSession = (): Session => ({
    workspace,
    built,
    wishes: undefined,
    order: order === 'legacy' ? LEGACY_ORDER : GATHERED_ORDER,
    inflate,
    build: buildTarget,
    schema: BUILTIN_SCHEMA,
    metForeignKind: false,
  });
  return {
    name: 'kustomize',
    detects: (folder) => kustomizationPaths(workspace, folder).length > 0,
    render: (folder, additions) => renderRoot(newSession(), { folder, additions }, loadRestrictor),
    renderFiles: (folder, files, additions) => renderRoot(newSession(), { folder, files, additions }, loadRestrictor),
    renderOver: (given, additions) => renderRoot(newSession(), { folder: '', files: [], given, additions }, loadRestrictor),
  };
}

export interface KustomizeRenderer extends Renderer {
  /** Renders a folder without a kustomization as Flux does: as if it had one that names these files, given relative to it. */
  renderFiles(folder: string, files: readonly string[], additions: Additions): RenderResult;
  /** Takes objects through the steps that a deployer names, as Flux does with what a chart renders to. */
  renderOver(given: readonly Resource[], additions: Additions): RenderResult;
}

/** What is rendered: a folder, what a deployer adds to it, and its files where it has no kustomization. */
interface Root {
  readonly folder: string;
  readonly files?: readonly string[];
  /** Objects that are there to begin with. */
  readonly given?: readonly Resource[];
  readonly additions?: Additions | undefined;
}

const METADATA = (field: 'labels' | 'annotations') => [{ path: `metadata/${field}`, create: true }];

function renderRoot(session: Session, { folder, files, given, additions }: Root, loadRestrictor: RenderOptions['loadRestrictor']): RenderResult {
  const record = newRecord();
  if (!given) {
    record.folders.add(folder);
    noteFiles({ record, folder });
  }
  const written = files ? generatedKustomization(folder, files) : open(session, folder, record);
  if (!written) return resultOf(folder, 'Kustomization', [], record, loadRestrictor);
  const kustomization = additions ? withAdditions(written, additions) : written;
  noteProblems(record, kustomization);
  const target: Target = {
    session: { ...session, wishes: wishesOf(kustomization.node, folder) },
    folder,
    kustomization,
    record,
    chain: [folder],
    namespace: namespaceOf(kustomization),
  };
  chooseSchema(target);
  if (given?.some(({ node }) => !isBuiltin(node))) target.session.metForeignKind = true;
  const start = given ? { ...NOTHING, resources: given.map(({ node }) => layeredResource(node)) } : NOTHING;
  const built = finish(target, buildTarget(target, start));
  const substituted = additions?.substitution && substitute(built, additions.substitution);
  if (substituted) noteSubstitution(record, substituted);
  let finished = substituted?.objects ?? built;
  // Set behind the build: selectors and templates are left alone.
  if (additions) finished = setPairs(finished, additions.labels, METADATA('labels'), 'label');
  if (additions) finished = setPairs(finished, additions.annotations, METADATA('annotations'), 'annotation');
  const resources = finished.map((resource) => new Resource(resource.node, modelIdOf(resource)));
  return { ...resultOf(folder, kustomization.kind, resources, record, loadRestrictor), filledIn: substituted?.filledIn };
}

/** The files that give values are inputs like all others. */
function noteSubstitution({ problems, inputs }: BuildRecord, { problems: own, filledIn }: Substituted<unknown>): void {
  problems.push(...own);
  for (const { file } of [filledIn.at, ...[...filledIn.variables.values()].flatMap((value) => value?.origin ?? [])]) inputs.add(file.path);
}

function open({ workspace }: Session, folder: string, record: BuildRecord): KustomizationFile | undefined {
  const [path, second] = kustomizationPaths(workspace, folder);
  const result = path === undefined ? undefined : workspace.read(path);
  if (path === undefined || !result?.ok) {
    const missing = path ?? (folder ? `${folder}/kustomization.yaml` : 'kustomization.yaml');
    const reason = result && !result.ok ? result.problem : 'missing';
    const cause = reason === 'missing' ? 'missing-file' : 'other';
    const origin = wholeFile(new SourceFile(missing, '', 'utf-8', workspace.tree));
    record.problems.push({ cause, message: `"${missing}" ${READ_PROBLEMS[reason]}`, origin, rule: 'render-error' });
    return undefined;
  }
  if (second !== undefined) {
    const message = `"${folderOf(path) || '.'}" holds several kustomization files`;
    record.problems.push({ cause: 'invalid-kustomization', message, origin: wholeFile(result.file), rule: 'render-error' });
  }
  return readKustomization(result.file);
}

function resultOf(
  folder: string,
  kind: string,
  resources: readonly Resource[],
  record: BuildRecord,
  loadRestrictor: RenderOptions['loadRestrictor'],
): RenderResult {
  const { gaps, effects, charts, inputs } = record;
  const problems = withoutTwins(record.problems);
  const whole = gaps.length > 0 ? 'partial' : 'rendered';
  const status = problems.length > 0 ? 'failed' : whole;
  const restrictor = record.reachesOut && loadRestrictor === 'root' ? ('none' as const) : undefined;
  return { folder, renderer: 'kustomize', kind, status, resources, gaps, problems, effects, charts, inputs, restrictor };
}

/** A mistake in a file that was read several times is one mistake. */
function withoutTwins(problems: readonly RenderProblem[]): RenderProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ message, origin }) => {
    const key = `${origin.file.path}\0${origin.start}\0${origin.end}\0${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
