import { parseEvents, YAMLException } from 'js-yaml';
import type { SourceFile } from '../text/source-file.ts';
import { readBlocks } from './block-reader.ts';
import { Composer } from './compose.ts';
import { Refusal, type YamlFile } from './document.ts';
import { prepare, refuseStructure, repair } from './go-dialect.ts';

export type { DuplicateKey, SyntaxProblem, YamlDocument, YamlFile } from './document.ts';

const parsed = new WeakMap<SourceFile, YamlFile>();

/** Parses a file once. Never throws: what is wrong stands in the result. */
export function parseYaml(file: SourceFile): YamlFile {
  let result = parsed.get(file);
  if (!result) {
    result = parse(file, file.text, 0);
    parsed.set(file, result);
  }
  return result;
}

/** Parses YAML that stands inside a file, at `at`; its offsets are those of the file. For inline patches. */
export function parseYamlAt(file: SourceFile, text: string, at: number): YamlFile {
  return parse(file, text, at);
}

const OPTIONS = { maxDepth: 200 };
/** Each repair costs a parse: a file that needs more of them, or a big one that needs many, is refused. */
const MAX_REPAIRS = 300;
const MAX_REPARSED = 30_000_000;

function parse(file: SourceFile, text: string, shift: number): YamlFile {
  const documents = readBlocks(file, text, shift);
  return documents ? { file, documents } : parseAny(file, text, shift);
}

/** A reason without what it quotes of the file, which may be a password. */
function withoutText(reason: string): string {
  return reason.replace(/(?: "[^"]*"|: ).*$/s, '');
}

/** Reads any YAML, whatever it holds. The tests compare `parseYaml` with it. */
export function parseAny(file: SourceFile, text: string, shift: number): YamlFile {
  const fail = (start: number, end: number, reason: string): YamlFile => ({
    file,
    documents: [],
    problem: { span: { start: shift + start, end: shift + end }, reason },
  });
  try {
    const prepared = prepare(text);
    let masked = prepared.text;
    for (let repairs = 0; ; repairs += 1) {
      try {
        const events = parseEvents(masked, OPTIONS);
        refuseStructure(prepared, events);
        return { file, documents: new Composer(file, prepared.text, shift, masked !== prepared.text).compose(events) };
      } catch (error) {
        if (!(error instanceof YAMLException)) throw error;
        const at = Math.min(error.mark?.position ?? 0, text.length);
        const better = repairs < MAX_REPAIRS && repairs * text.length < MAX_REPARSED ? repair(masked, at, error.reason) : undefined;
        if (better === undefined) return fail(at, at, withoutText(error.reason));
        masked = better;
      }
    }
  } catch (error) {
    if (error instanceof Refusal) return fail(error.span.start, error.span.end, error.message);
    throw error;
  }
}
