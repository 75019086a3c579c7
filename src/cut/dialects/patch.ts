import type { Dialect } from '../message-cut.ts';
import { headless } from './text.ts';

/** A bare patch: no header, a diff from the first lines on. */
export const patch: Dialect = {
  name: 'patch',
  recognises: (head) => /^(?:diff --git |Index: |--- \S.{0,1000}\n\+\+\+ )/m.test(head),
  cut: (source) => [headless('patch', source, [])],
};
