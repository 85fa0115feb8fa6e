export type Line = { name: string; points: { x: number; y: number }[] };

const WIDTH = 760;
const HEIGHT = 420;
const PLOT = { left: 56, right: 560, top: 40, bottom: 360 };
/** Colours that stay apart for most colour-blind readers (Okabe and Ito 2008); dashes tell them apart without colour. */
const STROKES = [['#0072b2', ''], ['#d55e00', '8 4'], ['#009e73', '2 4'], ['#cc79a7', '12 4 2 4']] as const;
const X_TICKS = [0, 10, 50, 100, 200, 400, 1000] as const;

/** Calls on a root scale, so that the first hundred can be seen. */
function x(calls: number): number {
  return PLOT.left + (PLOT.right - PLOT.left) * Math.sqrt(calls / 1000);
}

function y(share: number): number {
  return PLOT.bottom - ((PLOT.bottom - PLOT.top) * (share - 50)) / 50;
}

/** The learning curves as a picture that reads on light and dark pages. */
export function curveSvg(lines: readonly Line[]): string {
  const ticks = [50, 60, 70, 80, 90, 100].map((share) =>
    `<line x1="${PLOT.left}" x2="${PLOT.right}" y1="${y(share)}" y2="${y(share)}" stroke="#ddd"/><text x="${PLOT.left - 8}" y="${y(share) + 4}" text-anchor="end">${share} %</text>`);
  const marks = X_TICKS.map((calls) => `<text x="${x(calls).toFixed(1)}" y="${PLOT.bottom + 20}" text-anchor="middle">${calls}</text>`);
  const ends = spread(lines.map((line) => y(line.points.at(-1)?.y ?? 50)));
  const drawn = lines.map((line, i) => {
    const [stroke, dash] = STROKES[i % STROKES.length]!;
    const path = line.points.map((point, n) => `${n === 0 ? 'M' : 'L'}${x(point.x).toFixed(1)} ${y(Math.max(50, point.y)).toFixed(1)}`).join('');
    const dots = line.points.map((point) => `<circle cx="${x(point.x).toFixed(1)}" cy="${y(Math.max(50, point.y)).toFixed(1)}" r="3" fill="${stroke}"/>`).join('');
    return `<path d="${path}" fill="none" stroke="${stroke}" stroke-width="2" stroke-dasharray="${dash}"/>${dots}<text x="${PLOT.right + 10}" y="${(ends[i]! + 4).toFixed(1)}" fill="${stroke}">${line.name}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="t" font-family="system-ui, sans-serif" font-size="13">
<title id="t">Share of calls whose script is among the first three suggestions, by calls handled on the desk</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<text x="${PLOT.left}" y="22" font-size="15" fill="#222">Right script among the first three suggestions</text>
<g fill="#444">${[...ticks, ...marks].join('')}<text x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 44}" text-anchor="middle">calls handled on the desk</text></g>
${drawn.join('\n')}
</svg>
`;
}

/** Moves labels apart until none covers another. */
function spread(places: readonly number[]): number[] {
  const order = places.map((place, i) => ({ place, i })).sort((a, b) => a.place - b.place);
  for (let n = 1; n < order.length; n += 1) order[n]!.place = Math.max(order[n]!.place, order[n - 1]!.place + 17);
  return order.sort((a, b) => a.i - b.i).map(({ place }) => place);
}
