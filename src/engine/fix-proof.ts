import type { Finding, Fix } from '../model/finding.ts';
import type { Variant } from '../model/variant.ts';
import { printResources } from '../render/print.ts';
import { groupBy } from '../text/group-by.ts';
import type { SourceFile } from '../text/source-file.ts';
import type { LintRun } from './lint.ts';

/** A finding that comes with a fix. */
export interface FixableFinding {
  readonly finding: Finding;
  readonly fix: Fix;
}

/** What speaks against some fixes, of which at least one is to blame. */
export interface FixDoubt {
  /** Never none. */
  readonly among: readonly FixableFinding[];
  readonly why: string;
  /** Where it shows. */
  readonly detail?: string | undefined;
}

/** A repository before and after some fixes. */
export interface Runs {
  readonly before: LintRun;
  readonly after: LintRun;
}

/**
 * What speaks against some fixes that were made all at once: a finding that is still there, one that is new, a render that is another
 * though no finding accuses its variant. Empty where nothing does.
 */
export function doubtsOf({ before, after }: Runs, fixes: readonly FixableFinding[]): FixDoubt[] {
  return [...variantDoubts(before, after, fixes), ...stillThere(before, after, fixes), ...newFindings(before, after, fixes)];
}

/** The fixes that edit a file which the render of a variant reads. */
export function nearTo({ tree, inputs }: Variant, fixes: readonly FixableFinding[]): FixableFinding[] {
  return fixes.filter(({ fix }) => fix.edits.some(({ location: { file } }) => file.tree === tree && inputs.has(file.path)));
}

/** Whether a fix may change what a variant renders to. */
export function mayChange({ fix, finding }: FixableFinding, { id }: Variant): boolean {
  return !fix.keepsRenders && finding.variants.includes(id);
}

function* variantDoubts(before: LintRun, after: LintRun, fixes: readonly FixableFinding[]): Generator<FixDoubt> {
  const [was, is] = [before, after].map(({ repository }) => repository.variants);
  if (!was || !is) return;
  const renders = groupBy(is, ({ id }) => id);
  const met = new Map<string, number>();
  if (was.length !== is.length) {
    yield { among: fixes, why: 'other variants would be found', detail: `${is.length} instead of ${was.length}` };
    return;
  }
  for (const variant of was) {
    const turn = met.get(variant.id) ?? 0;
    met.set(variant.id, turn + 1);
    const render = renders.get(variant.id)?.[turn];
    if (render && printOf(render) === printOf(variant)) continue;
    const near = nearTo(variant, fixes);
    const guilty = near.filter((fix) => !mayChange(fix, variant));
    if (render && near.length > 0 && guilty.length === 0) continue;
    yield { among: guilty.length > 0 ? guilty : fixes, why: 'a render would change that is to stay as it is', detail: variant.id };
  }
}

const prints = new WeakMap<Variant, string>();

/** All that a variant renders to, as the real tools print it, and how far that came. */
function printOf(variant: Variant): string {
  const known = prints.get(variant);
  if (known !== undefined) return known;
  const { root, tree, status, complete, gaps, problems, resources, settings, charts } = variant;
  const given = charts.filter(({ isRead }) => !isRead).flatMap((chart) => chart.given.map(({ path }) => [path, chart.at(path)?.text]));
  const outline = [root, tree, status, complete, gaps.map(({ message }) => message), problems.map(({ message }) => message), settings.map(textOf), given];
  const print = `${JSON.stringify(outline)}\n${printResources([...resources])}`;
  prints.set(variant, print);
  return print;
}

function textOf({ path, text }: SourceFile): readonly string[] {
  return [path, text];
}

/** Findings that agree in this are alike: where they stand moves when others are fixed. */
export function nameOf({ ruleId, messageId, message, fingerprint }: Finding): string {
  return [ruleId, messageId, message, fingerprint].join('\0');
}

function stillThere(before: LintRun, after: LintRun, fixes: readonly FixableFinding[]): FixDoubt[] {
  const [was, is] = [countOf(live(before).map(nameOf)), countOf(live(after).map(nameOf))];
  return [...groupBy(fixes, ({ finding }) => nameOf(finding))].flatMap(([name, among]) => {
    const isGone = (is.get(name) ?? 0) <= (was.get(name) ?? 0) - among.length;
    return isGone ? [] : [{ among, why: 'the finding would stay' }];
  });
}

function newFindings(before: LintRun, after: LintRun, fixes: readonly FixableFinding[]): FixDoubt[] {
  // What could not be rendered before had no findings that anybody could see.
  const wasDark = new Set(before.repository.variants.flatMap(({ id, status }) => (status === 'failed' ? [id] : [])));
  const known = countOf(live(before).flatMap((finding) => accusationsOf(finding)));
  const seen = new Map<string, number>();
  const byVariant = new Map(before.repository.variants.map((variant) => [variant.id, variant]));
  return live(after).flatMap((finding): FixDoubt[] => {
    const isNew = accusationsOf(finding, wasDark).some((accusation) => {
      const count = (seen.get(accusation) ?? 0) + 1;
      seen.set(accusation, count);
      return count > (known.get(accusation) ?? 0);
    });
    if (!isNew) return [];
    const { file, span } = finding.location;
    const inFile = fixes.filter(({ fix }) => fix.edits.some(({ location }) => location.file.name === file.name));
    const accused = finding.variants.flatMap((id) => byVariant.get(id) ?? []);
    const near = fixes.filter((fix) => accused.some((variant) => nearTo(variant, [fix]).length > 0));
    const [among = fixes] = [inFile, near].filter(({ length }) => length > 0);
    return [{ among, why: `${finding.ruleId} would find something new`, detail: `${file.name}:${file.positionAt(span.start).line}` }];
  });
}

/** What a finding says of each of its variants, wherever it stands: one that moves to another file is no new one. */
function accusationsOf({ ruleId, messageId, app, resource, path, location, variants }: Finding, leaveOut: ReadonlySet<string> = new Set()): string[] {
  const subject = resource === undefined ? [messageId, location.file.name, path] : [resource, path];
  const accused = variants.length === 0 ? [''] : variants.filter((id) => !leaveOut.has(id));
  return accused.map((id) => JSON.stringify([ruleId, app, ...subject, id]));
}

function live({ findings }: LintRun): Finding[] {
  return findings.filter(({ suppressed }) => !suppressed);
}

function countOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
