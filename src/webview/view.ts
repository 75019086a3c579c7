import type { AnySimulator } from '#simulators';
import { folded, markTrace, plainList, sourceList, traceList } from './details.ts';
import { element } from './dom.ts';
import { stepKeys } from './keys.ts';
import { choiceOf, parameterRows } from './parameters.ts';
import { type Picture, picture } from './picture.ts';
import { player } from './player.ts';
import type { PanelState, Values } from './protocol.ts';
import { firstPosition, type Run, reasonOf, runOf, shareOf } from './run.ts';
import { type StepLine, stepLine } from './steps.ts';
import { say, type Words } from './words.ts';

/** What the page asks of the editor. */
export interface PanelActions {
  changed(state: PanelState): void;
  goToOrigin(): void;
  copy(text: string): void;
}

/** The moving parts of a panel, filled anew with each run and each position. */
interface Parts {
  heading: HTMLElement;
  picture: Picture;
  steps: StepLine;
  notice: HTMLElement;
  live: HTMLElement;
  parameters: HTMLElement;
  trace: HTMLElement;
  share: HTMLElement;
}

/** Shows a simulator on an empty page; the answer ends it. */
export function showSimulator(
  page: HTMLElement,
  simulator: AnySimulator,
  first: PanelState,
  words: Words,
  actions: PanelActions,
): () => void {
  let state = first;
  let run: Run;
  let position = -1;
  const play = player({
    canGoOn: () => position < run.trace.last,
    forward: () => seek(position + 1),
    onChange: (playing) => parts.steps.playing(playing),
  });
  const parts: Parts = {
    heading: element('header'),
    picture: picture(words),
    steps: stepLine(words, { seek: (to) => seekByHand(to), play: () => play.toggle() }),
    notice: element('div', { class: 'notice', role: 'alert', hidden: true }),
    live: element('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' }),
    parameters: element('form', { class: 'parameters', 'aria-label': words.parameters }),
    trace: element('div'),
    share: element('div'),
  };

  function seekByHand(to: number): void {
    play.stop();
    seek(to);
  }

  function seek(to: number): void {
    const next = Math.min(Math.max(to, -1), run.trace.last);
    if (next === position) return;
    position = next;
    showPosition();
    const taken = run.trace.at(position).taken;
    const told = taken ? `${taken.label}: ${words[taken.outcome]}. ${taken.because}` : words.start;
    parts.live.textContent = `${say(words.stepOf, position + 1, run.trace.last + 1)}. ${told}`;
  }

  function showPosition(): void {
    const { taken } = run.trace.at(position);
    const scene = run.trace.sceneAt(position);
    parts.picture.show(scene);
    parts.steps.show(position, taken, scene.summary);
    markTrace(parts.trace, position);
    parts.share.replaceChildren(...shareBox(shareOf(run, position), words, actions));
    state = { ...state, step: position };
    actions.changed(state);
  }

  /** A new run of the state. A run that cannot be made is said, and the last one stays. */
  function start(wanted: PanelState): boolean {
    play.stop();
    try {
      run = runOf(simulator, wanted);
    } catch (error) {
      tell(parts.notice, [say(words.cannotRun, reasonOf(error))]);
      return false;
    }
    state = wanted;
    tell(parts.notice, run.ignored.length > 0 ? [say(words.ignored, run.ignored.join('; '))] : []);
    parts.steps.load(run.trace.steps);
    parts.heading.replaceChildren(...headingOf(run, state, words, actions));
    parts.trace.replaceChildren(traceList(run.trace.steps, words, seekByHand));
    return true;
  }

  function changeValue(name: string, value: number | string | boolean): void {
    const values: Values = { ...state.values, [name]: value };
    if (!start({ ...state, values, fromText: state.fromText.filter((one) => one !== name) })) return;
    position = Math.min(position, run.trace.last);
    showPosition();
    parts.parameters.querySelector(`[data-parameter="${name}"] .mark`)?.remove();
    parts.live.textContent = say(words.recomputed, run.trace.last + 1);
  }

  function changeScenario(scenario: string): void {
    const { origin } = state;
    const wanted = { simulator: simulator.id, values: {}, fromText: [], ...(origin ? { origin } : {}) };
    open(scenario === '' ? wanted : { ...wanted, scenario });
  }

  function open(wanted: PanelState): void {
    if (!start(wanted)) return;
    position = firstPosition(run, wanted.step);
    parts.parameters.replaceChildren(
      ...parameterPart(run, state, words, {
        changeValue,
        changeScenario,
        restore: () => changeScenario(run.scenario?.id ?? ''),
      }),
    );
    showPosition();
  }

  page.replaceChildren(...layout(parts, simulator, words));
  const releaseKeys = stepKeys(page, {
    seek: seekByHand,
    play: () => play.toggle(),
    at: () => position,
    last: () => run.trace.last,
  });
  openAtFirst();
  return () => {
    play.stop();
    releaseKeys();
  };

  /** A state that cannot be run at all gives way to the simulator's own start, with what was wrong said above it. */
  function openAtFirst(): void {
    try {
      runOf(simulator, first);
      open(first);
    } catch (error) {
      changeScenario('');
      tell(parts.notice, [say(words.cannotRun, reasonOf(error))]);
    }
  }
}

