import type { Entry, Node, Origin } from '../../src/rule/index.ts';

/**
 * What the values of a part of a patch did: nothing (`idle`), something (`live`); there are none, as the part only names
 * what is meant (`neutral`); or it names something and does nothing with it (`mixed`).
 */
type Mood = 'idle' | 'live' | 'neutral' | 'mixed';

/**
 * The largest parts of a patch that only repeat what is there, each at its key. Settings are looked at one by one: an
 * entry of `spec` or `data`, of a container. What stands deeper is one thought, such as a probe, and is repeated for the
 * sake of the reader when a part of it changes.
 */
export function idlePartsOf(patch: Node, changesAt: (origin: Origin) => number | undefined): Origin[] {
  const moodOf = (node: Node): Mood => {
    if (node.kind === 'scalar') {
      const changes = changesAt(node.origin);
      return changes === undefined ? 'neutral' : changes === 0 ? 'idle' : 'live';
    }
    const own = changesAt(node.origin);
    const moods = new Set(childrenOf(node).map(moodOf));
    if (own !== undefined) moods.add(own === 0 ? 'idle' : 'live');
    if (moods.has('live')) return 'live';
    if (moods.has('mixed') || (moods.has('idle') && moods.has('neutral'))) return 'mixed';
    return moods.has('idle') ? 'idle' : 'neutral';
  };
  const found: Origin[] = [];
  const walk = (node: Node): void => {
    if (node.kind === 'mapping') {
      for (const { key, value } of node.entries) {
        if (moodOf(value) === 'idle') found.push(placeOf({ key, value }));
        else if (STRUCTURE.has(key.text)) walk(value);
      }
    } else if (node.kind === 'sequence') {
      // An item that only repeats still moves its target to the front of the list: it is no candidate itself.
      for (const item of node.items) walk(item);
    }
  };
  walk(patch);
  return found;
}

/** Fields that only lead to settings. */
const STRUCTURE = new Set(
  'spec template jobTemplate metadata data stringData labels annotations containers initContainers resources requests limits'.split(' '),
);

/** A value shows itself; a collection is shown by its key. */
function placeOf({ key, value }: Pick<Entry, 'key' | 'value'>): Origin {
  return value.kind === 'scalar' ? value.origin : key.origin;
}

function childrenOf(node: Node): readonly Node[] {
  if (node.kind === 'mapping') return node.entries.map(({ value }) => value);
  return node.kind === 'sequence' ? node.items : [];
}
