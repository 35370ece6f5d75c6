import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import { readFont } from './font.ts';
import { loadPlotly, type PlotlyPage } from './plotly.ts';
import { encodePng } from './png.ts';
import { quantize } from './quantize.ts';

/** A figure as it stands in a notebook's output. */
export interface PlotlyFigure {
  readonly data: readonly { readonly type?: unknown }[];
  readonly layout?: { readonly width?: unknown; readonly height?: unknown };
}

/** A static picture of a figure. */
export interface Picture {
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
}

const fontFile = fileURLToPath(new URL('./font/NotoSansSC-subset.ttf', import.meta.url));

// Without a screen these spin for ever or draw nothing: they need WebGL, or maps from the network.
const undrawable =
  /gl$|3d$|geo$|mapbox$|^(surface|cone|streamtube|volume|isosurface|parcoords|splom|choropleth|(scatter|density|choropleth)map)$/;

let page: PlotlyPage | undefined;

/** Plotly with the font of the pictures; loaded once a process. */
export function plotlyPage(): PlotlyPage {
  page ??= loadPlotly(readFont(readFileSync(fontFile)));
  return page;
}

/**
 * Draws a figure's first state as a PNG on white, without its slider.
 *
 * For pages where no script runs: GitHub, nbconvert, print. The same figure gives the same bytes.
 *
 * @throws when a trace needs WebGL or the network, or when Plotly refuses the figure
 */
export async function drawPicture(figure: PlotlyFigure): Promise<Picture> {
  for (const { type = 'scatter' } of figure.data) {
    if (undrawable.test(String(type))) {
      throw new Error(`a trace of type ${type} needs WebGL or the network; use one that is drawn as SVG`);
    }
  }
  const { Plotly, adopt } = plotlyPage();
  const { sliders, updatemenus, ...layout } = (figure.layout ?? {}) as Record<string, unknown>;
  const width = typeof layout.width === 'number' ? layout.width : 760;
  const height = (typeof layout.height === 'number' ? layout.height : 420) - (sliders ? 80 : 0);
  const still = { data: figure.data, layout: { ...layout, width, height, margin: marginOf(layout) } };
  const svg = await Plotly.toImage(adopt(still) as object, {
    format: 'svg',
    imageDataOnly: true,
    width,
    height,
  });
  return { png: rasterize(svg), width, height };
}

/** The slider left room below that the axis title needs; without it the usual margin does. */
function marginOf({ margin }: Record<string, unknown>): object {
  const given = (margin ?? {}) as Record<string, number>;
  return { ...given, b: Math.max(given.b ?? 0, 56) };
}

function rasterize(svg: string): Buffer {
  // resvg smooths `pixelated` images; `optimizeSpeed` keeps the cells of heat maps sharp.
  const sharp = svg.replaceAll('image-rendering: pixelated', 'image-rendering: optimizeSpeed');
  const image = new Resvg(sharp, {
    background: '#ffffff',
    font: {
      loadSystemFonts: false,
      fontFiles: [fontFile],
      defaultFontFamily: 'Noto Sans SC',
      sansSerifFamily: 'Noto Sans SC',
    },
  }).render();
  return encodePng(image.width, image.height, quantize(new Uint8ClampedArray(image.pixels)));
}
