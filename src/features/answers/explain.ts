import type { Meaning } from '#concepts';
import { simulatorById } from '#simulators';
import { ourGlossary } from '../packs.ts';
import { SCHEMA_VERSION } from './version.ts';

export interface ExplainReport {
  schemaVersion: number;
  term: string;
  found: boolean;
  /** All meanings of the word, in scope or not; best first. */
  meanings: readonly ExplainedMeaning[];
}

export interface ExplainedMeaning {
  concept: string;
  title: string;
  expansion?: string;
  field: string;
  summary: string;
  /** Why it stands where it stands among the meanings. */
  because: string;
  /** The term is a member of this family (`RET_PF_*`), of which the note is; it has none of its own. */
  family?: string;
  lookAlikes: readonly string[];
  simulator?: string;
  scenario?: string;
  sources: readonly string[];
}

/** The notes on a term. `near` is any text that says what it is about, to order several meanings. */
export function explainReport(term: string, near: string | undefined): ExplainReport {
  const meanings = ourGlossary().explain(term, near).map(explained);
  return { schemaVersion: SCHEMA_VERSION, term, found: meanings.length > 0, meanings };
}

function explained(meaning: Meaning): ExplainedMeaning {
  const { concept, because, family } = meaning;
  return {
    concept: concept.id,
    title: concept.title,
    ...(concept.expansion === undefined ? {} : { expansion: concept.expansion }),
    field: concept.field,
    summary: concept.summary,
    because,
    ...(family !== undefined && { family }),
    lookAlikes: concept.not,
    ...runOf(meaning),
    sources: concept.sources,
  };
}

/** A note may name a simulator that this build does not have; then there is nothing to run. */
function runOf({ concept, scenario }: Meaning): Pick<ExplainedMeaning, 'simulator' | 'scenario'> {
  const model = concept.simulator === undefined ? undefined : simulatorById(concept.simulator);
  if (!model) return {};
  const known = scenario !== undefined && model.scenario(scenario) !== undefined;
  return { simulator: model.id, ...(known ? { scenario } : {}) };
}
