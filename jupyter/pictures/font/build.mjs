// Builds NotoSansSC-subset.ttf, the font of the static pictures, from Google's Noto Sans SC.
//
// Needed only when characters are to be added. In a folder outside the project:
//   npm install @expo-google-fonts/noto-sans-sc@0.4.3 subset-font@2.9.0
//   node PROJECT/jupyter/pictures/font/build.mjs .
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const from = createRequire(resolve(process.argv[2] ?? '.', 'package.json'));
const subset = from('subset-font');
const full = readFileSync(
  from.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
);

const range = (first, last) =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join('');

/** The 3,755 Chinese characters in common use: level 1 of GB 2312. */
function commonChinese() {
  const decoder = new TextDecoder('gb2312');
  let characters = '';
  for (let row = 0xb0; row <= 0xd7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      const decoded = decoder.decode(Uint8Array.of(row, cell));
      if (decoded.length === 1 && decoded !== '\ufffd') characters += decoded;
    }
  }
  return characters;
}

/** What the course says beyond them: entropy, haze, and the sound of rain. */
const rarerChinese = '熵霾淅沥滂沱霁';

const latinAndGreek = range(0x20, 0x7e) + range(0xa0, 0x17f) + range(0x391, 0x3c9);
const signs = '‐–—‘’“”•…′″←↑→↓↔⇒⇔∂∆∇∈∏∑−√∝∞∫≈≠≡≤≥⊙①②③④⑤⑥⑦⑧⑨⑩■□▲△▶▼◆◇○◎●✓✗₀₁₂₃₄₅₆₇₈₉ᵢ';
const chinesePunctuation = '、。〈〉《》「」『』【】！（），：；？～％＋－＝／｜';

const font = await subset(full, latinAndGreek + signs + chinesePunctuation + commonChinese() + rarerChinese, {
  targetFormat: 'sfnt',
});
writeFileSync(new URL('NotoSansSC-subset.ttf', import.meta.url), font);
console.log(`NotoSansSC-subset.ttf: ${font.length} bytes`);
