import type { Settings } from '../config/settings.ts';
import { variantBefore } from '../model/change.ts';
import { type RenderChange, renderChanges } from '../model/render-changes.ts';
import type { Change, Repository } from '../model/repository.ts';
import type { Variant } from '../model/variant.ts';
import { groupBy } from '../text/group-by.ts';
import type { Origin } from '../tree/node.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type AffectedVariant, affectedBy } from './affected.ts';
import { differenceAt } from './render-difference.ts';
import { secretsOf } from './render-secrets.ts';

/** One value that is other than before, in all variants of an app that changed alike there. Values are shown as JSON, secrets are masked. */
export interface ChangedValue {
  readonly how: RenderChange['how'];
  readonly resource: string;
  /** Empty for the object as a whole. */
  readonly path: string;
  readonly was: string | undefined;
  readonly is: string | undefined;
  /** Who writes it; of what is gone, who wrote it before. */
  readonly origin: Origin;
  readonly variants: readonly Variant[];
}

/** What a change does to what an app renders. */
export interface AppChange {
  readonly app: string;
  readonly values: readonly ChangedValue[];
  /** The variants that it reaches, with what becomes of each. */
  readonly affected: readonly AffectedVariant[];
}

/** How the two sides of a change are read. */
export interface ChangedSides {
  readonly settings: Settings;
  workspaceOf(variant: Variant): Workspace;
  readonly workspaceBefore: Workspace;
}

/** The rendered effect of a change, app by app: what hashes, prefixes and the order of lists make of it is left out. */
export function changeDiff(now: Repository, change: Change, sides: ChangedSides, isApp: (name: string) => boolean): AppChange[] {
  const affected = affectedBy(now, change).filter(({ variant }) => isApp(variant.app.name));
  return [...groupBy(affected, ({ variant }) => variant.app.name)].map(([app, own]): AppChange => {
    const values = own.flatMap(({ variant, outcome }) => (outcome === 'changed' ? valuesOf(variant, change, sides) : []));
    const alike = groupBy(values, ({ how, resource, path, was, is, origin }) => JSON.stringify([how, resource, path, was, is, origin.file.name, origin.start]));
    return { app, affected: own, values: [...alike.values()].map((same) => ({ ...same[0], variants: same.flatMap(({ variants }) => variants) })) };
  });
}

function valuesOf(variant: Variant, change: Change, { settings, workspaceOf, workspaceBefore }: ChangedSides): ChangedValue[] {
  const before = variantBefore(change, variant);
  if (!before) return [];
  const old = secretsOf({ inputs: before.inputs, resources: [...before.resources] }, workspaceBefore, settings);
  const today = secretsOf({ inputs: variant.inputs, resources: [...variant.resources] }, workspaceOf(variant), settings);
  const secrets = {
    isSecret: (...place: Parameters<typeof old.isSecret>) => old.isSecret(...place) || today.isSecret(...place),
    hidden: (text: string) => old.hidden(today.hidden(text)),
  };
  return renderChanges(before.resources, variant.resources).map(({ how, field, was, is }): ChangedValue => {
    const shown = differenceAt(field.resource.node, field.path, was, is, secrets);
    const [first, ...others] = field.path.length === 0 ? field.resource.field('metadata', 'name').origins() : field.origins();
    // Of several authors, the one whose file was changed.
    const origin = [first, ...others].find(({ file }) => change.files.has(file.name)) ?? first;
    return { how, resource: shown.resource, path: shown.path, was: shown.ours, is: shown.theirs, origin, variants: [variant] };
  });
}
