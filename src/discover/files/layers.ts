import { isShared } from '../../model/vocabulary.ts';
import type { Member } from './judge.ts';

/** The files of a set that hold for an environment besides its own: `values-common.yaml`, and `values-nonprod.yaml` but for production. */
export function layersFor(
  { token, tier }: Pick<Member, 'token' | 'tier'>,
  members: readonly Pick<Member, 'token'>[],
  files: ReadonlyMap<string, readonly string[]>,
  withOwn = false,
): string[] {
  const isLayer = (name: string) => isShared(name) && !members.some((member) => member.token === name) && (tier !== 'prod' || !/^(?:non|np)/i.test(name));
  const common = [...files].flatMap(([name, paths]) => (isLayer(name) ? paths : []));
  return withOwn ? [...common, ...(files.get(token) ?? [])] : common;
}
