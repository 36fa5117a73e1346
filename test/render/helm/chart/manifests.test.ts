import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../../src/render/helm/chart/chart.ts';
import { documentsOf, sortManifests } from '../../../../src/render/helm/chart/manifests.ts';
import { type Text, text } from '../../../../src/render/helm/value.ts';
import { SourceFile } from '../../../../src/text/source-file.ts';
import { shown } from './shop.ts';

const object = (kind: string, name: string, annotations = ''): string => `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${annotations}`;
const hooked = (hook: string, more = ''): string => `  annotations:\n    helm.sh/hook: ${hook}\n${more}`;

/** Each line of the text is written by that line of the template. */
function written(content: string, path: string): Text {
  const file = new SourceFile(path, content);
  let at = 0;
  const stretches = content.split(/(?<=\n)/).map((line) => {
    const start = at;
    at += line.length;
    return { start, end: at, origins: [{ file, start, end: at, how: 'helm-template', precision: 'exact' } as const] };
  });
  return { kind: 'string', text: content, stretches };
}

function sort(templates: Readonly<Record<string, string>>, reading: Reading = 'helm-3') {
  const outputs = Object.entries(templates).map(([name, content]) => ({
    template: `storefront/templates/${name}`,
    text: written(content, `storefront/templates/${name}`),
    file: new SourceFile(`storefront/templates/${name}`, content),
  }));
  return sortManifests(outputs, reading);
}

describe('documentsOf', () => {
  const parts = (content: string, reading: Reading = 'helm-3') => documentsOf(text(content), reading).map((part) => part.text);

  it.each([
    ['none', ' \n\n', []],
    ['one', 'a: 1\n', ['a: 1']],
    ['dashes around', '---\na: 1\n---\nb: 2\n---\n', ['a: 1', 'b: 2']],
    ['dashes before text', '---a: 1', ['a: 1']],
    ['dashes in a line', 'a: x---y\n  --- z\n', ['a: x---y\n  --- z']],
    ['dashes twice: the second ones stay', '---\n---\na: 1', ['---\na: 1']],
    ['blank lines', 'a: 1\n\n \n---\n\n  b: 2\n', ['a: 1', 'b: 2']],
  ])('parts %s', (_, content, expected) => {
    expect(parts(content)).toEqual(expected);
  });

  it('keeps what follows a document under Helm 4', () => {
    expect(parts('---\na: 1\n\n---  \nb: 2\n', 'helm-4')).toEqual(['a: 1\n\n', 'b: 2\n']);
    expect(parts('---\n---\na: 1', 'helm-4')).toEqual(['a: 1']);
  });

  it('is not slow for many blank lines', () => {
    const start = performance.now();
    parts(`a: 1${'\n'.repeat(200_000)}b: 2`);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('sortManifests', () => {
  it('sorts by kind, then by template and place', () => {
    const { manifests } = sort({
      'b.yaml': `${object('Zebra', 'z')}---\n${object('Deployment', 'web')}---\n${object('Deployment', 'api')}`,
      'a.yaml': `${object('Service', 'web')}---\n${object('Apple', 'a')}`,
      'c.yaml': object('Namespace', 'shop'),
    });
    expect(manifests.map(({ kind, name }) => `${kind}/${name}`)).toEqual([
      'Namespace/shop',
      'Service/web',
      'Deployment/web',
      'Deployment/api',
      'Apple/a',
      'Zebra/z',
    ]);
    expect(manifests[2]?.template).toBe('storefront/templates/b.yaml');
  });

  it('installs webhooks last under Helm 4', () => {
    const templates = { 'a.yaml': `${object('MutatingWebhookConfiguration', 'm')}---\n${object('Widget', 'w')}---\n${object('APIService', 'a')}` };
    const kinds = (reading: Reading) => sort(templates, reading).manifests.map(({ kind }) => kind);
    expect(kinds('helm-3')).toEqual(['APIService', 'MutatingWebhookConfiguration', 'Widget']);
    expect(kinds('helm-4')).toEqual(['APIService', 'MutatingWebhookConfiguration', 'Widget']);
    expect(sort({ 'a.yaml': `${object('ValidatingWebhookConfiguration', 'v')}---\n${object('Apple', 'w')}` }, 'helm-4').manifests[0]?.name).toBe('v');
  });

  it('keeps hooks apart, and drops those with an event that Helm does not know', () => {
    const { manifests, hooks } = sort({
      'job.yaml': object(
        'Job',
        'migrate',
        hooked('pre-install, Pre-Upgrade', '    helm.sh/hook-weight: "-5"\n    helm.sh/hook-delete-policy: hook-succeeded\n'),
      ),
      'test.yaml': object('Pod', 'smoke', hooked('test-success')),
      'odd.yaml': object('Pod', 'odd', hooked('post-lunch')),
      'crd.yaml': object('CustomResourceDefinition', 'old', hooked('crd-install')),
      'plain.yaml': object('Pod', 'plain', '  annotations:\n    other: x\n'),
    });
    expect(manifests.map(({ name }) => name)).toEqual(['plain']);
    expect(hooks.map(({ name, events, weight, deletePolicies }) => [name, events, weight, deletePolicies])).toEqual([
      ['smoke', ['test'], 0, []],
      ['migrate', ['pre-install', 'pre-upgrade'], -5, ['hook-succeeded']],
    ]);
  });

  it('leaves out partials, notes and what is blank', () => {
    const { manifests } = sort({ '_helpers.tpl': 'a: 1', 'NOTES.txt': 'Hello', 'blank.yaml': '\n\n', 'comment.yaml': '# off\n' });
    // A comment alone is a document to Helm.
    expect(manifests.map(({ text: { text: content } }) => content)).toEqual(['# off']);
  });

  it('tells of what is no manifest, at the line of the template', () => {
    const { problems } = sort({ 'a.yaml': `${object('Pod', 'a')}---\nkind: Pod\nmetadata: a: b\n`, 'b.yaml': 'just text\n' });
    expect(problems.map(({ message, origin }) => [message, shown(origin)])).toEqual([
      ['what template "storefront/templates/a.yaml" puts out is not YAML: bad indentation of a mapping entry', 'storefront/templates/a.yaml:7: metadata: a: b'],
      ['template "storefront/templates/b.yaml" puts out something else than a manifest', 'storefront/templates/b.yaml:1: just text'],
    ]);
  });
});
