import type { SourceFile } from '../../../text/source-file.ts';
import type { Origin } from '../../../tree/node.ts';
import { type GoFunction, type Host, list, map, type Stretch, slice, type Text, text, type Value } from '../value.ts';
import type { ChartFile } from './chart.ts';
import { fileGlob } from './gobwas-glob.ts';
import { argumentOf, host } from './host.ts';

const texts = new WeakMap<SourceFile, Text>();
const byName = new WeakMap<readonly ChartFile[], ReadonlyMap<string, ChartFile>>();

/** The function `toYaml`, as templates have it. */
export type ToYaml = GoFunction;

/** `.Files`: what a chart holds besides its templates, by name. (Helm, `pkg/engine/files.go`.) */
export function filesObject(files: readonly ChartFile[], toYaml: ToYaml): Host {
  const textAt = (name: string): Text => {
    const file = namesOf(files).get(name);
    return file ? contentOf(file) : text('');
  };
  const named =
    (read: (name: string) => Value): GoFunction =>
    (args) =>
      read(argumentOf(args, 0));
  const content: GoFunction = (args, call) => {
    const name = argumentOf(args, 0);
    const file = namesOf(files).get(name);
    // Texts are made of characters here: bytes that are none cannot be passed on.
    if (file && !file.source()) call.noteUnknown(`the bytes of "${name}"`);
    return textAt(name);
  };
  /** By the last step of the path; of equal ones, the last in order. */
  const byBase = (read: (file: ChartFile) => Text): GoFunction => {
    const entries = () => files.map((file) => [file.name.slice(file.name.lastIndexOf('/') + 1), read(file)] as const);
    return (_, call) => toYaml([{ ...map(entries()), goType: 'map[string]string' }], call);
  };
  return host('engine.files', {
    fields: (name) => (namesOf(files).has(name) ? textAt(name) : { kind: 'none', origins: [] }),
    methods: {
      Get: content,
      GetBytes: content,
      Glob: named((pattern) => {
        const matches = fileGlob(pattern) ?? (() => true);
        return filesObject(
          files.filter(({ name }) => matches(name)),
          toYaml,
        );
      }),
      Lines: named((name) => linesOf(textAt(name))),
      AsConfig: byBase(contentOf),
      AsSecrets: byBase(encoded),
    },
    plain: () => ({ ...map(files.map((file) => [file.name, contentOf(file)])), goType: 'engine.files' }),
  });
}

/** The files of a chart by name, which most charts never ask for. */
function namesOf(files: readonly ChartFile[]): ReadonlyMap<string, ChartFile> {
  const known = byName.get(files) ?? new Map(files.map((file) => [file.name, file]));
  byName.set(files, known);
  return known;
}

/** The text of a file, each line by its own place. What is no text is read byte by byte as far as it goes. */
function contentOf(file: ChartFile): Text {
  const source = file.source();
  if (!source) return text(new TextDecoder().decode(file.bytes() ?? new Uint8Array()));
  let content = texts.get(source);
  if (!content) {
    content = written(source);
    texts.set(source, content);
  }
  return content;
}

function written(source: SourceFile): Text {
  const start = source.text.startsWith('\ufeff') ? 1 : 0;
  const stretches: Stretch[] = [];
  for (let at = start; at < source.text.length; ) {
    const end = source.text.indexOf('\n', at) + 1 || source.text.length;
    stretches.push({ start: at - start, end: end - start, origins: [lineOrigin(source, at, end)] });
    at = end;
  }
  return { kind: 'string', text: source.text.slice(start), stretches };
}

function lineOrigin(file: SourceFile, start: number, end: number): Origin {
  return { file, start, end, how: 'helm-template', precision: 'exact' };
}

function encoded(file: ChartFile): Text {
  const source = file.source();
  const bytes = file.bytes() ?? new Uint8Array();
  return text(
    Buffer.from(bytes).toString('base64'),
    source ? [{ file: source, start: 0, end: source.text.length, how: 'helm-template', precision: 'file' }] : [],
  );
}

function linesOf(content: Text): Value {
  if (content.text === '') return { ...list([]), goType: '[]string' };
  const lines: Text[] = [];
  const end = content.text.endsWith('\n') ? content.text.length - 1 : content.text.length;
  for (let at = 0; at <= end; ) {
    const next = content.text.indexOf('\n', at);
    const stop = next === -1 || next > end ? end : next;
    lines.push(slice(content, at, stop));
    at = stop + 1;
  }
  return { ...list(lines), goType: '[]string' };
}
