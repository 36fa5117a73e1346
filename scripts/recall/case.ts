import type { Draw } from './draw.ts';
import type { Place } from './edit.ts';
import type { Files, Repository } from './repository.ts';

/** What has to be found. */
export interface Expected extends Place {
  readonly rule: string;
  /** The environments that are wrong, sorted; left out where the file itself is, whoever reads it. */
  readonly environments?: readonly string[];
}

/** A repository after one edit. */
export interface Edited {
  readonly files: Files;
  /** After a harmless change, nothing. Mostly one; what one edit breaks in three files is three. */
  readonly expected: readonly Expected[];
}

/** A kind of edit: it takes a clean repository, and gives nothing where that holds no place for it. */
export interface Kind {
  readonly name: string;
  readonly plan: (repository: Repository, draw: Draw) => Edited | undefined;
}

/** A harmless change: nothing is expected of it. */
export function harmless(name: string, edit: (repository: Repository, draw: Draw) => Files | undefined): Kind {
  return {
    name,
    plan: (repository, draw) => {
      const files = edit(repository, draw);
      return files && { files, expected: [] };
    },
  };
}
