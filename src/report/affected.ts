import kleur from 'kleur';
import type { Variant } from '../model/variant.ts';
import { firstOf } from '../text/first-of.ts';
import { groupBy } from '../text/group-by.ts';
import { counted } from './counted.ts';
import { jsonText, oneLine, withoutCommands } from './one-line.ts';

/** What `gitops-lint affected` tells. */
export interface AffectedReport {
  /** What the change is held against: a branch, or `HEAD`. */
  readonly base: string;
  readonly files: ReadonlySet<string>;
  readonly variants: readonly {
    readonly variant: Variant;
    readonly outcome: 'changed' | 'same' | 'new' | 'gone' | 'unknown';
    readonly files: readonly string[];
    readonly way: readonly string[];
  }[];
  readonly notes: readonly string[];
}

const WORDS = { changed: 'changed', same: 'renders the same', new: 'new', gone: 'gone', unknown: 'not known' } as const;

/** By app: which environments a change reaches, what it does there, and the way from the file to what is deployed. */
export function affectedText({ base, files, variants, notes }: AffectedReport, { color }: { readonly color: boolean }): string {
  kleur.enabled = color;
  const lines: string[] = [];
  for (const [app, own] of groupBy(variants, ({ variant }) => variant.app.name)) {
    lines.push(kleur.bold(oneLine(app)));
    const names = own.map(({ variant }) => placeOf(variant));
    const width = Math.max(...names.map((name) => name.length));
    for (const [index, { outcome, way }] of own.entries()) {
      const word = outcome === 'same' ? kleur.dim(WORDS[outcome]) : WORDS[outcome];
      lines.push(`  ${(names[index] ?? '').padEnd(width)}  ${word}  ${kleur.dim(oneLine(way.map((step) => step || '.').join(' → ')))}`);
    }
    lines.push('');
  }
  const touched = variants.filter(({ outcome }) => outcome !== 'same');
  const environments = [...new Set(touched.map(({ variant }) => variant.environment.name || '(none)'))];
  const apps = new Set(touched.map(({ variant }) => variant.app.name)).size;
  const total = `${counted(files.size, 'file')} changed since ${oneLine(base)}`;
  if (variants.length === 0) lines.push(`${total}: nothing that is deployed reads any of them.`);
  else if (touched.length === 0) lines.push(`${total}: all that read them render the same.`);
  else lines.push(`${total}: ${counted(touched.length, 'variant')} of ${counted(apps, 'app')}, in ${firstOf(environments, 8)}`);
  for (const note of notes) lines.push(`note: ${note}`);
  return withoutCommands(`${lines.join('\n')}\n`);
}

/** One label a line, for a bot: `app/checkout`, `env/prod-eu`, `cluster/eu-1`. What renders the same has none. */
export function affectedLabels({ variants }: AffectedReport): string {
  const touched = variants.filter(({ outcome }) => outcome !== 'same').map(({ variant }) => variant);
  const labels = touched.flatMap(({ app, environment, labels: { cluster } }) => [
    `app/${app.name}`,
    ...(environment.name ? [`env/${environment.name}`] : []),
    ...(cluster === undefined ? [] : [`cluster/${cluster}`]),
  ]);
  const lines = [...new Set(labels)].sort().map(oneLine);
  return withoutCommands(lines.map((line) => `${line}\n`).join(''));
}

/** The same for programs. */
export function affectedJson({ base, files, variants, notes }: AffectedReport): string {
  const info = {
    schemaVersion: 1,
    base,
    files: [...files].sort(),
    variants: variants.map(({ variant: { id, app, environment, labels, root }, outcome, files: own, way }) => ({
      id,
      app: app.name,
      environment: environment.name || null,
      tier: environment.tier,
      labels,
      root,
      outcome,
      files: own,
      way,
    })),
    notes,
  };
  return `${jsonText(info, 2)}\n`;
}

function placeOf({ id, app, environment }: Variant): string {
  return oneLine(id.startsWith(`${app.name}@`) ? id.slice(app.name.length + 1) : environment.name || '(none)');
}
