/** ISO/IEC 15417, symbols 0 to 105: widths of bar, space, bar, space, bar, space in modules. */
const SYMBOLS = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 ' +
  '212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 ' +
  '314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 ' +
  '214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232'
).split(' ');
const START_B = 104;
const STOP = '2331112';
/** Light modules at both ends, without which scanners find no beginning. */
const QUIET = 10;

/** A text of letters, digits and signs (ASCII 32 to 126) as a bar code a hand scanner types, drawn as SVG `height` modules high. */
export function code128(text: string, height = 40): string {
  const values = Array.from(text, (sign) => (sign.codePointAt(0) ?? 0) - 32);
  if (values.some((value) => value < 0 || value > 94)) throw new Error('A bar code of this kind holds ASCII only.');
  const check = values.reduce((sum, value, at) => sum + value * (at + 1), START_B) % 103;
  const widths = Array.from([START_B, ...values, check].map((value) => SYMBOLS[value] ?? '').join('') + STOP, Number);
  let x = QUIET;
  let bars = '';
  widths.forEach((width, at) => {
    if (at % 2 === 0) bars += `M${x} 0h${width}v${height}h-${width}z`;
    x += width;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${x + QUIET} ${height}" shape-rendering="crispEdges"><path d="${bars}"/></svg>`;
}
