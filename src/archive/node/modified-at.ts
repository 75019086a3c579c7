import { statSync } from 'node:fs';

/** When a file was last changed, in milliseconds since 1970. */
export function modifiedAt(path: string): number {
  return statSync(path).mtimeMs;
}
