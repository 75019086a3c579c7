import type { AnySimulator } from '#simulators';
import { besideForm, besideSummary, nextDifference, resultTable } from './beside.ts';
import { folded, markTrace, traceList } from './details.ts';
import { element } from './dom.ts';
import { headingOf } from './heading.ts';
import { stepKeys } from './keys.ts';
import { layout, type Parts, partsOf } from './layout.ts';
import { parameterPart } from './parameters.ts';
import { type Player, player } from './player.ts';
import type { NoteName, PanelState, Values, Zoom } from './protocol.ts';
import { firstPosition, nameOf, type Run, reasonOf, runOf } from './run.ts';
import { type SavingActions, savingBox } from './saving.ts';
import { stepLine } from './steps.ts';
import { say, type Words } from './words.ts';

/** What the page asks of the editor. */
export interface PanelActions extends SavingActions {
  changed(state: PanelState): void;
  goToOrigin(): void;
  openNote(id: string): void;
}

/** What a panel is opened with. */
export interface Opened {
  state: PanelState;
  words: Words;
  notes: readonly NoteName[];
}

/** Shows a simulator on an empty page; the answer ends it. */
export function showSimulator(
  page: HTMLElement,
  simulator: AnySimulator,
  opened: Opened,
  actions: PanelActions,
): () => void {
  return new View(page, simulator, opened, actions).show();
}

class View {
  readonly #page: HTMLElement;
  readonly #simulator: AnySimulator;
  readonly #opened: Opened;
  readonly #words: Words;
  readonly #actions: PanelActions;
  readonly #parts: Parts;
  readonly #player: Player;
  #state: PanelState;
  #run: Run;
  /** -1 is the start. */
  #position = -1;

  constructor(page: HTMLElement, simulator: AnySimulator, opened: Opened, actions: PanelActions) {
    const { words } = opened;
    this.#page = page;
    this.#simulator = simulator;
    this.#opened = opened;
    this.#words = words;
    this.#actions = actions;
    this.#state = this.#fresh(opened.state);
    this.#run = runOf(simulator, this.#state);
    const steps = stepLine(words, { seek: (to) => this.#seekByHand(to), play: () => this.#player.toggle() });
    this.#parts = partsOf(steps, words, (zoom) => this.#zoomTo(zoom));
    this.#player = player({
      canGoOn: () => this.#position < this.#run.walk.last,
      forward: () => this.#seek(this.#position + 1),
      onChange: (playing) => this.#parts.steps.playing(playing),
    });
  }

  show(): () => void {
    this.#page.replaceChildren(...layout(this.#parts, this.#simulator, this.#words, (goal) => this.#showWay(goal)));
    const releaseKeys = stepKeys(this.#page, {
      seek: (to) => this.#seekByHand(to),
      play: () => this.#player.toggle(),
      nextDifference: () => this.#goToDifference(),
      at: () => this.#position,
      last: () => this.#run.walk.last,
    });
    // A state that cannot be run at all gives way to the simulator's own start, with what was wrong said above it.
    if (!this.#open(this.#opened.state)) {
      const problem = [...this.#parts.notice.children];
      this.#open(this.#fresh(this.#opened.state));
      this.#parts.notice.hidden = false;
      this.#parts.notice.replaceChildren(...problem);
    }
    return () => {
      this.#player.stop();
      releaseKeys();
    };
  }

