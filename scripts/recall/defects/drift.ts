import type { Expected, Kind } from '../case.ts';
import { dropMark, insertBehind, rewrite, textAt, twinsOf, without } from '../edit.ts';
import type { Files, Mark, Repository } from '../repository.ts';
import { isRehearsal } from '../stages.ts';
import { at, misspelled, wrongAt } from './at.ts';
import { earlierThan } from './references.ts';

/** Settings whose value has the name of its environment. */
const OWN = /^(?:PAYMENT_API_URL|CATALOGUE_URL|DATABASE_HOST|SEARCH_URL|SESSION_STORE|host|payments\.url)$/;

/** The line that has the value: of a variable of a container, the one below its name. */
function valueLineOf(mark: Mark): Mark {
  return mark.what === 'env' && mark.lines === 2 ? { ...mark, line: mark.line + 1, lines: 1 } : mark;
}

const isInProduction = ({ env }: Mark, { stages }: Repository) => stages.some(({ name, isProduction }) => isProduction && name === env);
const isPlain = (_: Mark, { layout }: Repository) => layout === 'plain';

function borrowing(name: string, what: string): Kind {
  return at(
    name,
    what,
    (mark, repository) => {
      const [value, earlier] = [valueLineOf(mark), earlierThan(mark, repository)];
      if (earlier === undefined || mark.env === undefined) return undefined;
      const own = mark.env;
      return {
        files: rewrite(repository.files, value, (line) => line.replace(`.${own}.`, `.${earlier}.`)),
        expected: [wrongAt('foreign-environment-value', value)],
      };
    },
    ({ name: setting }) => OWN.test(setting),
  );
}

/** What production has no more is told where it still stands first. */
function goneFrom(repository: Repository, mark: Mark, rule: string): Expected[] {
  const [first] = twinsOf(repository, mark).filter(({ env }) => env === repository.stages[0]?.name);
  return first ? [{ rule, path: first.path, line: first.line, environments: mark.env === undefined ? [] : [mark.env] }] : [];
}

/** Writes another value behind a key, however that is written. */
function setTo(files: Files, mark: Mark, value: string): Files {
  return rewrite(files, mark, (line) => (/^\s*(?:- )?"?\w+=/.test(line) ? line.replace(/=[^"]*/, `=${value}`) : line.replace(/: .*/, `: "${value}"`)));
}

export const DRIFT: readonly Kind[] = [
  borrowing('setting with the host of an earlier environment', 'config'),
  borrowing('variable with the host of an earlier environment', 'env'),
  borrowing('value with the host of an earlier environment', 'value'),
  at(
    'probe removed from production',
    'probe',
    (mark, repository) => ({ files: dropMark(repository.files, mark), expected: goneFrom(repository, mark, 'weaker-production') }),
    isInProduction,
  ),
  at(
    'protection lowered in production',
    'security',
    (mark, { files }) => ({ files: rewrite(files, mark, (line) => line.replace('true', 'false')), expected: [wrongAt('weaker-production', mark)] }),
    isInProduction,
  ),
  at(
    'probe at another port',
    'probe-port',
    (mark, { files }) => ({ files: rewrite(files, mark, (line) => line.replace(/: .*/, ': 7777')), expected: [wrongAt('mismatched-port', mark)] }),
    ({ env }) => isRehearsal(env),
  ),
  at(
    'Service that leads to another port',
    'target-port',
    (mark, { files }) => ({ files: rewrite(files, mark, (line) => line.replace(/: .*/, ': 7777')), expected: [wrongAt('mismatched-port', mark)] }),
    ({ env }) => isRehearsal(env),
  ),
  at(
    'selector misspelled',
    'selector',
    (mark, { files }) => ({ files: rewrite(files, mark, misspelled(mark)), expected: [wrongAt('dangling-selector', mark)] }),
    ({ env }) => env === undefined || isRehearsal(env),
  ),
  at(
    'setting that is still to come',
    'config',
    (mark, { files }, draw) => ({ files: setTo(files, mark, draw.one(['TODO', 'CHANGEME', 'TBA'])), expected: [wrongAt('unvalued-key', mark)] }),
    isInProduction,
  ),
  at(
    'setting left empty',
    'config',
    (mark, { files }) => ({ files: setTo(files, mark, ''), expected: [wrongAt('unvalued-key', mark)] }),
    // Of what a chart goes through, nothing is said yet.
    (mark, repository) => isInProduction(mark, repository) && !repository.layout.endsWith('helm'),
  ),
  at(
    'variable that is still to come',
    'env',
    (mark, { files }) => ({ files: setTo(files, valueLineOf(mark), 'CHANGEME'), expected: [wrongAt('unvalued-key', valueLineOf(mark))] }),
    isInProduction,
  ),
  at(
    'image with capital letters',
    'image',
    (mark, { files }) => {
      const capital = (line: string) => line.replace(`/${mark.name}`, `/${mark.name[0]?.toUpperCase()}${mark.name.slice(1)}`);
      return { files: rewrite(files, mark, capital), expected: [wrongAt('malformed-image-reference', mark)] };
    },
    isPlain,
  ),
  at(
    'version that nobody tried before',
    'new-tag',
    (mark, { files }) => ({ files: rewrite(files, mark, (line) => line.replace(/: .*/, ': 41.0.1')), expected: [wrongAt('version-ahead', mark)] }),
    isInProduction,
  ),
  at(
    'one of three that stays behind',
    'new-tag',
    (mark, { files }) => ({ files: rewrite(files, mark, (line) => line.replace(/: .*/, ': 0.1.0')), expected: [wrongAt('sibling-version-drift', mark)] }),
    (mark, repository) => isInProduction(mark, repository) && repository.stages.filter(({ isProduction }) => isProduction).length > 2,
  ),
  at(
    'object lost from production',
    'head',
    (mark, repository) => {
      const files = without(repository.files, mark.path);
      // Its name stands three lines further down.
      return { files, expected: goneFrom(repository, mark, 'missing-resource').map((expected) => ({ ...expected, line: expected.line + 3 })) };
    },
    (mark, repository) => mark.name === 'service' && mark.path.endsWith('service.yaml') && isInProduction(mark, repository),
  ),
  at(
    'variable twice',
    'env',
    (mark, { files }) => {
      const [name = '', value = ''] = textAt(files, mark);
      return { files: insertBehind(files, mark, [name, value.replace(/"?$/, 'x$&')]), expected: [wrongAt('shadowed-key', mark)] };
    },
    (mark, repository) => /URL|STORE|SENDER/.test(mark.name) && mark.lines === 2 && isRehearsal(mark.env) && isPlain(mark, repository),
  ),
];
