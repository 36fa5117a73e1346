import picomatch from 'picomatch';
import { compilePattern } from '../model/path-pattern.ts';

/** What is wrong with a text, and what to do about it. */
export type Complaint = readonly [message: string, hint?: string | undefined];

/** What is wrong with a glob of names; undefined when nothing is. */
export function globComplaint(glob: string): Complaint | undefined {
  if (/^!(?!\()/.test(glob)) return [`"${glob}" says what is not meant`, 'Name what is meant: a glob cannot begin with "!".'];
  if (!isBalanced(glob)) return [`"${glob}" has a bracket without its partner`];
  try {
    picomatch.makeRe(glob);
  } catch {
    return [`"${glob}" is no glob`];
  }
  return undefined;
}

/** The same for a glob of paths. */
export function pathGlobComplaint(glob: string): Complaint | undefined {
  if (/\\[\w.]/.test(glob)) return [`"${glob}" has a backslash`, 'Folders are separated by "/", on every system.'];
  return placeComplaint(glob) ?? globComplaint(glob);
}

/** What is wrong with a pattern such as `apps/{app}/overlays/{env}`. */
export function patternComplaint(pattern: string): Complaint | undefined {
  const compiled = compilePattern(pattern);
  return 'problem' in compiled ? [compiled.problem] : placeComplaint(pattern);
}

/** A path that can match nothing: it is relative to the folder of its file, and stays there. */
function placeComplaint(path: string): Complaint | undefined {
  if (path.startsWith('/')) return [`"${path}" begins with "/"`, 'Paths are relative to the folder of this file.'];
  if (path.split('/').includes('..')) return [`"${path}" leads out of the folder of this file`, 'Say it in a .gitopsrc of a folder above.'];
  return undefined;
}

function isBalanced(glob: string): boolean {
  const open: string[] = [];
  for (const [sign] of glob.matchAll(/\\.|[[\](){}]/g)) {
    if (sign === '[') {
      // Between these all other brackets are characters.
      if (open.at(-1) !== ']') open.push(']');
    } else if (open.at(-1) === ']' && sign !== ']') continue;
    else if (sign === '(') open.push(')');
    else if (sign === '{') open.push('}');
    else if (sign.length === 1 && open.pop() !== sign) return false;
  }
  return open.length === 0;
}
