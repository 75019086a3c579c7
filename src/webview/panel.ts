/** The simulator panel: what the web page runs. */
import { simulatorById } from '#simulators';
import { element } from './dom.ts';
import { type FromPanel, type PanelState, readToPanel } from './protocol.ts';
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
  if (message !== undefined) open(message.state, message.words);
});
host.postMessage({ type: 'ready' });

function open(state: PanelState, sent: Readonly<Record<string, string>>): void {
  const words = wordsFrom(sent);
  const simulator = simulatorById(state.simulator);
  close();
  page.replaceChildren();
  if (simulator === undefined) {
    page.append(element('p', { role: 'alert' }, say(words.unknownSimulator, state.simulator)));
    return;
  }
  close = showSimulator(page, simulator, state, words, {
    changed(now) {
      host.setState(now);
      host.postMessage({ type: 'changed', state: now });
    },
    goToOrigin: () => host.postMessage({ type: 'goToOrigin' }),
    copy: (text) => host.postMessage({ type: 'copy', text }),
  });
}
