import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { type FixPlan, planFixes } from '../../src/engine/fix.ts';
import { type LintOptions, lint } from '../../src/engine/lint.ts';
import type { Finding, Fix } from '../../src/model/finding.ts';
import { printResources } from '../../src/render/print.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { applyEdits } from '../../src/text/edit.ts';
import type { SourceFile } from '../../src/text/source-file.ts';
import { configMap, kustomization } from '../rules/shop.ts';
import { fixTree, optionsFor, type Tree } from '../support/rule-tester.ts';

/** A rule that reports each text `bad` of a ConfigMap, with a fix that replaces it. */
const badWords = (fixFor: (file: SourceFile, start: number) => Partial<Fix>) =>
  defineRule({
    id: 'bad-word',
    meta: {
      summary: 'Disallow bad words',
      category: 'yaml',
      severity: 'error',
      ladder: 'flat',
      fixable: 'safe',
      preset: 'recommended',
      since: '0.1.0',
      hint: 'Find a better one.',
      messages: { bad: 'A bad word' },
    },
    create: ({ report }) => ({
      file({ yaml: { file, documents } }) {
        for (const { index } of file.text.matchAll(/\bbad\b/g)) {
          const [origin] = documents.flatMap(({ root }) => root?.origin ?? []);
          if (!origin) continue;
          const span = { start: index, end: index + 3 };
          const fix: Fix = { title: 'Replace it', safety: 'safe', edits: [{ location: { file, span }, newText: 'good' }], ...fixFor(file, index) };
          report({ messageId: 'bad', data: {}, at: { ...origin, ...span }, fix });
        }
      },
    }),
  });

const PROD = 'environments/prod/checkout.yaml';
const shop = (data: string, more: Tree = {}): Tree => ({ [PROD]: configMap('checkout', data), ...more });

async function plan(tree: Tree, fixFor: Parameters<typeof badWords>[0], more: Partial<LintOptions> = {}): Promise<FixPlan> {
  const options = { ...(await optionsFor(tree, [badWords(fixFor)])), ...more };
  return planFixes({ options, run: await lint(options), unsafe: false });
}
const whys = ({ left }: FixPlan): string[] => left.map(({ why }) => why);
const textsIn = ({ files }: FixPlan): (string | undefined)[] => files.map(({ text }) => text);

describe('fixes', () => {
  it('are made all at once, and the run afterwards tells what is left', async () => {
    const found = await plan(shop('A: bad\nB: bad\n'), () => ({}));
    expect(textsIn(found)).toEqual([configMap('checkout', 'A: good\nB: good\n')]);
    expect([found.fixed.length, found.left, found.run.findings]).toEqual([2, [], []]);
  });

  it('are dropped where the finding would stay, and the others are made', async () => {
    const found = await plan(shop('A: bad\nB: bad\nC: bad\n'), (file, start) => {
      const span = { start, end: start + 3 };
      return file.text.slice(0, start).endsWith('B: ') ? { edits: [{ location: { file, span }, newText: 'bad bad' }] } : {};
    });
    expect(textsIn(found)).toEqual([configMap('checkout', 'A: good\nB: bad\nC: good\n')]);
    expect(whys(found)).toEqual(['bad-word would find something new']);
  });

  it('are dropped where they bring something new', async () => {
    const tree = shop('A: bad\n', { 'environments/prod/other.yaml': configMap('other', 'C: fine\n') });
    const found = await plan(tree, (file, start) => ({ edits: [{ location: { file, span: { start, end: start + 3 } }, newText: '"good"\n  A: bad' }] }));
    expect([textsIn(found), whys(found)]).toEqual([[], ['the finding would stay']]);
  });

  it('are dropped where a render would change that is to stay', async () => {
    const found = await plan(shop('A: bad\n'), () => ({ keepsRenders: true }));
    expect([textsIn(found), whys(found)]).toEqual([[], ['a render would change that is to stay as it is']]);
  });

  it('are dropped where a kustomization would change that nobody was seen to deploy', async () => {
    const tree = {
      'apps/checkout/base/kustomization.yaml': kustomization(['app.yaml']),
      'apps/checkout/base/app.yaml': configMap('checkout', 'A: x\n'),
      'apps/checkout/overlays/prod/kustomization.yaml': kustomization(
        ['../../base'],
        'commonAnnotations: { x: bad }\npatches:\n  - patch: |-\n      { apiVersion: v1, kind: ConfigMap, metadata: { name: checkout, annotations: { x: z } } }\n',
      ),
      'apps/checkout/overlays/dev/kustomization.yaml': kustomization(['../../base']),
    };
    expect(whys(await plan(tree, () => ({ keepsRenders: true })))).toEqual(['a render would change that is to stay as it is']);
  });

  it('that overlap are made one after the other, as far as they are needed then', async () => {
    const found = await plan(shop('A: bad bad\n'), (file) => {
      const start = file.text.indexOf('bad');
      return { edits: [{ location: { file, span: { start, end: start + 3 } }, newText: 'good' }] };
    });
    expect(textsIn(found)).toEqual([configMap('checkout', 'A: good good\n')]);
  });

  it('are not made where SOPS signs, or an image policy writes', async () => {
    const found = await plan(
      shop('A: bad # {"$imagepolicy": "flux-system:checkout"}\n', { 'environments/prod/other.yaml': `${configMap('other', 'B: bad\n')}sops:\n  mac: x\n` }),
      () => ({}),
    );
    expect([textsIn(found), whys(found).sort()]).toEqual([[], ['SOPS would refuse its file after a change', 'an image policy of Flux writes that line']]);
  });

  it('leave suppressed findings alone, and those out of scope', async () => {
    const tree = shop('A: bad # gitops-lint-ignore bad-word -- quoted\nB: bad\n', { 'environments/dev/checkout.yaml': configMap('checkout', 'B: bad\n') });
    const found = await plan(tree, () => ({}), { scope: { isEnvironment: (name) => name === 'prod' } });
    expect(found.files.map(({ file, text }) => [file.path, text])).toEqual([
      [PROD, configMap('checkout', 'A: bad # gitops-lint-ignore bad-word -- quoted\nB: good\n')],
    ]);
  });

  it('change no settings that nobody can read again', async () => {
    const found = await plan(shop('A: bad\n', { '.gitopsrc': 'preset: recommended\n' }), (file, start) => ({
      edits: [{ location: { file, span: { start, end: start + 3 } }, newText: 'good' }],
    }));
    expect(textsIn(found)).toHaveLength(1);
  });
});

