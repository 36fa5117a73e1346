import { newBudget, type RenderScope } from '../../../../src/render/helm/go-template/run/scope.ts';
import { TemplateSet } from '../../../../src/render/helm/go-template/template-set.ts';
import { bool, float, type GoFunction, int, list, map, NIL, TemplateFailure, type Text, text, type Value } from '../../../../src/render/helm/value.ts';
import { SourceFile } from '../../../../src/text/source-file.ts';
import type { Origin } from '../../../../src/tree/node.ts';

/** The values of the shop, each leaf with its place. */
export const VALUES = new SourceFile(
  'apps/storefront/values-prod-eu.yaml',
  'image: shop/storefront\ntag: "1.4"\nreplicas: 3\ndebug: false\nregion: ~\nhosts: [eu.shop.example]\n',
);

/** The place of a part of the values. */
export function leaf(part: string): Origin {
  const start = VALUES.text.indexOf(part);
  return { file: VALUES, start, end: start + part.length, how: 'helm-value', precision: 'exact' };
}

/** What Helm brings along, as far as these tests need it. */
export const FUNCTIONS: ReadonlyMap<string, GoFunction> = new Map<string, GoFunction>([
  ['include', (args, call) => call.include(textOf(args[0]), args[1] ?? NIL)],
  [
    'tpl',
    ([template, dot = NIL], call) => {
      // The functions of Helm check what they are given before they are called.
      if (template?.kind !== 'string') throw new TemplateFailure('wrong type of value');
      return call.tpl(template, dot);
    },
  ],
  ['list', (args) => list(args)],
  ['pass', ([value = NIL]) => value],
  [
    'clock',
    (_args, call) => {
      call.noteUnknown('clock');
      return text('noon');
    },
  ],
  ['hasTemplate', ([name], call) => bool(call.hasTemplate(textOf(name)))],
  [
    'refuse',
    () => {
      throw new TemplateFailure('no');
    },
  ],
]);

const textOf = (value: Value | undefined): string => (value?.kind === 'string' ? value.text : '');

/** Plain data as values: numbers are floats, as in Helm. */
export function value(data: unknown): Value {
  if (data === null || data === undefined) return NIL;
  if (typeof data === 'string') return text(data);
  if (typeof data === 'number') return float(data);
  if (typeof data === 'bigint') return int(data);
  if (typeof data === 'boolean') return bool(data);
  if (Array.isArray(data)) return list(data.map(value));
  return 'kind' in (data as object) ? (data as Value) : map(Object.entries(data).map(([key, inner]) => [key, value(inner)]));
}

export const FILE_NAME = 'storefront/templates/deployment.yaml';

export function file(content: string, name: string = FILE_NAME): SourceFile {
  return new SourceFile(name, content);
}

export function scopeWith(more: Partial<RenderScope> = {}): RenderScope {
  return { functions: FUNCTIONS, budget: newBudget(), missingKey: 'zero', noteUnknown: () => undefined, ...more };
}

/** Renders a template, with its authors. */
export function rendered(template: string | SourceFile, dot: unknown = null, scope: Partial<RenderScope> = {}): Text {
  const source = typeof template === 'string' ? file(template) : template;
  const set = new TemplateSet(FUNCTIONS);
  set.parse({ name: source.path, file: source });
  return set.render(source.path, value(dot), scopeWith(scope));
}

export function output(template: string, dot: unknown = null, scope: Partial<RenderScope> = {}): string {
  return rendered(template, dot, scope).text;
}

/** Why a template is refused, and what of it. */
export function refusal(template: string, dot: unknown = null, scope: Partial<RenderScope> = {}): string {
  try {
    return `renders: ${output(template, dot, scope)}`;
  } catch (error) {
    if (!(error instanceof TemplateFailure)) throw error;
    const { message, origin } = error;
    return origin ? `${message} <${origin.file.text.slice(origin.start, origin.end)}>` : message;
  }
}
