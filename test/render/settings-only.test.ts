import { describe, expect, it } from 'vitest';
import { createRenderers } from '../../src/render/index.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';

const render = (tree: Readonly<Record<string, string | Uint8Array>>, renderer: 'files' | 'helm', root: string, values: readonly string[]) =>
  createRenderers({ workspace: memoryWorkspace(tree), loadRestrictor: 'root' }).render({
    app: 'checkout',
    environment: 'prod',
    labels: {},
    root,
    renderer,
    values,
  });

const BINARY = new Uint8Array([0, 1, 2, 0]);

describe('settings', () => {
  it('are inputs without resources', () => {
    const result = render({ 'config/common.env': 'A=1\n', 'config/prod.env': 'A=2\n' }, 'files', 'config', ['config/common.env', 'config/prod.env']);
    expect(result).toMatchObject({ renderer: 'files', status: 'rendered', gaps: [], problems: [], resources: [] });
    expect([...result.inputs]).toEqual(['config/common.env', 'config/prod.env']);
    expect(result.settings?.map(({ path }) => path)).toEqual(['config/common.env', 'config/prod.env']);
  });

  it('without keys that can be read are a gap, and empty ones are none', () => {
    const result = render({ 'tags/prod/checkout': 'v1.4.0\n', 'tags/prod/ledger': '' }, 'files', 'tags', ['tags/prod/checkout', 'tags/prod/ledger']);
    expect(result.status).toBe('partial');
    expect(result.gaps.map(({ message, origin }) => [message, origin.file.path])).toEqual([
      ['"tags/prod/checkout" holds no keys that can be compared', 'tags/prod/checkout'],
    ]);
  });

  it('that cannot be read are gaps of their own', () => {
    const result = render({ 'config/prod.env': BINARY }, 'files', 'config', ['config/prod.env']);
    expect(result.gaps.map(({ message }) => message)).toEqual(['"config/prod.env" is not a text file']);
  });
});

describe('values', () => {
  it('that are encrypted as a whole, or templates, are gaps and no mistakes', () => {
    const tree = {
      'checkout/values.yaml': 'a: 1\n',
      'checkout/enc.values.yaml': BINARY,
      'checkout/prod.yaml.gotmpl': 'a: {{ .b }}\n',
      'checkout/more.yaml': '{{ if }}\n- a\n',
    };
    const result = render(tree, 'helm', 'checkout', Object.keys(tree));
    expect(result.status).toBe('values-only');
    expect(result.problems).toEqual([]);
    expect(result.gaps.map(({ cause, origin }) => [cause, origin.file.path])).toEqual([
      ['decryption', 'checkout/enc.values.yaml'],
      ['template', 'checkout/prod.yaml.gotmpl'],
      ['template', 'checkout/more.yaml'],
      ['helm', 'checkout/more.yaml'],
    ]);
  });

  it('that are no YAML are mistakes', () => {
    const result = render({ 'checkout/values.yaml': 'a: [1\n' }, 'helm', 'checkout', ['checkout/values.yaml']);
    expect(result.status).toBe('failed');
    expect(result.problems).toMatchObject([{ cause: 'yaml-error', rule: 'syntax-error' }]);
  });
});
