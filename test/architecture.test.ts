import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globbySync } from 'globby';
import { describe, expect, it } from 'vitest';

/**
 * From the ground up: a room may import itself and the rooms that it names, and nothing else.
 * docs/architecture.md tells why.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'src/text': [],
  'src/errors.ts': ['src/text'],
  'src/tree': ['src/text'],
  'src/yaml': ['src/tree', 'src/text'],
  'src/workspace': ['src/text', 'src/errors.ts'],
  'src/model': ['src/tree', 'src/yaml', 'src/text'],
  'src/rule': ['src/model', 'src/tree', 'src/text'],
  'src/render': ['src/model', 'src/workspace', 'src/yaml', 'src/tree', 'src/text'],
  'src/report': ['src/model', 'src/tree', 'src/text'],
  'src/discover': ['src/render', 'src/workspace', 'src/yaml', 'src/model', 'src/tree', 'src/text'],
  'src/config': ['src/rule', 'src/model', 'src/workspace', 'src/yaml', 'src/tree', 'src/text', 'src/errors.ts'],
  'src/engine': ['src/discover', 'src/render', 'src/config', 'src/rule', 'src/model', 'src/workspace', 'src/yaml', 'src/tree', 'src/text', 'src/errors.ts'],
  'src/index.ts': [
    'src/engine',
    'src/report',
    'src/rule',
    'src/config',
    'src/workspace',
    'src/model',
    'src/render',
    'src/text',
    'src/errors.ts',
    'src/version.ts',
    'rules',
  ],
  'src/version.ts': [],
  'src/registry': [],
  'src/cli': ['src/index.ts'],
  rules: ['src/rule'],
};

/** The only room that opens the network and starts programs of others, and the only file that goes into it. */
const REGISTRY = 'src/registry';
const DOOR_TO_REGISTRY = 'src/cli/commands/pin.ts';

