import type { Origin } from '../../../../tree/node.ts';
import { type Call, TemplateFailure, type Text, type Value } from '../../value.ts';
import type { Origins, Placed, Template } from '../parse/ast.ts';
import type { Output } from './output.ts';
import type { RenderScope } from './scope.ts';

/** A render: what all templates that it leads through have in common. */
export interface Run {
  readonly scope: RenderScope;
  readonly progress: Progress;
  find(name: string): Template | undefined;
  /** Renders a text as a template of the same set. */
  tpl(text: Text, dot: Value, from: Frame): Text;
  /** Renders a template of the set. */
  include(name: string, dot: Value, from: Frame): Text;
}

export interface Progress {
  /** Templates that are being rendered, one within the other. */
  depth: number;
  /** The innermost of them. */
  frame: Frame | undefined;
  /** Collects who wrote what a condition hangs on while one is evaluated, in whatever template that leads to. */
  consulted: Origin[] | undefined;
  /** Within how many arguments of carriers, or values of variables, the evaluation is: what is missing there may be made up for. */
  carried: number;
}

/** That of a render that begins. */
export function newProgress(): Progress {
  return { depth: 0, frame: undefined, consulted: undefined, carried: 0 };
}

/** A template that is being rendered. */
export interface Frame {
  readonly run: Run;
  readonly template: Template;
  /** The innermost last, which hides others of its name. The first one is `$`. */
  readonly variables: Variable[];
  readonly output: Output;
  /** Who wrote the conditions that the place stands under, around the template too. */
  conditions: readonly Origin[] | undefined;
  /** The braces that are being evaluated. */
  action: Origins;
  /** What its functions are given. */
  call: Call | undefined;
}

export interface Variable {
  readonly name: string;
  value: Value;
}

/** Throws a `TemplateFailure` at a part of the template. */
export function failAt({ template }: Frame, { start, end }: Placed, message: string): never {
  throw new TemplateFailure(message, template.place(start, end)[0]);
}

/** Takes a step from the budget. */
export function spendStep({ run, action }: Frame): void {
  run.scope.budget.steps -= 1;
  if (run.scope.budget.steps < 0) throw new TemplateFailure('the templates of the chart take too many steps to render', action[0]);
}

/** Each stretch of a text takes room as this many characters would. */
const STRETCH_COST = 32;

/** Takes what a function gave from the budget, and gives it back. */
export function spendValue(frame: Frame, value: Value): Value {
  const { budget } = frame.run.scope;
  if (value.kind === 'string') budget.output -= value.text.length + value.stretches.length * STRETCH_COST;
  else if (value.kind === 'list') budget.steps -= value.items.length;
  if (budget.output < 0) throw new TemplateFailure('the templates of the chart put out too much', frame.action[0]);
  return value;
}
