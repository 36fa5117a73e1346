import { describe, expect, it } from 'vitest';
import { payloadOf, payloadOfFile } from '../../src/model/payload.ts';
import { formatKeys, payloadKeysOf } from '../../src/model/payload-keys.ts';
import { SourceFile } from '../../src/text/source-file.ts';
import { childOf, type Scalar } from '../../src/tree/node.ts';
import { parseYaml } from '../../src/yaml/parse.ts';

/** The keys of a text, each with the line that its place names and what stands there. */
function keysOf(root: ReturnType<typeof payloadOfFile>): string[] | undefined {
  if (!root) return undefined;
  return [...payloadKeysOf(root, (key) => key).values()].map(({ path, key: { origin } }) => {
    const { file, start, end } = origin;
    return `${file.positionAt(start).line} ${formatKeys(path)} <${file.text.slice(start, end)}>`;
  });
}

const inFile = (path: string, text: string) => keysOf(payloadOfFile(new SourceFile(path, text)));

/** The keys of the only value of a ConfigMap's data. */
function inConfigMap(data: string): string[] | undefined {
  const file = new SourceFile('config.yaml', `data:\n${data.replace(/^(?=.)/gm, '  ')}`);
  const entries = childOf(parseYaml(file).documents[0]?.root, 'data');
  const [entry] = entries?.kind === 'mapping' ? entries.entries : [];
  return entry && keysOf(payloadOf(entry.key.text, entry.value as Scalar));
}

describe('settings in a text', () => {
  it('are found at their own lines in a block', () => {
    const yaml = 'application.yaml: |\n  # the shop\n  spring:\n    datasource:\n      url: jdbc:a\n\n  server: { port: 8080 }\n';
    expect(inConfigMap(yaml)).toEqual([
      '4 spring <spring>',
      '5 spring.datasource <datasource>',
      '6 spring.datasource.url <url>',
      '8 server <server>',
      '8 server.port <port>',
    ]);
    expect(inConfigMap('checkout.properties: |-\n  db.host=a\n  db.port: 1\n')).toEqual(['3 db.host <db.host>', '4 db.port <db.port>']);
    expect(inConfigMap('limits.json: |\n  {\n    "orders": { "max": 3 }\n  }\n')).toEqual(['4 orders <"orders">', '4 orders.max <"max">']);
  });

  it('are found in quotes without escapes, else at the text as a whole', () => {
    expect(inConfigMap(`limits.json: '{"orders": 3}'\n`)).toEqual(['2 orders <"orders">']);
    expect(inConfigMap('app.env: "A=1\\nB=2\\n"\n')).toEqual(['2 A <"A=1\\nB=2\\n">', '2 B <"A=1\\nB=2\\n">']);
  });

  it('keep their lines with the line breaks of Windows', () => {
    expect(inConfigMap('app.yaml: |\r\n  a: 1\r\n  b:\r\n    c: 2\r\n')).toEqual(['3 a <a>', '4 b <b>', '5 b.c <c>']);
    expect(inFile('config/dev.env', 'A=1\r\nB=2\r\n')).toEqual(['1 A <A>', '2 B <B>']);
  });

  it('are the items of a list where these have names', () => {
    expect(inConfigMap('app.yaml: |\n  users:\n    - name: alice\n      role: cook\n  hosts: [a, b]\n  pairs:\n    - { a: 1 }\n')).toEqual([
      '3 users <users>',
      '4 users[name=alice] <alice>',
      '4 users[name=alice].name <name>',
      '5 users[name=alice].role <role>',
      '6 hosts <hosts>',
      '7 pairs <pairs>',
    ]);
  });

  it('are told by the form of the text where its name tells nothing', () => {
    expect(inConfigMap('config: |\n  log:\n    level: info\n  port: 1\n')).toEqual(['3 log <log>', '4 log.level <level>', '5 port <port>']);
    expect(inConfigMap('settings: |\n  # both\n  A=1\n\n  B = 2\n')).toEqual(['4 A <A>', '6 B <B>']);
    expect(inConfigMap('my.cnf: |\n  [mysqld]\n  port = 1\n  skip-name-resolve\n')).toEqual([
      '3 mysqld <mysqld>',
      '4 mysqld.port <port>',
      '5 mysqld.skip-name-resolve <skip-name-resolve>',
    ]);
  });

  it.each([
    ['a program', 'run.sh: |\n  A=1\n  B=2\n'],
    ['a program without an ending', 'run: |\n  #!/bin/sh\n  set -e\n  exec shop\n'],
    ['prose', 'readme: |\n  Note well: this is\n  what we: say\n'],
    ['the name of an environment', 'SENTRY_ENV: development\n'],
    ['a word in a text that is called env', 'env: production\n'],
    ['a single line', 'greeting: "hello: world"\n'],
    ['the configuration of another tool', 'nginx.conf: |\n  server {\n    listen 80;\n  }\n'],
    ['a template', 'app.yaml.tmpl: |\n  a: 1\n  b: 2\n'],
    ['YAML that is none', 'app.yaml: |\n  a: [1\n  b: 2\n'],
    ['a list', 'app.yaml: |\n  - a\n  - b\n'],
    ['several documents', 'app.yaml: |\n  a: 1\n  ---\n  b: 2\n'],
    ['nothing', 'app.yaml: ""\n'],
  ])('are none in %s', (_, data) => expect(inConfigMap(data)).toBeUndefined());

  it('leave out what is still to be filled in, and what SOPS adds', () => {
    expect(inFile('config/dev.env', 'A=1\nsops_version=3\n')).toEqual(['1 A <A>']);
    expect(inFile('config/dev.yaml', 'a: 1\n"${B}":\n  c: 2\nsops:\n  mac: x\n')).toEqual(['1 a <a>']);
  });
});

