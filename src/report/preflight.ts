import kleur from 'kleur';
import type { Finding } from '../model/finding.ts';
import type { VersionStep } from '../model/versions/promotion.ts';
import { placeOfVersion } from '../model/versions/version-uses.ts';
import type { Location } from '../text/location.ts';
import { locationOf as placeOf } from '../tree/node.ts';
import { locationOf } from './json.ts';
import { code, plain } from './markdown.ts';
import { withoutCommands } from './one-line.ts';
import { shownVersion } from './shown-version.ts';

/** What `gitops-lint preflight` tells. */
export interface PreflightReport {
  readonly target: { readonly name: string };
  readonly apps: readonly {
    readonly name: string;
    readonly steps: readonly VersionStep[];
    readonly findings: readonly Finding[];
    readonly isBlocked: boolean;
  }[];
  readonly notes: readonly string[];
}

/** By app: which versions would change, what is missing, and what is excepted. */
export function preflightText({ target, apps, notes }: PreflightReport, { color }: { readonly color: boolean }): string {
  kleur.enabled = color;
  const lines: string[] = [];
  const changing = apps.filter(({ steps }) => steps.length > 0);
  for (const { name, steps, findings, isBlocked } of changing) {
    lines.push(`${kleur.bold(name)}${isBlocked ? kleur.red('  must not go') : ''}`);
    for (const step of steps) lines.push(`  ${stepText(step)}  ${kleur.dim(placeText(placeOf(placeOfVersion(step.now[0].use))))}`);
    for (const finding of findings) lines.push(`  ${findingText(finding)}  ${kleur.dim(placeText(finding.location))}`);
    lines.push('');
  }
  const blocked = changing.filter(({ isBlocked }) => isBlocked).length;
  const apart = apps.length - changing.length;
  if (changing.length === 0) lines.push(`Nothing would change by a promotion to ${target.name}.`);
  else
    lines.push(
      `${count(changing.length, 'app')} would change by a promotion to ${target.name}; ${blocked === 0 ? 'nothing speaks against it' : `${blocked} must not go`}.`,
    );
  if (apart > 0)
    lines.push(kleur.dim(`${count(apart, 'app')} would not change and ${apart === 1 ? 'has' : 'have'} findings there: gitops-lint --env ${target.name}`));
  for (const note of notes) lines.push(`note: ${note}`);
  return withoutCommands(`${lines.join('\n')}\n`);
}

/** The same as Markdown. */
export function preflightMarkdown({ target, apps, notes }: PreflightReport): string {
  const changing = apps.filter(({ steps }) => steps.length > 0);
  const lines = [`### Promotion to ${plain(target.name)}`, ''];
  if (changing.length === 0) lines.push('Nothing would change.', '');
  for (const { name, steps, findings, isBlocked } of changing) {
    lines.push(`**${plain(name)}**${isBlocked ? ' must not go' : ''}`, '');
    for (const step of steps) lines.push(`- ${plain(stepText(step))}, ${code(placeText(placeOf(placeOfVersion(step.now[0].use))))}`);
    for (const finding of findings) lines.push(`- ${plain(findingText(finding))}, ${code(placeText(finding.location))}`);
    lines.push('');
  }
  lines.push(...notes.map((note) => `- note: ${plain(note)}`));
  return withoutCommands(`${lines.join('\n').trimEnd()}\n`);
}

function stepText({ artifact, now: [{ use }], next }: VersionStep): string {
  return `${artifact.kind} ${artifact.name}  ${shownVersion(use)} → ${shownVersion(next.use)} of ${next.variant.environment.name}`;
}

function findingText({ severity, message, ruleId, suppressed }: Finding): string {
  return suppressed ? `excepted: ${message} (${ruleId}: ${suppressed.reason})` : `${severity}: ${message} (${ruleId})`;
}

function placeText({ file, span }: Location): string {
  return `${file.name}:${file.positionAt(span.start).line}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

/** The same for programs. */
export function preflightJson({ target, apps, notes }: PreflightReport): string {
  const info = {
    schemaVersion: 1,
    environment: target.name,
    apps: apps.map(({ name, steps, findings, isBlocked }) => ({
      app: name,
      blocked: isBlocked,
      versions: steps.map(({ artifact, now: [{ use }, ...others], next, isOwn }) => ({
        kind: artifact.kind,
        artifact: artifact.name,
        now: { version: use.version ?? null, digest: use.digest ?? null },
        next: { version: next.use.version ?? null, digest: next.use.digest ?? null, environment: next.variant.environment.name },
        location: locationOf(placeOf(placeOfVersion(use))),
        uses: others.length + 1,
        ownFile: isOwn,
      })),
      findings: findings.map(({ ruleId, severity, message, location, suppressed }) => ({
        ruleId,
        severity,
        message,
        location: locationOf(location),
        ...(suppressed && { suppressed: { by: suppressed.by, reason: suppressed.reason } }),
      })),
    })),
    notes,
  };
  return `${JSON.stringify(info, null, 2)}\n`;
}
