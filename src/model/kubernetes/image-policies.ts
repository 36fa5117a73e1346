import { isWithin, joinPath } from '../../text/path.ts';
import { isUnfilled } from '../../text/unfilled.ts';
import { childOf, type Origin, textOf } from '../../tree/node.ts';
import type { ReachedFile, Repository } from '../repository.ts';
import type { Variant } from '../variant.ts';

/** A value that Flux writes into a file by itself: `1.4.2 # {"$imagepolicy": "flux-system:checkout:tag"}`. */
export interface PolicyMarker {
  /** `flux-system:checkout`, without the part of the image that is written. */
  readonly policy: string;
  /** The value. */
  readonly at: Origin;
  /** The variants that are built of the file. */
  readonly variants: readonly Variant[];
}

const MARKER = /^([^\n#]*?[:-][^\S\n]+)(\S[^\n]*?)[^\S\n]+#[^\S\n]*\{[^\S\n]*"\$imagepolicy"[^\S\n]*:[^\S\n]*"([^"\n:]+:[^"\n:]+)(?::[^"\n]*)?"/gm;

/** The markers of image policies that some automation follows without a review. Where no automation is here, all of them may be followed. */
export function policyMarkersOf({ files, variants }: Pick<Repository, 'files' | 'variants'>): PolicyMarker[] {
  const automations = automationsIn(variants);
  return files
    .flatMap(markersIn)
    .filter(({ at }) => automations.length === 0 || automations.some(({ isDirect, path }) => isDirect && (path === undefined || isWithin(at.file.path, path))));
}

/**
 * Whether one automation follows two markers. A policy of one name may be another object in each cluster, with an automation
 * for its own folder.
 */
export function areWrittenTogether(one: PolicyMarker, two: PolicyMarker, { variants }: Pick<Repository, 'variants'>): boolean {
  const automations = automationsIn(variants);
  const reaches = ({ path }: Automation) => path !== undefined && [one, two].every(({ at }) => isWithin(at.file.path, path));
  return automations.length === 0 || automations.some((automation) => automation.isDirect && reaches(automation));
}

function markersIn({ yaml: { file }, variants }: ReachedFile): PolicyMarker[] {
  if (!file.text.includes('$imagepolicy')) return [];
  return [...file.text.matchAll(MARKER)].map(({ index, 1: before = '', 2: value = '', 3: policy = '' }) => {
    const start = index + before.length;
    return { policy, at: { file, start, end: start + value.length, how: 'written', precision: 'exact' }, variants };
  });
}

interface Automation {
  /** It writes to the branch that it reads, and to no other one that somebody would merge. */
  readonly isDirect: boolean;
  /** The folder that it writes to; undefined where that is not known. */
  readonly path: string | undefined;
}

function automationsIn(variants: readonly Variant[]): Automation[] {
  return variants
    .flatMap(({ resources }) => [...resources])
    .filter(({ id: { kind, group } }) => kind === 'ImageUpdateAutomation' && group === 'image.toolkit.fluxcd.io')
    .map(({ node }) => {
      const spec = childOf(node, 'spec');
      const git = childOf(spec, 'git');
      const push = childOf(git, 'push');
      const branch = textOf(push, 'branch');
      const read = textOf(childOf(childOf(git, 'checkout'), 'ref'), 'branch');
      const path = textOf(childOf(spec, 'update'), 'path') ?? '';
      return {
        isDirect: textOf(push, 'refspec') === undefined && (branch === undefined || branch === read),
        path: isUnfilled(path) ? undefined : joinPath('', path),
      };
    });
}
