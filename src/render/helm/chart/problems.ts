import type { Cause, RenderProblem } from '../../../model/render-result.ts';
import { SourceFile } from '../../../text/source-file.ts';
import type { Node, Origin } from '../../../tree/node.ts';
import type { ReadProblem, Workspace } from '../../../workspace/workspace.ts';
import type { SyntaxProblem } from '../../../yaml/parse.ts';
import { READ_PROBLEMS, wholeFile } from '../../kustomize/files.ts';

/** Something that makes Helm refuse a chart or its values. */
export function failure(cause: Cause, message: string, origin: Origin, rule: RenderProblem['rule'] = 'render-error'): RenderProblem {
  return { cause, message, origin, rule };
}

export function inFile(file: SourceFile): Origin {
  return wholeFile(file);
}

export function atNode(node: Node): Origin {
  return node.origin;
}

export function atSyntax(file: SourceFile, { span }: SyntaxProblem): Origin {
  return { file, start: span.start, end: span.end, how: 'written', precision: 'exact' };
}

/** A path of which there is no text. */
export function atPath(workspace: Workspace, path: string): Origin {
  return wholeFile(new SourceFile(path, '', 'utf-8', workspace.tree));
}

/** Why a file gives no text, after its name. */
export function unreadable(path: string, problem: ReadProblem): string {
  return `"${path}" ${READ_PROBLEMS[problem]}`;
}
