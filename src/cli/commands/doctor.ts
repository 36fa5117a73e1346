import { UsageError } from '../../index.ts';
import type { Flags } from '../args.ts';
import { type Inspection, isFine } from '../doctor/examination.ts';
import { inspectReleases } from '../doctor/helm.ts';
import { inspectKustomizations } from '../doctor/kustomize.ts';
import { jsonOf, textOf } from '../doctor/report.ts';
import { formatOf } from '../format.ts';
import { openSession, type Session } from '../place.ts';
import type { Terminal } from '../terminal.ts';

/** Compares our renders with those of programs that the user names: the only place where a program other than git is run. */
export async function runDoctor([dir = '.']: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
  const format = formatOf('doctor', ['stylish', 'json'], flags);
  const { kustomize, helm } = flags;
  if (kustomize === undefined && helm === undefined)
    throw new UsageError('"doctor" needs --kustomize or --helm', 'Name the binary to compare with, such as --kustomize ./kustomize.');
  let session: Promise<Session> | undefined;
  // Only once the first program has answered.
  const open = () => {
    session ??= openSession(dir, flags, terminal);
    return session;
  };
  const inspections: Inspection[] = [];
  if (kustomize !== undefined) inspections.push(await inspectKustomizations(kustomize, terminal.folder, open));
  if (helm !== undefined) inspections.push(await inspectReleases(helm, terminal.folder, open));
  const examinations = inspections.flatMap((each) => each.examinations);
  const sought = [...(kustomize === undefined ? [] : ['kustomization']), ...(helm === undefined ? [] : ['chart'])];
  if (examinations.length === 0) throw new UsageError(`there is no ${sought.join(' and no ')} below "${dir}"`);
  terminal.print(format === 'json' ? jsonOf(inspections) : inspections.map(textOf).join('\n'));
  return examinations.every(isFine) ? 0 : 1;
}
