import kleur from 'kleur';
import type { LeftTag, Pin } from '../model/versions/pin.ts';
import { shownImage, type TaggedPlace } from '../model/versions/tagged-images.ts';
import { firstOf } from '../text/first-of.ts';
import { groupBy } from '../text/group-by.ts';
import { locationOf as placeOf } from '../tree/node.ts';
import { locationOf } from './json.ts';
import { withoutCommands } from './one-line.ts';
import { shownVersion } from './shown-version.ts';

/** What `gitops-lint pin` tells. */
export interface PinReport {
  readonly pins: readonly Pin[];
  readonly left: readonly LeftTag[];
  /** Whether the digests were written. */
  readonly written: boolean;
  readonly notes: readonly string[];
}

/** A line for each tag that gets a digest, then what stays as it is, by reason. */
export function pinText({ pins, left, written, notes }: PinReport, { color }: { readonly color: boolean }): string {
  kleur.enabled = color;
  const lines = pins.map(
    (pin) =>
      `${placeText(pin)}  ${imageText(pin)} → ${kleur.bold(shownVersion({ version: undefined, digest: pin.digest }))} ${kleur.dim(`(${sourceText(pin)})`)}`,
  );
  if (lines.length > 0) lines.push('');
  for (const [why, own] of groupBy(left, (tag) => tag.why)) {
    const images = [...groupBy(own, imageText)].map(([image, [first]]) => `${image} (${placeText(first)})${first.detail ? `: ${first.detail}` : ''}`);
    lines.push(`${count(own.length, 'tag stays', 'tags stay')}: ${why}`, kleur.dim(`  ${firstOf(images)}`));
  }
  if (left.length > 0) lines.push('');
  const files = new Set(pins.map(({ place }) => place.file)).size;
  if (pins.length === 0) lines.push(left.length === 0 ? 'No image is named by its tag alone.' : 'Nothing was pinned.');
  else if (written) lines.push(`${count(pins.length, 'tag was', 'tags were')} pinned in ${count(files, 'file')}.`);
  else lines.push(`${count(pins.length, 'tag', 'tags')} would be pinned in ${count(files, 'file')}; --write does it.`);
  for (const note of notes) lines.push(`note: ${note}`);
  return withoutCommands(`${lines.join('\n')}\n`);
}

function placeText({ place: { file, start } }: TaggedPlace): string {
  return `${file.name}:${file.positionAt(start).line}`;
}

function imageText({ uses: [{ use }] }: TaggedPlace): string {
  return `${shownImage(use.artifact)}:${use.version}`;
}

function sourceText({ source }: Pin): string {
  if ('registry' in source) return `from ${source.registry}`;
  const { environment, id } = source.known.from.variant;
  return `as ${environment.name || id} has it`;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** The same for programs. */
export function pinJson({ pins, left, written, notes }: PinReport): string {
  const tagged = ({ place, uses }: TaggedPlace): object => ({
    image: uses[0].use.artifact,
    tag: uses[0].use.version,
    location: locationOf(placeOf(place)),
    variants: [...new Set(uses.map(({ variant }) => variant.id))],
  });
  const info = {
    schemaVersion: 1,
    pins: pins.map((pin) => ({ ...tagged(pin), digest: pin.digest, form: pin.form, from: fromOf(pin) })),
    left: left.map((tag) => ({ ...tagged(tag), why: tag.why, ...(tag.detail !== undefined && { detail: tag.detail }) })),
    written,
    notes,
  };
  return `${JSON.stringify(info, null, 2)}\n`;
}

function fromOf({ source }: Pin): object {
  if ('registry' in source) return { registry: source.registry };
  const { variant, use } = source.known.from;
  return { variant: variant.id, environment: variant.environment.name || null, location: locationOf(placeOf(use.field.slice(use.start, use.end))) };
}
