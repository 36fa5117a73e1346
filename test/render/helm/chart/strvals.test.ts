import { describe, expect, it } from 'vitest';
import { applySet, type SetForm } from '../../../../src/render/helm/chart/strvals.ts';
import { type MapValue, map, originsOf, type Text, text } from '../../../../src/render/helm/value.ts';
import { SourceFile } from '../../../../src/text/source-file.ts';
import type { Origin } from '../../../../src/tree/node.ts';
import { plainOf, shown } from './shop.ts';

function set(line: string, form: SetForm = 'set', target: MapValue = map()): unknown {
  return applySet(target, text(line), { form, read: (path) => (path.text === 'here.txt' ? text('content') : undefined) }) ?? plainOf(target);
}

/** The line as it stands in a file, each letter by its place. */
function written(line: string): Text {
  const file = new SourceFile('app.yaml', line);
  const at = (start: number): Origin => ({ file, start, end: start + 1, how: 'helm-value', precision: 'exact' });
  return { kind: 'string', text: line, stretches: Array.from(line, (_, start) => ({ start, end: start + 1, origins: [at(start)] })) };
}

describe('applySet', () => {
  it.each<[string, SetForm, unknown]>([
    ['replicas=3,image.tag=v2', 'set', { replicas: 3, image: { tag: 'v2' } }],
    ['a=true,b=FALSE,c=null,d=0,e=007,f=-5,g=1.5', 'set', { a: true, b: false, c: null, d: 0, e: '007', f: -5, g: '1.5' }],
    ['ports={80,443},name=web', 'set', { ports: [80, 443], name: 'web' }],
    ['env[1].name=B', 'set', { env: [null, { name: 'B' }] }],
    ['a[0][1]=x', 'set', { a: [[null, 'x']] }],
    ['note=a\\,b,labels.app\\.kubernetes\\.io/name=web', 'set', { note: 'a,b', labels: { 'app.kubernetes.io/name': 'web' } }],
    ['a=', 'set', { a: '' }],
    ['a=1,b=true', 'set-string', { a: '1', b: 'true' }],
    ['a={"b":[1,"x\\ty",null]} ,c=2', 'set-json', { a: { b: [1, 'x\ty', null] }, c: 2 }],
    ['a=,b=1', 'set-json', { a: null, b: 1 }],
    ['a.b=x,y=\\z', 'set-literal', { a: { b: 'x,y=\\z' } }],
    ['motd=here.txt', 'set-file', { motd: 'content' }],
  ])('%s by %s', (line, form, expected) => {
    expect(set(line, form)).toEqual(expected);
  });

  it.each<[string, SetForm, string]>([
    ['name', 'set', 'key "name" has no value'],
    ['a,b=1', 'set', 'key "a" has no value'],
    ['a[-1]=x', 'set', 'the index -1 is negative'],
    ['a[65537]=x', 'set', 'the index 65537 is greater than 65536'],
    ['a[x]=y', 'set', '"x" is not the index of a list'],
    ['a={1,2', 'set', 'a list ends with "}"'],
    ['a=1,a.b=2', 'set', '"a" is not a map'],
    ['a=1,a[0]=2', 'set', '"a" is not a list'],
    ['a={"b"', 'set-json', 'the value is not JSON'],
    ['motd=gone.txt', 'set-file', 'the file "gone.txt" cannot be read'],
    [`${'a.'.repeat(31)}b=1`, 'set', 'names are nested more than 30 deep'],
  ])('refuses %s by %s', (line, form, reason) => {
    expect(set(line, form)).toBe(reason);
  });

  it('changes what is there, and keeps the rest', () => {
    const target = map([
      [
        'image',
        map([
          ['tag', text('v1')],
          ['name', text('web')],
        ] as const),
      ],
    ]);
    expect(set('image.tag=v2', 'set', target)).toEqual({ image: { tag: 'v2', name: 'web' } });
  });

  it('gives what it sets the origins of its part of the line', () => {
    const target = map();
    applySet(target, written('tag=v\\,2,n=17'), { form: 'set' });
    const lettersOf = (key: string) => originsOf(target.entries.get(key) ?? text('')).map((origin) => shown(origin).slice('app.yaml:1: '.length));
    expect(lettersOf('tag').join('')).toBe('v,2');
    expect(lettersOf('n').join('')).toBe('17');
  });

  it('is an integer, not a float as in files', () => {
    const target = map();
    applySet(target, text('port=80'), { form: 'set' });
    expect(target.entries.get('port')).toMatchObject({ kind: 'int', value: 80n, goType: 'int64' });
  });
});
