import type { SourceFile, Span } from '../text/source-file.ts';
import type { Node, Origin } from '../tree/node.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { parseYaml } from '../yaml/parse.ts';
import { generatorSources, secretSpansOf } from './secrets.ts';
import { isYamlPath } from './yaml-path.ts';

/**
 * Tells of the places in some files, such as the inputs of a render, whether a value that comes from there is a secret,
 * or made of one. Where only the entry or the file of the value is known, any secret in it counts.
 */
export function secretPlacesOf(paths: Iterable<string>, workspace: Workspace, isSecretKey: (key: string) => boolean): (place: Origin) => boolean {
  const files = [...paths].flatMap((path) => {
    const result = workspace.read(path);
    return result.ok ? result.file : [];
  });
  const readable = files.filter(({ path }) => isYamlPath(path));
  const spans = secretSpansOf(files, readable, () => workspace, isSecretKey);
  const entries = new Map(readable.map((file) => [file.name, entriesWith(file, spans.get(file.name) ?? [])]));
  return ({ file, start, end, precision }) => {
    const secrets = spans.get(file.name) ?? [];
    const isWhole = precision === 'file' || (start === 0 && end === file.text.length);
    if (precision === 'exact' || isWhole) return secrets.some((span) => span.start < end && span.end > start);
    return [...secrets, ...(entries.get(file.name) ?? [])].some((span) => span.start <= start && end <= span.end);
  };
}

/** The scalars that hold a secret beside other things, or name the file that is one: literals and patches. */
function entriesWith(file: SourceFile, secrets: readonly Span[]): Span[] {
  const sources = generatorSources(file).map(({ name }) => name.origin);
  if (secrets.length === 0) return sources;
  const below = (node: Node): Span[] => {
    const { start, end } = node.origin;
    if (node.kind === 'scalar') return secrets.some((span) => span.start < end && span.end > start) ? [node.origin] : [];
    return node.kind === 'sequence' ? node.items.flatMap(below) : node.entries.flatMap(({ value }) => below(value));
  };
  return [...sources, ...parseYaml(file).documents.flatMap(({ root }) => (root ? below(root) : []))];
}
