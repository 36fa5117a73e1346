import type { SourceFile, Span } from '../text/source-file.ts';

/** Something that JSON does not have, where. */
export interface JsonMistake {
  readonly message: string;
  readonly hint: string;
  readonly span: Span;
}

/**
 * What of a JSON file other readers of JSON refuse, or read otherwise than its writer: comments, and commas before a
 * closing bracket. In a file that may be YAML as well only comments that are none in YAML count.
 */
export function jsonMistakesIn({ path, text }: SourceFile): JsonMistake[] {
  const isJson = path.endsWith('.json');
  if (!isJson && !/^\s*\{/.test(text)) return [];
  const mistakes: JsonMistake[] = [];
  const token = /"(?:\\.|[^"\\\n])*"|(?<![^\s,[\]{}:"])(\/\/[^\n]*|\/\*[\s\S]*?\*\/|#[^\n]*)|(,)(?=\s*[\]}])/g;
  for (const { 1: comment, 2: comma, index } of text.matchAll(token)) {
    if (comment !== undefined && (isJson || !comment.startsWith('#')))
      mistakes.push({
        message: isJson ? 'JSON has no comments' : 'this is no comment',
        hint: isJson ? 'Name the file ".gitopsrc.yaml", and begin comments with "#".' : 'Begin comments with "#".',
        span: { start: index, end: index + (/^[^\n]*?(?=\s*(?:\n|$))/.exec(comment)?.[0].length ?? comment.length) },
      });
    if (comma !== undefined && isJson)
      mistakes.push({ message: 'JSON has no comma before a closing bracket', hint: 'Delete it.', span: { start: index, end: index + 1 } });
  }
  return mistakes;
}
