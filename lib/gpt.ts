import { expectCount } from './expect.ts';
import type { Vector } from './optimizer.ts';
import { normal, type Random } from './random.ts';
import { softmax } from './softmax.ts';
import { gelu } from './tensor/activation.ts';
import { add } from './tensor/add.ts';
import { type AttentionSizes, causalAttention } from './tensor/attention.ts';
import type { BackendOptions } from './tensor/backend.ts';
import { crossEntropy } from './tensor/cross-entropy.ts';
import { embedding } from './tensor/embedding.ts';
import type { Floats, Ids } from './tensor/kernels.ts';
import { layerNorm } from './tensor/layer-norm.ts';
import { linear } from './tensor/linear.ts';
import { type Network, network, type ParameterTensors } from './tensor/network.ts';
import type { Tape } from './tensor/tape.ts';
import type { Tensor } from './tensor/tensor.ts';
import type { TokenBatch } from './token-batch.ts';

/** How large a GPT is. GPT-2 and GPT-3 are other numbers here, and nothing else. */
export interface GptSizes {
  /** How many tokens it can read and say. */
  readonly vocabularySize: number;
  /** How many tokens it sees at most. */
  readonly contextLength: number;
  /** Numbers that stand for one token on its way through the model; a multiple of `heads`. */
  readonly width: number;
  /** How many times each block looks around. */
  readonly heads: number;
  /** How many blocks stand on one another. */
  readonly layers: number;
}

/** A small language model of the kind of GPT-2: tokens in, scores of the next token out. */
export interface Gpt extends Network<string, TokenBatch> {
  readonly sizes: GptSizes;
  /** The scores after each token of a sequence, row after row: (tokens given, vocabularySize). */
  logits(parameters: Vector, ids: ArrayLike<number>): Floats;
  /** The probability of each token to come after these; of a longer text it sees the last `contextLength`. */
  nextProbabilities(parameters: Vector, ids: ArrayLike<number>, temperature?: number): Float64Array;
  /** Who looks at whom while it reads a sequence: one entry a head, the blocks in order. */
  attentionHeads(parameters: Vector, ids: ArrayLike<number>): AttentionHead[];
}

/** What there may be `contextLength` of, as messages call it. */
const tokensRead = 'number of tokens, at most contextLength,';

/** What one head looks at while a sequence is read. */
export interface AttentionHead {
  /** Such as `layer 1, head 2`. */
  readonly name: string;
  /** A row for each token that looks: a weight for each token, together 1, 0 for those that come later. */
  readonly weights: readonly ArrayLike<number>[];
}

/** What a GPT is made from: sizes, and the chance that its first parameters come from. */
export interface GptOptions extends GptSizes, BackendOptions {
  readonly random: Random;
}

/**
 * A GPT: embeddings of tokens and positions, blocks of attention and a small network, scores.
 *
 * Weights start from the normal distribution with standard deviation 0.02; those that end a branch of a block
 * (`attention.out`, `mlp.down`) from 0.02 / sqrt(2 layers), since 2 layers branches add up. Biases start at 0,
 * gains at 1.
 *
 * @param options sizes; `random` for the first parameters; backend and precision as in `network`
 * @throws when a size is not a whole number, 1 or more, or `width` is not a multiple of `heads`
 *
 * Source: the lesson, 预训练 - 建模, the picture of the transformer; A. Radford and others, "Language models
 * are unsupervised multitask learners" (2019), GPT-2, without its tying of embedding and head.
 *
 * @example
 * ```ts
 * const model = gpt({ vocabularySize: 7, contextLength: 8, width: 4, heads: 2, layers: 1, random: seededRandom(1) })
 * model.parameterCount // => 347
 * model.nextProbabilities(new Float32Array(347), [0, 1]).map(Math.fround) // => new Float64Array(7).fill(Math.fround(1 / 7))
 * ```
 */
