import { folderOf, joinPath } from '../../text/path.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { isUnfilled } from '../../text/unfilled.ts';
import { entriesOf, itemsOf, type Node } from '../../tree/node.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { parseYaml, parseYamlAt } from '../../yaml/parse.ts';
import { environmentLines, isCurrent } from './helmfile-text.ts';
import type { OrderSource } from './order.ts';
import { isRest, type Named, namesIn, orderOf, unordered } from './steps.ts';

const HELMFILE = /(?:^|\/)(?:helmfile|helmfile\.d\/[^/]+)\.ya?ml(?:\.gotmpl)?$/;

/** The `environments` of a helmfile and of its `bases`: the order of their keys means nothing. */
export const helmfile: OrderSource = {
  name: 'helmfile environments',
  read(workspace, paths) {
    return paths
      .filter((path) => HELMFILE.test(path))
      .flatMap((path) => {
        const { environments, bases } = read(workspace, path);
        const inherited = bases.flatMap((base) => {
          const target = joinPath(folderOf(path), base);
          return target === undefined ? [] : read(workspace, target).environments;
        });
        const names = [...inherited, ...environments].filter(({ name }) => !isRest(name));
        return orderOf(helmfile.name, false, unordered(names));
      });
  },
};

interface Helmfile {
  readonly environments: readonly Named[];
  /** As written. */
  readonly bases: readonly string[];
}

const NOTHING: Helmfile = { environments: [], bases: [] };

function read(workspace: Workspace, path: string): Helmfile {
  const result = workspace.read(path);
  if (!result.ok || !/^["']?(?:environments|bases)\b/m.test(result.file.text)) return NOTHING;
  const parts = partsOf(result.file);
  const environments = parts.map(({ root, start, end }) => (root ? environmentKeys(root) : environmentLines(result.file, start, end)));
  return {
    // With one name that nobody knows, the others are not all.
    environments: environments.includes(undefined) ? [] : environments.flatMap((names) => names ?? []),
    bases: parts.flatMap(({ root }) => namesIn(itemsOf(root, 'bases')).map(({ name }) => name)),
  };
}

/** A document of the file; without a root where it is no YAML before its templates are filled in. */
interface Part {
  readonly root: Node | undefined;
  readonly start: number;
  readonly end: number;
}

/** Helmfile reads each document on its own: templates in one of them leave the others readable. */
function partsOf(file: SourceFile): Part[] {
  const whole = parseYaml(file);
  if (!whole.problem) return whole.documents.flatMap(({ root }) => (root ? [{ root, start: 0, end: 0 }] : []));
  const separators = [...file.text.matchAll(/^---(?:[ \t].*)?$/gm)];
  const starts = [0, ...separators.map(({ index, 0: line }) => index + line.length)];
  const ends = [...separators.map(({ index }) => index), file.text.length];
  return starts.map((start, at) => {
    const end = ends[at] ?? file.text.length;
    return { root: parseYamlAt(file, file.text.slice(start, end), start).documents[0]?.root, start, end };
  });
}

function environmentKeys(root: Node): Named[] | undefined {
  const keys = entriesOf(root, 'environments').flatMap(({ key }) => (isCurrent(key.text) ? [] : key));
  return keys.some(({ text }) => isUnfilled(text)) ? undefined : namesIn(keys);
}
