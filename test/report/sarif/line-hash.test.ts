import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineHashesOf, lineHashOf } from '../../../src/report/sarif/line-hash.ts';
import { SourceFile } from '../../../src/text/source-file.ts';

describe('the hash of a line', () => {
  /** Those that the upload action is tested with. */
  it.each([
    ['', 'c129715d7a2bc9a3:1'],
    [' a\nb\n  \t\tc\n d', '271789c17abda88f:1 54703d4cd895b18:1 180aee12dab6264:1 a23a3dc5e078b07b:1'],
    [
      ' hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End',
      '8b7cf3e952e7aeb2:1 b1ae1287ec4718d9:1 bff680108adb0fcc:1 c6805c5e1288b612:1 b86d3392aea1be30:1 e6ceba753e1a442:1',
    ],
    [
      ' hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n',
      'e9496ae3ebfced30:1 fb7c023a8b9ccb3f:1 ce8ba1a563dcdaca:1 e20e36e16fcb0cc8:1 b3edc88f2938467e:1 c8e28b0b4002a3a0:1 c129715d7a2bc9a3:1',
    ],
    [
      ' hello; \t\rworld!!!\r\r\r  \t\tGreetings\r End\r',
      'e9496ae3ebfced30:1 fb7c023a8b9ccb3f:1 ce8ba1a563dcdaca:1 e20e36e16fcb0cc8:1 b3edc88f2938467e:1 c8e28b0b4002a3a0:1 c129715d7a2bc9a3:1',
    ],
    [
      'Lorem ipsum dolor sit amet.\n'.repeat(10),
      'a7f2ff13bc495cf2:1 a7f2ff13bc495cf2:2 a7f2ff13bc495cf2:3 a7f2ff13bc495cf2:4 a7f2ff13bc495cf2:5 a7f2ff13bc495cf2:6 a7f2ff1481e87703:1 a9cf91f7bbf1862b:1 55ec222b86bcae53:1 cc97dc7b1d7d8f7b:1 c129715d7a2bc9a3:1',
    ],
    [
      'x = 2\nx = 1\nprint(x)\nx = 3\nprint(x)\nx = 4\nprint(x)\n',
      'e54938cc54b302f1:1 bb609acbe9138d60:1 1131fd5871777f34:1 5c482a0f8b35ea28:1 54517377da7028d2:1 2c644846cb18d53e:1 f1b89f20de0d133:1 c129715d7a2bc9a3:1',
    ],
  ])('of %j is that of the upload action', (text, hashes) => {
    expect(lineHashesOf(text).join(' ')).toBe(hashes);
  });

  it('is that of the whole sum, modulo 2^64', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 150 }), (text) => {
        const units = [...text.replaceAll(/\r\n?/g, '\n').replaceAll(/[ \t]/g, '')].join('');
        const codes = [...Array(100).keys()].map((at) => (at < units.length ? units.charCodeAt(at) : at === units.length ? 65_535 : 0));
        const sum = codes.reduce((hash, code) => (hash * 37n + BigInt(code)) % 2n ** 64n, 0n);
        expect(lineHashesOf(text)[0]).toBe(`${sum.toString(16)}:1`);
      }),
    );
  });

  it('goes along with its line, and there is none past the end', () => {
    const text = 'a: 1\nb: 2\n';
    fc.assert(
      fc.property(fc.array(fc.constantFrom('', '# a remark', 'z: 9'), { minLength: 1, maxLength: 50 }), (above) => {
        const moved = new SourceFile('values.yaml', `${above.join('\n')}\n${text}`);
        expect(lineHashOf(moved, above.length + 2)).toBe(lineHashOf(new SourceFile('values.yaml', text), 2));
        expect(lineHashOf(moved, above.length + 4)).toBeUndefined();
      }),
    );
  });
});
