import type { Finding, Suppression } from '../model/finding.ts';
import { baseOf } from '../text/path.ts';
import type { SourceFile, Span } from '../text/source-file.ts';
import { CONFIG_NAMES } from '../workspace/workspace.ts';
import type { Comment } from '../yaml/comments.ts';
import { isYamlPath } from './yaml-path.ts';

const MARKER = /gitops-lint-(?:ignore|pending)/;
const DIRECTIVE = /^#\s*gitops-lint-ignore(-file)?\s+([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?:--\s*(.*\S))?\s*$/;
const PENDING = /^#\s*gitops-lint-pending\b:?\s*(.*?)\s*$/;
const OWNER_AND_REASON = /^[^\s,][^,]*,\s*\S/;

/** One `# gitops-lint-ignore rule-id -- reason`, or `# gitops-lint-pending: owner, reason`, and what it reaches. */
interface Directive {
  speaksOf(finding: Finding): boolean;
  /** Undefined where it gives none. */
  readonly reason: string | undefined;
  /** Why one without a reason has no effect. */
  complaintFor(finding: Finding): string;
  /** The line it speaks for; undefined for the whole file. */
  readonly line: number | undefined;
  readonly comment: Comment & { readonly within?: Span };
}

/** What keeps findings quiet for a while. */
export interface Pending {
  /** Whether a marker may keep the findings of a rule quiet. */
  isAllowed(ruleId: string): boolean;
  /** Whether the gate of an environment is asked for that a finding concerns: then no marker does. */
  isGated(finding: Finding): boolean;
}

/**
 * Marks the findings that a comment on their line, on the line above, or for the whole file keeps quiet. A directive
 * without a reason keeps nothing quiet: the finding says so.
 */
export async function suppressByComment<F extends Finding>(findings: readonly F[], pending: Pending): Promise<F[]> {
  const directives = new Map<SourceFile, readonly Directive[]>();
  for (const { location } of findings) {
    const { file } = location;
    // Comments are looked for only where there is something to keep quiet.
    if (!directives.has(file) && MARKER.test(file.text)) directives.set(file, await directivesOf(file, pending));
  }
  return findings.map((finding) => {
    const { file, span } = finding.location;
    const line = file.positionAt(span.start).line;
    const near = (directives.get(file) ?? []).filter((candidate) => {
      const { within } = candidate.comment;
      const isNear = candidate.line === undefined || candidate.line === line;
      return isNear && (!within || (within.start <= span.start && span.start < within.end)) && candidate.speaksOf(finding);
    });
    const directive = near.find(({ reason }) => reason !== undefined) ?? near[0];
    if (!directive) return finding;
    const location = { file, span: { start: directive.comment.start, end: directive.comment.end } };
    if (directive.reason === undefined) {
      return { ...finding, related: [...finding.related, { location, message: directive.complaintFor(finding) }] };
    }
    const suppressed: Suppression = { by: 'comment', reason: directive.reason, location };
    return { ...finding, suppressed };
  });
}

async function directivesOf(file: SourceFile, pending: Pending): Promise<readonly Directive[]> {
  return (await commentsIn(file)).flatMap((comment): Directive[] => {
    const own = file.positionAt(comment.start).line;
    const line = comment.ownLine ? nextLine(file, own) : own;
    const marker = PENDING.exec(comment.text);
    if (marker) return [{ ...pendingBy(marker[1] ?? '', pending), line, comment }];
    const match = DIRECTIVE.exec(comment.text);
    if (!match) return [];
    const [, wholeFile, ids = '', reason] = match;
    const rules = ids.split(/\s*,\s*/);
    return [
      {
        speaksOf: ({ ruleId }) => rules.includes(ruleId),
        reason,
        complaintFor: ({ ruleId }) => `this suppression has no effect: it gives no reason ("# gitops-lint-ignore ${ruleId} -- why")`,
        line: wholeFile ? undefined : line,
        comment,
      },
    ];
  });
}

function pendingBy(text: string, { isAllowed, isGated }: Pending): Pick<Directive, 'speaksOf' | 'reason' | 'complaintFor'> {
  return {
    speaksOf: (finding) => isAllowed(finding.ruleId) && !isGated(finding),
    reason: OWNER_AND_REASON.test(text) ? `pending: ${text}` : undefined,
    complaintFor: () => 'this marker has no effect: it does not say who brings the value, and why it is to come ("# gitops-lint-pending: owner, reason")',
  };
}

/** In settings files a comment has a line of its own: behind a value it would be part of it. */
async function commentsIn({ path, text }: SourceFile): Promise<Directive['comment'][]> {
  if (isYamlPath(path) || isConfigPath(path)) {
    const { commentsOf, blockCommentsOf } = await import('../yaml/comments.ts');
    return [...commentsOf(text), ...blockCommentsOf(text)];
  }
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
