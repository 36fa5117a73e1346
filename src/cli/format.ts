import { UsageError } from '../index.ts';
import type { Flags } from './args.ts';

/** The one format that a command prints: of those it knows, the first by default. Throws a `UsageError` for others. */
export function formatOf(command: string, known: readonly string[], { format: given }: Flags): string {
  const [first = known[0] ?? '', ...more] = given ?? [];
  if (more.length === 0 && known.includes(first)) return first;
  throw new UsageError(`"${command}" prints ${known.join(' or ')}, not "${[first, ...more].join(', ')}"`);
}
