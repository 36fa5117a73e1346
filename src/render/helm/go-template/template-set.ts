import type { SourceFile } from '../../../text/source-file.ts';
import { TemplateFailure, type Text, type Value } from '../value.ts';
import { isBuiltin } from './builtins/builtins.ts';
import { withoutNoValue } from './no-value.ts';
import { isBlank, type Template } from './parse/ast.ts';
import { type Parsed, parseTemplates } from './parse/parser.ts';
import { fileSource, type ParseSource, textSource } from './parse/source.ts';
import { type Frame, newProgress, type Progress, type Run } from './run/frame.ts';
import type { RenderScope } from './run/scope.ts';
import { renderTemplate } from './run/walk.ts';

/** A file of templates. It is a template itself, by its name; `define` makes further ones. */
export interface TemplateSource {
  readonly name: string;
  readonly file: SourceFile;
}

/** What Helm calls a text that `tpl` renders. */
const TPL_NAME = 'gotpl';

const ofFiles = new WeakMap<SourceFile, Map<string, Parsed>>();
const ofTexts = new WeakMap<Text, Parsed>();

/** Templates that can invoke each other: those of a chart and its subcharts, parsed in Helm's order. */
export class TemplateSet {
  readonly #templates = new Map<string, Template>();
  readonly #functions: { has(name: string): boolean };
  readonly #around: TemplateSet | undefined;

  /** `functions` are those that `render` will be given, by name: calls of others are errors already when they are parsed. */
  constructor(functions: { has(name: string): boolean }, around?: TemplateSet) {
    this.#functions = functions;
    this.#around = around;
  }

  /** Adds what a file defines. Of two definitions the later one wins, but for a blank one. Throws a `TemplateFailure`. */
  parse({ name, file }: TemplateSource): void {
    const known = ofFiles.get(file) ?? new Map<string, Parsed>();
    ofFiles.set(file, known);
    const source = fileSource(name, file);
    const parsed = known.get(name) ?? parseTemplates(source);
    known.set(name, parsed);
    this.#add(parsed, source);
  }

  has(name: string): boolean {
    return this.#find(name) !== undefined;
  }

  /** Renders a template. `<no value>` is left in. Throws a `TemplateFailure`. */
  render(name: string, dot: Value, scope: RenderScope): Text {
    const template = this.#find(name);
    if (!template) throw new TemplateFailure(`template "${name}" not defined`);
    const progress = newProgress();
    try {
      return renderTemplate(this.#run(scope, progress), template, dot, undefined);
    } catch (error) {
      // The stack is exhausted.
      if (!(error instanceof RangeError)) throw error;
      const { template: deepest = template, action } = progress.frame ?? {};
      throw new TemplateFailure(`rendering template has a nested reference name: ${deepest.name}`, action?.[0]);
    }
  }

  #find(name: string): Template | undefined {
    const own = this.#templates.get(name);
    return own || !this.#around ? own : this.#around.#find(name);
  }

  #add({ templates, calls, failure }: Parsed, { place }: ParseSource): void {
    for (const [name, { start, end }] of calls) {
      if (!this.#functions.has(name) && !isBuiltin(name)) throw new TemplateFailure(`function "${name}" not defined`, place(start, end)[0]);
    }
    if (failure) throw failure;
    for (const [name, template] of templates) if (!this.has(name) || !isBlank(template.nodes)) this.#templates.set(name, template);
  }

  #run(scope: RenderScope, progress: Progress): Run {
    const run: Run = {
      scope,
      progress,
      find: (name) => this.#find(name),
      include: (name, dot, { conditions }) => {
        const template = this.#find(name);
        if (!template) throw new TemplateFailure(`no template "${name}" associated with template "${TPL_NAME}"`);
        return renderTemplate(run, template, dot, conditions);
      },
      tpl: (text, dot, from) => this.#tpl(text, dot, from),
    };
    return run;
  }

  /** What a text defines is seen by that text alone, and by what it includes. */
  #tpl(text: Text, dot: Value, { run, action, conditions }: Frame): Text {
    if (!text.text.includes('{{')) return withoutNoValue(text);
    const source = textSource(TPL_NAME, text, action[0]);
    const parsed = ofTexts.get(text) ?? parseTemplates(source);
    if (!parsed.failure) ofTexts.set(text, parsed);
    const set = new TemplateSet(this.#functions, this);
    set.#add(parsed, source);
    const template = parsed.templates.get(TPL_NAME);
    return template ? withoutNoValue(renderTemplate(set.#run(run.scope, run.progress), template, dot, conditions)) : text;
  }
}
