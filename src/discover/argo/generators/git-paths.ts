import { folderOf } from '../../../text/path.ts';
import { type Mapping, mapping, type Node, type Origin, type Scalar, scalar, sequence, textOf } from '../../../tree/node.ts';
import { baseName, normalized } from '../names.ts';
import type { GeneratorContext } from './generator.ts';

/** A path that a git generator looks for, or leaves out. */
export interface PathItem {
  readonly pattern: Scalar;
  readonly isExcluded: boolean;
}

/** The parameters that a folder gives: `path`, its base name, its steps. They come from the pattern that found it. */
export function folderParameters(folder: string, origin: Origin, spec: Mapping, context: GeneratorContext): [string, Node][] {
  return parameters(folder, {}, origin, spec, context);
}

/** The parameters that a file gives beside what it holds: those of its folder, and its own name. */
export function fileParameters(file: string, origin: Origin, spec: Mapping, context: GeneratorContext): [string, Node][] {
  const filename = baseName(file);
  return parameters(folderOf(file) || '.', { filename, filenameNormalized: normalized(filename) }, origin, spec, context);
}

function parameters(path: string, names: Readonly<Record<string, string>>, origin: Origin, spec: Mapping, { language }: GeneratorContext): [string, Node][] {
  const text = (value: string) => scalar(value, 'double-quoted', origin);
  const basename = baseName(path);
  const named = Object.entries({ basename, basenameNormalized: normalized(basename), ...names });
  const steps = path.split('/');
  const prefix = textOf(spec, 'pathParamPrefix') ?? '';
  if (!language.isGo) {
    const name = prefix ? `${prefix}.path` : 'path';
    return [
      [name, text(path)],
      ...named.map(([key, value]): [string, Node] => [`${name}.${key}`, text(value)]),
      ...steps.map((step, index): [string, Node] => [`${name}[${index}]`, text(step)]),
    ];
  }
  const map = (entries: readonly (readonly [string, Node])[]) =>
    mapping(
      entries.map(([key, value]) => ({ key: text(key), value })),
      origin,
    );
  const tree = map([['path', text(path)], ...named.map(([key, value]) => [key, text(value)] as const), ['segments', sequence(steps.map(text), origin)]]);
  return prefix ? [[prefix, map([['path', tree]])]] : [['path', tree]];
}
