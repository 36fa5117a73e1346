import { isContainer } from '../containers.ts';

/** Also words put together: `empty-base`. */
const BASE = /^(?:(?:bases?|empty|default)(?:-(?!$)|$))+$/;

/** A base that is deployed itself is known by the app that it is the base of. */
export function appOf(root: string): string {
  const all = root.split('/');
  // Behind a container stands a place or a size, whatever it is called.
  const steps = all.filter((step, at) => !isContainer(step) && !isContainer(all[at - 1] ?? '') && !BASE.test(step));
  return steps.join('/') || withoutContainers(root);
}

/** A folder without the steps at its end that only lead to environments. */
export function withoutContainers(folder: string): string {
  const steps = folder.split('/');
  while (steps.length > 1 && isContainer(steps.at(-1) ?? '')) steps.pop();
  return steps.join('/') || '.';
}
