import { type Listing, listingOf } from '../../../src/discover/files/listing.ts';
import type { FilesResult } from '../../../src/discover/files/result.ts';
import { readSettingsFiles } from '../../../src/discover/files/settings-files.ts';
import type { DeclaredNames } from '../../../src/discover/files/tokens.ts';
import { readValuesFiles } from '../../../src/discover/files/values-files.ts';
import type { DeclaredEnvironment } from '../../../src/model/declaration.ts';
import { memoryWorkspace } from '../../../src/workspace/memory-workspace.ts';

/** A repository told by its paths; `name{a,b}.yaml` are several. Paths with content may follow. */
export function files(...paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(paths.flatMap(expand).map((path) => [path, '']));
}

function expand(path: string): string[] {
  const [, before = '', list, after = ''] = /^(.*?)\{([^}]*)\}(.*)$/.exec(path) ?? [];
  return list === undefined ? [path] : list.split(',').flatMap((word) => expand(before + word + after));
}

/** What was read, in short: `app@environment label=value`, with `tier` where it matters and a `?` where it is not sure. */
export function shown({ readings }: FilesResult): string[] {
  return readings.map(({ source: { app, environment, labels }, confidence }) => {
    const place = `${app}@${environment}${confidence === 'high' ? '' : '?'}`;
    return [place, ...Object.entries(labels).map(([label, value]) => `${label}=${value}`)].join(' ');
  });
}

export function valuesIn(tree: Readonly<Record<string, string>>, declared: readonly DeclaredEnvironment[] = []): FilesResult {
  return readValuesFiles(listed(tree), byName(declared));
}

export function settingsIn(tree: Readonly<Record<string, string>>, declared: readonly DeclaredEnvironment[] = []): FilesResult {
  return readSettingsFiles(listed(tree), byName(declared));
}

function listed(tree: Readonly<Record<string, string>>): Listing {
  return listingOf(Object.keys(tree).sort(), memoryWorkspace(tree));
}

function byName(declared: readonly DeclaredEnvironment[]): DeclaredNames {
  return new Map(declared.map((environment) => [environment.name, environment]));
}

/** The files of a reading, the most general first. */
export function stackOf({ readings }: FilesResult, environment: string): readonly string[] {
  return readings.find(({ source }) => source.environment === environment)?.source.values ?? [];
}
