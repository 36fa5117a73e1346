import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { Rule } from '../../src/rule/rule.ts';
import { lintTree, type Tree } from '../support/rule-tester.ts';
import { everywhere, values } from './rules.ts';

const configMap = (data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: checkout\ndata:\n${data}`;

/** The findings as `path:line`, the quiet ones with their reason. */
async function findingsIn(tree: Tree, used: readonly Rule[] = [values]): Promise<string[]> {
  const { findings } = await lintTree(tree, used);
  return findings.map(({ location: { file, span }, suppressed }) => {
    const place = `${file.path.split('/').at(-1)}:${file.positionAt(span.start).line}`;
    return suppressed ? `${place} quiet: ${suppressed.reason}` : place;
  });
}

const inMap = (data: string) => findingsIn({ 'environments/prod/checkout/app.yaml': configMap(data) });
const inEnv = (text: string, name = 'shop.env') =>
  findingsIn({ 'overlays/prod/kustomization.yaml': `configMapGenerator:\n  - name: checkout\n    envs: [${name}]\n`, [`overlays/prod/${name}`]: text });

describe('a comment keeps quiet', () => {
  it.each([
    ['its own line', '  URL: a # gitops-lint-ignore values -- a demo\n  OTHER: b\n', ['app.yaml:6 quiet: a demo', 'app.yaml:7']],
    ['the line below', '  # gitops-lint-ignore values -- a demo\n  URL: a\n  OTHER: b\n', ['app.yaml:7 quiet: a demo', 'app.yaml:8']],
    ['the line below other comments and blanks', '  # gitops-lint-ignore values -- a demo\n\n  # more\n  URL: a\n', ['app.yaml:9 quiet: a demo']],
    ['several rules', '  URL: a # gitops-lint-ignore other-rule , values -- a demo\n', ['app.yaml:6 quiet: a demo']],
    ['the whole file', '  URL: a\n  OTHER: b\n# gitops-lint-ignore-file values -- generated\n', ['app.yaml:6 quiet: generated', 'app.yaml:7 quiet: generated']],
    ['no other rule', '  URL: a # gitops-lint-ignore other-rule -- a demo\n', ['app.yaml:6']],
    ['no rule whose name begins alike', '  URL: a # gitops-lint-ignore values-of -- a demo\n', ['app.yaml:6']],
    ['no other line', '  URL: a\n  # gitops-lint-ignore values -- a demo\n\n  OTHER: b\n', ['app.yaml:6', 'app.yaml:9 quiet: a demo']],
    ['nothing without a reason', '  URL: a # gitops-lint-ignore values\n', ['app.yaml:6']],
    ['nothing with an empty reason', '  URL: a # gitops-lint-ignore values --  \n', ['app.yaml:6']],
    [
      'with a reason, behind one without',
      '  # gitops-lint-ignore values\n  # gitops-lint-ignore values -- a demo\n  URL: a # gitops-lint-ignore values\n',
      ['app.yaml:8 quiet: a demo'],
    ],
    ['nothing without a rule', '  URL: a # gitops-lint-ignore -- a demo\n', ['app.yaml:6']],
    ['nothing from within a block of text', '  TEXT: |\n    # gitops-lint-ignore values -- a demo\n  URL: a\n', ['app.yaml:6', 'app.yaml:8']],
    ['nothing from within quotes', '  URL: "a # gitops-lint-ignore values -- a demo"\n', ['app.yaml:6']],
    ['nothing from within a plain text', '  URL: a# gitops-lint-ignore values -- a demo\n', ['app.yaml:6']],
  ])('%s', async (_, data, expected) => {
    expect(await inMap(data)).toEqual(expected);
  });

  it('a line of Windows', async () => {
    const crlf = configMap('  # gitops-lint-ignore values -- a demo\n  URL: a\n').replaceAll('\n', '\r\n');
    expect(await findingsIn({ 'environments/prod/checkout/app.yaml': crlf })).toEqual(['app.yaml:7 quiet: a demo']);
  });

  it.each([
    ['the line below', '# gitops-lint-ignore values -- a demo\nURL=a\nOTHER=b\n', ['shop.env:2 quiet: a demo', 'shop.env:3']],
    ['one with quotes and braces around it', 'A="{\n# gitops-lint-ignore values -- a demo\nURL="a\n', ['shop.env:1', 'shop.env:3 quiet: a demo']],
    ['the whole file', 'URL=a\n# gitops-lint-ignore-file values -- generated\n', ['shop.env:1 quiet: generated']],
    ['nothing from within a value', 'URL=a # gitops-lint-ignore values -- a demo\n', ['shop.env:1']],
  ])('in a settings file: %s', async (_, text, expected) => {
    expect(await inEnv(text)).toEqual(expected);
    expect(await inEnv(text, 'shop.properties')).toEqual(expected.map((line) => line.replace('.env', '.properties')));
  });

  it('the line of a kustomization that sets an image', async () => {
    const tree = {
      'overlays/prod/kustomization.yaml':
        'resources: [app.yaml]\nimages:\n  - name: shop/checkout\n    newTag: latest # gitops-lint-ignore mutable-image-tag -- a demo\n',
      'overlays/prod/app.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  template:\n    spec:\n      containers:\n        - name: checkout\n          image: shop/checkout:1.0.0\n',
    };
    expect(await findingsIn(tree, rules)).toEqual(['kustomization.yaml:4 quiet: a demo']);
  });
});

describe('a comment without a reason', () => {
  it('is pointed at by the finding that it would keep quiet', async () => {
    const text = configMap('  URL: a # gitops-lint-ignore values\n');
    const { findings } = await lintTree({ 'environments/prod/checkout/app.yaml': text }, [values]);
    expect(
      findings.map(({ suppressed, related }) => ({
        suppressed,
        related: related.map(({ message, location: { span } }) => [message, text.slice(span.start, span.end)]),
      })),
    ).toEqual([
      {
        suppressed: undefined,
        related: [['this suppression has no effect: it gives no reason ("# gitops-lint-ignore values -- why")', '# gitops-lint-ignore values']],
      },
    ]);
  });
});

describe('a quiet finding', () => {
  it('is kept, with the place of the comment', async () => {
    const text = configMap('  URL: a # gitops-lint-ignore everywhere -- a demo\n');
    const { findings } = await lintTree({ 'environments/prod/checkout/app.yaml': text }, [everywhere]);
    const quiet = findings.filter(({ suppressed }) => suppressed);
    expect(new Set(quiet.map(({ location: { file, span } }) => file.positionAt(span.start).line))).toEqual(new Set([6]));
    expect(quiet[0]?.suppressed).toMatchObject({ by: 'comment', reason: 'a demo', location: { span: { start: text.indexOf('#'), end: text.length - 1 } } });
  });
});
