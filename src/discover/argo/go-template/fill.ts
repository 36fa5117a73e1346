import type { Template } from '../../../render/helm/go-template/parse/ast.ts';
import { newProgress, type Progress, type Run } from '../../../render/helm/go-template/run/frame.ts';
import { renderTemplate } from '../../../render/helm/go-template/run/walk.ts';
import { TemplateFailure, type Text, text } from '../../../render/helm/value.ts';
import type { Origin, Scalar } from '../../../tree/node.ts';
import { isResolved } from '../fill.ts';
import { lookUp, type ParameterSet } from '../parameters.ts';
import { piecesOf } from '../pieces.ts';
import type { Remarks } from '../remarks.ts';
import { type Braced, withLeft } from './actions.ts';
import { type Dot, dotOf, refuseMissing } from './dot.ts';
import { FUNCTIONS, NotFollowed } from './functions.ts';
import { UNDECIDED } from './open.ts';
import { type ReadTemplate, readTemplate, TEMPLATE_NAME } from './read.ts';

/** What a template may take: loops within loops grow fast. */
const MAX_STEPS = 40_000;
const MAX_OUTPUT = 2 ** 20;

/**
 * Fills a Go template. What only a cluster knows stays as it is written, a block as a whole; so does what Go refuses,
 * which is a problem, and what is not followed, which is a gap. A text without actions is given back as it is.
 */
export function fillGoTemplate(template: Scalar, set: ParameterSet, isStrict: boolean, remarks: Remarks): Scalar {
  if (isResolved(template.text)) return template;
  const read = readTemplate(template);
  if (read.failure) {
    remarks.problem(refusal(read.failure), template.origin);
    return template;
  }
  const dot = read.changesMaps ? dotOf(set, isStrict) : sharedDot(set, isStrict);
  const scope: Run['scope'] = {
    functions: read.functions,
    budget: { steps: MAX_STEPS, output: MAX_OUTPUT },
    missingKey: 'default',
    noteUnknown: () => undefined,
    watch: isStrict
      ? {
          carriers: new Set(),
          asked: (from, key) => void (from.entries.has(key) || refuseMissing(`${dot.paths.get(from) ?? ''}.${key}`)),
          taken: () => undefined,
        }
      : undefined,
  };
  const left = new Set<Braced>();
  for (;;) {
    const progress = newProgress();
    try {
      return scalarOf(rendered(read, left, dot, scope, progress), template);
    } catch (error) {
      const owner = progress.frame && read.owners.get(progress.frame.action);
      const isSpent = scope.budget.steps < 0 || scope.budget.output < 0;
      if (isSpent || error instanceof RangeError) remarks.gap(`a template of this ${isSpent ? 'size' : 'depth'} is not followed`, template.origin);
      else note(error, template, set, remarks);
      if (isSpent || !owner || left.has(owner)) return template;
      // Once more, without it.
      left.add(owner);
    }
  }
}

const shared = [new WeakMap<ParameterSet, Dot>(), new WeakMap<ParameterSet, Dot>()] as const;

/** The same for all templates that change nothing in it. */
function sharedDot(set: ParameterSet, isStrict: boolean): Dot {
  const dots = shared[isStrict ? 1 : 0];
  const known = dots.get(set);
  if (known) return known;
  const dot = dotOf(set, isStrict);
  dots.set(set, dot);
  return dot;
}

function rendered({ templates, written }: ReadTemplate, left: ReadonlySet<Braced>, dot: Dot, scope: Run['scope'], progress: Progress): Text {
  const find = (name: string): Template | undefined => {
    const found = templates.get(name);
    return found && left.size > 0 ? { ...found, nodes: withLeft(found.nodes, left, written) } : found;
  };
  // Helm's functions ask for these, and are not offered here.
  const unasked = (): never => {
    throw new NotFollowed('include');
  };
  const start = find(TEMPLATE_NAME);
  return start ? renderTemplate({ scope, progress, find, include: unasked, tpl: unasked }, start, dot.value, undefined) : text('');
}

function refusal({ message }: TemplateFailure): string {
  return `the template is refused: ${message}`;
}

function note(error: unknown, { origin }: Scalar, set: ParameterSet, remarks: Remarks): void {
  if (error === UNDECIDED) return;
  if (error instanceof TemplateFailure) remarks.problem(refusal(error), origin);
  else if (!(error instanceof NotFollowed)) throw error;
  else if (FUNCTIONS.has(error.called) || !isParameter(error.called, set)) remarks.gap(error.message, origin);
  else remarks.problem(`the template is refused: "${error.called}" is called like a function; a parameter of a Go template has a dot before it`, origin);
}

/** With `goTemplate`, `{{name}}` calls a function: people who switch forget the dot. */
function isParameter(name: string, set: ParameterSet): boolean {
  return !set.unknown.includes('') && lookUp(set, [name]) !== undefined;
}

function scalarOf(whole: Text, template: Scalar): Scalar {
  const own = [template.origin, ...(template.parts ?? []).map(({ origin }) => origin)];
  const isOwn = (origin: Origin): boolean => own.includes(origin);
  const pieces = piecesOf(template);
  const weak: Origin[] = [];
  let at = 0;
  const write = (start: number, end: number, origin: Origin): void => {
    if (start < end) pieces.write({ ...template, text: whole.text.slice(start, end), origin, parts: undefined });
  };
  for (const { start, end, origins, weak: deciders = [] } of whole.stretches) {
    write(at, start, template.origin);
    // Of several, who wrote a parameter tells more than the template does.
    write(start, end, origins.find((origin) => !isOwn(origin)) ?? origins[0] ?? template.origin);
    weak.push(...deciders.filter((origin) => !isOwn(origin)));
    at = end;
  }
  write(at, whole.text.length, template.origin);
  return pieces.finish(weak);
}
