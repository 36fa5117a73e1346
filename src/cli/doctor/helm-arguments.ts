import type { ReleaseRequest } from '../../index.ts';

/** What a helm is told to render a release. `valuesFiles` are those of the request, as absolute paths; so is `chart`. */
export function helmArguments(request: ReleaseRequest, chart: string, valuesFiles: readonly string[]): string[] {
  const { name, namespace, sets, kubeVersion, apiVersions, includesCrds } = request;
  // Names come from the repository: each is bound to its option, or stands behind the end of options.
  return [
    'template',
    `--namespace=${namespace}`,
    `--kube-version=${kubeVersion}`,
    '--skip-tests',
    ...(includesCrds ? ['--include-crds'] : []),
    ...apiVersions.map((version) => `--api-versions=${version}`),
    ...valuesFiles.map((file) => `--values=${oneOfList(file)}`),
    ...sets.map(({ line, isString }) => `--set${isString ? '-string' : ''}=${line}`),
    '--',
    name,
    chart,
  ];
}

/** Values files are a list to helm, parted by commas, as a line of CSV is. */
function oneOfList(file: string): string {
  return /[",\n\r]/.test(file) ? `"${file.replaceAll('"', '""')}"` : file;
}
