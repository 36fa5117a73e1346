import type { SourceFile, Span } from '../text/source-file.ts';
import type { Node, Scalar } from '../tree/node.ts';

/** A key that stands twice in one mapping: YAML readers keep the last one, or refuse the file. */
export interface DuplicateKey {
  /** The later key, the one that wins. */
  readonly key: Scalar;
  readonly first: Scalar;
}

/** One `---` part of a file. */
export interface YamlDocument {
  readonly file: SourceFile;
  /** Undefined where there is nothing but comments. */
  readonly root: Node | undefined;
  readonly duplicates: readonly DuplicateKey[];
}

/** Why a file is not YAML, where. `reason` begins in lower case and has no full stop. */
export interface SyntaxProblem {
  readonly span: Span;
  readonly reason: string;
}

export interface YamlFile {
  readonly file: SourceFile;
  /** Empty when there is a problem: no reader of the ecosystem takes half a file. */
  readonly documents: readonly YamlDocument[];
  readonly problem?: SyntaxProblem;
}

/** Something that YAML allows and no Kubernetes tool takes. Thrown and caught inside of `parse.ts`; offsets are those of the text. */
export class Refusal extends Error {
  readonly span: Span;

  constructor(message: string, { start, end }: Span) {
    super(message);
    this.span = { start, end };
  }
}
