import * as vscode from 'vscode';
import { isId } from '#webview';
import { simulators } from './core.ts';

/** More steps than this are counted, not listed. */
const mostSteps = 60;

/**
 * A scenario to read: what the panel shows, as Markdown. The editor's Markdown preview follows no command links, so a note's
 * link to a simulator leads here, and from here by the shared text to the panel. Absent when there is no such scenario.
 */
export async function scenarioPage(simulatorId: string, scenarioId: string): Promise<string | undefined> {
  if (!isId(simulatorId) || !isId(scenarioId)) return undefined;
  const { sceneText, shareText, simulatorById } = await simulators();
  const simulator = simulatorById(simulatorId);
  const scenario = simulator?.scenario(scenarioId);
  if (!simulator || !scenario) return undefined;
  const run = simulator.runScenario(scenario.id);
  const at = Math.min(scenario.openAt ?? -1, run.last);
  const share = shareText(simulator, { scenario: scenario.id, parameters: run.parameters, step: at });
  const steps = run.steps.slice(0, mostSteps).map((step) => `1. ${plain(step.label)}: ${plain(step.because)}`);
  const left = run.steps.length - steps.length;
  return `${[
    `# ${plain(scenario.title)}`,
    `*${plain(simulator.title)}*`,
    plain(scenario.lesson),
    vscode.l10n.t('From {0}.', plain(scenario.from)),
    vscode.l10n.t('To step through it, run the command **Patchgloss: Open Simulator...** and paste this:'),
    fenced(share),
    `## ${vscode.l10n.t('Picture')}`,
    fenced(sceneText(run.sceneAt(at))),
    `## ${vscode.l10n.t('All steps')}`,
    steps.join('\n'),
    ...(left > 0 ? [vscode.l10n.t('And {0} more.', left)] : []),
  ].join('\n\n')}\n`;
}

/** Signs that Markdown would take for markup, as text. */
function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, '\\$&');
}

function fenced(text: string): string {
  return `~~~text\n${text.replaceAll('~~~', '~ ~ ~')}\n~~~`;
}
