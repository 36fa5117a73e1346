import { plainValue } from '../../tree/scalar-value.ts';

/** A text as YAML, unquoted where no reader would take it for anything else. */
export function scalar(text: string): string {
  return /^[A-Za-z_][\w/.{}*-]*$/.test(text) && plainValue(text, 'kubectl').type === 'string' ? text : quoted(text);
}

/** The same within brackets or braces, which mean something of their own there. */
export function flowScalar(text: string): string {
  return /[{}]/.test(text) ? quoted(text) : scalar(text);
}

/** Texts as a list in one line. */
export function list(texts: readonly string[]): string {
  return `[${texts.map(flowScalar).join(', ')}]`;
}

/** A comment of one line: what paths hold might end it. */
export function commentText(text: string): string {
  return `# ${text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')}`;
}

/** As JSON writes it, and YAML reads it; signs that not every reader of YAML takes are escaped. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
