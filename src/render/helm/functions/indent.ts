import { type Stretch, TemplateFailure, type Text } from '../value.ts';
import { checkLength } from './go/limits.ts';

/** Every line indented, as Sprig's `indent` does it. A stretch over several lines covers their indents too. */
export function indented(spaces: number, value: Text): Text {
  if (spaces < 0) throw new TemplateFailure('strings: negative Repeat count');
  const { text, stretches } = value;
  const breaks = breaksOf(text);
  checkLength(text.length + (breaks.length + 1) * spaces);
  const pad = ' '.repeat(spaces);
  return { kind: 'string', text: pad + text.replaceAll('\n', `\n${pad}`), stretches: moved(stretches, breaks, spaces) };
}

function breaksOf(text: string): readonly number[] {
  const breaks: number[] = [];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) breaks.push(at);
  return breaks;
}

/** Each offset moves by the indents before it; stretches are in order, so that one pass counts them. */
function moved(stretches: readonly Stretch[], breaks: readonly number[], spaces: number): readonly Stretch[] {
  let passed = 0;
  const move = (at: number): number => {
    while (passed < breaks.length && (breaks[passed] ?? 0) < at) passed += 1;
    return at + (passed + 1) * spaces;
  };
  return stretches.map(({ start, end, origins, weak }) => {
    const from = move(start);
    // The end is that of the last character: a line break at the end does not cover the indent behind it.
    return { start: from, end: move(end - 1) + 1, origins, weak };
  });
}
