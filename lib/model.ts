import { expectParameters } from './expect.ts';

/**
 * A model is a function with n numbers in it: it turns an input into an output, and the numbers
 * (its parameters, one flat vector) decide how. Training looks for good parameters.
 *
 * Source: the lesson, 复习 (recapitulation): `const output = Model(input)`.
 */
export type Model<Input = number, Output = number> = (parameters: ArrayLike<number>, input: Input) => Output;

/**
 * The straight line through the origin: one parameter, the slope a.
 *
 * y = a x
 *
 * @param parameters the slope: [a]
 * @param input x
 * @throws when there is not exactly one parameter
 *
 * Source: the lesson, 例子 - 建模与误差 (example: modelling and error).
 *
 * @example
 * ```ts
 * lineThroughOrigin([2], 3) // => 6
 * ```
 */
export function lineThroughOrigin(parameters: ArrayLike<number>, input: number): number {
  expectParameters('lineThroughOrigin', parameters, 1);
  return parameters[0] * input;
}

/**
 * The straight line: two parameters, the slope a and the intercept b.
 *
 * y = a x + b
 *
 * @param parameters slope and intercept: [a, b]
 * @param input x
 * @throws when there are not exactly two parameters
 *
 * Source: the lesson, 例子 - 小批量学习 (example: mini-batches), where one point no longer fixes the line.
 *
 * @example
 * ```ts
 * straightLine([2, 1], 3) // => 7
 * ```
 */
export function straightLine(parameters: ArrayLike<number>, input: number): number {
  expectParameters('straightLine', parameters, 2);
  return parameters[0] * input + parameters[1];
}

/**
 * What a model says about each of many inputs.
 *
 * outputs_i = model(parameters, inputs_i)
 *
 * @param model the function
 * @param parameters its numbers
 * @param inputs one number a point
 * @returns one output a point
 *
 * @example
 * ```ts
 * predict(lineThroughOrigin, [1], [1, 2, 3]) // => Float64Array.of(1, 2, 3)
 * ```
 */
export function predict(
  model: Model,
  parameters: ArrayLike<number>,
  inputs: ArrayLike<number>,
): Float64Array {
  const outputs = new Float64Array(inputs.length);
  for (let i = 0; i < inputs.length; i++) outputs[i] = model(parameters, inputs[i]);
  return outputs;
}
