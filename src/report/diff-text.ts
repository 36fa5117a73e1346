import kleur from 'kleur';
import { DIFFERENCE_CLASSES, type DifferenceClass } from '../model/difference-class.ts';
import { type AppDiff, type DiffSide, divergenceOf, type EnvironmentDiff, type EnvironmentDifference } from '../model/environment-diff.ts';
import { withoutCommands } from './one-line.ts';

/** No more than these of a class, unless everything is asked for. */
const MAX_SHOWN = 10;

/** `gitops-lint diff` for people at a terminal: app by app, class by class, with the line of each side. */
export function diffText(diff: EnvironmentDiff, { color, verbose }: { readonly color: boolean; readonly verbose: boolean }): string {
  kleur.enabled = color;
  const blocks = diff.apps.map((app) => appText(app, diff, verbose));
  return withoutCommands(`${[...blocks, tailOf(diff)].filter(Boolean).join('\n')}`);
}

/** `12.5 %`. */
export function percent(app: Pick<AppDiff, 'compared' | 'differing'>): string {
  return `${Number((divergenceOf(app) * 100).toFixed(1))} %`;
}

/** What is told of the apps and variants that were not compared. */
export function remarksOf({ left, right, onlyLeft, onlyRight, notes }: EnvironmentDiff): string[] {
  const only = (name: string, apps: readonly string[]) => (apps.length > 0 ? [`only in ${name}: ${apps.join(', ')}`] : []);
  return [...only(left, onlyLeft), ...only(right, onlyRight), ...notes.map((note) => `note: ${note}`)];
}

/** The differences of an app by their class. */
export function byClass({ differences }: AppDiff): (readonly [DifferenceClass, readonly EnvironmentDifference[]])[] {
  return (Object.keys(DIFFERENCE_CLASSES) as DifferenceClass[]).flatMap((name) => {
    const own = differences.filter((difference) => difference.class === name);
    return own.length > 0 ? [[name, own] as const] : [];
  });
}

function appText(app: AppDiff, { left, right }: EnvironmentDiff, verbose: boolean): string {
  const pair = [left, right].map((name, at) => withoutApp(at === 0 ? app.left : app.right, app.app) || name);
  const values = `${app.compared} ${app.compared === 1 ? 'value' : 'values'}`;
  const figure =
    app.compared === 0
      ? 'nothing was rendered'
      : app.differences.length === 0
        ? `no difference in ${values}`
        : `${percent(app)} apart: ${app.differing} of ${values} differ`;
  const lines = [`${kleur.bold(app.app)}  ${figure}`];
  for (const [name, differences] of byClass(app)) {
    lines.push(`  ${kleur.bold(DIFFERENCE_CLASSES[name])} (${differences.length})`);
    const groups = alike(differences);
    const shown = verbose ? groups : groups.slice(0, MAX_SHOWN);
    for (const group of shown) lines.push(...groupText(group, pair, verbose));
    const rest = differences.length - shown.flat().length;
    if (rest > 0) lines.push(kleur.dim(`    and ${rest} more (--verbose lists them)`));
  }
  return `${lines.join('\n')}\n`;
}

/** Differences that the same lines make are one for people, in several places. */
function alike(differences: readonly EnvironmentDifference[]): EnvironmentDifference[][] {
  const groups = new Map<string, EnvironmentDifference[]>();
  const keyOf = (side: DiffSide | undefined) => (side?.origins[0] ? [side.value, side.origins[0].file.name, side.origins[0].start] : []);
  for (const difference of differences) {
    const key = JSON.stringify([keyOf(difference.left), keyOf(difference.right)]);
    groups.set(key, [...(groups.get(key) ?? []), difference]);
  }
  return [...groups.values()];
}

function groupText([first, ...others]: readonly EnvironmentDifference[], names: readonly string[], verbose: boolean): string[] {
  if (!first) return [];
  const [head = '', ...sides] = differenceText(first, names);
  if (!verbose && others.length > 1) return [head, kleur.dim(`    and ${others.length} more places`), ...sides];
  return [head, ...others.map(titleOf), ...sides];
}

function titleOf({ resource, path }: EnvironmentDifference): string {
  return `    ${[resource, path].filter(Boolean).join('  ')}`;
}

function differenceText(difference: EnvironmentDifference, names: readonly string[]): string[] {
  const { left, right } = difference;
  const width = Math.max(...names.map((name) => name.length));
  const row = (side: DiffSide | undefined, at: number) => {
    const place = side?.origins[0];
    const where = place ? `  ${kleur.dim(`${place.file.name}:${place.file.positionAt(place.start).line}`)}` : '';
    return `      ${(names[at] ?? '').padEnd(width)}  ${side ? kleur.cyan(side.value) : kleur.dim('–')}${where}`;
  };
  return [titleOf(difference), row(left, 0), row(right, 1)];
}

/** What of a variant's id tells it from others of its app. */
function withoutApp(id: string, app: string): string {
  return id.startsWith(`${app}@`) ? id.slice(app.length + 1) : id;
}

function tailOf(diff: EnvironmentDiff): string {
  const lines = remarksOf(diff);
  return lines.length > 0 ? `${lines.join('\n')}\n` : '';
}
