/** The few assertions of in-host suites: `node:assert` is not there in a worker. */
export function equal<Value>(actual: Value, expected: Value): void {
  if (!Object.is(actual, expected)) throw new Error(`Expected ${show(expected)}, got ${show(actual)}`);
}

export function matches(actual: string | undefined, pattern: RegExp): void {
  if (actual === undefined || !pattern.test(actual)) throw new Error(`Expected ${pattern}, got ${show(actual)}`);
}

function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
