import type { Origin } from '../../../../tree/node.ts';
import { NONE, TemplateFailure, type Text, text, type Value } from '../../value.ts';
import { firstAuthors } from '../authors.ts';
import { shownText } from '../format/value.ts';
import type { Node, Pipe, Range, Template } from '../parse/ast.ts';
import { covered } from '../parse/source.ts';
import { isTrue } from '../truth.ts';
import { settled } from './calls.ts';
import { evaluatePipe } from './evaluate.ts';
import { type Frame, failAt, type Run, spendStep, spendValue } from './frame.ts';
import { itemsOf, setLoopVariables } from './loops.ts';
import { Output, united } from './output.ts';

/** As deep as Helm lets a template include itself. Where actions are much nested, the stack ends before that. */
const MAX_DEPTH = 1000;
const NO_VALUE = text('<no value>');

/** What a loop is left by. */
type Jump = 'break' | 'continue' | undefined;

/** Renders a template under the conditions of the place that asks for it. Throws a `TemplateFailure`. */
export function renderTemplate(run: Run, template: Template, dot: Value, conditions: readonly Origin[] | undefined): Text {
  const output = new Output();
  walkTemplate(run, template, dot, conditions, output);
  return output.build();
}

/** A template sees no variables of the one that invokes it. */
function walkTemplate(run: Run, template: Template, dot: Value, conditions: readonly Origin[] | undefined, output: Output): void {
  const { progress } = run;
  const start = settled(dot);
  const action = template.place(0, 0);
  if (progress.depth >= MAX_DEPTH) throw new TemplateFailure(`rendering template has a nested reference name: ${template.name}`, action[0]);
  const outer = progress.frame;
  const frame: Frame = { run, template, variables: [{ name: '$', value: start }], output, conditions, action, call: undefined };
  progress.depth += 1;
  progress.frame = frame;
  walk(frame, start, template.nodes);
  progress.frame = outer;
  progress.depth -= 1;
}

/** One function for most nodes, as each of them costs room on the stack, which is what limits how deep templates can nest. */
function walk(frame: Frame, dot: Value, nodes: readonly Node[]): Jump {
  for (const node of nodes) {
    if (node.kind === 'break' || node.kind === 'continue') return node.kind;
    spendStep(frame);
    if (node.kind === 'text') {
      put(frame, node.value);
      continue;
    }
    frame.action = node.origins;
    if (node.kind === 'action') {
      const value = evaluatePipe(frame, dot, node.pipe);
      if (node.pipe.variables.length > 0) continue;
      frame.run.scope.watch?.taken(value);
      put(frame, covered(value.kind === 'none' ? NO_VALUE : shownText(value), node.origins));
      continue;
    }
    if (node.kind === 'template') {
      const template = frame.run.find(node.name);
      if (!template) failAt(frame, node, `template "${node.name}" not defined`);
      walkTemplate(frame.run, template, node.pipe ? evaluatePipe(frame, dot, node.pipe) : NONE, frame.conditions, frame.output);
      continue;
    }
    const { conditions, variables } = frame;
    const mark = variables.length;
    const value = evaluateCondition(frame, dot, node.pipe);
    let jump: Jump;
    if (node.kind === 'range') jump = loop(frame, node, value) ? undefined : walk(frame, dot, node.otherwise);
    else if (isTrue(value)) jump = walk(frame, node.kind === 'with' ? value : dot, node.body);
    else jump = walk(frame, dot, node.otherwise);
    variables.length = mark;
    frame.conditions = conditions;
    if (jump) return jump;
  }
  return undefined;
}

function put(frame: Frame, value: Text): void {
  spendValue(frame, value);
  frame.output.add(value, frame.conditions);
}

/** Evaluates a condition, and puts what follows in the frame under it. */
function evaluateCondition(frame: Frame, dot: Value, pipe: Pipe): Value {
  const { progress } = frame.run;
  const outer = progress.consulted;
  const consulted: Origin[] = [];
  progress.consulted = consulted;
  const value = evaluatePipe(frame, dot, pipe);
  progress.consulted = outer;
  const authors = new Set([...consulted, ...firstAuthors(value)]);
  if (authors.size === 0) return value;
  outer?.push(...authors);
  frame.conditions = frame.conditions ? united(frame.conditions, [...authors]) : [...authors];
  return value;
}

/** Whether there was something to go through. */
function loop(frame: Frame, node: Range, value: Value): boolean {
  const { variables } = frame;
  const mark = variables.length;
  const { watch } = frame.run.scope;
  if (watch && value.kind === 'map') for (const key of value.entries.keys()) watch.asked(value, key, 'none');
  const { count, at } = itemsOf(frame, node.pipe, value.kind === 'host' ? value.plain() : value);
  for (let index = 0; index < count; index += 1) {
    spendStep(frame);
    const [key, item] = at(index);
    setLoopVariables(frame, node.pipe, key, item);
    const jump = walk(frame, item, node.body);
    variables.length = mark;
    if (jump === 'break') break;
  }
  return count > 0;
}
