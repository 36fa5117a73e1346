/** As much of a digest or a commit as people compare. */
const SHORT = 7;

/** A version as people read it: `1.4.0@3f1c2a9`, a commit or a digest shortened. */
export function shownVersion({ version, digest }: { readonly version: string | undefined; readonly digest: string | undefined }): string {
  const text = version !== undefined && /^[0-9a-f]{40,64}$/.test(version) ? version.slice(0, SHORT) : version;
  const short = digest === undefined ? '' : `@${digest.replace(/^sha256:/, '').slice(0, SHORT)}`;
  return `${text ?? ''}${short}` || '(none)';
}
