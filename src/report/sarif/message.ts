import type { Finding } from '../../model/finding.ts';
import type { Location } from '../../text/location.ts';
import { cutText, oneLine } from '../one-line.ts';
import { placeText } from '../place-text.ts';
import type { Whereabouts } from '../where.ts';

/** A related place that has an address here. */
export interface Numbered {
  readonly id: number;
  readonly message: string;
}

/** What a message speaks of besides the place that it stands at. */
export interface Around {
  readonly numbered: readonly Numbered[];
  /** Related places that have no address here. */
  readonly elsewhere: readonly { readonly message: string; readonly location: Location }[];
  /** Where the finding is, when that has no address here. */
  readonly moved?: Location | undefined;
}

/** More are there to be opened, but a sentence ends. */
const MAX_NAMED = 5;
const MAX_LENGTH = 1000;

/**
 * A text that stands alone: what is wrong, in which environments, compared with which. Code scanning shows a related place only where
 * the text links it, so the name of an environment links the place that speaks of it, and a sentence of its own the rest.
 */
export function messageOf(finding: Finding, where: Whereabouts, { numbered, elsewhere, moved }: Around): string {
  const linked = new Set<Numbered>();
  const linkOf = (name: string): string => {
    const place = isPlain(name) ? numbered.find((one) => !linked.has(one) && speaksOf(one.message, name)) : undefined;
    if (!place) return escapeText(name);
    linked.add(place);
    return `[${name}](${place.id})`;
  };
  const phrase = where.phraseOf(finding, linkOf);
  const said = `${shortened(escapeText(finding.message))}${phrase}.`;
  const others = [
    ...numbered.filter((one) => !linked.has(one)).map(({ id, message }) => `[${linkText(message)}](${id})`),
    ...elsewhere.map(({ message, location }) => escapeText(`${message} (${placeText(location)})`)),
  ];
  const rest = others.length > MAX_NAMED ? ` and ${others.length - MAX_NAMED} more` : '';
  return [
    said,
    ...(moved ? [escapeText(`It stands at ${placeText(moved)}.`)] : []),
    ...(others.length > 0 ? [`See ${others.slice(0, MAX_NAMED).join(', ')}${rest}.`] : []),
  ].join(' ');
}

/** Whether a sentence names an environment as a word of its own: "the key belongs here for prod-eu". */
function speaksOf(sentence: string, name: string): boolean {
  for (let at = sentence.indexOf(name); at !== -1; at = sentence.indexOf(name, at + 1)) {
    if (!/[\w-]/.test(sentence.charAt(at - 1)) && !/[\w-]/.test(sentence.charAt(at + name.length))) return true;
  }
  return false;
}

/** Viewers do not read escapes in link texts alike, so there are none. */
function isPlain(text: string): boolean {
  return text !== '' && !/[[\]\\]/.test(text);
}

function linkText(text: string): string {
  return text.replaceAll(/[[\]\\]+/g, ' ').trim() || 'this';
}

/** A text of the user must not become a link, nor the beginning of one: brackets that stay open are written as round ones. */
export function escapeText(text: string): string {
  const closed = text.lastIndexOf(']') + 1;
  return (text.slice(0, closed) + text.slice(closed).replaceAll('[', '(')).replaceAll('](', '] (');
}

/** Some consumers drop what is longer, and nobody reads it. */
export function shortened(text: string): string {
  return cutText(oneLine(text), MAX_LENGTH);
}