/** Words that a room may not use: the rim does input and output, the middle does sums. */
const FORBIDDEN: readonly { readonly rooms: readonly string[]; readonly pattern: RegExp; readonly why: string }[] = [
  { rooms: ['src/text', 'src/tree', 'src/model', 'src/rule', 'rules'], pattern: /from 'node:|\basync\b|\bawait\b/, why: 'is pure and synchronous' },
  { rooms: ['src/yaml', 'src/discover', 'src/report'], pattern: /from 'node:/, why: 'knows no machine' },
  { rooms: Object.keys(ROOMS).filter((room) => room !== 'src/cli'), pattern: /\bconsole\.|process\.(?!(?:env|platform|cwd)\b)/, why: 'does not print or exit' },
  {
    rooms: Object.keys(ROOMS).filter((room) => !['src/cli', 'src/workspace', REGISTRY].includes(room)),
    pattern: /process\.env|node:child_process|node:fs/,
    why: 'reads through a workspace only',
  },
  {
    rooms: Object.keys(ROOMS).filter((room) => room !== REGISTRY),
    pattern: /node:(?:http|https|http2|net|dgram|dns|tls)|\bfetch\(|\bWebSocket\b/,
    why: 'opens no network',
  },
  { rooms: Object.keys(ROOMS), pattern: /node:(?:vm|worker_threads)|\beval\(|new Function\(/, why: 'runs no code of others' },
  { rooms: [REGISTRY], pattern: /process\.|shell:/, why: 'is told its environment, and asks no shell' },
];

const filesOf = (room: string): string[] => (room.endsWith('.ts') ? [room] : globbySync(`${room}/**/*.ts`));
/** The text without comments, so that their prose does not count as code. Quoted texts do count. */
const codeOf = (file: string): string => readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');

describe('walls', () => {
  it.each(Object.entries(ROOMS))('%s imports only what it may', (room, allowed) => {
    const files = filesOf(room);
    expect(files, `${room} is empty: move or remove its wall`).not.toEqual([]);
    for (const file of files) {
      for (const target of importsOf(file)) {
        const isAllowed = [room, ...allowed].some((other) => target === other || target.startsWith(`${other}/`));
        // The registry of rules names a type only.
        const isRegistry = file === 'rules/index.ts' && target.startsWith('rules/');
        const isDoor = file === DOOR_TO_REGISTRY && target.startsWith(`${REGISTRY}/`);
        expect.soft(isAllowed || isRegistry || isDoor, `${file} imports ${target}: ${room} may import only ${allowed.join(', ') || 'itself'}`).toBe(true);
      }
    }
  });

  it('one file alone goes to the registries, and only when it is asked to', () => {
    const files = globbySync(['src/**/*.ts', 'rules/**/*.ts']).filter((file) => !file.startsWith(`${REGISTRY}/`));
    const going = files.filter((file) => importsOf(file).some((target) => target.startsWith(`${REGISTRY}/`)));
    expect(going).toEqual([DOOR_TO_REGISTRY]);
    const code = codeOf(DOOR_TO_REGISTRY);
    expect(code.match(/'[^']*\/registry\/[^']*'/g)).toEqual(["'../../registry/ask.ts'"]);
    expect(code).toContain("await import('../../registry/ask.ts')");
    expect(code).toContain('flags.online ? await registries() : undefined');
  });

  it('every file of src belongs to a room', () => {
    const rooms = Object.keys(ROOMS);
    const strays = globbySync('src/**/*.ts').filter((file) => !rooms.some((room) => file === room || file.startsWith(`${room}/`)));
    expect(strays).toEqual([]);
  });

  it('a rule imports the one door of src/rule, and no other rule', () => {
    for (const file of filesOf('rules').filter((name) => name !== 'rules/index.ts')) {
      for (const target of importsOf(file))
        expect.soft(target === 'src/rule/index.ts' || path.posix.dirname(target) === path.posix.dirname(file), `${file} imports ${target}`).toBe(true);
    }
  });

  it.each(FORBIDDEN)('$why: $rooms', ({ rooms, pattern, why }) => {
    for (const room of rooms) {
      for (const file of filesOf(room)) expect.soft(pattern.exec(codeOf(file))?.[0], `${file}: ${room} ${why}`).toBeUndefined();
    }
  });
});

describe('circles', () => {
  it('no two files import each other, by whatever way', () => {
    const graph = new Map(globbySync(['src/**/*.ts', 'rules/**/*.ts']).map((file) => [file, importsOf(file)]));
    const done = new Set<string>();
    const walk = (file: string, trail: readonly string[]): void => {
      if (trail.includes(file)) expect.unreachable(`a circle: ${[...trail.slice(trail.indexOf(file)), file].join(' → ')}`);
      if (done.has(file)) return;
      for (const target of graph.get(file) ?? []) walk(target, [...trail, file]);
      done.add(file);
    };
    for (const file of graph.keys()) walk(file, []);
  });
});

describe('the start', () => {
  it('loads what renders charts, fills Go templates, explains mistakes or checks settings only once that is needed', () => {
    const loaded = new Set(['src/cli/main.ts']);
    const packages = new Set<string>();
    for (const file of loaded) {
      for (const [, to = ''] of codeOf(file).matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)';/gm)) {
        if (to.startsWith('.')) loaded.add(path.posix.join(path.posix.dirname(file), to));
        else if (!to.startsWith('node:')) packages.add(to);
      }
    }
    expect(loaded.size).toBeGreaterThan(200);
    expect([...loaded].filter((file) => /^src\/(?:render\/helm\/(?:chart\/|render)|discover\/argo\/go-template\/)/.test(file))).toEqual([]);
    expect([...packages].sort()).toEqual(['commander', 'js-yaml', 'kleur', 'picomatch', 're2js']);
  });
});

describe('size', () => {
  it('no file is longer than 400 lines', () => {
    const long = globbySync(['src/**/*.ts', 'rules/**/*.ts', 'test/**/*.ts', 'scripts/**/*']).filter(
      (file) => readFileSync(file, 'utf8').split('\n').length > 400,
    );
    expect(long).toEqual([]);
  });
});

/** What a file imports, by path. Imports of types alone count: they are how rooms know each other. */
function importsOf(file: string): string[] {
  const specifiers = codeOf(file).matchAll(/(?:from|import\() ?'(\.[^']+)'/g);
  return [...specifiers].map(([, to]) => path.posix.join(path.posix.dirname(file), to ?? ''));
}
