import type { ChangeAnnotationFile } from './changed-file.ts';
import { changeVirtualFile } from './virtual-file.ts';

/** A browser asks the editor for files; the other implementation is behind `node.ts`. */
export const changeAnnotationFile: ChangeAnnotationFile = changeVirtualFile;
