/**
 * Starts a rule: its code, its page and its test, which all fail until they are written.
 * Usage: npm run new-rule -- unowned-namespace
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';

const [id = ''] = process.argv.slice(2);
if (!/^[a-z]+(?:-[a-z0-9]+)+$/.test(id)) {
  console.error('Name the problem in kebab-case, in two words or more: npm run new-rule -- unowned-namespace');
  process.exitCode = 2;
} else if (existsSync(`rules/${id}`)) {
  console.error(`rules/${id} is there already`);
  process.exitCode = 2;
} else {
  mkdirSync(`rules/${id}`, { recursive: true });
  writeFileSync(`rules/${id}/rule.ts`, ruleOf(id));
  writeFileSync(`rules/${id}/README.md`, pageOf());
  writeFileSync(`test/rules/${id}.test.ts`, testOf(id));
  console.log(`Written: rules/${id}/rule.ts, rules/${id}/README.md, test/rules/${id}.test.ts`);
  console.log('Begin with the test, then "npm run generate". docs/writing-a-rule.md is the walk.');
}

function ruleOf(name: string): string {
  return `import { defineRule } from '../../src/rule/index.ts';

export default defineRule({
  id: '${name}',
  meta: {
    summary: 'Disallow …',
    category: 'drift',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'What to do.',
    messages: {
      problem: '"{{name}}" is …',
    },
  },
  create({ report }) {
    return {
      resource(resource) {
        // Write the test first; then report what it expects.
        if (resource.id.name === '') report({ messageId: 'problem', data: { name: resource.id.name }, at: resource.field('metadata', 'name') });
      },
    };
  },
});
`;
}

function pageOf(): string {
  const fence = '```';
  const example = (comment: string) =>
    `${fence}yaml title="environments/prod/storefront/app.yaml"\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: storefront${comment}\n${fence}`;
  return `\n## Why\n\nWhat happens in production, and how teams get there.\n\n## Incorrect\n\n${example(' # error')}\n\n## Correct\n\n${example('')}\n\n## When not to use it\n\nThe honest cases, and how to say so.\n`;
}

function testOf(name: string): string {
  return `import rule from '../../rules/${name}/rule.ts';
import { testRule, yaml } from '../support/rule-tester.ts';

testRule(rule, {
  valid: {
    'a near miss': {
      'environments/prod/storefront/app.yaml': yaml\`
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: storefront
      \`,
    },
  },
  invalid: {
    'what it is about': {
      'environments/prod/storefront/app.yaml': yaml\`
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: storefront # error: problem
      \`,
    },
  },
});
`;
}
