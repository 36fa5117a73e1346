import { codeFrame, type FrameLine } from '../../text/code-frame.ts';
import type { Location } from '../../text/location.ts';
import { maskFrame } from '../secrets.ts';
import type { Facts } from './facts.ts';
import { type Markup, markup } from './markup.ts';

/** Longer lines are cut, with what is marked in view. */
const WIDTH = 200;

/** The lines around a place, with the place marked and secrets out of sight. */
export function frame(location: Location, { result }: Facts): Markup | undefined {
  const lines = maskFrame(codeFrame(location, { context: 2, width: WIDTH }), location, result.secrets);
  if (lines.length === 0) return undefined;
  return markup`<pre class="code"><code>${lines.map(lineOf)}</code></pre>`;
}

function lineOf({ line, text, mark }: FrameLine): Markup {
  // What hides a secret may make the line longer again.
  const shown = text.length > WIDTH + 20 ? `${text.slice(0, WIDTH)}…` : text;
  if (!mark) return markup`<span class="ln" data-n="${line}">${shown}\n</span>`;
  const [before, marked, after] = [shown.slice(0, mark.from), shown.slice(mark.from, mark.to), shown.slice(mark.to)];
  return markup`<span class="ln at" data-n="${line}">${before}<mark>${marked || ' '}</mark>${after}\n</span>`;
}

/** `apps/web/kustomization.yaml:3:5`. */
export function placeName({ file, span }: Location): Markup {
  const { line, column } = file.positionAt(span.start);
  return markup`<span class="path">${file.name}<span class="pos">:${line}:${column}</span></span>`;
}
