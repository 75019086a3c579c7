import type * as vscode from 'vscode';
import type { Store } from '#annotations';

/** What a change of an annotation file came to. */
export interface ChangedFile {
  store: Store;
  /** The file that was there could not be read and stands under this name now. */
  keptAs?: string;
  /** Why it could not be read. */
  damage?: string;
}

/**
 * Changes an annotation file: reads it as it is now, applies the change, and puts the result in its place in one step. The change may
 * be applied more than once and must come to the same. Rejects with an `Error` in words for the reader.
 */
export type ChangeAnnotationFile = (
  file: vscode.Uri,
  label: string | undefined,
  change: (store: Store) => Store,
) => Promise<ChangedFile>;
