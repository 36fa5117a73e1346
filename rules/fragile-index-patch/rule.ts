import { defineRule } from '../../src/rule/index.ts';

export default defineRule({
  id: 'fragile-index-patch',
  meta: {
    summary: 'Disallow JSON patches that count list items which have names',
    category: 'kustomize',
    severity: 'info',
    ladder: 'laddered',
    preset: 'strict',
    since: '0.1.0',
    hint: 'A strategic merge patch finds the item by its name, wherever it stands.',
    messages: {
      index: 'The patch counts to item {{index}} of "{{list}}"; another item before it, and it changes the wrong one',
    },
  },
  create({ report }) {
    return {
      repository({ effects }) {
        for (const { writes, variants } of effects) {
          for (const { origin, pointer } of writes) {
            const counted = pointer === undefined ? undefined : countedItem(pointer);
            if (counted) report({ messageId: 'index', data: counted, at: origin, variants });
          }
        }
      },
    };
  },
});

/** Lists of a pod whose items Kubernetes knows by a key: to add at an index is as fragile as to change there. */
const NAMED = new Set('containers initContainers ephemeralContainers env volumes volumeMounts volumeDevices ports imagePullSecrets'.split(' '));

/** The last named list of which a JSON pointer counts the items: `/spec/template/spec/containers/1/image`. */
function countedItem(pointer: string): { readonly list: string; readonly index: string } | undefined {
  const steps = pointer.split('/');
  const at = steps.findLastIndex((step, index) => /^\d+$/.test(step) && NAMED.has(steps[index - 1] ?? ''));
  return at === -1 ? undefined : { list: steps[at - 1] ?? '', index: steps[at] ?? '' };
}
