import { SnapshotWorkspace } from './snapshot-workspace.ts';
import type { Workspace } from './workspace.ts';

/** Files by path: for tests, the examples of rule pages, and editors. */
export function memoryWorkspace(files: Readonly<Record<string, string | Uint8Array>>): Workspace {
  const encoder = new TextEncoder();
  return new SnapshotWorkspace(
    'memory',
    new Map(
      Object.entries(files).map(([path, content]) => [path, { type: 'file', bytes: () => (typeof content === 'string' ? encoder.encode(content) : content) }]),
    ),
  );
}
