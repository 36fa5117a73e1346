/** What the steps of a path may stand for: the app, the environment, and labels by their names. */
export interface PathNames {
  readonly app: string;
  readonly env: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A name that a pattern may bind to a label. */
const LABEL = /^[a-z][a-zA-Z0-9]*$/;

/** Writes a path with names in braces where it has their values: `apps/checkout/overlays/prod` → `apps/{app}/overlays/{env}`. */
export function templateOf(path: string, { app, env, labels }: PathNames): string {
  const told = Object.entries(labels).filter(([name]) => LABEL.test(name) && name !== 'env' && name !== 'app');
  const values = ([['env', env], ['app', app], ...told] as const).filter(([, value]) => value !== '');
  return path
    .split('/')
    .map((step) => {
      const whole = values.find(([, value]) => value === step);
      return whole ? `{${whole[0]}}` : partsOf(step, values);
    })
    .join('/');
}

/** `shop-prod` → `{app}-{env}`: a value counts where it stands between signs that part words. */
function partsOf(step: string, values: readonly (readonly [string, string])[]): string {
  const longestFirst = [...values].sort(([, a], [, b]) => b.length - a.length);
  return longestFirst.reduce((text, [name, value]) => {
    const found = new RegExp(`(?<![\\w{])${escaped(value)}(?![\\w}])`).exec(text);
    return found ? `${text.slice(0, found.index)}{${name}}${text.slice(found.index + value.length)}` : text;
  }, step);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Whether a step of a template stands for itself. */
export function isLiteral(step: string): boolean {
  return !/[{}*]/.test(step);
}

/**
 * Says the same in fewer lines: templates that differ in one step that stands for itself become one, with a star there,
 * as long as `holds` says that it may be. Sorted.
 */
export function mergeTemplates(templates: readonly string[], holds: (template: string) => boolean): string[] {
  const known = new Map<string, boolean>();
  const holdsOnce = (template: string): boolean => {
    const holding = known.get(template) ?? holds(template);
    known.set(template, holding);
    return holding;
  };
  let merged = [...new Set(templates)].sort();
  for (let before = -1; before !== merged.length; ) {
    before = merged.length;
    merged = mergeOnce(merged, holdsOnce);
  }
  return merged;
}

function mergeOnce(templates: readonly string[], holds: (template: string) => boolean): string[] {
  const groups = new Map<string, string[]>();
  for (const template of templates) {
    const steps = template.split('/');
    for (const [at, step] of steps.entries()) {
      if (!isLiteral(step)) continue;
      const starred = steps.with(at, '*').join('/');
      groups.set(starred, [...(groups.get(starred) ?? []), template]);
    }
  }
  const largestFirst = [...groups].filter(([, { length }]) => length > 1).sort(([, a], [, b]) => b.length - a.length);
  const largest = largestFirst.find(([starred]) => holds(starred));
  if (!largest) return [...templates];
  const [starred, members] = largest;
  return [...new Set([...templates.filter((template) => !members.includes(template)), starred])].sort();
}
