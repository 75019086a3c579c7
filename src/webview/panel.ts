/** The simulator panel: what the web page runs. */
import { simulatorById } from '#simulators';
import { element } from './dom.ts';
import { type FromPanel, type PanelState, readToPanel, type ToPanel } from './protocol.ts';
import { showSimulator } from './view.ts';
import { say, wordsFrom } from './words.ts';

interface Host {
  postMessage(message: FromPanel): void;
  setState(state: PanelState): void;
}

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const page = element('main', { id: 'panel' });
document.body.append(page);
let close = () => {};

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const message = readToPanel(event.data);
  if (message !== undefined) open(message);
});
host.postMessage({ type: 'ready' });

function open({ state, words: sent, notes }: ToPanel): void {
  const words = wordsFrom(sent);
  const simulator = simulatorById(state.simulator);
  close();
  page.replaceChildren();
  if (simulator === undefined) {
    page.append(element('p', { role: 'alert' }, say(words.unknownSimulator, state.simulator)));
    return;
  }
  close = showSimulator(
    page,
    simulator,
    { state, words, notes },
    {
      changed(now) {
        host.setState(now);
        host.postMessage({ type: 'changed', state: now });
      },
      goToOrigin: () => host.postMessage({ type: 'goToOrigin' }),
      openNote: (id) => host.postMessage({ type: 'openNote', id }),
      copy: (text) => host.postMessage({ type: 'copy', text }),
      copyLink: (text) => host.postMessage({ type: 'copyLink', text }),
      save: (format, text) => host.postMessage({ type: 'save', format, text }),
    },
  );
}
