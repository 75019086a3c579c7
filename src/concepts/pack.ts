/** A pack: notes that belong together and are switched on and off together. Data, nothing else. */
import type { Concept } from './concept.ts';

/** What `pack.yaml` beside the notes says. */
export interface PackHead {
  title: string;
  /** One sentence: whose words these are. */
  description: string;
  /** Mailing lists on which these words are used, as words of their names: `kvm`, `netdev`. */
  lists?: readonly string[];
}

export interface Pack extends PackHead {
  /** Small letters, digits, single hyphens; the name of the folder. */
  id: string;
  /** A folder of the reader's: what stands in it may come from anybody. */
  own?: true;
  concepts: readonly Concept[];
}
