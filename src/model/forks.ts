import { groupBy } from '../text/group-by.ts';
import { isWithin } from '../text/path.ts';
import type { SourceFile } from '../text/source-file.ts';
import type { Origin } from '../tree/node.ts';
import { APART, withoutEnvironment } from './counterparts.ts';
import { shapeOf } from './environment-texts.ts';
import { type FindMentions, isOwnWord } from './environment-words.ts';
import type { App, Variant } from './variant.ts';

/** A file of manifests that one variant has to itself. */
interface Copy {
  readonly variant: Variant;
  readonly file: SourceFile;
  readonly lines: readonly Line[];
}

interface Line {
  /** Without the environment's own name, and without what people alone read. */
  readonly shape: string;
  readonly start: number;
  readonly end: number;
}

/** Manifests that several environments have, each its own copy, and nearly the same. */
export interface Fork {
  /** The copy of the lowest environment. */
  readonly first: Variant;
  readonly at: Origin;
  /** How many lines of it count. */
  readonly size: number;
  readonly others: readonly ForkedCopy[];
}

export interface ForkedCopy {
  readonly variant: Variant;
  readonly at: Origin;
  /** The lines that the first copy has not. */
  readonly differing: readonly Origin[];
  /** How many lines differ, those included that only the first copy has. */
  readonly count: number;
}

/** Shorter ones may be alike by chance, and cost little. */
const FEWEST_LINES = 20;
const MOST_DIFFERING = 0.1;

/** Made anew by a tool, wherever it is needed. */
const GENERATED = /^(?:\s*(?:#.*|---)?\n)*\s*#.*(?:generated (?:by|with|from)|do not edit)/i;

/** The copies that environments of an app keep in folders of their own, where kustomize would build upon a base. */
export function forksOf(app: App, find: FindMentions): Fork[] {
  const copies = app.variants.flatMap((variant) => copiesOf(variant, find));
  return [...groupBy(copies, ({ variant, file }) => withoutEnvironment(file.path.slice(variant.root.length), variant)).values()].flatMap(([first, ...rest]) => {
    // Two clusters of one environment may build upon the same file.
    const others = rest.filter(({ variant }) => variant.environment.name !== first.variant.environment.name).flatMap((copy) => forked(first, copy) ?? []);
    return others.length > 0 ? [{ first: first.variant, at: originOf(first.file), size: first.lines.length, others }] : [];
  });
}

function copiesOf(variant: Variant, find: FindMentions): Copy[] {
  const { app, environment, renderer, resources, root } = variant;
  if (renderer !== 'kustomize' || APART.has(environment.tier)) return [];
  const isOwn = ({ path, text }: SourceFile) =>
    isWithin(path, root) && !GENERATED.test(text) && !app.variants.some((other) => other.environment.name !== environment.name && other.inputs.has(path));
  const files = new Set([...resources].flatMap(({ node: { origin } }) => (origin.how === 'written' ? origin.file : [])));
  return [...files]
    .filter(isOwn)
    .map((file) => ({ variant, file, lines: linesOf(file, variant, find) }))
    .filter(({ lines }) => lines.length >= FEWEST_LINES);
}

function linesOf({ text }: SourceFile, { environment }: Variant, find: FindMentions): Line[] {
  let start = 0;
  return text.split('\n').flatMap((line) => {
    const at = start;
    start += line.length + 1;
    const own = find(line).filter((mention) => isOwnWord(mention, environment));
    const shape = shapeOf(line, own);
    const indent = line.length - line.trimStart().length;
    return shape === '' || shape.startsWith('#') || shape === '---' ? [] : [{ shape, start: at + indent, end: at + line.trimEnd().length }];
  });
}

function forked(first: Copy, copy: Copy): ForkedCopy | undefined {
  const left = new Map<string, number>();
  for (const { shape } of first.lines) left.set(shape, (left.get(shape) ?? 0) + 1);
  const differing = copy.lines.filter(({ shape }) => {
    const count = left.get(shape) ?? 0;
    left.set(shape, count - 1);
    return count <= 0;
  });
  const gone = [...left.values()].reduce((sum, count) => sum + Math.max(0, count), 0);
  const count = Math.max(differing.length, gone);
  if (count > Math.max(first.lines.length, copy.lines.length) * MOST_DIFFERING) return undefined;
  return { variant: copy.variant, at: originOf(copy.file), differing: differing.map(({ start, end }) => ({ ...originOf(copy.file), start, end })), count };
}

/** The first line of a file. */
function originOf(file: SourceFile): Origin {
  const end = file.text.indexOf('\n');
  return { file, start: 0, end: end === -1 ? file.text.length : end, how: 'written', precision: 'exact' };
}
