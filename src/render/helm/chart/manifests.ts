import type { RenderProblem } from '../../../model/render-result.ts';
import { compareText } from '../../../text/location.ts';
import { SourceFile, type Span } from '../../../text/source-file.ts';
import { childOf, entriesOf, type Node, type Origin } from '../../../tree/node.ts';
import { parseYamlAt, type YamlFile } from '../../../yaml/parse.ts';
import { slice, type Text } from '../value.ts';
import type { Reading } from './chart.ts';
import { stringOfScalar } from './from-node.ts';
import { inInstallOrder } from './install-order.ts';
import { failure, inFile } from './problems.ts';

/** What one template put out. */
export interface TemplateOutput {
  /** The name that Helm prints: `storefront/templates/service.yaml`. */
  readonly template: string;
  readonly text: Text;
  /** The template itself, for mistakes that have no better place. */
  readonly file: SourceFile;
}

/** One document of a release. Its offsets are those of `text`, whose stretches tell who wrote them. */
export interface Manifest {
  readonly template: string;
  /** The template itself. */
  readonly file: SourceFile;
  readonly text: Text;
  readonly yaml: YamlFile;
  readonly kind: string;
  readonly name: string;
}

/** A manifest that is applied around an install or upgrade and is no part of the release. */
export interface Hook extends Manifest {
  /** `pre-install`, `post-upgrade`, `test` … */
  readonly events: readonly string[];
  readonly weight: number;
  readonly deletePolicies: readonly string[];
}

export interface SortedManifests {
  /** In install order. */
  readonly manifests: readonly Manifest[];
  /** In install order of their kinds, as `helm template` prints them; by event, the weight decides. */
  readonly hooks: readonly Hook[];
  readonly problems: readonly RenderProblem[];
}

const HOOK = 'helm.sh/hook';
const EVENTS: ReadonlySet<string> = new Set([
  'pre-install',
  'post-install',
  'pre-delete',
  'post-delete',
  'pre-upgrade',
  'post-upgrade',
  'pre-rollback',
  'post-rollback',
  'test',
]);

/**
 * Parts what templates put out into documents, and sorts them as Helm does; hooks are told apart, and those with an event
 * that Helm does not know are dropped. A document that is no YAML is a problem. (Helm, `pkg/releaseutil`.)
 */
export function sortManifests(outputs: readonly TemplateOutput[], reading: Reading): SortedManifests {
  const manifests: Manifest[] = [];
  const hooks: Hook[] = [];
  const problems: RenderProblem[] = [];
  for (const output of [...outputs].sort((a, b) => compareText(a.template, b.template))) {
    const base = output.template.slice(output.template.lastIndexOf('/') + 1);
    if (base.startsWith('_') || output.template.endsWith('NOTES.txt')) continue;
    for (const document of documentsOf(output.text, reading)) {
      const manifest = manifestOf(output, document, problems);
      const annotations = manifest && annotationsOf(manifest.yaml);
      const hook = annotations?.get(HOOK);
      if (manifest && hook === undefined) manifests.push(manifest);
      if (!manifest || !annotations || hook === undefined) continue;
      const events = listOf(hook).map((event) => (event === 'test-success' ? 'test' : event));
      if (!events.every((event) => EVENTS.has(event))) continue;
      const weight = annotations.get('helm.sh/hook-weight') ?? '';
      hooks.push({
        ...manifest,
        events,
        weight: /^[-+]?\d+$/.test(weight) ? Number(weight) : 0,
        deletePolicies: listOf(annotations.get('helm.sh/hook-delete-policy')),
      });
    }
  }
  return { manifests: inInstallOrder(manifests, reading), hooks: inInstallOrder(hooks, reading), problems };
}

function listOf(written: string | undefined): string[] {
  return written === undefined ? [] : written.split(',').map((word) => word.trim().toLowerCase());
}

