import { TemplateFailure, text, type Value } from '../value.ts';
import { readToml } from './formats/toml-reader.ts';
import { writeToml } from './formats/toml-writer.ts';
import { isNothing } from './go/types.ts';
import { ANY, type Family, fn, STRING } from './signature.ts';
import { errorMap } from './yaml.ts';

function write(value: Value, isStrict: boolean): Value {
  if (isNothing(value)) throw new TemplateFailure('reflect: call of reflect.Value.Type on zero Value');
  const written = writeToml(value);
  if (typeof written !== 'string') return written;
  if (isStrict) throw new TemplateFailure(written);
  return text(written);
}

/** Helm's functions of TOML: `pkg/engine/funcs.go`. */
export const TOML: Family = {
  toToml: fn([ANY], ([value]) => write(value, false)),
  mustToToml: fn([ANY], ([value]) => write(value, true)),
  fromToml: fn([STRING], ([source]) => {
    const read = readToml(source);
    return typeof read === 'string' ? errorMap(read, source) : read;
  }),
};