export function gpt({ random, backend, precision, ...sizes }: GptOptions): Gpt {
  expectSizes(sizes);
  const { vocabularySize, contextLength } = sizes;
  const model = network<string, TokenBatch>({
    shapes: gptShapes(sizes),
    initial: name => firstValue(name, sizes.layers, random),
    loss: (tape, parameters, batch) => lossOf(tape, parameters, batch, sizes),
    backend,
    precision,
  });
  /** Reads one sequence; `watch` is shown the weights of each block. */
  const read = (parameters: Vector, ids: ArrayLike<number>, watch?: AttentionSizes['watch']): Floats => {
    expectCount('gpt', tokensRead, ids.length, 1, contextLength);
    return model.compute(parameters, (tape, tensors) =>
      logitsOf(tape, tensors, ids, { ...sizes, sequences: 1, length: ids.length, watch }),
    );
  };
  return {
    ...model,
    sizes,
    logits: (parameters, ids) => read(parameters, ids),
    nextProbabilities(parameters, ids, temperature = 1) {
      const seen = Array.from(ids).slice(-contextLength);
      return softmax(read(parameters, seen).subarray(-vocabularySize), temperature);
    },
    attentionHeads(parameters, ids) {
      const seen: Floats[] = [];
      read(parameters, ids, weights => seen.push(weights.slice()));
      // A step that had to begin anew has shown its first blocks twice.
      return seen.slice(-sizes.layers).flatMap((weights, layer) => headsOf(weights, ids.length, layer + 1));
    },
  };
}

function headsOf(weights: Floats, length: number, layer: number): AttentionHead[] {
  return Array.from({ length: weights.length / (length * length) }, (_, head) => ({
    name: `layer ${layer}, head ${head + 1}`,
    weights: Array.from({ length }, (_, i) => {
      const from = (head * length + i) * length;
      return weights.slice(from, from + length);
    }),
  }));
}

/**
 * The parts of a GPT's parameter vector, in order, each with its shape.
 *
 * @param sizes of the model
 *
 * @example
 * ```ts
 * const shapes = gptShapes({ vocabularySize: 7, contextLength: 8, width: 4, heads: 2, layers: 1 })
 * Object.entries(shapes).slice(0, 3) // => [['tokenEmbedding', [7, 4]], ['positionEmbedding', [8, 4]], ['block0.norm1.gain', [4]]]
 * shapes['block0.attention.qkv.weight'] // => [4, 12]
 * ```
 */
export function gptShapes(sizes: GptSizes): Record<string, readonly number[]> {
  const { vocabularySize, contextLength, width, layers } = sizes;
  const shapes: Record<string, readonly number[]> = {
    tokenEmbedding: [vocabularySize, width],
    positionEmbedding: [contextLength, width],
  };
  const norm = (name: string) => {
    shapes[`${name}.gain`] = [width];
    shapes[`${name}.bias`] = [width];
  };
  const layer = (name: string, from: number, to: number) => {
    shapes[`${name}.weight`] = [from, to];
    shapes[`${name}.bias`] = [to];
  };
  for (let i = 0; i < layers; i++) {
    norm(`block${i}.norm1`);
    layer(`block${i}.attention.qkv`, width, 3 * width);
    layer(`block${i}.attention.out`, width, width);
    norm(`block${i}.norm2`);
    layer(`block${i}.mlp.up`, width, 4 * width);
    layer(`block${i}.mlp.down`, 4 * width, width);
  }
  norm('normFinal');
  layer('head', width, vocabularySize);
  return shapes;
}

function firstValue(name: string, layers: number, random: Random): number {
  if (name.endsWith('gain')) return 1;
  if (name.endsWith('bias')) return 0;
  const endsBranch = name.endsWith('attention.out.weight') || name.endsWith('mlp.down.weight');
  return (endsBranch ? 0.02 / Math.sqrt(2 * layers) : 0.02) * normal(random);
}

