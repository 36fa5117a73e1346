import type { Severity } from '../../model/finding.ts';
import { counted, type Markup, markup, Markup as Page } from './markup.ts';

/** Shapes that tell things apart where colours do not. */
export type Sign = Severity | 'ok' | 'gap' | 'missing' | 'ahead' | 'behind' | 'mutable' | 'other-digest';

const SHAPES: Readonly<Record<Sign, string>> = {
  error: '<path d="M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2z"/><path class="c" d="M5.5 5.5l5 5m0-5l-5 5"/>',
  warning: '<path d="M8 1.5 15.3 14.5H.7z"/><path class="c" d="M8 6v4.2m0 1.7v.4"/>',
  info: '<circle cx="8" cy="8" r="6.5"/><path class="c" d="M8 7.2v4.3M8 4.4v.4"/>',
  ok: '<path class="l" d="M2.5 8.5l3.6 3.6L13.5 4"/>',
  gap: '<circle class="l d" cx="8" cy="8" r="6"/>',
  missing: '<circle class="l" cx="8" cy="8" r="6"/><path class="l" d="M3.8 12.2l8.4-8.4"/>',
  ahead: '<path d="M8 2.5 14.5 13.5H1.5z"/>',
  behind: '<path class="l" d="M8 13.5 14 3H2z"/>',
  mutable: '<path class="l" d="M1.5 9.5c2-5 4.5-5 6.5-1.5s4.5 3.500 6.500-1.500"/>',
  'other-digest': '<path class="l" d="M2 5.500h12M2 10.500h12M11.500 2l-7 12"/>',
};

/** The shapes themselves, once for a page. */
export function shapes(): Markup {
  const symbols = Object.entries(SHAPES).map(([name, shape]) => `<symbol id="s-${name}" viewBox="0 0 16 16">${shape}</symbol>`);
  return Page.own(`<svg class="none" aria-hidden="true" focusable="false">${symbols.join('')}</svg>`);
}

/** A shape; what it means has to stand beside it. */
export function sign(name: Sign): Markup {
  return markup`<svg class="s ${name}" aria-hidden="true"><use href="#s-${name}"/></svg>`;
}

/** Words for those who do not see the shape. */
export function unseen(text: string): Markup {
  return markup`<span class="vh">${text}</span>`;
}

const WORDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'info' };

/** `✗ 2 errors`; nothing for none. */
export function severityCount(severity: Severity, count: number): Markup | undefined {
  return count === 0 ? undefined : markup`<span class="n ${severity}">${sign(severity)}${counted(count, WORDS[severity])}</span>`;
}
