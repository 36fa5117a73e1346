import type { Finding } from '../../model/finding.ts';
import type { LintResult } from '../../model/lint-result.ts';
import { groupBy } from '../../text/group-by.ts';
import type { SourceFile } from '../../text/source-file.ts';
import type { Result } from './log.ts';
import { artifactOf, wholeRegion } from './places.ts';

/** Texts that no report may show. */
export type Hidden = ReadonlySet<string>;

/** The secrets of all files that the findings speak of. */
export function hiddenTexts({ findings, secrets }: LintResult): Hidden {
  const files = new Set<SourceFile>();
  for (const { location, related, fix } of findings) {
    for (const place of [location, ...related.map((one) => one.location), ...(fix?.edits ?? []).map((edit) => edit.location)]) files.add(place.file);
  }
  const texts = [...files].flatMap((file) => (secrets.get(file.name) ?? []).map(({ start, end }) => file.text.slice(start, end).trim()));
  return new Set(texts.filter(Boolean));
}

/**
 * What an editor may offer to do: only what is safe as it stands, as people apply it without a look. What is safe once the renders are
 * proved to be the same is left to `--fix`, which proves it. Nothing for files of other branches and repositories, and nothing that
 * repeats a secret.
 */
export function fixesOf({ fix }: Finding, hidden: Hidden): Result['fixes'] {
  if (fix?.safety !== 'safe' || fix.keepsRenders || fix.edits.length === 0) return undefined;
  const isOpen = fix.edits.every(({ location, newText }) => !location.file.tree && ![...hidden].some((text) => newText.includes(text)));
  if (!isOpen) return undefined;
  const artifactChanges = [...groupBy(fix.edits, ({ location }) => location.file.path).values()].map((edits) => ({
    artifactLocation: artifactOf(edits[0].location.file),
    replacements: edits.map(({ location, newText }) => ({
      deletedRegion: wholeRegion(location),
      ...(newText !== '' && { insertedContent: { text: newText } }),
    })),
  }));
  return [{ description: { text: fix.title }, artifactChanges }];
}
