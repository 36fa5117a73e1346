/** What is taken for granted of an environment, for people. */
export function assumed(environment: string, what: string): string {
  return `"${environment}" ${what}`;
}

/** Whether an assumption is one of an environment. */
export function isAssumedOf(assumption: string, environment: string): boolean {
  return assumption.startsWith(assumed(environment, ''));
}
