import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { RE2JS } from 're2js';
import type { Gap, RenderProblem } from '../../../model/render-result.ts';
import type { SourceFile } from '../../../text/source-file.ts';
import { type MapValue, originsOf, type Value } from '../value.ts';
import type { ChartInstance } from './instance.ts';
import { failure, inFile } from './problems.ts';

/** A schema that can be asked, or why it cannot. */
type Compiled = { readonly validate: ValidateFunction } | { readonly reason: string };

const compiled = new WeakMap<SourceFile, Compiled>();

/** One thing of the values that a schema refuses. */
export interface SchemaProblem extends RenderProblem {
  /** Where in the values of the unit. */
  readonly path: readonly string[];
  /** The keyword of JSON Schema: `type`, `required`, `enum`. */
  readonly keyword: string;
  readonly schema: SourceFile;
}

export interface SchemaResult {
  readonly problems: readonly SchemaProblem[];
  /** Schemas that could not be asked, such as those that refer to another one on the web: nothing is fetched. */
  readonly gaps: readonly Gap[];
}

/** Holds the values of a chart and of its subcharts against their `values.schema.json`. Formats of texts are not checked. */
export function checkSchemas(root: ChartInstance, values: MapValue): SchemaResult {
  const problems: SchemaProblem[] = [];
  const gaps: Gap[] = [];
  check(root, values, [], problems, gaps);
  return { problems, gaps };
}

function check({ chart, dependencies }: ChartInstance, values: MapValue, path: readonly string[], problems: SchemaProblem[], gaps: Gap[]): void {
  const { schemaFile } = chart;
  if (schemaFile) {
    const schema = compile(schemaFile);
    if ('reason' in schema) gaps.push({ cause: 'other', message: `"${schemaFile.path}" is not used: ${schema.reason}`, origin: inFile(schemaFile) });
    else if (!schema.validate(plainOf(values))) {
      for (const error of schema.validate.errors ?? []) problems.push(problemOf(error, values, path, schemaFile, chart.valuesFile ?? chart.file));
    }
  }
  for (const dependency of dependencies) {
    const own = values.entries.get(dependency.name);
    if (own?.kind === 'map') check(dependency, own, [...path, dependency.name], problems, gaps);
  }
}

function problemOf(error: ErrorObject, values: MapValue, path: readonly string[], schema: SourceFile, fallback: SourceFile): SchemaProblem {
  const steps = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const extra = String(error.params['additionalProperty'] ?? error.params['unevaluatedProperty'] ?? error.propertyName ?? '');
  const place = extra === '' ? steps : [...steps, extra];
  const [origin = inFile(fallback)] = originsNear(values, place);
  const name = [...path, ...steps].join('.');
  const message = `${name === '' ? 'the values' : `"${name}"`} ${error.message ?? 'are not allowed'}${extra === '' ? '' : ` ("${extra}")`}`;
  return { ...failure('other', message, origin), path: [...path, ...place], keyword: error.keyword, schema };
}

/** Who wrote the value at a path, or as much of the path as there is. */
function originsNear(values: MapValue, path: readonly string[]) {
  let at: Value = values;
  for (const step of path) {
    const inner: Value | undefined = at.kind === 'map' ? at.entries.get(step) : at.kind === 'list' ? at.items[Number(step)] : undefined;
    if (!inner) break;
    at = inner;
  }
  return at === values ? [] : originsOf(at);
}

function compile(file: SourceFile): Compiled {
  let result = compiled.get(file);
  if (!result) {
    result = compileText(file.text);
    compiled.set(file, result);
  }
  return result;
}

function compileText(text: string): Compiled {
  let schema: unknown;
  try {
    schema = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return { reason: 'it is not JSON' };
  }
  if (typeof schema === 'boolean') return { validate: new Ajv().compile(schema) };
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return { reason: 'it is not a schema' };
  const { $schema: dialect, ...rest } = schema as Record<string, unknown>;
  try {
    const name = typeof dialect === 'string' ? dialect : '';
    return { validate: ajvFor(name).compile(/draft-0[34]/.test(name) ? fromDraft4(rest) : rest) };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : 'it is not a schema' };
  }
}

/** The two words of draft 4 that meant something else than they do now. */
function fromDraft4(schema: object): object {
  return JSON.parse(JSON.stringify(schema), (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const { id, exclusiveMinimum, exclusiveMaximum, minimum, maximum, ...rest } = value as Record<string, unknown>;
    const limits = {
      ...(minimum !== undefined && { [exclusiveMinimum === true ? 'exclusiveMinimum' : 'minimum']: minimum }),
      ...(maximum !== undefined && { [exclusiveMaximum === true ? 'exclusiveMaximum' : 'maximum']: maximum }),
    };
    return { ...rest, ...limits, ...(typeof id === 'object' && { id }) };
  }) as object;
}

/** Patterns are Go's, and charts write them: the engine is one that none of them makes slow. */
function pattern(source: string): RegExp {
  const regexp = RE2JS.compile(source);
  // ajv tells patterns apart by how they print.
  return { test: (text: string) => regexp.matcher(text).find(), toString: () => source } as unknown as RegExp;
}
pattern.code = 'new RegExp';

/** Helm takes a schema that does not say what it is for one of 2020-12. */
function ajvFor(dialect: string): Ajv {
  const options = { allErrors: true, strict: false, validateFormats: false, logger: false, validateSchema: false, code: { regExp: pattern } } as const;
  if (/draft-0[3-7]/.test(dialect)) return new Ajv(options);
  return /2019-09/.test(dialect) ? new Ajv2019(options) : new Ajv2020(options);
}

function plainOf(value: Value): unknown {
  switch (value.kind) {
    case 'string':
      return value.text;
    case 'int':
      return Number(value.value);
    case 'float':
    case 'bool':
      return value.value;
    case 'map':
      return Object.fromEntries([...value.entries].map(([key, inner]) => [key, plainOf(inner)]));
    case 'list':
      return value.items.map(plainOf);
    default:
      return null;
  }
}
