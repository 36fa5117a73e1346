/** The manifests of a small shop, of which the repositories are made that rules are tried on. */

/** A Deployment with one container, which goes on with the given lines. */
export function deployment(name: string, container: string, pod = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  template:
    spec:
${indented(pod, 6)}      containers:
        - name: ${name}
${indented(container, 10)}`;
}

/** A ConfigMap with the given lines as its data. */
export function configMap(name: string, data: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
${indented(data, 2)}`;
}

/** A Secret whose data has the given keys. */
export function secret(name: string, ...keys: readonly string[]): string {
  return `apiVersion: v1
kind: Secret
metadata:
  name: ${name}
data:
${keys.map((key) => `  ${key}: c2hvcA==\n`).join('')}`;
}

/** A kustomization that lists resources, and goes on with the given lines. */
export function kustomization(resources: readonly string[], more = ''): string {
  return `resources:\n${resources.map((path) => `  - ${path}\n`).join('')}${more}`;
}

/** Overlays of one base, which holds the given manifests of the checkout; each goes on with the given lines. */
export function overlaysOf(app: string, overlays: Readonly<Record<string, string>>, base = ''): Record<string, string> {
  return {
    'apps/checkout/base/kustomization.yaml': kustomization(['app.yaml'], base),
    'apps/checkout/base/app.yaml': app,
    ...Object.fromEntries(
      Object.entries(overlays).map(([name, more]) => [`apps/checkout/overlays/${name}/kustomization.yaml`, kustomization(['../../base'], more)]),
    ),
  };
}

/** Several documents in one file. */
export function documents(...parts: readonly string[]): string {
  return parts.join('---\n');
}

/** The same text with the line breaks of Windows. */
export function crlf(text: string): string {
  return text.replaceAll('\n', '\r\n');
}

/** Each line that is not empty, so many columns further in. */
export function indented(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}
