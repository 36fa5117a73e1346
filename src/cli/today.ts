import { UsageError } from '../index.ts';

/** The day it is, as `2027-01-31` in UTC: that of SOURCE_DATE_EPOCH where a build sets it, else of the clock. */
export function today({ SOURCE_DATE_EPOCH: epoch }: Readonly<Record<string, string | undefined>>, clock: Date): string {
  const date = epoch ? new Date(/^\d+$/.test(epoch) ? Number(epoch) * 1000 : Number.NaN) : clock;
  if (Number.isNaN(date.getTime())) throw new UsageError(`SOURCE_DATE_EPOCH must be a number of seconds, not "${epoch}"`, 'Unset it, or pass --now.');
  return date.toISOString().slice(0, 10);
}
