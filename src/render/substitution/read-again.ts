import { SourceFile } from '../../text/source-file.ts';
import { childOf, type Node, type Scalar, scalar } from '../../tree/node.ts';
import { plainValue } from '../../tree/scalar-value.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { join, relocated, stringScalar } from '../kustomize/writing.ts';
import { printScalar } from '../print-scalar.ts';
import { analyse } from '../text-traits.ts';
import type { FilledText } from './fill-text.ts';

/** Whether a text is printed behind the dash of a list, or behind a key. */
export type Place = 'item' | 'value';

/**
 * What a text is once it has been filled in where kustomize printed it: quotes in the source count for nothing, those
 * that kustomize prints do. Undefined for what is no YAML.
 */
export function readAgain(node: Scalar, filled: Scalar, place: Place, fill: (text: Scalar) => FilledText): Node | undefined {
  const printed = printScalar(node, 0, 2);
  const quote = /^['"]/.exec(printed)?.[0];
  if (printed.startsWith('|') || (quote && !breaks(filled.text, node.text, quote))) return stringScalar(filled.text, filled.origin, filled.parts);
  if (!quote && (filled.text === '' || analyse(filled.text).allowsPlain)) return asPlain(filled);
  const whole = fill(scalar(printed, 'plain', node.origin));
  return 'refusal' in whole ? undefined : parsed(join(whole.pieces, 'plain', filled.origin), place);
}

/** What is filled in may end the quotes. */
function breaks(filled: string, before: string, quote: string): boolean {
  const signs = quote === '"' ? /["\\]/g : /'/g;
  return (filled.match(signs)?.length ?? 0) !== (before.match(signs)?.length ?? 0);
}

/** Flux reads by the rules of YAML 1.1, to which `yes` and `on` are booleans. */
function asPlain(filled: Scalar): Scalar {
  const { type, value } = plainValue(filled.text, 'kubectl');
  if (type === plainValue(filled.text, 'kustomize').type) return { ...filled, style: 'plain' };
  return type === 'bool' ? scalar(String(value), 'plain', filled.origin) : stringScalar(filled.text, filled.origin, filled.parts);
}

/** Of what is put together anew, only the value that made it so is known. */
function parsed({ text, origin }: Scalar, place: Place): Node | undefined {
  const source = new SourceFile(origin.file.path, place === 'item' ? `- ${text}\n` : `k: ${text}\n`);
  const { documents, problem } = parseYaml(source);
  const root = documents[0]?.root;
  const node = root?.kind === 'sequence' ? root.items[0] : childOf(root, 'k');
  return problem || !node ? undefined : relocated(node, { ...origin, precision: 'entry' });
}
