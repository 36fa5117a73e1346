import type { Deployment } from '../model/deployment.ts';
import type { LooseFile } from '../model/loose-file.ts';
import type { Variant } from '../model/variant.ts';
import { KUSTOMIZATION_NAMES } from '../render/kustomize/kustomization.ts';
import { type Kustomization, kustomizationIn } from '../render/kustomize/references.ts';
import { isNeverDeployed, scaffoldOf } from '../render/not-deployed.ts';
import { baseOf, folderOf, isWithin, joinPath } from '../text/path.ts';
import { unfilledPath } from '../text/unfilled.ts';
import { entryOf, type Origin } from '../tree/node.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { parseYaml } from '../yaml/parse.ts';
import { manifestIn } from './loose-manifest.ts';
import { namedInTexts } from './named-in-texts.ts';

/** What there is to know before a file can be said to be included by nothing. */
export interface Inclusions {
  readonly workspace: Workspace;
  readonly isIgnored: (path: string) => boolean;
  readonly variants: readonly Variant[];
  readonly deployments: readonly Pick<Deployment, 'kind' | 'source' | 'valuesFiles' | 'recurses'>[];
}

function isUnsound({ file, problems, references }: Kustomization): boolean {
  const hasTwins = parseYaml(file).documents.some(({ duplicates }) => duplicates.length > 0);
  return hasTwins || problems.length > 0 || references.some(({ type }) => type === 'missing');
}

interface Candidate {
  readonly path: string;
  readonly at: Origin;
  /** The folder of the nearest kustomization. */
  readonly home: string;
  readonly kustomization: Kustomization;
}

/** The manifests beside kustomizations that nothing includes, sorted by path. */
export function findLooseFiles(given: Inclusions): LooseFile[] {
  const { workspace, isIgnored, variants } = given;
  const files = workspace.files();
  const foldersWith = (names: readonly string[]) => new Set(files.filter((path) => names.includes(baseOf(path))).map(folderOf));
  const kustomized = foldersWith(KUSTOMIZATION_NAMES);
  const charts = foldersWith(['Chart.yaml']);
  const included = includedPaths(given, kustomized);
  const candidates = files.flatMap((path): Candidate[] => {
    if (!MANIFEST.test(path) || NOT_MEANT.test(path) || VENDORED.test(path) || included.has(path) || isNeverDeployed(path) || isIgnored(path)) return [];
    const home = nearest(path, kustomized);
    if (home === undefined || nearest(path, charts) !== undefined || isScaffold(path, home, given)) return [];
    const kustomization = kustomizationIn(workspace, home);
    const result = workspace.read(path);
    // A link leads to a file that has its own place.
    // Where a name leads nowhere, it may be meant for this very file: that is the mistake to mend first.
    if (!kustomization || isUnsound(kustomization) || !result.ok || result.file.path !== path || mayDeploy(path, home, given)) return [];
    const at = manifestIn(result.file);
    return at ? [{ path, at, home, kustomization }] : [];
  });
  const inner = new Set(candidates.filter(({ path, home }) => folderOf(path) !== home).map(({ path }) => folderOf(path)));
  const paths = candidates.map(({ path }) => path);
  const named = namedInTexts(workspace, paths, inner);
  const loose = candidates.filter(({ path }) => !named.has(path));
  const comments = loose.length > 0 ? commentsNaming(workspace, kustomized) : new Map<string, Origin>();
  return loose.map(({ path, at, home, kustomization }) => ({
    at,
    kustomization: entryOf(kustomization.node, 'resources')?.key.origin ?? firstLineOf(kustomization),
    variants: variants.filter(({ inputs }) => inputs.has(kustomization.file.path)),
    excuse: excuseOf(path, home, kustomization, comments),
  }));
}

