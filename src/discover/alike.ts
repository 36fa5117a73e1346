import { readName } from '../model/vocabulary.ts';
import { baseOf, joined } from '../text/path.ts';

/** Which folders hold the same as an environment beside them. */
export interface Likeness {
  /** The name of that environment; undefined where there is none. */
  twinOf(folder: string): string | undefined;
}

/** So much of what two folders hold has to be in both. */
const ENOUGH = 0.5;
/** So many things that both hold are no accident. */
const MANY = 3;

/**
 * Compares folders by the paths of what is deployed below them. `main` beside `staging` is an environment when it holds the
 * same apps; a name that says nothing (`ptl`) is one when it stands so beside known environments in several folders.
 */
export function likenessOf(folders: readonly string[], children: ReadonlyMap<string, ReadonlySet<string>>): Likeness {
  const below = new Map<string, Set<string>>();
  for (const folder of folders) {
    for (let at = folder.lastIndexOf('/'); at > 0; at = folder.lastIndexOf('/', at - 1)) {
      const holder = folder.slice(0, at);
      below.set(holder, (below.get(holder) ?? new Set()).add(folder.slice(at + 1)));
    }
  }
  const alike = new Map<string, { readonly twin: string; readonly common: number }>();
  const times = new Map<string, number>();
  for (const [parent, names] of children) {
    const known = [...names].filter((name) => isEnvironment(name));
    if (known.length === 0) continue;
    for (const name of names) {
      if (readName(name) !== undefined) continue;
      const folder = joined(parent, name);
      const twin = bestOf(known.map((other) => ({ twin: other, ...compare(below.get(folder), below.get(joined(parent, other))) })));
      if (!twin) continue;
      alike.set(folder, twin);
      times.set(name, (times.get(name) ?? 0) + 1);
    }
  }
  return {
    twinOf: (folder) => {
      const found = alike.get(folder);
      const name = baseOf(folder);
      return found && (found.common >= MANY || (times.get(name) ?? 0) > 1) ? found.twin : undefined;
    },
  };
}

function isEnvironment(name: string): boolean {
  const reading = readName(name);
  return reading?.form === 'whole' && reading.plain && reading.tier !== 'ephemeral';
}

function compare(a: ReadonlySet<string> = new Set(), b: ReadonlySet<string> = new Set()): { readonly common: number; readonly share: number } {
  const common = [...a].filter((path) => b.has(path)).length;
  return { common, share: common === 0 ? 0 : common / (a.size + b.size - common) };
}

function bestOf<T extends { readonly common: number; readonly share: number }>(all: readonly T[]): T | undefined {
  return all.filter(({ share }) => share >= ENOUGH).sort((a, b) => b.common - a.common)[0];
}