  #seekByHand(to: number): void {
    this.#player.stop();
    this.#seek(to);
  }

  #seek(to: number): void {
    const next = Math.min(Math.max(to, -1), this.#run.walk.last);
    if (next === this.#position) return;
    this.#position = next;
    this.#showPosition();
    this.#say(spoken(this.#run, next, this.#words));
  }

  #goToDifference(): void {
    const next = nextDifference(this.#run, this.#position);
    if (next !== undefined) this.#seekByHand(next);
  }

  #showPosition(): void {
    const [run, parts, position] = [this.#run, this.#parts, this.#position];
    const place = run.walk.at(position);
    parts.left.show(place.left.scene);
    if (place.right) parts.right.show(place.right.scene);
    parts.steps.show(position, place);
    markTrace(parts.trace, run.walk.leftStep(position));
    parts.saving.replaceChildren(...savingBox(run, position, this.#words, this.#actions));
    this.#state = { ...this.#state, step: position };
    this.#actions.changed(this.#state);
  }

  /** Both sides show the same stretch. */
  #zoomTo(zoom: Zoom): void {
    this.#parts.left.zoomTo(zoom);
    this.#parts.right.zoomTo(zoom);
    this.#state = { ...this.#state, zoom };
    this.#actions.changed(this.#state);
  }

  /** A new run of the state. A run that cannot be made is said, and the last one stays. */
  #start(wanted: PanelState): boolean {
    const [parts, words] = [this.#parts, this.#words];
    this.#player.stop();
    try {
      this.#run = runOf(this.#simulator, wanted);
    } catch (error) {
      this.#tell([say(words.cannotRun, reasonOf(error))]);
      return false;
    }
    this.#state = wanted;
    const { ignored, walk, trace } = this.#run;
    this.#tell(ignored.length > 0 ? [say(words.ignored, ignored.join('; '))] : []);
    parts.steps.load(walk);
    parts.heading.replaceChildren(...headingOf(this.#run, wanted, this.#opened.notes, words, this.#actions));
    parts.trace.replaceChildren(traceList(trace.steps, words, (step) => this.#seekByHand(positionOf(this.#run, step))));
    this.#showBeside();
    return true;
  }

  #showBeside(): void {
    const [run, parts, words] = [this.#run, this.#parts, this.#words];
    const names = sideNames(run);
    const { left, right } = parts.sides;
    parts.pictures.classList.toggle('compared', run.beside !== undefined);
    parts.pictures.replaceChildren(left, ...(run.beside ? [right] : []));
    parts.captions.left.textContent = names.left;
    parts.captions.right.textContent = names.right;
    const form = run.trace.goal === undefined ? [besideForm(run, words, (against) => this.#changeBeside(against))] : [];
    parts.beside.replaceChildren(...form, ...besideSummary(run, words, () => this.#goToDifference()));
    const results = resultTable(run, names.left, names.right, words);
    parts.results.replaceChildren(...(results ? [folded(words.resultsDiffer, results)] : []));
  }

  #changeBeside(against: Values): void {
    const { against: _before, step: _at, ...rest } = this.#state;
    this.#open(Object.keys(against).length === 0 ? rest : { ...rest, against });
    this.#say(spoken(this.#run, this.#position, this.#words));
    // The form was made anew under the reader's fingers.
    this.#parts.beside.querySelector<HTMLElement>('vscode-single-select')?.focus();
  }

  #changeValue(name: string, value: number | string | boolean): void {
    const { goal: _way, ...rest } = this.#state;
    const before = this.#run.trace.goal === undefined ? rest.values : this.#run.values;
    const fromText = rest.fromText.filter((one) => one !== name);
    if (!this.#start({ ...rest, values: { ...before, [name]: value }, fromText })) return;
    this.#position = Math.min(this.#position, this.#run.walk.last);
    this.#showPosition();
    this.#parts.parameters.querySelector(`[data-parameter="${name}"] .mark`)?.remove();
    this.#say(say(this.#words.recomputed, this.#run.walk.last + 1));
  }

  #changeScenario(scenario: string): void {
    this.#open(scenario === '' ? this.#fresh(this.#state) : { ...this.#fresh(this.#state), scenario });
  }

  /** The simulator's own start, opened from the same place. */
  #fresh({ simulator, origin }: PanelState): PanelState {
    return { simulator, values: {}, fromText: [], ...(origin ? { origin } : {}) };
  }

  #showWay(goal: string): void {
    if (this.#simulator.wayTo(goal) === undefined) {
      this.#tell([say(this.#words.noWay, goal)]);
      return;
    }
    this.#open({ ...this.#fresh(this.#state), goal });
    this.#parts.heading.scrollIntoView({ block: 'nearest' });
    this.#say(say(this.#words.shortestWay, goal));
  }

  #open(wanted: PanelState): boolean {
    if (!this.#start(wanted)) return false;
    this.#position = firstPosition(this.#run, wanted.step);
    this.#parts.parameters.replaceChildren(
      ...parameterPart(this.#run, new Set(this.#state.fromText), this.#words, {
        changeValue: (name, value) => this.#changeValue(name, value),
        changeScenario: (scenario) => this.#changeScenario(scenario),
        restore: () => this.#changeScenario(this.#run.scenario?.id ?? ''),
      }),
    );
    for (const side of [this.#parts.left, this.#parts.right]) side.zoomTo(this.#state.zoom ?? {});
    this.#showPosition();
    return true;
  }

  #tell(sentences: readonly string[]): void {
    this.#parts.notice.hidden = sentences.length === 0;
    this.#parts.notice.replaceChildren(...sentences.map((sentence) => element('p', {}, sentence)));
  }

  /** For a screen reader. */
  #say(sentence: string): void {
    this.#parts.live.textContent = sentence;
  }
}

/** What two runs are called beside each other: the values in which they differ. */
function sideNames(run: Run): { left: string; right: string } {
  const { beside, values } = run;
  if (!beside) return { left: '', right: '' };
  const own = Object.fromEntries(Object.keys(beside.values).map((name) => [name, values[name] ?? '']));
  return { left: nameOf(run, own), right: nameOf(run, beside.values) };
}

/** What a screen reader is told of a position. */
function spoken({ walk }: Run, position: number, words: Words): string {
  const { left, right, same } = walk.at(position);
  const told = (taken: typeof left.taken): string =>
    taken ? `${taken.label}: ${words[taken.outcome]}. ${taken.because}` : position < 0 ? words.start : words.notItsTurn;
  const counted = say(words.stepOf, position + 1, walk.last + 1);
  if (!right) return `${counted}. ${told(left.taken)}`;
  const both = same ? told(left.taken) : `${words.asSet}: ${told(left.taken)} ${words.beside}: ${told(right.taken)}`;
  return `${counted}${same ? '' : `, ${words.parted}`}. ${both}`;
}

/** Where a step of the left run stands in the walk. */
function positionOf({ walk }: Run, step: number): number {
  const { comparison } = walk;
  return comparison ? comparison.rows.findIndex(({ left }) => left?.index === step) : step;
}