function manifestOf({ template, file }: TemplateOutput, text: Text, problems: RenderProblem[]): Manifest | undefined {
  // Helm ends each document with a line break, which the text of a block then ends with, too.
  const whole = text.text.endsWith('\n') ? text.text : `${text.text}\n`;
  const yaml = parseYamlAt(new SourceFile(template, whole), whole, 0);
  const at = (offset: number): Origin => authorAt(text, offset) ?? inFile(file);
  if (yaml.problem) {
    problems.push(failure('yaml-error', `what template "${template}" puts out is not YAML: ${yaml.problem.reason}`, at(yaml.problem.span.start)));
    return undefined;
  }
  const root = yaml.documents[0]?.root;
  const metadata = childOf(root, 'metadata');
  const refused = [root, metadata, childOf(metadata, 'annotations')].find((node) => node && node.kind !== 'mapping' && !isNothing(node));
  if (refused) {
    problems.push(failure('other', `template "${template}" puts out something else than a manifest`, at(refused.origin.start)));
    return undefined;
  }
  return { template, text, file, yaml, kind: plain(childOf(root, 'kind')), name: plain(childOf(metadata, 'name')) };
}

function isNothing(node: Node): boolean {
  return node.kind === 'scalar' && stringOfScalar(node).text === '';
}

function plain(node: Node | undefined): string {
  return node?.kind === 'scalar' ? stringOfScalar(node).text : '';
}

function annotationsOf({ documents }: YamlFile): Map<string, string> {
  const metadata = childOf(documents[0]?.root, 'metadata');
  return new Map(entriesOf(metadata, 'annotations').map(({ key, value }) => [key.text, plain(value)]));
}

/** Who wrote what stands at an offset, or the last thing before it. */
export function authorAt({ stretches }: Text, offset: number): Origin | undefined {
  let found: Origin | undefined;
  for (const { start, origins } of stretches) {
    if (start > offset) break;
    found = origins[0] ?? found;
  }
  return found;
}

/** What Go's `\s` and its `strings.TrimSpace` take for blank. */
const BLANK = /[\t\n\f\r ]/;
const SPACE = /[\t\n\v\f\r \u0085\p{Zs}\u2028\u2029]/u;

/** The documents of an output, without the dashes between them. */
export function documentsOf(output: Text, reading: Reading): Text[] {
  const { text } = output;
  const isOld = reading === 'helm-3';
  const whole = trimmed(text, { start: 0, end: text.length }, isOld);
  return split(text, whole, isOld ? after3 : after4).flatMap((part) => {
    const { start, end } = trimmed(text, part, isOld);
    if (start >= end) return [];
    return start === 0 && end === text.length ? [output] : [slice(output, start, end)];
  });
}

/** What the dashes at an offset take with them, where those before them reach up to `from`. */
type Dashes = (text: string, at: number, from: number, isFirst: boolean) => Span | undefined;

/** `(?:^|\s*\n)---\s*`: blank lines around the dashes go with them. */
const after3: Dashes = (text, at, from, isFirst) => {
  let start = at;
  // Two separators in a row: the first one took the line break that the second one needs.
  if (!isFirst && at - 1 < from) return undefined;
  while (start > from && BLANK.test(text[start - 1] ?? '')) start -= 1;
  return { start, end: at + 3 + blanksAt(text, at + 3, BLANK) };
};

/** `(?m)^---[ \t]*` */
const after4: Dashes = (text, at) => ({ start: at, end: at + 3 + blanksAt(text, at + 3, /[ \t]/) });

function blanksAt(text: string, at: number, blank: RegExp): number {
  let count = 0;
  while (blank.test(text[at + count] ?? '')) count += 1;
  return count;
}

function split(text: string, whole: Span, dashes: Dashes): Span[] {
  const parts: Span[] = [];
  let from = whole.start;
  let isFirst = text.startsWith('---', from);
  for (let at = isFirst ? from : text.indexOf('\n---', from) + 1; (isFirst || at > 0) && at < whole.end; ) {
    const found = dashes(text, at, from, isFirst);
    if (found) {
      parts.push({ start: from, end: found.start });
      from = Math.min(found.end, whole.end);
    }
    at = text.indexOf('\n---', Math.max(from - 1, at)) + 1;
    isFirst = false;
  }
  return [...parts, { start: from, end: whole.end }];
}

/** The span without blanks at its rims, or only at its start; empty where there is nothing else. */
function trimmed(text: string, span: Span, atEnd: boolean): Span {
  let { start, end } = span;
  while (start < end && SPACE.test(text[start] ?? '')) start += 1;
  while (atEnd && end > start && SPACE.test(text[end - 1] ?? '')) end -= 1;
  return { start, end };
}
