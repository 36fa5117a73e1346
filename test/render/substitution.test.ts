import { describe, expect, it } from 'vitest';
import { Resource } from '../../src/model/resource.ts';
import type { Substitution } from '../../src/model/substitution.ts';
import { substitute } from '../../src/render/substitution/substitute.ts';
import { SourceFile } from '../../src/text/source-file.ts';
import type { Mapping } from '../../src/tree/node.ts';
import { parseYaml } from '../../src/yaml/parse.ts';

const GIVEN = `region: eu-west
city: Sankt Gallen
count: "3"
version: "1.20"
flag: "on"
list: '["a", "b"]'
remark: 'seen # not read'
quote: it's
quoted: '"3"'
lines: |
  one
  two
empty: ""
path: shop/eu/ledger.tar.gz
`;

function mappingOf(path: string, text: string): Mapping {
  const root = parseYaml(new SourceFile(path, text)).documents[0]?.root;
  if (root?.kind !== 'mapping') throw new Error('a mapping is expected');
  return root;
}

function given({ elsewhere = [], secret = [] }: { elsewhere?: readonly string[]; secret?: readonly string[] } = {}): Substitution {
  const root = mappingOf('clusters/prod/apps.yaml', GIVEN);
  const variables = new Map(root.entries.map(({ key, value }) => [key.text, value.kind === 'scalar' ? value : undefined]));
  for (const name of secret) variables.set(name, undefined);
  return { variables, elsewhere, at: root.origin };
}

function fill(text: string, substitution = given()) {
  const { objects, filledIn, problems } = substitute([{ node: mappingOf('apps/app.yaml', text) }], substitution);
  const resource = new Resource(objects[0]?.node as Mapping);
  return { resource, manifest: resource.manifest, unset: filledIn.unset.map(({ name }) => name), problems };
}

const value = (text: string, substitution = given()) => fill(`kind: ConfigMap\nvalue: ${text}\n`, substitution).manifest['value'];

