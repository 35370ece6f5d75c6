import { expectCount, expectFinite, expectPoints } from './expect.ts';
import { normal, permutation, type Random } from './random.ts';

/**
 * Points to learn from: `inputs[i]` is the x and `targets[i]` the y of point i.
 *
 * Source: the lesson, 例子 - 数据集 (example: the dataset).
 */
export interface Dataset {
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
}

/**
 * Numbers at equal distances from one value to another, both included.
 *
 * x_i = from + i (to - from) / (count - 1)
 *
 * @param from first number
 * @param to last number
 * @param count how many, 2 or more
 * @throws when an end is not finite or `count` is not a whole number, 2 or more
 *
 * @example
 * ```ts
 * evenlySpaced(1, 3, 5) // => Float64Array.of(1, 1.5, 2, 2.5, 3)
 * ```
 */
export function evenlySpaced(from: number, to: number, count: number): Float64Array {
  expectFinite('evenlySpaced', 'first number', from);
  expectFinite('evenlySpaced', 'last number', to);
  expectCount('evenlySpaced', 'count', count, 2);
  return Float64Array.from({ length: count }, (_, i) => (from * (count - 1 - i) + to * i) / (count - 1));
}

/**
 * Points that lie exactly on a straight line.
 *
 * y_i = slope x_i + intercept
 *
 * @param inputs the x of each point
 * @param slope how much y grows when x grows by one
 * @param intercept the y where x is 0
 * @throws when slope or intercept is not finite
 *
 * Source: the lesson, 例子 - 目标函数 (example: the target function), y = 2x.
 *
 * @example
 * ```ts
 * pointsOnLine([1, 2, 3], 2).targets // => Float64Array.of(2, 4, 6)
 * pointsOnLine([1, 2, 3], 2, 1).targets // => Float64Array.of(3, 5, 7)
 * ```
 */
export function pointsOnLine(inputs: ArrayLike<number>, slope: number, intercept = 0): Dataset {
  expectFinite('pointsOnLine', 'slope', slope);
  expectFinite('pointsOnLine', 'intercept', intercept);
  const x = Float64Array.from(inputs);
  return { inputs: x, targets: x.map(value => slope * value + intercept) };
}

/**
 * The same points, each moved up or down by chance: what a measurement does to a law.
 *
 * y_i + standardDeviation e_i, with e_i from the standard normal distribution
 *
 * @param dataset the points; they stay as they are, the moved ones are new
 * @param standardDeviation the typical size of a move, in the unit of y; 0 or more
 * @param random the source of chance
 * @throws when `standardDeviation` is negative or not finite
 *
 * @example
 * ```ts
 * addNoise(pointsOnLine([1, 2], 2), 0, () => 0.3).targets // => Float64Array.of(2, 4)
 * ```
 */
export function addNoise(dataset: Dataset, standardDeviation: number, random: Random): Dataset {
  expectFinite('addNoise', 'standard deviation', standardDeviation);
  if (standardDeviation < 0) {
    throw new RangeError(`addNoise: expected a standard deviation of 0 or more, got ${standardDeviation}`);
  }
  return {
    inputs: dataset.inputs.slice(),
    targets: dataset.targets.map(target => target + standardDeviation * normal(random)),
  };
}

/**
 * Cuts a dataset in two: points that may be looked at, and points that stand for the future.
 *
 * A model is fitted to the known points only; the future ones tell whether it predicts.
 *
 * @param dataset the points, in the order in which they come to be known
 * @param knownCount how many points are known: at least one, and at least one is left
 * @throws when either part would be empty
 *
 * Source: the lesson, 例子 - 数据集: fit the known data, predict the future data.
 *
 * @example
 * ```ts
 * const { known, future } = splitKnownFuture(pointsOnLine([1, 2, 3], 2), 2)
 * known.inputs // => Float64Array.of(1, 2)
 * future.targets // => Float64Array.of(6)
 * ```
 */
export function splitKnownFuture(
  dataset: Dataset,
  knownCount: number,
): {
  known: Dataset;
  future: Dataset;
} {
  const { inputs, targets } = dataset;
  expectCount('splitKnownFuture', 'knownCount', knownCount, 1, inputs.length - 1);
  return {
    known: { inputs: inputs.slice(0, knownCount), targets: targets.slice(0, knownCount) },
    future: { inputs: inputs.slice(knownCount), targets: targets.slice(knownCount) },
  };
}

/**
 * The points at some places of a dataset, in that order.
 *
 * @param dataset the points
 * @param places indices, each from 0 to the number of points - 1
 *
 * @example
 * ```ts
 * pick(pointsOnLine([1, 2, 3], 2), [2, 0]).targets // => Float64Array.of(6, 2)
 * ```
 */
export function pick(dataset: Dataset, places: ArrayLike<number>): Dataset {
  return {
    inputs: Float64Array.from(places, place => dataset.inputs[place]),
    targets: Float64Array.from(places, place => dataset.targets[place]),
  };
}

/**
 * The whole dataset as the batch of every step, without end: batch learning.
 *
 * It can be gone through again and again, so that a cell that trains may run twice.
 *
 * @param dataset what every step looks at
 *
 * Source: the lesson, 例子 - 小批量学习: 批量学习 (batch learning).
 *
 * @example
 * ```ts
 * const [first] = fullBatches(pointsOnLine([1, 2, 3], 2))
 * first.inputs // => Float64Array.of(1, 2, 3)
 * ```
 */
export function fullBatches<Batch>(dataset: Batch): Iterable<Batch> {
  return {
    *[Symbol.iterator]() {
      for (;;) yield dataset;
    },
  };
}

/**
 * Mini-batches without end: the points are shuffled, dealt out in batches, shuffled again, and so on.
 *
 * Once through all points is an epoch; within an epoch each point is used once. When the points do not
 * divide evenly, the last batch of an epoch is smaller. Gone through anew, it begins a new epoch.
 *
 * @param dataset the points
 * @param batchSize points in a batch: 1 to all of them
 * @param random the source of chance for the order
 * @throws when there is no point or `batchSize` is not a whole number from 1 to the number of points
 *
 * Source: the lesson, 例子 - 小批量学习 (mini-batches).
 *
 * @example
 * ```ts
 * const [first, second] = shuffledBatches(pointsOnLine([1, 2, 3], 2), 2, seededRandom(1))
 * first.inputs.length // => 2
 * second.inputs.length // => 1
 * Float64Array.of(...first.inputs, ...second.inputs).toSorted() // => Float64Array.of(1, 2, 3)
 * ```
 */
export function shuffledBatches(dataset: Dataset, batchSize: number, random: Random): Iterable<Dataset> {
  expectPoints('shuffledBatches', dataset);
  expectCount('shuffledBatches', 'batchSize', batchSize, 1, dataset.inputs.length);
  return {
    *[Symbol.iterator]() {
      for (;;) {
        const order = permutation(random, dataset.inputs.length);
        for (let from = 0; from < order.length; from += batchSize) {
          yield pick(dataset, order.subarray(from, from + batchSize));
        }
      }
    },
  };
}

/**
 * How many batches make an epoch: once through all points.
 *
 * @param pointCount how many points there are
 * @param batchSize points in a batch
 * @throws when a count is not a whole number, 1 or more
 *
 * @example
 * ```ts
 * batchesPerEpoch(30, 4) // => 8
 * ```
 */
export function batchesPerEpoch(pointCount: number, batchSize: number): number {
  expectCount('batchesPerEpoch', 'pointCount', pointCount, 1);
  expectCount('batchesPerEpoch', 'batchSize', batchSize, 1);
  return Math.ceil(pointCount / batchSize);
}