describe('whatever is fixed', () => {
  /** A repository in one of many styles: indentation, comments, brackets, ends of lines, a byte order mark. */
  const style = fc.record({
    indent: fc.constantFrom('', '  ', '    '),
    comments: fc.boolean(),
    brackets: fc.boolean(),
    quotes: fc.constantFrom('', '"', "'"),
    crlf: fc.boolean(),
    mark: fc.boolean(),
    last: fc.boolean(),
    replicas: fc.constantFrom(2, 4),
    paused: fc.boolean(),
    old: fc.boolean(),
  });
  type Style = typeof style extends fc.Arbitrary<infer T> ? T : never;

  const written = (text: string, { crlf, mark, last }: Style): string =>
    (mark ? '\uFEFF' : '') + (last ? text : text.trimEnd()).replaceAll('\n', crlf ? '\r\n' : '\n');

  const shopIn = (one: Style): Tree => {
    const { indent, comments, brackets, quotes, replicas, paused, old } = one;
    const note = (text: string) => (comments ? `${indent}# ${text}\n` : '');
    const item = (path: string) => (old ? path : `path: ${path}`);
    const [field, behind] = [old ? 'patchesStrategicMerge' : 'patches', comments ? ' # why' : ''];
    const list = brackets
      ? `${field}: [${old ? 'idle.yaml' : '{ path: idle.yaml }'}, ${old ? 'patch.yaml' : '{ path: patch.yaml }'}]${behind}\n`
      : `${field}:\n${note('idle')}${indent}- ${item('idle.yaml')}${behind}\n${note('live')}${indent}- ${item('patch.yaml')}\n`;
    const head = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\n';
    return {
      'apps/checkout/base/kustomization.yaml': 'resources: [app.yaml]\n',
      'apps/checkout/base/app.yaml': `${head}spec:\n  replicas: 2\n  paused: false\n`,
      'apps/checkout/overlays/dev/kustomization.yaml': written(`resources: [../../base]\ncommonLabels: { team: "books" }\n${list}`, one),
      'apps/checkout/overlays/dev/idle.yaml': `${head}spec:\n  replicas: 2\n`,
      'apps/checkout/overlays/dev/patch.yaml': written(
        `${head}spec:\n${note('count').replace(/^ *#/, '  #')}  replicas: ${replicas}\n  paused: ${paused}\n  revisionHistoryLimit: 3\n`,
        one,
      ),
      'apps/checkout/overlays/prod/kustomization.yaml': written(
        `bases:\n${indent}- ${quotes}../../base${quotes}\ncommonLabels:\n  team: ${quotes}books${quotes}${behind}\n`,
        one,
      ),
    };
  };

  const renders = async (tree: Tree): Promise<string[]> => {
    const { repository } = await lint(await optionsFor(tree, rules));
    return repository.variants.map((variant) => `${variant.id} ${variant.status}\n${printResources([...variant.resources])}`);
  };
  const linesOf = (tree: Tree): Set<string> => new Set(Object.values(tree).flatMap((text) => text.split(/\r?\n/).map((line) => line.trim())));

  it('is fixed once, renders to the same bytes, and keeps every comment but those of what is removed', async () => {
    await fc.assert(
      fc.asyncProperty(style, async (one) => {
        const tree = shopIn(one);
        const fixed = await fixTree(tree, rules);
        expect(fixed).not.toEqual(tree);
        expect(await fixTree(fixed, rules)).toEqual(fixed);
        expect(await renders(fixed)).toEqual(await renders(tree));
        const kept = linesOf(fixed);
        if (one.comments && !one.brackets) expect(kept).toContain('# live');
        for (const [path, text] of Object.entries(fixed)) {
          expect([path, text.startsWith('\uFEFF')]).toEqual([path, tree[path]?.startsWith('\uFEFF')]);
          if (one.crlf && tree[path]?.includes('\r')) expect(text).not.toMatch(/[^\r]\n/);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is what the edits of the findings say, and nothing else', async () => {
    const options = await optionsFor(
      shopIn({ indent: '', comments: true, brackets: false, quotes: '', crlf: false, mark: false, last: true, replicas: 4, paused: false, old: false }),
      rules,
    );
    const run = await lint(options);
    const { files, fixed } = await planFixes({ options, run, unsafe: false });
    const edits = fixed.flatMap(({ fix }: Finding) => fix?.edits ?? []);
    for (const { file, text } of files) {
      const own = edits.filter(({ location }) => location.file === file);
      expect(applyEdits(file.text, own) || undefined).toBe(text);
    }
  });
});
