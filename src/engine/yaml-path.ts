/** Whether a path is read as YAML. Settings files and the like are not. */
export function isYamlPath(path: string): boolean {
  return /(?:\.(?:ya?ml|json)|(?:^|\/)Kustomization)$/.test(path);
}
