import { columnName, type Facts } from './facts.ts';
import { type Markup, markup } from './markup.ts';

/** With more columns than this, their names stand upright. */
const UPRIGHT = 12;

/** A table that scrolls by itself where it is too wide, so that the page does not. */
export function tableFrame(label: string, columns: number, head: Markup, bodies: readonly Markup[], kind: string): Markup {
  return markup`<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table class="${kind}${columns > UPRIGHT ? ' many' : ''}"><caption class="vh">${label}</caption><thead>${head}</thead>${bodies}</table></div>`;
}

/** The head of a column that is an environment, with its tier. */
export function columnHead(name: string, { result }: Facts): Markup {
  const tier = result.environments.find((environment) => environment.name === name)?.tier;
  const said = tier === undefined || tier === name ? undefined : markup` <small>${tier}</small>`;
  return markup`<th scope="col"><span>${columnName(name)}${said}</span></th>`;
}
