/** A place in a text: `|` stands where the cursor is. What each completion list must hold. */
export const completions: Record<string, string[]> = {
  '[1].ma|': ['map'],
  "'😀'.len|": ['length'],
  "const 学 = '😀'; 学.toUp|": ['toUpperCase'],
  'const o: { weight: number; bias: number } = { we| }': ['weight'],
  'meanSq|': ['meanSquaredError'],
  'layer.wei|': ['weights'],
  'layer.|': ['weights', 'bias', 'forward'],
  'new Lay|': ['Layer'],
  "await import('../../lib/|')": ['mean.ts', 'data.json'],
  "import { local } from './|'": ['local.ts'],
  "import { twice } from 'num|'": ['numbers'],
  "import { mean } from '../../lib/|": ['mean.ts', 'loss.ts'],
  "import { } from '|": ['numbers'],
  "import { mea| } from '../../lib/mean.ts'": ['mean'],
  "const kind: 'train' | 'test' = '|'": ['train', 'test'],
  'layer.forward(|': ['layer'],
};

/** Cells before the completions and inspections. */
export const beforehand = [
  "import { meanSquaredError } from '../../lib/loss.ts'",
  `/** One layer of a network. */
class Layer {
  /** One weight for each input. */
  weights = [1, 2];
  bias = 0;
  /**
   * The output of the layer.
   * @param input one number for each weight
   */
  forward(input: number[]): number {
    return input.reduce((sum, x, i) => sum + x * this.weights[i], this.bias);
  }
}`,
  '/** How far a step goes. */\nconst learningRate = 0.1;\n/** The layer at work. */\nlet layer = new Layer();',
  '/** Twice as much. */\nfunction double(x: number): number { return 2 * x }',
];

/** Signature and documentation at the cursor. */
export const inspections: Record<string, [signature: string, documentation: string]> = {
  'learning|Rate': ['const learningRate: 0.1', 'How far a step goes.'],
  'lay|er': ['let layer: Layer', 'The layer at work.'],
  'new Lay|er()': ['new Layer(): Layer', 'One layer of a network.'],
  'layer.wei|ghts': ['(property) Layer.weights: number[]', 'One weight for each input.'],
  'layer.forw|ard([1])': [
    '(method) Layer.forward(input: number[]): number',
    'The output of the layer.\n@param input one number for each weight',
  ],
  'double(|': ['double(x: number): number', 'Twice as much.'],
  'double|': ['function double(x: number): number', 'Twice as much.'],
  'meanSquared|Error([1], [2])': [
    'meanSquaredError(predictions: number[], targets: number[]): number',
    'Mean of the squared differences.',
  ],
  'meanSquaredError([1], |': [
    'meanSquaredError(predictions: number[], targets: number[]): number',
    'Mean of the squared differences.',
  ],
};