const MANIFEST = /\.(?:ya?ml|json)$/;
/** Kustomizations themselves, and what says that it only shows something. */
const NOT_MEANT = /(?:^|\/)kustomization\.ya?ml$|(?:^|[-_./])(?:examples?|samples?|templates?|tmpl)[-_.][^/]*$/i;
/** Folders of what was copied as a whole, with parts that are of no use here: nobody takes them out one by one. */
const VENDORED = /(?:^|\/)(?:upstream|third_party|vendored)\//;

/** What kustomizations name, what renders read, and the values files of deployers, also where links lead. */
function includedPaths({ workspace, variants, deployments }: Inclusions, kustomized: ReadonlySet<string>): ReadonlySet<string> {
  const included = new Set<string>();
  for (const folder of kustomized) {
    for (const { target } of kustomizationIn(workspace, folder)?.references ?? []) {
      if (target === undefined) continue;
      included.add(target);
      included.add(workspace.realPath(target) ?? target);
    }
  }
  for (const { inputs } of variants) for (const path of inputs) included.add(path);
  for (const { path } of deployments.flatMap(({ valuesFiles }) => valuesFiles)) if (path !== undefined) included.add(path);
  return included;
}

/** Folders of tests, examples and the like within the kustomization; around it only where no environment is built from it. */
function isScaffold(path: string, home: string, { variants }: Inclusions): boolean {
  const from = home ? home.length + 1 : 0;
  if (scaffoldOf(path, from) !== undefined) return true;
  return scaffoldOf(path) !== undefined && !variants.some(({ environment, root }) => environment.name !== '' && isWithin(home, root));
}

/**
 * Whether a deployer takes, or may take, the folder of a file as it is. A folder with a kustomization is built by that,
 * unless Argo CD is told to read all below a path.
 */
function mayDeploy(path: string, home: string, { deployments }: Inclusions): boolean {
  const folder = folderOf(path);
  return deployments.some(({ kind, source, recurses }) => {
    const takesAll = recurses && (kind === 'Application' || kind === 'ApplicationSet');
    if (source.path === undefined) return (folder !== home || takesAll) && source.whereabouts === 'unknown' && unfilledPath(source.text).test(folder);
    if (takesAll) return isWithin(folder, source.path);
    const isBelow = isWithin(source.path, home) && source.path !== home;
    return isBelow && (recurses ? isWithin(folder, source.path) : folder === source.path);
  });
}

function excuseOf(path: string, home: string, kustomization: Kustomization, comments: ReadonlyMap<string, Origin>): LooseFile['excuse'] {
  for (let at = path; at.length > home.length; at = folderOf(at)) {
    const comment = comments.get(at);
    if (comment) return { why: 'commented', at: comment };
  }
  return kustomization.references.length === 0 ? { why: 'empty', at: firstLineOf(kustomization) } : undefined;
}

/** What the comments of kustomizations name, by path: lines that were switched off. */
function commentsNaming(workspace: Workspace, kustomized: ReadonlySet<string>): Map<string, Origin> {
  const named = new Map<string, Origin>();
  for (const folder of kustomized) {
    const file = kustomizationIn(workspace, folder)?.file;
    for (const comment of file?.text.matchAll(/(?<=^|[^\S\n])#.*$/gm) ?? []) {
      for (const { 0: word, index } of comment[0].matchAll(/[\w@%+.~/][\w@%+.~/-]*(?<=[\w-])/g)) {
        const path = joinPath(folder, word);
        const start = comment.index + index;
        if (file && path && !named.has(path)) named.set(path, { file, start, end: start + word.length, how: 'written', precision: 'exact' });
      }
    }
  }
  return named;
}

function firstLineOf({ file }: Kustomization): Origin {
  return { file, start: 0, end: file.lineAt(1).length, how: 'written', precision: 'file' };
}

function nearest(path: string, folders: ReadonlySet<string>): string | undefined {
  for (let at = folderOf(path); ; at = folderOf(at)) {
    if (folders.has(at)) return at;
    if (at === '') return undefined;
  }
}
