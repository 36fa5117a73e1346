import picomatch from 'picomatch';
import type { Complaint } from './globs.ts';
import { globComplaint } from './globs.ts';

/** A pattern of field paths as its steps: `spec.template.spec.containers[*].resources`, `**.image`, `metadata.annotations["shop.example/team"]`. */
export interface DifferencePath {
  /** Whether steps are at the pattern, or below it. */
  matches(steps: readonly string[]): boolean;
}

type StepTest = 'deep' | ((step: string) => boolean);

/** Reads a pattern. A star is any one step, or any part of a key; two stars are any number of steps; `[*]` is any item of a list. */
export function compileDifferencePath(text: string): DifferencePath | { readonly complaint: Complaint } {
  const tests: StepTest[] = [];
  const token = /(\.?)(?:\[("(?:[^"\\]|\\.)*"|[^\]"]+)\]|([^.[\]"\s]+))/y;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    const [, dot = '', item, key] = match ?? [];
    const isKey = key !== undefined;
    if (!match || (isKey ? (dot === '.') !== at > 0 : dot === '.'))
      return { complaint: [`"${text}" is no path`, 'Write it as in spec.template.spec.containers[*].image.'] };
    const test = isKey ? keyTest(key) : itemTest(item ?? '');
    if (!test) return { complaint: globComplaint(key ?? item ?? '') ?? [`"${text}" is no path`] };
    tests.push(test);
  }
  return { matches: (steps) => isAtOrBelow(tests, steps) };
}

function keyTest(glob: string): StepTest | undefined {
  if (glob === '**') return 'deep';
  if (glob === '*') return () => true;
  if (globComplaint(glob)) return undefined;
  if (!/[*?{[(!+@]/.test(glob)) return (step) => step === glob;
  // A key may have a slash: it is a key all the same, and no path.
  return picomatch(glob, { bash: true, dot: true });
}

/** `["a.key"]`, `[*]`, `[0]`, or `[name=web]`, whose value may be a glob. */
function itemTest(text: string): StepTest | undefined {
  if (text.startsWith('"')) {
    const key = unquoted(text);
    return key === undefined ? undefined : (step) => step === key;
  }
  if (text === '*') return (step) => step.startsWith('[') && step.endsWith(']');
  if (globComplaint(text)) return undefined;
  const matches = picomatch(text, { bash: true, dot: true });
  return (step) => step.startsWith('[') && step.endsWith(']') && matches(step.slice(1, -1));
}

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    // Not every backslash makes an escape of JSON.
    return undefined;
  }
}

/** Tries each number of steps that `**` may stand for; what is left of the steps is below the pattern. */
function isAtOrBelow(tests: readonly StepTest[], steps: readonly string[], test = 0, step = 0): boolean {
  for (let at = test; at < tests.length; at += 1) {
    const wanted = tests[at];
    if (wanted === 'deep') {
      if (at === tests.length - 1) return true;
      for (let from = step; from <= steps.length; from += 1) if (isAtOrBelow(tests, steps, at + 1, from)) return true;
      return false;
    }
    const given = steps[step];
    if (given === undefined || !wanted?.(given)) return false;
    step += 1;
  }
  return true;
}
