import kleur from 'kleur';
import type { Variant } from '../model/variant.ts';
import { firstOf } from '../text/first-of.ts';
import { groupBy } from '../text/group-by.ts';
import { type Origin, locationOf as placeOf } from '../tree/node.ts';
import { counted } from './counted.ts';
import { locationOf } from './json.ts';
import { code, plain, row } from './markdown.ts';
import { jsonText, oneLine, withoutCommands } from './one-line.ts';

type Outcome = 'changed' | 'same' | 'new' | 'gone' | 'unknown';

/** What `gitops-lint diff --since` tells. */
export interface ChangeReport {
  readonly base: string;
  readonly apps: readonly {
    readonly app: string;
    readonly values: readonly {
      readonly how: 'added' | 'changed' | 'removed';
      readonly resource: string;
      readonly path: string;
      readonly was: string | undefined;
      readonly is: string | undefined;
      readonly origin: Origin;
      readonly variants: readonly Variant[];
    }[];
    readonly affected: readonly { readonly variant: Variant; readonly outcome: Outcome }[];
  }[];
  readonly notes: readonly string[];
}

type App = ChangeReport['apps'][number];
type Value = App['values'][number];

const SIGNS = { added: '+', changed: '~', removed: '-' } as const;
/** No more than these of an app, unless everything is asked for. */
const MAX_SHOWN = 20;

/** By app, and by the environments that change alike: each value with what it was and is, and who writes it. */
export function changeText({ base, apps, notes }: ChangeReport, { color, verbose }: { readonly color: boolean; readonly verbose: boolean }): string {
  kleur.enabled = color;
  const paint = { added: kleur.green, changed: kleur.yellow, removed: kleur.red } as const;
  const lines: string[] = [];
  for (const app of apps) {
    const told = tellings(app);
    if (told.length === 0 && app.values.length === 0) continue;
    lines.push(kleur.bold(oneLine(app.app)), ...told.map((text) => `  ${text}`));
    let room = verbose ? Number.POSITIVE_INFINITY : MAX_SHOWN;
    for (const [names, values] of byEnvironments(app)) {
      if (room <= 0) continue;
      lines.push(`  ${names}`);
      for (const { how, resource, path, was, is, origin } of values.slice(0, room)) {
        const place = `${oneLine(origin.file.name)}:${origin.file.positionAt(origin.start).line}`;
        lines.push(
          `    ${paint[how](SIGNS[how])} ${[resource, path].filter(Boolean).map(oneLine).join('  ')}  ${kleur.cyan(oneLine(sides(was, is)))}  ${kleur.dim(place)}`,
        );
      }
      room -= values.length;
    }
    if (room < 0) lines.push(kleur.dim(`    and ${-room} more (--verbose lists them)`));
    lines.push('');
  }
  lines.push(totalOf(base, apps), ...notes.map((note) => `note: ${note}`));
  return withoutCommands(`${lines.join('\n')}\n`);
}

/** The same for a pull request: a line for each environment, then a table for each app. */
export function changeMarkdown({ base, apps, notes }: ChangeReport): string {
  const lines = [`### Rendered changes since ${plain(base)}`, '', plain(totalOf(base, apps)), ''];
  for (const app of apps) {
    if (app.values.length === 0 && tellings(app).length === 0) continue;
    lines.push(`**${plain(app.app)}**`, '', ...tellings(app).map((text) => `- ${plain(text)}`));
    if (tellings(app).length > 0) lines.push('');
    if (app.values.length > 0) lines.push(row(['Environments', '', 'Field', 'Before', 'Now']), row(['---', '---', '---', '---', '---']));
    for (const [names, values] of byEnvironments(app))
      for (const { how, resource, path, was, is } of values)
        lines.push(
          row([
            plain(names),
            SIGNS[how],
            `${code(resource)}${path ? ` ${code(path)}` : ''}`,
            was === undefined ? '–' : code(was),
            is === undefined ? '–' : code(is),
          ]),
        );
    lines.push('');
  }
  lines.push(...notes.map((note) => `- note: ${plain(note)}`));
  return `${lines.join('\n').trimEnd()}\n`;
}

/** The same for programs. */
export function changeJson({ base, apps, notes }: ChangeReport): string {
  const info = {
    schemaVersion: 1,
    base,
    apps: apps.map(({ app, values, affected }) => ({
      app,
      variants: affected.map(({ variant: { id, environment }, outcome }) => ({ id, environment: environment.name || null, outcome })),
      changes: values.map(({ how, resource, path, was = null, is = null, origin, variants }) => ({
        how,
        resource,
        path,
        before: was,
        now: is,
        location: locationOf(placeOf(origin), origin.precision),
        variants: variants.map(({ id }) => id),
      })),
    })),
    notes,
  };
  return `${jsonText(info, 2)}\n`;
}

function byEnvironments({ values }: App): Map<string, [Value, ...Value[]]> {
  return groupBy(values, ({ variants }) => firstOf(variants.map(nameOf), 8));
}

/** What becomes of variants as a whole. */
function tellings({ affected }: App): string[] {
  const names = (outcome: Outcome): string[] => affected.flatMap((one) => (one.outcome === outcome ? nameOf(one.variant) : []));
  return (['new', 'gone'] as const).flatMap((outcome) => (names(outcome).length > 0 ? [`${outcome}: ${firstOf(names(outcome), 8)}`] : []));
}

function nameOf({ id, app }: Variant): string {
  return oneLine(id.startsWith(`${app.name}@`) ? id.slice(app.name.length + 1) : '(none)');
}

function sides(was: string | undefined, is: string | undefined): string {
  return was === undefined ? (is ?? '') : is === undefined ? was : `${was} → ${is}`;
}

function totalOf(base: string, apps: ChangeReport['apps']): string {
  const affected = apps.flatMap((app) => app.affected);
  const touched = affected.filter(({ outcome }) => outcome !== 'same' && outcome !== 'unknown');
  const values = apps.reduce((sum, app) => sum + app.values.length, 0);
  const environments = [...new Set(touched.map(({ variant }) => variant.environment.name || '(none)'))];
  if (touched.length === 0)
    return `Since ${oneLine(base)} nothing renders otherwise${affected.length > 0 ? `; ${counted(affected.length, 'variant')} read what changed` : ''}.`;
  return `Since ${oneLine(base)} ${counted(values, 'change')} in ${counted(touched.length, 'variant')} of ${counted(new Set(touched.map(({ variant }) => variant.app.name)).size, 'app')}, in ${firstOf(environments.map(oneLine), 8)}.`;
}
