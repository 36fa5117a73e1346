import type { Finding, Suppression } from '../model/finding.ts';
import { baseOf } from '../text/path.ts';
import type { SourceFile } from '../text/source-file.ts';
import { CONFIG_NAMES } from '../workspace/workspace.ts';
import type { Comment } from '../yaml/comments.ts';
import { isYamlPath } from './yaml-path.ts';

const MARKER = 'gitops-lint-ignore';
const DIRECTIVE = /^#\s*gitops-lint-ignore(-file)?\s+([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?:--\s*(.*\S))?\s*$/;

/** One `# gitops-lint-ignore rule-id -- reason`, and what it reaches. */
interface Directive {
  readonly rules: readonly string[];
  readonly reason: string | undefined;
  /** The line it speaks for; undefined for the whole file. */
  readonly line: number | undefined;
  readonly comment: Comment;
}

/**
 * Marks the findings that a comment on their line, on the line above, or for the whole file keeps quiet. A directive
 * without a reason keeps nothing quiet: the finding says so.
 */
export async function suppressByComment<F extends Finding>(findings: readonly F[]): Promise<F[]> {
  const directives = new Map<SourceFile, readonly Directive[]>();
  for (const { location } of findings) {
    const { file } = location;
    // Comments are looked for only where there is something to keep quiet.
    if (!directives.has(file) && file.text.includes(MARKER)) directives.set(file, await directivesOf(file));
  }
  return findings.map((finding) => {
    const { file, span } = finding.location;
    const line = file.positionAt(span.start).line;
    const directive = directives
      .get(file)
      ?.find((candidate) => candidate.rules.includes(finding.ruleId) && (candidate.line === undefined || candidate.line === line));
    if (!directive) return finding;
    const location = { file, span: { start: directive.comment.start, end: directive.comment.end } };
    if (directive.reason === undefined) {
      return {
        ...finding,
        related: [...finding.related, { location, message: `this suppression has no effect: it gives no reason ("# ${MARKER} ${finding.ruleId} -- why")` }],
      };
    }
    const suppressed: Suppression = { by: 'comment', reason: directive.reason, location };
    return { ...finding, suppressed };
  });
}

async function directivesOf(file: SourceFile): Promise<readonly Directive[]> {
  return (await commentsIn(file)).flatMap((comment): Directive[] => {
    const match = DIRECTIVE.exec(comment.text);
    if (!match) return [];
    const [, wholeFile, ids = '', reason] = match;
    const own = file.positionAt(comment.start).line;
    return [{ rules: ids.split(/\s*,\s*/), reason, line: wholeFile ? undefined : comment.ownLine ? nextLine(file, own) : own, comment }];
  });
}

/** In settings files a comment has a line of its own: behind a value it would be part of it. */
async function commentsIn({ path, text }: SourceFile): Promise<Comment[]> {
  if (isYamlPath(path) || isConfigPath(path)) return (await import('../yaml/comments.ts')).commentsOf(text);
  return [...text.matchAll(/^([^\S\n]*)(#[^\r\n]*)/gm)].map(({ index, 1: indent = '', 2: comment = '' }) => {
    const start = index + indent.length;
    return { text: comment, start, end: start + comment.length, ownLine: true };
  });
}

/** A configuration without an extension is YAML, too. */
function isConfigPath(path: string): boolean {
  return CONFIG_NAMES.includes(baseOf(path));
}

/** The next line that is not blank and no comment: several directives may stand above one line. */
function nextLine(file: SourceFile, line: number): number {
  let at = line + 1;
  while (at <= file.lineCount && /^\s*(?:#.*)?$/.test(file.lineAt(at))) at += 1;
  return at;
}