function layout(parts: Parts, simulator: AnySimulator, words: Words): HTMLElement[] {
  return [
    parts.heading,
    parts.notice,
    element('div', { class: 'stage' }, parts.picture.node, parts.steps.node),
    element('aside', { 'aria-label': words.parameters }, parts.parameters),
    element(
      'footer',
      {},
      parts.picture.asText,
      folded(words.trace, parts.trace),
      folded(words.leavesOut, plainList(simulator.leavesOut)),
      folded(words.sources, sourceList(simulator.sources, words)),
      folded(words.share, parts.share),
      element('p', { class: 'keys' }, words.keys),
    ),
    parts.live,
  ];
}

function tell(notice: HTMLElement, sentences: readonly string[]): void {
  notice.hidden = sentences.length === 0;
  notice.replaceChildren(...sentences.map((sentence) => element('p', {}, sentence)));
}

/** Title, lesson, and the mail it was opened from. */
function headingOf(run: Run, state: PanelState, words: Words, actions: PanelActions): HTMLElement[] {
  const { scenario, simulator } = run;
  const lines = scenario
    ? [
        element('p', { class: 'field' }, simulator.title),
        element('h1', {}, scenario.title),
        element('p', { class: 'lesson' }, scenario.lesson),
      ]
    : [element('h1', {}, simulator.title), element('p', { class: 'lesson' }, simulator.about)];
  const from = element('p', { class: 'origin' });
  if (scenario) from.append(say(words.openedFrom, scenario.from));
  if (state.origin) {
    const back = element('button', { type: 'button', class: 'link', title: state.origin.label }, words.goBack);
    back.addEventListener('click', () => actions.goToOrigin());
    if (scenario) from.append(' · ');
    from.append(back);
  }
  return from.hasChildNodes() ? [...lines, from] : lines;
}

interface ParameterActions {
  changeValue(name: string, value: number | string | boolean): void;
  changeScenario(scenario: string): void;
  restore(): void;
}

function parameterPart(run: Run, state: PanelState, words: Words, actions: ParameterActions): HTMLElement[] {
  const { simulator, scenario } = run;
  const choices = [
    { value: '', label: words.noScenario },
    ...simulator.scenarios.map((one) => ({ value: one.id, label: one.title })),
  ];
  const restore = element('vscode-button', { secondary: true }, words.restore);
  restore.addEventListener('click', () => actions.restore());
  return [
    element(
      'div',
      { class: 'parameter scenario' },
      element('div', { class: 'nameplate' }, element('span', { class: 'label' }, words.scenario)),
      choiceOf(words.scenario, choices, scenario?.id ?? '', actions.changeScenario),
    ),
    ...parameterRows({
      specs: simulator.parameters,
      values: run.values,
      fromText: new Set(state.fromText),
      words,
      onChange: actions.changeValue,
    }),
    restore,
  ];
}

function shareBox(text: string, words: Words, actions: PanelActions): HTMLElement[] {
  const copy = element('vscode-button', { secondary: true }, words.copy);
  copy.addEventListener('click', () => actions.copy(text));
  return [
    element('p', { class: 'quiet' }, words.shareHelp),
    element('div', { class: 'share' }, element('code', { class: 'token' }, text), copy),
  ];
}
