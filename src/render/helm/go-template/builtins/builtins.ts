import { goTypeOf, isNothing } from '../../functions/go/types.ts';
import { bool, type GoFunction, TemplateFailure, type Value } from '../../value.ts';
import { firstAuthors } from '../authors.ts';
import { sprint, sprintln } from '../format/print.ts';
import { sprintf } from '../format/printf.ts';
import { isTrue } from '../truth.ts';
import { checkCount, textArgument } from './arguments.ts';
import { COMPARISONS } from './comparison.ts';
import { CONTAINERS } from './containers.ts';
import { ESCAPERS } from './escaping.ts';

/** The functions that Go's templates bring along, but for `and` and `or`: these evaluate their own arguments. */
export const BUILTINS: ReadonlyMap<string, GoFunction> = new Map<string, GoFunction>(
  Object.entries({
    ...COMPARISONS,
    ...CONTAINERS,
    ...ESCAPERS,
    call: refuseCall,
    not: (args) => {
      checkCount('not', args, 1, 1);
      const [value] = args as [Value];
      return bool(!isTrue(value), firstAuthors(value));
    },
    print: sprint,
    println: sprintln,
    printf: (args) => {
      checkCount('printf', args, 1);
      const [format, ...values] = args as [Value, ...Value[]];
      return sprintf(textArgument(format), values);
    },
  } satisfies Readonly<Record<string, GoFunction>>),
);

/** No value of Helm is a function. */
function refuseCall(args: readonly Value[]): never {
  checkCount('call', args, 1);
  const [value] = args as [Value];
  throw new TemplateFailure(isNothing(value) ? 'call of nil' : `non-function of type ${goTypeOf(value)}`);
}

/** Whether Go itself knows a function of that name. */
export function isBuiltin(name: string): boolean {
  return name === 'and' || name === 'or' || BUILTINS.has(name);
}
