/** The part of JSON Schema 2020-12 that media/annotations.schema.json uses; any other keyword is an error. */

type Schema = Record<string, unknown>;

const NOTES = new Set(['$schema', '$id', 'title', 'description', '$defs']);

function isRecord(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asSchema(value: unknown): Schema {
  if (!isRecord(value)) throw new Error('The schema has something else where a schema should stand.');
  return value;
}

/** Where and how a value breaks the schema; nothing when it does not. */
export function breaches(root: unknown, value: unknown): string[] {
  const whole = asSchema(root);
  return check(whole, whole, value, '');
}

function check(root: Schema, schema: Schema, value: unknown, path: string): string[] {
  return Object.entries(schema).flatMap(([keyword, rule]) => {
    if (NOTES.has(keyword)) return [];
    return checkKeyword(root, keyword, rule, value, path).map((breach) => breach || `${path || '/'}: ${keyword}`);
  });
}

function checkKeyword(root: Schema, keyword: string, rule: unknown, value: unknown, path: string): string[] {
  const unless = (holds: boolean): string[] => (holds ? [] : ['']);
  switch (keyword) {
    case '$ref':
      return check(root, definition(root, String(rule)), value, path);
    case 'type':
      return unless([rule].flat().some((name) => hasType(value, String(name))));
    case 'const':
      return unless(value === rule);
    case 'enum':
      return unless(Array.isArray(rule) && rule.includes(value));
    case 'pattern':
      return unless(typeof value !== 'string' || new RegExp(String(rule), 'u').test(value));
    case 'minLength':
      return unless(typeof value !== 'string' || value.length >= Number(rule));
    case 'minimum':
      return unless(typeof value !== 'number' || value >= Number(rule));
    case 'minItems':
      return unless(!Array.isArray(value) || value.length >= Number(rule));
    case 'required':
      return unless(!isRecord(value) || [rule].flat().every((name) => Object.hasOwn(value, String(name))));
    case 'anyOf':
      return unless([rule].flat().some((one) => check(root, asSchema(one), value, path).length === 0));
    case 'items':
      return [value].flat().flatMap((item, index) => check(root, asSchema(rule), item, `${path}/${index}`));
    case 'properties':
      return Object.entries(asSchema(rule)).flatMap(([name, inner]) =>
        isRecord(value) && Object.hasOwn(value, name)
          ? check(root, asSchema(inner), value[name], `${path}/${name}`)
          : [],
      );
    default:
      throw new Error(`The schema uses ${keyword}, which the test does not know.`);
  }
}

function definition(root: Schema, reference: string): Schema {
  return asSchema(asSchema(root.$defs)[reference.replace('#/$defs/', '')]);
}

function hasType(value: unknown, name: string): boolean {
  if (name === 'object') return isRecord(value);
  if (name === 'array') return Array.isArray(value);
  if (name === 'integer') return Number.isInteger(value);
  return typeof value === name;
}