function lossOf(tape: Tape, parameters: ParameterTensors, batch: TokenBatch, sizes: GptSizes): Tensor {
  expectBatch(batch, sizes.contextLength);
  const { inputs, targets, sequences, length } = batch;
  const logits = logitsOf(tape, parameters, inputs, { ...sizes, sequences, length });
  return crossEntropy(tape, logits, targets);
}

/** The whole picture: embeddings, blocks, scores. */
function logitsOf(
  tape: Tape,
  parameters: ParameterTensors,
  ids: ArrayLike<number>,
  sizes: AttentionSizes & { readonly layers: number },
): Tensor {
  const tokens = embedding(tape, parameters.tokenEmbedding, ids);
  const places = embedding(tape, parameters.positionEmbedding, positions(tape, sizes));
  let x = add(tape, tokens, places);
  for (let i = 0; i < sizes.layers; i++) {
    x = block(tape, x, { parameters, prefix: `block${i}.` }, sizes);
  }
  const all = { parameters, prefix: '' };
  return layer(tape, norm(tape, x, all, 'normFinal'), all, 'head');
}

/** 0, 1, 2, ... for each sequence anew: without them attention would not know who stands before whom. */
function positions(tape: Tape, { sequences, length }: AttentionSizes): Ids {
  const ids = tape.arena.ids(sequences * length);
  for (let i = 0; i < ids.length; i++) ids[i] = i % length;
  return ids;
}

/** Parameters whose names begin in the same way. */
interface Part {
  readonly parameters: ParameterTensors;
  readonly prefix: string;
}

/** One block: look around, then think; each adds to what was there before. */
function block(tape: Tape, x: Tensor, part: Part, sizes: AttentionSizes): Tensor {
  const looked = add(tape, x, attention(tape, norm(tape, x, part, 'norm1'), part, sizes));
  return add(tape, looked, mlp(tape, norm(tape, looked, part, 'norm2'), part));
}

/** Looks around: query, key and value of each position, their mixture, one layer to take it in. */
function attention(tape: Tape, x: Tensor, part: Part, sizes: AttentionSizes): Tensor {
  const qkv = layer(tape, x, part, 'attention.qkv');
  return layer(tape, causalAttention(tape, qkv, sizes), part, 'attention.out');
}

/** Thinks: two layers with a bend between, each position on its own. */
function mlp(tape: Tape, x: Tensor, part: Part): Tensor {
  return layer(tape, gelu(tape, layer(tape, x, part, 'mlp.up')), part, 'mlp.down');
}

function layer(tape: Tape, x: Tensor, { parameters, prefix }: Part, name: string): Tensor {
  return linear(tape, x, parameters[`${prefix}${name}.weight`], parameters[`${prefix}${name}.bias`]);
}

function norm(tape: Tape, x: Tensor, { parameters, prefix }: Part, name: string): Tensor {
  return layerNorm(tape, x, parameters[`${prefix}${name}.gain`], parameters[`${prefix}${name}.bias`]);
}

function expectSizes({ vocabularySize, contextLength, width, heads, layers }: GptSizes): void {
  expectCount('gpt', 'vocabularySize', vocabularySize, 1);
  expectCount('gpt', 'contextLength', contextLength, 1);
  expectCount('gpt', 'width', width, 1);
  expectCount('gpt', 'heads', heads, 1);
  expectCount('gpt', 'layers', layers, 1);
  if (width % heads !== 0) {
    throw new RangeError(`gpt: expected a width that is a multiple of ${heads} heads, got ${width}`);
  }
}

function expectBatch({ inputs, targets, sequences, length }: TokenBatch, contextLength: number): void {
  expectCount('gpt', tokensRead, length, 1, contextLength);
  if (inputs.length !== sequences * length || targets.length !== sequences * length) {
    throw new RangeError(
      `gpt: expected ${sequences} x ${length} inputs and targets, got ${inputs.length} and ${targets.length}`,
    );
  }
}
