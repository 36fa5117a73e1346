/**
 * A text of the user's as part of a line: nothing in it ends the line, moves the cursor of a terminal or turns the order of what
 * is read. Sign for sign, so that columns stay what they are.
 */
export function oneLine(text: string): string {
  return text
    .replaceAll(/[\t\n\r\u2028\u2029]/g, ' ')
    .replaceAll(/[\u0000-\u001F]/g, (sign) => String.fromCharCode(0x2400 + sign.charCodeAt(0)))
    .replaceAll(/[\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, '\uFFFD');
}

/** At most so many signs of it, never half of a pair. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Where a build server of Azure or of TeamCity, or the older form of a workflow command, begins: anywhere in a line. */
const MARK = /##(?=\[|vso\[|teamcity\[)/gi;

/** The lines of a text for people without what a CI would take for a command: a sign of it becomes one that looks alike. */
export function withoutCommands(text: string): string {
  // A runner of GitHub skips blanks before it looks, those of all scripts.
  return text.replaceAll(MARK, '#♯').replaceAll(/^([\s\u0085\u180E]*):(?=:)/gm, '$1∶');
}

/** A value as JSON that a CI takes for no command, and reads as the same all the same. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replaceAll(MARK, '#\\u0023');
}
