import kleur from 'kleur';
import type { Discovery } from '../model/discovery.ts';
import type { VariantInfo } from '../model/lint-result.ts';
import type { RenderStatus } from '../model/render-result.ts';
import { locationOf } from './json.ts';
import { leftOutLines } from './left-out.ts';
import { withoutCommands } from './one-line.ts';

/** What `gitops-lint environments` tells. */
export interface EnvironmentsReport {
  readonly discovery: Discovery;
  readonly variants: readonly VariantInfo[];
  readonly notes: readonly string[];
}

const MARK: Readonly<Record<RenderStatus, string>> = { rendered: '✓', partial: '~', 'values-only': 'v', failed: '✗' };

/** The environments with their evidence, then the matrix app × environment. */
export function environmentsText({ discovery, variants, notes }: EnvironmentsReport, { color }: { readonly color: boolean }): string {
  kleur.enabled = color;
  const { environments, leftOut, assumptions } = discovery;
  const lines: string[] = [];
  if (environments.length > 0) {
    lines.push(kleur.bold('Environments, in the order of promotion'));
    const width = Math.max(...environments.map(({ name }) => name.length));
    for (const { name, tier, promotesFrom, labels, evidence, confidence } of environments) {
      const facts = [
        `tier ${tier}${confidence === 'low' ? ' (not sure)' : ''}`,
        ...Object.entries(labels).map(([label, value]) => `${label} ${value}`),
        ...(promotesFrom.length > 0 ? [`after ${promotesFrom.join(', ')}`] : []),
      ];
      lines.push(`  ${name.padEnd(width)}  ${facts.join(', ')}  ${kleur.dim(evidence.map(({ why }) => why).join('; '))}`);
    }
    lines.push('');
  }
  if (variants.length > 0) lines.push(...matrixOf(discovery, variants));
  lines.push(...leftOutLines(leftOut));
  for (const assumption of assumptions) lines.push(`assumed: ${assumption}`);
  for (const note of notes) lines.push(`note: ${note}`);
  return withoutCommands(`${lines.join('\n').trimEnd()}\n`);
}

function matrixOf({ environments }: Discovery, variants: readonly VariantInfo[]): string[] {
  const columns = [...environments.map(({ name }) => name), ...(variants.some(({ environment }) => !environment) ? ['(none)'] : [])];
  const apps = [...new Set(variants.map(({ app }) => app))];
  const cellOf = (app: string, column: string): string => {
    const own = variants.filter((variant) => variant.app === app && (variant.environment?.name ?? '(none)') === column);
    if (own.length === 0) return '–';
    const marks = [...new Set(own.map(({ status }) => status))].map((status) => {
      const count = own.filter((variant) => variant.status === status).length;
      return own.length === 1 ? MARK[status] : `${MARK[status]}${count}`;
    });
    return marks.join(' ');
  };
  const rows = [['app', ...columns], ...apps.map((app) => [app, ...columns.map((column) => cellOf(app, column))])];
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  const lines = rows.map((row, index) => {
    const text = row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
    return index === 0 ? kleur.bold(text) : text;
  });
  const used = new Set(variants.map(({ status }) => status));
  const legend = [...used].filter((status) => status !== 'rendered').map((status) => `${MARK[status]} ${status}`);
  return [...lines, ...(legend.length > 0 ? [kleur.dim(legend.join(', '))] : []), ''];
}

/** The same for programs. */
export function environmentsJson({ discovery, variants, notes }: EnvironmentsReport): string {
  const apps = [...new Set(variants.map(({ app }) => app))];
  return `${JSON.stringify(
    {
      schemaVersion: 1,
      environments: discovery.environments.map(({ name, tier, promotesFrom, labels, evidence, confidence }) => ({
        name,
        tier,
        promotesFrom,
        labels,
        evidence: evidence.map(({ location, why }) => ({ location: location && locationOf(location), why })),
        confidence,
      })),
      apps: apps.map((name) => ({
        name,
        variants: variants
          .filter(({ app }) => app === name)
          .map(({ id, status, environment, root, renderer, labels }) => ({
            id,
            status,
            environment: environment?.name ?? null,
            root: root || '.',
            renderer,
            labels: { ...environment?.labels, ...labels },
          })),
      })),
      leftOut: discovery.leftOut,
      assumptions: discovery.assumptions,
      notes,
    },
    null,
    2,
  )}\n`;
}
