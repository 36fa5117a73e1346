import { gitPathPattern } from '../../../text/path-pattern.ts';
import type { Mapping, Node, Origin } from '../../../tree/node.ts';
import { isNull } from '../../../tree/scalar-value.ts';
import { parseYaml } from '../../../yaml/parse.ts';
import { flatParameters, type ParameterSet, parameterSet } from '../parameters.ts';
import type { GeneratorContext } from './generator.ts';
import { fileParameters, type PathItem } from './git-paths.ts';

/** One set for each file that a pattern finds and none excludes; several for a file that holds a list. */
export function fromFiles(items: readonly PathItem[], spec: Mapping, context: GeneratorContext): ParameterSet[] {
  const read = items.map((item) => ({ ...item, matches: gitPathPattern(item.pattern.text) }));
  const wanted = read.filter(({ isExcluded }) => !isExcluded);
  const files = context.workspace.files();
  for (const { pattern, matches } of wanted) if (!files.some(matches)) context.unmatched(pattern);
  return files.flatMap((file) => {
    const item = wanted.find(({ matches }) => matches(file));
    if (!item || read.some(({ isExcluded, matches }) => isExcluded && matches(file))) return [];
    return objectsIn(file, item.pattern.origin, context).map((object) => {
      const own = object?.kind === 'mapping' ? object.entries.map(({ key, value }) => [key.text, value] as const) : [];
      const held: Iterable<readonly [string, Node]> = context.language.isGo ? own : flatParameters(own);
      return parameterSet([...held, ...fileParameters(file, item.pattern.origin, spec, context)]);
    });
  });
}

/** The mappings that a file holds; `undefined` is one with nothing in it. */
function objectsIn(file: string, origin: Origin, { workspace, remarks }: GeneratorContext): (Node | undefined)[] {
  const result = workspace.read(file);
  if (!result.ok) {
    remarks.gap(`"${file}" cannot be read`, origin);
    return [];
  }
  const { documents, problem } = parseYaml(result.file);
  const root = documents[0]?.root;
  const items = root?.kind === 'sequence' ? root.items : [root];
  if (!problem && items.every((item) => item === undefined || item.kind === 'mapping' || (item.kind === 'scalar' && isNull(item)))) return [...items];
  remarks.problem(`"${file}" holds neither a mapping nor a list of mappings`, origin);
  return [];
}
