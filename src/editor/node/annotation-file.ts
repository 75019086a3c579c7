import { changeStoreFile } from '#annotations/node';
import type { ChangeAnnotationFile } from '../annotations/changed-file.ts';
import { changeVirtualFile } from '../annotations/virtual-file.ts';

/** On a disk a lock holds between programs, and a killed process loses nothing; other files go through the editor. */
export const changeAnnotationFile: ChangeAnnotationFile = (file, label, change) =>
  file.scheme === 'file' ? changeStoreFile(file.fsPath, label, change) : changeVirtualFile(file, label, change);
