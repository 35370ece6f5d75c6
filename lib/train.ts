import { expectCount } from './expect.ts';
import type { LossAndGradient } from './loss.ts';
import type { Optimizer, Vector } from './optimizer.ts';
import { addInPlace } from './tensor/adam-in-place.ts';

/** What a training run is made of. `Batch` is whatever the loss understands: points, texts, pictures. */
export interface Training<Parameters extends Vector, Batch, State> {
  /** Where to start; they stay as they are, unless `inPlace`. */
  readonly parameters: Parameters;
  /** How wrong the model is on a batch, and how that changes with each parameter. */
  readonly lossAndGradient: (parameters: Parameters, batch: Batch) => LossAndGradient;
  /** What to do about it. */
  readonly optimizer: Optimizer<State>;
  /** The examples of each step; often without end. */
  readonly batches: Iterable<Batch>;
  /** How many times the parameters are changed; if left out, training goes on while there are batches. */
  readonly steps?: number;
  /**
   * For models of millions of parameters, where a copy costs as much as the step: the parameters are changed
   * where they lie, and those of every moment are those of now. If left out, each moment keeps its own.
   */
  readonly inPlace?: boolean;
}

/** A moment of a training run, before the parameters are changed for the next one. */
export interface TrainingStep<Parameters extends Vector = Vector> {
  /** How many times the parameters have been changed: 0 at the start. */
  readonly step: number;
  /** The loss of these parameters on the batch of this step. */
  readonly loss: number;
  readonly parameters: Parameters;
}

/**
 * Trains a model: measure the loss of a batch, step against its gradient, again and again.
 *
 * It runs as far as it is asked: each turn of a `for` loop over it is one step, and `break` ends it.
 * With `steps: n` it yields n + 1 moments, from step 0 (the start) to step n; each takes a batch, the
 * last one only to measure its loss.
 *
 * @param training parameters, loss, optimizer and batches
 * @throws when the loss is not finite: names the step and what to try; when the gradient has another length
 *
 * Source: the lesson, 训练 (training), the loop of nine lines.
 *
 * @example
 * ```ts
 * const run = train({
 *   parameters: Float64Array.of(1),
 *   lossAndGradient: ([a], x: number) => ({ loss: (2 * x - a * x) ** 2, gradient: Float64Array.of(2 * x * x * (a - 2)) }),
 *   optimizer: gradientDescent(0.25),
 *   batches: [1, 1, 1],
 * })
 * Array.from(run, ({ step, loss }) => [step, loss]) // => [[0, 1], [1, 0.25], [2, 0.0625]]
 * ```
 */
export function* train<Parameters extends Vector, Batch, State>({
  parameters: start,
  lossAndGradient,
  optimizer,
  batches,
  steps = Number.MAX_SAFE_INTEGER,
  inPlace = false,
}: Training<Parameters, Batch, State>): Generator<TrainingStep<Parameters>, void, undefined> {
  expectCount('train', 'steps', steps, 0);
  const sum = inPlace ? sumInPlace : newSum;
  let parameters = start;
  let state = optimizer.init(parameters);
  let step = 0;
  let lossBefore = 0;
  for (const batch of batches) {
    const { loss, gradient } = lossAndGradient(parameters, batch);
    expectProgress(step, loss, lossBefore, parameters, gradient);
    yield { step, loss, parameters };
    if (step === steps) return;
    const change = optimizer.update(gradient, state);
    parameters = sum(parameters, change.updates);
    state = change.state;
    lossBefore = loss;
    step++;
  }
}

/**
 * Goes through a training run to its end and gives its last moment: the trained parameters and their loss.
 *
 * @param run a run that ends
 * @throws when there is no step at all, since there were no batches
 *
 * @example
 * ```ts
 * lastStep([{ step: 0, loss: 14, parameters: Float64Array.of(1) }]).loss // => 14
 * ```
 */
export function lastStep<Parameters extends Vector>(
  run: Iterable<TrainingStep<Parameters>>,
): TrainingStep<Parameters> {
  let last: TrainingStep<Parameters> | undefined;
  for (const moment of run) last = moment;
  if (!last) throw new RangeError('lastStep: expected a run with at least one batch, got none');
  return last;
}

function newSum<Parameters extends Vector>(parameters: Parameters, updates: Vector): Parameters {
  return sumInPlace(parameters.slice() as Parameters, updates);
}

function sumInPlace<Parameters extends Vector>(parameters: Parameters, updates: Vector): Parameters {
  if (addInPlace(parameters, updates)) return parameters;
  for (let i = 0; i < parameters.length; i++) parameters[i] += updates[i];
  return parameters;
}

function expectProgress(
  step: number,
  loss: number,
  lossBefore: number,
  parameters: Vector,
  gradient: Vector,
): void {
  if (gradient.length !== parameters.length) {
    throw new RangeError(
      `train: expected a gradient of ${parameters.length} numbers, one a parameter, got ${gradient.length}`,
    );
  }
  if (Number.isFinite(loss)) return;
  if (step === 0) {
    throw new RangeError(
      `train: the loss is ${loss} before the first step; look for NaN or infinite numbers among the parameters and the data`,
    );
  }
  throw new RangeError(
    `train: the run diverges: at step ${step} the loss is ${loss}, one step before it was ` +
      `${lossBefore.toPrecision(3)}; try a smaller learning rate, such as a tenth of it`,
  );
}
