/** A file system of which nothing is known but that it can do this: what the editor gives to extensions. Paths are whatever names a file there. */
export interface FilePort {
  /** Absent when there is no such file. */
  read(path: string): Promise<string | undefined>;
  write(path: string, text: string): Promise<void>;
  /** Rejects when there is a file at `to` already, unless it may be written over. */
  rename(from: string, to: string, overwrite: boolean): Promise<void>;
  /** Does nothing when there is no such file. */
  remove(path: string): Promise<void>;
  /** Milliseconds since 1970; absent when there is no such file. */
  changedAt(path: string): Promise<number | undefined>;
}
