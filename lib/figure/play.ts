import type { Part } from './figure.ts';
import { palette, translucent } from './palette.ts';

/**
 * Two buttons, Play and Pause, for a figure whose frames are moments; no kernel is needed.
 *
 * Play goes on from where the slider stands.
 *
 * @param milliseconds how long each frame is shown
 *
 * @example
 * ```ts
 * const [{ buttons }] = playButtons(100) as [{ buttons: { label: string }[] }]
 * buttons.map(button => button.label) // => ['Play', 'Pause']
 * ```
 */
export function playButtons(milliseconds: number): Part[] {
  const still = { duration: 0 };
  const play = {
    mode: 'immediate',
    fromcurrent: true,
    frame: { duration: milliseconds, redraw: true },
    transition: still,
  };
  const pause = { mode: 'immediate', frame: { duration: 0, redraw: true }, transition: still };
  return [
    {
      type: 'buttons',
      direction: 'left',
      showactive: false,
      x: 1,
      xanchor: 'right',
      y: 1.02,
      yanchor: 'bottom',
      pad: { t: 0, r: 0 },
      bgcolor: translucent(palette.text, 0.15),
      bordercolor: translucent(palette.text, 0.55),
      font: { color: palette.text },
      buttons: [
        { label: 'Play', method: 'animate', args: [null, play] },
        { label: 'Pause', method: 'animate', args: [[null], pause] },
      ],
    },
  ];
}
