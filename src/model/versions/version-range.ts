/** Whether a version of a chart, or the semver of a source, may be several: `1.2.x`, `^1.2.0`, `>=1`, `1.2`, `*`. */
export function isVersionRange(version: string): boolean {
  return /[*<>^~|,=]|\s/.test(version) || /^v?(?:\d+\.){0,2}[xX](?:\.|$)/.test(version) || /^v?\d+(?:\.\d+)?$/.test(version);
}
