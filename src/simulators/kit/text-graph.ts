import type { GraphEdge, GraphPart } from './scene.ts';
import { wrap } from './wrap.ts';

/** One line for each box that something is said of: `A -> holds S, F(w); waits for M(r)`; then the way round. */
export function graphLines(part: GraphPart, width: number): string[] {
  const tellers = part.nodes.filter((node) => node.role === 'actor' || part.edges.some((edge) => edge.of === node.id));
  const margin = Math.min(24, Math.max(0, ...tellers.map((node) => node.label.length)));
  const ring = new Set(part.cycle?.edges ?? []);
  const lines = tellers.flatMap((node) => {
    const own = part.edges.filter((edge) => edge.of === node.id);
    const fresh = node.fresh === true || own.some((edge) => edge.fresh === true);
    const sign = own.some((edge) => ring.has(edge.id)) ? '!' : fresh ? '*' : ' ';
    const said = own.length === 0 ? 'nothing' : saidOf(own);
    return wrap(`${sign} ${node.label.padEnd(margin)} -> ${said}`, width, ' '.repeat(margin + 6));
  });
  const cycle = part.cycle === undefined ? [] : wrap(`! ${part.cycle.words}`, width, '  ');
  return [...wrap(part.title, width), ...lines.map((line) => line.trimEnd()), ...cycle];
}

/** Objects of one verb together, in the order in which the verbs first occur. */
function saidOf(edges: readonly GraphEdge[]): string {
  const verbs = [...new Set(edges.map((edge) => edge.verb))];
  return verbs
    .map((verb) => {
      const objects = edges.filter((edge) => edge.verb === verb).map((edge) => edge.object);
      return `${verb} ${objects.join(', ')}`;
    })
    .join('; ');
}
