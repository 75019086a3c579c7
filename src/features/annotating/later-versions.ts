import { type Annotation, type Placing, placeCarried, referenceOf, type Where } from '#annotations';
import { matchPatches, type Patch, patchOf, seriesOf } from '#reading';
import { type SeriesVersion, versionsIn } from '../interdiff.ts';
import type { Page, Reading } from '../reading.ts';
import type { NotedMail } from './candidate.ts';
import type { NotedFile } from './noted-file.ts';

/** A note that stands in another version of the patch it was written on. */
export interface Carried {
  /** The Message-ID of the mail it was written on. */
  from: string;
  /** The version that it was written on. */
  fromVersion?: number;
  /** The version that it stands in. */
  version?: number;
}

/** A place in a later version of the patch that a note is on. */
export interface LaterPlace {
  where: Where;
  version: number;
  /** The version that the note is on. */
  fromVersion: number;
}

/** Whether a note that was placed stands in another version of its patch, and not in its mail or in a quote of it. */
export function carriedIn(annotation: Annotation, { by, depthChange }: Where, page: Page): Carried | undefined {
  const { messageId, subject } = referenceOf(annotation);
  const here = page.fields.get('message-id')?.[0];
  if (by === 'message-id' || depthChange > 0 || messageId === undefined || here === undefined) return undefined;
  if (page.kind !== 'patch') return undefined;
  const [fromVersion, version] = [subject, page.subject].map((one) =>
    one === undefined ? undefined : seriesOf(one, true)?.version,
  );
  // The same words under another id in the same version: the mail itself, sent or kept twice.
  if (by === 'body-hash' && version === fromVersion) return undefined;
  return {
    from: messageId,
    ...(fromVersion === undefined ? {} : { fromVersion }),
    ...(version === undefined ? {} : { version }),
  };
}

/** Later versions of the patches in some files, matched by what they change. */
export class LaterVersions {
  readonly #mails: ReadonlyMap<string, NotedMail>;
  readonly #versions: readonly SeriesVersion[];
  /** Patches of a version by the patches of an earlier one. */
  readonly #matched = new Map<string, ReadonlyMap<string, string>>();

  constructor(files: readonly (NotedFile | undefined)[], mails: ReadonlyMap<string, NotedMail>) {
    this.#mails = mails;
    // A file that is missing has no mails, but keeps its number.
    this.#versions = versionsIn(files.map((file) => file?.reading ?? NOTHING));
  }

  /** Where a note on a patch stands in later versions of it. Where nothing singles the place out it stands nowhere. */
  of(annotation: Annotation, key: string): LaterPlace[] {
    const at = this.#versions.findIndex(({ mails }) => mails.some((mail) => mail.key === key));
    const own = this.#versions[at];
    if (!own) return [];
    return this.#versions.slice(at + 1).flatMap((later) => {
      const mail = this.#mails.get(this.#match(own, later).get(key) ?? '');
      const placing: Placing | undefined = mail && placeCarried(annotation, mail.candidate);
      if (placing?.state !== 'placed') return [];
      return [{ where: placing.where, version: later.version, fromVersion: own.version }];
    });
  }

  #match(before: SeriesVersion, after: SeriesVersion): ReadonlyMap<string, string> {
    const name = `${before.version} ${after.version}`;
    const known = this.#matched.get(name);
    if (known) return known;
    const patches = ({ mails }: SeriesVersion): Patch[] => mails.map(({ key, page }) => patchOf(key, page.message));
    const pairs = matchPatches(patches(before), patches(after));
    const matched = new Map(
      pairs.flatMap((pair) => (pair.before && pair.after ? [[pair.before.key, pair.after.key] as const] : [])),
    );
    this.#matched.set(name, matched);
    return matched;
  }
}

const NOTHING: Pick<Reading, 'messages' | 'page'> = { messages: 0, page: () => undefined };