describe('variables of Flux', () => {
  it.each([
    // A plain variable, and text around it.
    ['${region}', 'eu-west'],
    ['shop-${region}.example', 'shop-eu-west.example'],
    ['$region and $(region)', '$region and $(region)'],
    ['$${region}', '${region}'],
    ['a$$b', 'a$b'],
    ['"${lines}!"', 'onetwo!'],
    // Defaults count where the value is empty, too, whichever sign they are written with.
    ['${nothing:=eu}', 'eu'],
    ['${nothing:-eu}', 'eu'],
    ['${nothing=eu}', 'eu'],
    ['${empty:-eu}', 'eu'],
    ['${region:-eu}', 'eu-west'],
    ['${nothing:-in-${region}-1}', 'in-eu-west-1'],
    // Operators.
    ['${region^}', 'Eu-west'],
    ['${region^^}', 'EU-WEST'],
    ['${city,}', 'sankt Gallen'],
    ['${city,,}', 'sankt gallen'],
    ['${region:3}', 'west'],
    ['${region:0:2}', 'eu'],
    ['x${region:-4:2}', 'xeu-west'],
    ['${region/e/E}', 'Eu-west'],
    ['${region//e/E}', 'Eu-wEst'],
    ['${region/#eu/us}', 'us-west'],
    ['${region/%west/east}', 'eu-east'],
    ['${path//\\//-}', 'shop-eu-ledger.tar.gz'],
    ['${region/-west/}', 'eu'],
    ['${path#*/}', 'eu/ledger.tar.gz'],
    ['${path##*/}', 'ledger.tar.gz'],
    ['${path%.*}', 'shop/eu/ledger.tar'],
    ['${path%%.*}', 'shop/eu/ledger'],
    ['n${#region}', 'n7'],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it.each([
    ['a number, though the source has quotes', '"${count}"', 3],
    ['a float', '${version}', 1.2],
    ['a boolean by the rules of YAML 1.1', '${flag}', true],
    ['nothing at all', '${nothing}', null],
    ['a list', '${list}', ['a', 'b']],
    ['cut off by a comment', '${remark}', 'seen'],
    ['a text that kustomize has to quote', '"on: ${count}"', 'on: 3'],
    ['a text, with quotes in the value', '${quote}:${count}', "it's:3"],
    ['a text of several lines', '"${count}\\n"', '3\n'],
    ['a text, as the value brings quotes', '${quoted}', '3'],
    ['a text in quotes, as kustomize prints those of the source', '\'"${count}"\'', '"3"'],
  ])('are %s', (_, text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it('are filled in keys and lists, too', () => {
    expect(fill('kind: ConfigMap\ndata: { "${region}-key": x }\nitems: ["${count}", "a: ${region}"]\n').manifest).toMatchObject({
      data: { 'eu-west-key': 'x' },
      items: [3, 'a: eu-west'],
    });
  });

  it.each(['labels', 'annotations'])('stay in an object whose %s say so', (field) => {
    const text = `kind: ConfigMap\nmetadata: { ${field}: { kustomize.toolkit.fluxcd.io/substitute: disabled } }\nvalue: \${region} $\${x}\n`;
    expect(fill(text).manifest['value']).toBe('${region} $${x}');
  });

  it('stay where their source is not here, and so do defaults and what is made of them', () => {
    const substitution = given({ elsewhere: ['ConfigMap "cluster"'] });
    expect(value('${other}-${other:-x}-${other^^}-${nothing:-${other}}-${region}', substitution)).toBe(
      '${other}-${other:-x}-${other^^}-${nothing:-${other}}-eu-west',
    );
  });

  it('stay where they are secret, and count as given', () => {
    const { manifest, unset } = fill('kind: ConfigMap\nvalue: ${password}-${region}\n', given({ secret: ['password'] }));
    expect(manifest['value']).toBe('${password}-eu-west');
    expect(unset).toEqual([]);
  });

  it('are noted once where nothing gives them and no default is written', () => {
    const text = 'kind: ConfigMap\na: ${one:-x} ${two} ${three^^}\nb: ${two}\nc: $${four} ${empty}\n';
    expect(fill(text).unset).toEqual(['two', 'three']);
  });

  it.each(['${a-b}', '${}', '${region', '${list[@]}', '${!region}', '${region/x}'])('%s is refused, and nothing of the text is told', (text) => {
    const { problems, manifest } = fill(`kind: ConfigMap\nvalue: "x ${text}"\n`);
    expect(problems.map(({ rule, origin }) => [rule, origin.file.positionAt(origin.start).line])).toEqual([['render-error', 2]]);
    expect(problems[0]?.message).not.toContain('region');
    expect(manifest['value']).toBe(`x ${text}`);
  });

  it('a value that makes no YAML is a problem at the value', () => {
    const { problems } = fill("kind: ConfigMap\nvalue: '${list}: [x'\n");
    expect(problems).toEqual([]);
    const broken = fill("kind: ConfigMap\nvalue: 'on: ${quote}'\n").problems;
    expect(broken.map(({ origin }) => [origin.file.path, origin.how])).toEqual([['clusters/prod/apps.yaml', 'substitution']]);
  });

  it('have the place of their value, and the text around them its own', () => {
    const { resource } = fill('kind: Deployment\nimage: shop/web:${version}\n');
    const node = resource.field('image').node;
    const parts = node?.kind === 'scalar' ? (node.parts ?? []) : [];
    const placed = parts.map(({ start, end, origin }) => [node?.kind === 'scalar' && node.text.slice(start, end), origin.file.path, origin.how]);
    expect(placed).toEqual([
      ['shop/web:', 'apps/app.yaml', 'written'],
      ['1.20', 'clusters/prod/apps.yaml', 'substitution'],
    ]);
    expect(resource.field('image').slice(9, 13).file.path).toBe('clusters/prod/apps.yaml');
  });

  it('leave an object without any as it is', () => {
    const node = mappingOf('apps/app.yaml', 'kind: ConfigMap\ndata: { a: b }\n');
    expect(substitute([{ node }], given()).objects[0]?.node).toBe(node);
  });
});
