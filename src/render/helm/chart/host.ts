import { type GoFunction, type Host, TemplateFailure, type Text, type Value } from '../value.ts';

interface Members {
  readonly fields?: ((name: string) => Value | undefined) | undefined;
  readonly methods?: Readonly<Record<string, GoFunction>>;
  readonly plain: () => Value;
  readonly shown?: (() => Text) | undefined;
}

/** An object of Helm with the given members. */
export function host(type: string, { fields, methods = {}, plain, shown }: Members): Host {
  return {
    kind: 'host',
    type,
    field: (name) => fields?.(name),
    method: (name) => (Object.hasOwn(methods, name) ? methods[name] : undefined),
    plain,
    ...(shown && { shown }),
  };
}

/** A struct of Go, whose fields have names that begin with a capital. */
export function struct(type: string, fields: ReadonlyMap<string, Value>, plain: () => Value, more: Pick<Members, 'methods' | 'shown'> = {}): Host {
  return host(type, { ...more, fields: (name) => fields.get(name), plain });
}

/** An argument that has to be a text. */
export function argumentOf(args: readonly Value[], index: number): string {
  const value = args[index];
  if (value?.kind === 'string') return value.text;
  throw new TemplateFailure(value ? 'wrong type for value; expected string' : 'not enough arguments in call');
}
