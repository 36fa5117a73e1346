import type { LintResult } from '../../model/lint-result.ts';
import type { Location } from '../../text/location.ts';
import { leftOutLines } from '../left-out.ts';
import { placeText } from '../place-text.ts';
import type { Notification } from './log.ts';
import { shortened } from './message.ts';
import { physicalOf } from './places.ts';

/** What is no finding and has its place here: nobody reads more of it than this. */
const MAX_GAPS = 500;

/** What the results do not show. */
export interface Unshown {
  /** Results for which the upload has no room. */
  readonly over: number;
  /** Findings of which nothing lies in this repository. */
  readonly elsewhere: number;
  readonly suppressed: number;
}

/** Whether there was anything to check: a run that saw nothing has no good news. */
export function hasChecked({ variants, findings }: LintResult): boolean {
  return variants.length > 0 || findings.length > 0;
}

/** What people should know besides the results: what these leave out, what was not checked, and what was taken for granted. */
export function notificationsOf(result: LintResult, { over, elsewhere, suppressed }: Unshown): Notification[] {
  const { variants, coverage, discovery, notes } = result;
  const failed = variants.filter(({ status }) => status === 'failed');
  const more = coverage.gaps.length - MAX_GAPS;
  return [
    ...(hasChecked(result) ? [] : [say('error', 'Nothing was checked: there is nothing that is deployed.')]),
    ...(over > 0 ? [say('warning', `${findings(over)} left out: an upload holds no more, the gravest come first.`)] : []),
    ...(elsewhere > 0 ? [say('warning', `${findings(elsewhere)} left out: no file of this repository has a part in it.`)] : []),
    ...(suppressed > 0 ? [say('note', `${findings(suppressed)} suppressed and left out.`)] : []),
    ...failed.map(({ id }) => say('warning', `Not checked: ${id} was not rendered.`)),
    ...coverage.gaps.slice(0, MAX_GAPS).map(({ message, location }) => say('warning', `Not checked: ${message}.`, location)),
    ...(more > 0 ? [say('warning', `Not checked: ${more} more that could not be looked into.`)] : []),
    ...leftOutLines(discovery.leftOut).map((line) => say('note', `${capital(line)}.`)),
    ...discovery.assumptions.map((assumption) => say('note', `Assumed: ${assumption}.`)),
    ...notes.map((note) => say('note', `${capital(note)}.`)),
  ];
}

function say(level: Notification['level'], text: string, at?: Location): Notification {
  const physicalLocation = at && physicalOf(at);
  const where = at && !physicalLocation ? ` (${placeText(at)})` : '';
  return { level, message: { text: shortened(text) + where }, ...(physicalLocation && { locations: [{ physicalLocation }] }) };
}

function findings(count: number): string {
  return count === 1 ? '1 finding is' : `${count} findings are`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
