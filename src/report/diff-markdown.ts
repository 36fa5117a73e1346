import { DIFFERENCE_CLASSES, type DifferenceClass } from '../model/difference-class.ts';
import type { AppDiff, DiffSide, EnvironmentDiff } from '../model/environment-diff.ts';
import { byClass, percent, remarksOf } from './diff-text.ts';

/** `gitops-lint diff` for a comment or a page: a table of all apps, then one for each that differs. */
export function diffMarkdown(diff: EnvironmentDiff): string {
  const { left, right, apps } = diff;
  const classes = Object.keys(DIFFERENCE_CLASSES) as DifferenceClass[];
  const counts = (app: AppDiff) => classes.map((name) => String(app.differences.filter((difference) => difference.class === name).length || ''));
  const lines = [
    `## ${cell(left)} and ${cell(right)}`,
    '',
    row(['App', 'Apart', ...classes.map((name) => DIFFERENCE_CLASSES[name])]),
    row(['---', '--:', ...classes.map(() => '--:')]),
    ...apps.map((app) => row([nameOf(app, apps), percent(app), ...counts(app)])),
    '',
    ...apps.filter(({ differences }) => differences.length > 0).flatMap((app) => tableOf(app, diff)),
    ...remarksOf(diff).map((remark) => `- ${cell(remark)}`),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function tableOf(app: AppDiff, { left, right, apps }: EnvironmentDiff): string[] {
  return [
    `### ${nameOf(app, apps)}`,
    '',
    row(['', 'Field', cell(left), cell(right)]),
    row(['---', '---', '---', '---']),
    ...byClass(app).flatMap(([name, differences]) =>
      differences.map(({ resource, path, left: ours, right: theirs }) =>
        row([DIFFERENCE_CLASSES[name], `${code(resource)}${path ? ` ${code(path)}` : ''}`, sideOf(ours), sideOf(theirs)]),
      ),
    ),
    '',
  ];
}

/** Of an app with several pairs, which one. */
function nameOf({ app, left, right }: AppDiff, all: readonly AppDiff[]): string {
  return all.filter((other) => other.app === app).length > 1 ? cell(`${left}, ${right}`) : cell(app);
}

function sideOf(side: DiffSide | undefined): string {
  if (!side) return '–';
  const [origin] = side.origins;
  return `${code(side.value)}${origin ? `<br>${cell(`${origin.file.name}:${origin.file.positionAt(origin.start).line}`)}` : ''}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** A text within a table: nothing in it ends the cell, or is taken for markup. */
function cell(text: string): string {
  return text.replaceAll(/[\\`*_<>[\]|#]/g, (sign) => `\\${sign}`).replaceAll(/\s+/g, ' ');
}

/** As code; with more backticks around it than it has within. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')}${pad}${fence}`;
}
