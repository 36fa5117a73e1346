import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileResult } from '../../fixtures/results/hostile.ts';
import { REPORTERS } from '../../src/report/index.ts';
import { oneLine, withoutCommands } from '../../src/report/one-line.ts';
import { commandsIn } from '../support/commands.ts';
import { parseXml } from '../support/xml.ts';

const OPTIONS = { color: false, width: 100, verbose: true, quiet: false };

/** Pieces that mean something to a build server, a terminal or a format. */
const PIECES = [
  '::error::x',
  '::',
  ':',
  '##vso[task.setvariable variable=x]y',
  '##[command]',
  '##TeamCity[buildStatus]',
  '##',
  '#',
  '[',
  ']',
  '|',
  "'",
  '"',
  '<',
  '>',
  '&',
  '%',
  ',',
  ';',
  '\\',
  '`',
  '\n',
  '\r',
  '\r\n',
  '\t',
  ' ',
  '\u0085',
  '\u2028',
  '\u00A0',
  '\u001B[2J',
  '\u0000',
  '\u0007',
  '\uD800',
  '\uDFFF',
  '\uFFFE',
  '\u202E',
  '🟡',
  'ß',
  '-->',
  ']]>',
  '@team',
  '(x)',
  'a',
  '/',
  '../',
];
const hostile = fc.array(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join('')),
  { minLength: 1, maxLength: 12 },
);

/** The commands that are a reporter's own: what stands in them is read by its build server alone. */
const OWN: Readonly<Record<string, RegExp>> = {
  github:
    /^::(?:group::gitops-lint: |endgroup::$|(?:error|warning|notice) (?:file=[^:,]*,line=\d+,endLine=\d+,col=\d+,endColumn=\d+,)?title=gitops-lint [\w-]+::)/,
  azure:
    /^##(?:\[group\]gitops-lint$|\[endgroup\]$|vso\[task\.logissue type=(?:error|warning);(?:sourcepath=[^;\]]*;linenumber=\d+;columnnumber=\d+;)?code=[\w-]+;\])/,
  teamcity: /^##teamcity\[(?:blockOpened|blockClosed|inspectionType|inspection)(?: \w+='(?:[^|'\n\r[\]]|\|.)*')+\]$/,
};

describe.each([...REPORTERS])('%s', (name, load) => {
  it('takes nothing of the user for a command, whatever stands in a repository', async () => {
    const reporter = await load();
    fc.assert(
      fc.property(hostile, (texts) => {
        const output = reporter(hostileResult(texts), OPTIONS);
        for (const command of commandsIn(output)) expect(command).toMatch(OWN[name] ?? /^no command at all$/);
        if (['junit', 'checkstyle'].includes(name)) parseXml(output);
        if (['json', 'sarif', 'gitlab', 'rdjson'].includes(name)) JSON.parse(output);
        if (['jsonl', 'rdjsonl'].includes(name)) for (const line of output.trimEnd().split('\n')) JSON.parse(line);
        if (['stylish', 'compact', 'markdown'].includes(name)) expect(output).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
      }),
    );
  });
});

describe('a text for people', () => {
  it('keeps its length, and what is harmless as it is', () => {
    const signs = fc.array(fc.constantFrom(...PIECES)).map((pieces) => pieces.join(''));
    fc.assert(fc.property(signs, (text) => oneLine(text).length === text.length && withoutCommands(text).length === text.length));
    const harmless = 'std::string in C++, # a comment, ## a heading, a::b\n  key: value\n';
    expect(withoutCommands(harmless)).toBe(harmless);
  });
});
