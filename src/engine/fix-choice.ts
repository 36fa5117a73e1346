import { isSignedBySops } from '../model/edits/sops.ts';
import type { Fix } from '../model/finding.ts';
import type { Variant } from '../model/variant.ts';
import type { TextEdit } from '../text/edit.ts';
import { groupBy } from '../text/group-by.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type FixableFinding, mayChange, nearTo } from './fix-proof.ts';
import { namedInTexts } from './named-in-texts.ts';

/** Why a fix cannot be made in these files, whatever becomes of it; undefined where it can. */
export function obstacleTo({ edits }: Fix, workspace: Workspace): string | undefined {
  for (const [{ location }] of groupBy(edits, ({ location }) => location.file.name).values()) {
    const { file } = location;
    if (file.tree) return 'it stands in another tree';
    const lying = workspace.read(file.path);
    if (!lying.ok || lying.file !== file) return 'it lies in an archive';
    if (file.encoding !== 'utf-8') return 'its file is no UTF-8';
    if (isSignedBySops(file)) return 'SOPS would refuse its file after a change';
    const own = edits.filter((edit) => edit.location.file === file);
    if (own.some(({ location: { span } }) => /#\s*\{\s*"\$imagepolicy"/.test(linesAround(file.text, span.start, span.end))))
      return 'an image policy of Flux writes that line';
    const isDeleted = own.some(({ location: { span }, newText }) => newText === '' && span.start === 0 && span.end === file.text.length);
    if (isDeleted && namedInTexts(workspace, [file.path], new Set()).size > 0) return 'another file names the one that it would delete';
  }
  return undefined;
}

function linesAround(text: string, start: number, end: number): string {
  const stop = text.indexOf('\n', end);
  return text.slice(text.lastIndexOf('\n', start - 1) + 1, stop === -1 ? text.length : stop);
}

/**
 * As many fixes as can be made at once, the first ones first: no two of them edit one place, and of no variant that two of them reach only
 * one may change the render. What shows then tells who is to blame.
 */
export function batchOf(fixes: readonly FixableFinding[], variants: readonly Variant[]): FixableFinding[] {
  const batch: FixableFinding[] = [];
  /** By variant, whether the fixes near it may change it. */
  const free = new Map<Variant, boolean>();
  for (const fix of fixes) {
    const near = variants.filter((variant) => nearTo(variant, [fix]).length > 0).map((variant) => [variant, mayChange(fix, variant)] as const);
    const isAtOdds = near.some(([variant, may]) => (free.get(variant) ?? may) !== may);
    if (isAtOdds || batch.some((other) => doOverlap(other.fix.edits, fix.fix.edits))) continue;
    for (const [variant, may] of near) free.set(variant, may);
    batch.push(fix);
  }
  return batch;
}

function doOverlap(some: readonly TextEdit[], others: readonly TextEdit[]): boolean {
  return some.some((a) => others.some((b) => a.location.file.name === b.location.file.name && isOver(a, b)));
}

/** Two texts may be put in at one place; what is put in where something is taken out, belongs to that. */
function isOver({ location: { span: a } }: TextEdit, { location: { span: b } }: TextEdit): boolean {
  if (a.start === b.start) return a.end > a.start || b.end > b.start;
  return a.start < b.end && b.start < a.end;
}
