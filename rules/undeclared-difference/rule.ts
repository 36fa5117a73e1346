import { type Breach, defineRule, formatSteps, isSetting, judge, originOf } from '../../src/rule/index.ts';

export default defineRule({
  id: 'undeclared-difference',
  meta: {
    summary: 'Disallow differences between environments that the contract in .gitopsrc does not have',
    category: 'drift',
    severity: 'error',
    ladder: 'laddered',
    preset: 'none',
    needs: 'differences',
    since: '0.1.0',
    hint: 'Take the difference back, or declare it in .gitopsrc under "differences".',
    messages: {
      different: '{{what}} differs, and must be the same',
      missing: '{{what}} is missing, and must be everywhere',
      equal: '{{what}} is the same, and must differ',
      weaker: '{{what}} is weaker than before it, and must not be',
      outside: '{{what}} stands where the contract does not have it',
      uncovered: '{{what}} {{how}}, and no line of the contract covers it',
    },
  },
  create({ contract, report }) {
    return {
      app(app) {
        for (const breach of judge(app, contract).breaches) {
          const { kind, expectation, at, about, wrong, others, related } = breach;
          if (!expectation && !contract.isStrict(originOf(at).file.path)) continue;
          const what = nameOf(breach);
          const line = expectation && { at: expectation.origin, message: `the contract says so${expectation.reason ? `: ${expectation.reason}` : ''}` };
          const place = { at, about, variants: wrong, comparedWith: others, related: [...related, ...(line ? [line] : [])] };
          if (expectation) report({ messageId: kind, data: { what }, ...place });
          else report({ messageId: 'uncovered', data: { what, how: kind === 'missing' ? 'is missing' : 'differs' }, ...place });
        }
      },
    };
  },
});

/** What a person calls the thing: the name of a setting, a field, or the object. */
function nameOf({ place, depth }: Breach): string {
  const { kind, name, steps, key } = place;
  if (depth === 0) return `"${kind}/${name}"`;
  if (kind === 'ConfigMap' && steps[0] === 'data') return `"${depth > 2 ? formatSteps(steps.slice(2, depth)) : steps[1]}"`;
  return depth === steps.length && key !== undefined && kind !== '' && isSetting(kind, steps) ? `"${key}"` : `"${formatSteps(steps.slice(0, depth))}"`;
}
