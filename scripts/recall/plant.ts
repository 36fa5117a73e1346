import type { Edited, Kind } from './case.ts';
import { type Draw, drawFor } from './draw.ts';
import { drawArgo, drawArgoHelm, drawFlux } from './repositories/deployers.ts';
import { drawHelm } from './repositories/helm.ts';
import { drawKustomize } from './repositories/kustomize.ts';
import { drawPlain } from './repositories/plain.ts';
import type { Repository } from './repository.ts';

const LAYOUTS: readonly ((draw: Draw) => Repository)[] = [drawKustomize, drawKustomize, drawPlain, drawHelm, drawArgo, drawArgoHelm, drawFlux];

/** Clean repositories, so many, of all layouts in turn. */
export function drawRepositories(seed: number, count: number): Repository[] {
  return Array.from({ length: count }, (_, index) => (LAYOUTS[index % LAYOUTS.length] ?? drawPlain)(drawFor(seed, `repository ${index}`)));
}

/** A repository with one edit. */
export interface Planted extends Edited {
  readonly kind: string;
  readonly repository: Repository;
}

/** So many edits of a kind, each in another of the repositories as far as these last and have a place for it. */
export function plant(kind: Kind, repositories: readonly Repository[], count: number, seed: number): Planted[] {
  const planted: Planted[] = [];
  for (let round = 0; round < 4 && planted.length < count; round += 1) {
    for (const [index, repository] of repositories.entries()) {
      if (planted.length >= count) break;
      const edited = kind.plan(repository, drawFor(seed, `${kind.name} ${index} ${round}`));
      if (edited) planted.push({ kind: kind.name, repository, ...edited });
    }
  }
  return planted;
}
