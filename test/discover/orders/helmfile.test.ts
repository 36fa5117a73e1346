import { describe, expect, it } from 'vitest';
import { inShort, placesIn } from './orders.ts';

const RELEASES = 'releases:\n- name: checkout-{{ .Environment.Name }}\n  installed: {{ eq .Environment.Name "prod" }}\n';
const ENVIRONMENTS = 'environments:\n  prod:\n    values: [prod.yaml]\n  dev: {}\n  default:\n';
const EXPECTED = ['helmfile environments: prod, dev (unordered)'];

describe('helmfile', () => {
  it.each(['helmfile.yaml', 'deploy/helmfile.yaml.gotmpl', 'helmfile.d/10-shop.yaml', 'helmfile.d/shop.yaml.gotmpl'])('%s lists environments', (path) => {
    expect(inShort({ [path]: ENVIRONMENTS })).toEqual(EXPECTED);
    expect(placesIn({ [path]: ENVIRONMENTS })).toEqual([`${path}:2 prod`, `${path}:4 dev`]);
  });

  it.each([
    ['in a document of their own', `${ENVIRONMENTS}---\n${RELEASES}`, 2],
    ['in a later document', `repositories:\n- name: {{ env "REPO" }}\n---\n${ENVIRONMENTS}`, 5],
    ['before releases of the same document', `${ENVIRONMENTS}\n${RELEASES}`, 2],
    [
      'with templates in their values',
      'environments:\n  prod:\n    values:\n    {{ if true }}\n    - a.yaml\n    {{ end }}\n  "dev":\n    values: [ {{ .x }} ]\n',
      2,
    ],
    ['beside values for the one that is asked for', `${ENVIRONMENTS}---\nenvironments:\n  {{ .Environment.Name }}:\n    values: [more.yaml]\n`, 2],
    ['beside the one that is asked for, quoted', `${ENVIRONMENTS}---\nenvironments:\n  "{{ .Environment.Name }}":\n    values: [more.yaml]\n`, 2],
    ['with remarks', '{{ $a := 1 }}\nenvironments: # all\n  # one\n  prod:\n\n  {{/* two */}}\n  dev:\n    values: [{{ $a }}]\n', 4],
  ])('reads them %s', (_, text, line) => {
    expect(inShort({ 'helmfile.yaml.gotmpl': text })).toEqual(EXPECTED);
    expect(placesIn({ 'helmfile.yaml.gotmpl': text })[0]).toBe(`helmfile.yaml.gotmpl:${line} prod`);
    const windows = text.replaceAll('\n', '\r\n');
    expect(inShort({ 'helmfile.yaml.gotmpl': windows })).toEqual(EXPECTED);
    expect(placesIn({ 'helmfile.yaml.gotmpl': windows })).toEqual(placesIn({ 'helmfile.yaml.gotmpl': text }));
  });

  it('reads what stands in its bases', () => {
    const tree = { 'apps/helmfile.yaml': `bases:\n- ../environments.yaml\n---\nenvironments: { qa: {} }\n---\n${RELEASES}`, 'environments.yaml': ENVIRONMENTS };
    expect(inShort(tree)).toEqual(['helmfile environments: prod, dev, qa (unordered)']);
    expect(placesIn(tree)[0]).toBe('environments.yaml:2 prod');
  });

  it.each([
    ['only the default', 'environments:\n  default: {}\n'],
    ['none', 'environments: {}\n---\nreleases: []\n'],
    ['a list', 'environments: [dev, prod]\n'],
    ['those of a release', 'releases:\n- environments:\n    dev: {}\n'],
    ['keys that a template makes', 'environments:\n  {{ range $e := list "dev" "prod" }}\n  {{ $e }}:\n  {{ end }}\n'],
    ['only the one that is asked for', 'environments:\n  {{ .Environment.Name }}:\n    values: []\n'],
    ['a key in a template', 'environments:\n  {{ env "NAME" }}:\n    values: []\n  dev: {}\n'],
    ['a quoted key in a template', 'environments:\n  dev: {}\n  \'{{ env "NAME" }}\': {}\n'],
    ['a key with a template in it', 'environments:\n  dev: {}\n  prod-{{ env "REGION" }}:\n'],
    ['a key under a condition', 'environments:\n  dev: {}\n{{ if env "ALL" }}\n  prod: {}\n{{ end }}\n'],
    ['a key and its condition in one line', 'environments:\n  dev: {}\n  {{ if env "ALL" }}prod:{{ end }}\n'],
    ['keys that are included', 'environments:\n  dev: {}\n  {{ readFile "more.txt" }}\n'],
    ['a line that does not fit', 'environments:\n    dev: {{ .x }}\n  prod: {}\n'],
    ['all in one line', 'environments: { dev: {{ .x }} }\n'],
    ['a base that is not here', 'bases: [environments.yaml, ../outside.yaml, "{{ .x }}.yaml"]\n'],
  ])('%s gives nothing', (_, text) => {
    expect(inShort({ 'helmfile.yaml': text })).toEqual([]);
  });

  it('reads no file of another name', () => {
    expect(inShort({ 'values.yaml': ENVIRONMENTS, 'environments.yaml': ENVIRONMENTS, 'my-helmfile.yaml': ENVIRONMENTS })).toEqual([]);
  });
});