describe('lines of settings', () => {
  it('of dotenv files may be exported, quoted over several lines, without a value, or with a colon for the sign', () => {
    expect(inFile('dev.env', 'export A="x=1"\nB="first\nC=no key\n"\n# D=1\nE\nF=it\'s\nG=\n')).toEqual([
      '1 A <A>',
      '2 B <B>',
      '6 E <E>',
      '7 F <F>',
      '8 G <G>',
    ]);
    expect(inFile('dev.env', 'A: "1"\nB: "2"\n')).toEqual(['1 A <A>', '2 B <B>']);
  });

  it('of properties may go on behind a backslash', () => {
    expect(inFile('dev.properties', '! note\na.b=1, \\\n  c=2\nd 3\ne\n')).toEqual(['2 a.b <a.b>', '4 d <d>', '5 e <e>']);
  });

  it('of TOML may hold brackets and texts over several lines', () => {
    const text = 'title = "shop"\n\n[db]\nports = [\n  1, # first\n  2,\n]\nnote = """\na = 1\n"""\nurl = "x"\n\n[[item]]\nname = "a"\n\n[db.pool]\nsize = 3\n';
    expect(inFile('dev.toml', text)).toEqual([
      '1 title <title>',
      '3 db <db>',
      '4 db.ports <ports>',
      '8 db.note <note>',
      '11 db.url <url>',
      '16 db.pool <db.pool>',
      '17 db.pool.size <size>',
    ]);
  });

  it('of INI may be indented, and values may go on', () => {
    expect(inFile('dev.ini', '; note\n[main]\n  a = 1\n  b = 2\n    and more\n  c = 3\n')).toEqual([
      '2 main <main>',
      '3 main.a <a>',
      '4 main.b <b>',
      '6 main.c <c>',
    ]);
  });

  it('that are none make a file none', () => {
    expect(inFile('dev.env', 'A=1\nthis is no setting\n')).toBeUndefined();
    expect(inFile('dev.toml', 'a = [\n')).toBeUndefined();
    expect(inFile('image-tags/prod/checkout', 'v1.4.0\n')).toBeUndefined();
  });
});
