import { cmaPins } from './cma-pins/index.ts';
import type { AnySimulator } from './kit/define.ts';
import { type ParsedShare, parseShare as parseShareOf } from './kit/share.ts';
import { memoryHotplug } from './memory-hotplug/index.ts';
import { moduleInit } from './module-init/index.ts';
import { pageFault } from './page-fault/index.ts';
import { pagePinning } from './page-pinning/index.ts';
import { populateLocks } from './populate-locks/index.ts';
import { privateMemory } from './private-memory/index.ts';
import { tdmrPamt } from './tdmr-pamt/index.ts';

export { extentOf } from './kit/axis.ts';
export type { Backwards } from './kit/backwards.ts';
export type { ComparedRow, Comparison } from './kit/compare.ts';
export { compare } from './kit/compare.ts';
export type { AnySimulator, GivenParameters } from './kit/define.ts';
export { defineSimulator } from './kit/define.ts';
export type { Explored, ExploredPath, ExploredStep, ExploreOptions } from './kit/explore.ts';
export type { ValueInText } from './kit/in-text.ts';
export { valuesInText } from './kit/in-text.ts';
export { traceMarkdown } from './kit/markdown.ts';
export type { MarkupNode } from './kit/markup.ts';
export { markupText } from './kit/markup.ts';
export type { CheckedParameters, ParameterProblem } from './kit/parameters.ts';
export { checkParameters, defaultValues, parseParameters, showValue } from './kit/parameters.ts';
export type {
  NotePart,
  Piece,
  Scene,
  ScenePart,
  Strip,
  StripPart,
  TablePart,
  TableRow,
  Window,
} from './kit/scene.ts';
export type { ParsedShare, Shared } from './kit/share.ts';
export { shareText } from './kit/share.ts';
export type {
  Citation,
  Json,
  ParameterSpec,
  ParameterValue,
  ParameterValues,
  Scenario,
} from './kit/simulator.ts';
export { InputError } from './kit/simulator.ts';
export type { SvgOptions } from './kit/svg.ts';
export { partTree, sceneSvg, sceneTree } from './kit/svg.ts';
export type { TextOptions } from './kit/text.ts';
export { sceneText } from './kit/text.ts';
export type { Frame, Trace, TraceStep } from './kit/trace.ts';
export { traceReport } from './kit/trace.ts';

/** Every simulator there is, in the order they are listed to a reader. */
export const simulators: readonly AnySimulator[] = [
  tdmrPamt,
  moduleInit,
  cmaPins,
  pageFault,
  privateMemory,
  memoryHotplug,
  pagePinning,
  populateLocks,
];

export function simulatorById(id: string): AnySimulator | undefined {
  return simulators.find((simulator) => simulator.id === id);
}

/** Reads a shared text such as `tdmr-pamt?scenario=one-chunk&step=3`; what is wrong with it is said, nothing throws. */
export function parseShare(text: string): ParsedShare {
  return parseShareOf(text, simulatorById);
}
