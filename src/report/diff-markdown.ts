import { DIFFERENCE_CLASSES, type DifferenceClass } from '../model/difference-class.ts';
import type { AppDiff, DiffSide, EnvironmentDiff } from '../model/environment-diff.ts';
import { byClass, percent, remarksOf } from './diff-text.ts';
import { code, plain, row } from './markdown.ts';
import { withoutCommands } from './one-line.ts';

/** `gitops-lint diff` for a comment or a page: a table of all apps, then one for each that differs. */
export function diffMarkdown(diff: EnvironmentDiff): string {
  const { left, right, apps } = diff;
  const classes = Object.keys(DIFFERENCE_CLASSES) as DifferenceClass[];
  const counts = (app: AppDiff) => classes.map((name) => String(app.differences.filter((difference) => difference.class === name).length || ''));
  const lines = [
    `## ${plain(left)} and ${plain(right)}`,
    '',
    row(['App', 'Apart', ...classes.map((name) => DIFFERENCE_CLASSES[name])]),
    row(['---', '--:', ...classes.map(() => '--:')]),
    ...apps.map((app) => row([nameOf(app, apps), percent(app), ...counts(app)])),
    '',
    ...apps.filter(({ differences }) => differences.length > 0).flatMap((app) => tableOf(app, diff)),
    ...remarksOf(diff).map((remark) => `- ${plain(remark)}`),
  ];
  return withoutCommands(`${lines.join('\n').trimEnd()}\n`);
}

function tableOf(app: AppDiff, { left, right, apps }: EnvironmentDiff): string[] {
  return [
    `### ${nameOf(app, apps)}`,
    '',
    row(['', 'Field', plain(left), plain(right)]),
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
  return all.filter((other) => other.app === app).length > 1 ? plain(`${left}, ${right}`) : plain(app);
}

function sideOf(side: DiffSide | undefined): string {
  if (!side) return '–';
  const [origin] = side.origins;
  return `${code(side.value)}${origin ? `<br>${plain(`${origin.file.name}:${origin.file.positionAt(origin.start).line}`)}` : ''}`;
}
