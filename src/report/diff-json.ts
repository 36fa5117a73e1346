import { type DiffSide, divergenceOf, type EnvironmentDiff } from '../model/environment-diff.ts';
import { locationOf as placeOf } from '../tree/node.ts';
import { locationOf } from './json.ts';

/** `gitops-lint diff` for programs. */
export function diffJson({ left, right, apps, onlyLeft, onlyRight, notes }: EnvironmentDiff): string {
  const report = {
    schemaVersion: 1,
    left,
    right,
    apps: apps.map((app) => ({
      name: app.app,
      left: app.left,
      right: app.right,
      divergence: divergenceOf(app),
      compared: app.compared,
      differing: app.differing,
      differences: app.differences.map((difference) => ({
        class: difference.class,
        resource: difference.resource,
        path: difference.path,
        left: sideOf(difference.left),
        right: sideOf(difference.right),
      })),
    })),
    onlyLeft,
    onlyRight,
    notes,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function sideOf(side: DiffSide | undefined): object | null {
  if (!side) return null;
  return {
    value: side.value,
    origins: side.origins.map((origin) => ({ location: locationOf(placeOf(origin), origin.precision), how: origin.how })),
  };
}
