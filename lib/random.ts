import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { expectCount } from './expect.ts';

/**
 * A source of chance: each call gives the next number in [0, 1), evenly spread, as `Math.random` does.
 *
 * Functions that need chance take a `Random` as an argument, so that a seed decides everything they do.
 */
export type Random = () => number;

/**
 * A source of chance that repeats: the same seed gives the same numbers, on every machine.
 *
 * The seed is mixed first. Taken as it is, a small seed fills the state of the generator with zeros and
 * ones: the first number was 0.9999999 for every small seed, and the second grew with the seed. The
 * authors of the generator advise to fill the state by another generator, SplitMix64.
 *
 * @param seed any whole number
 * @throws when the seed is not a whole number
 *
 * Source: xoroshiro128+ by D. Blackman and S. Vigna (2016), as implemented by pure-rand.
 *
 * @example
 * ```ts
 * const first = seededRandom(7)
 * const second = seededRandom(7)
 * first() === second() // => true
 * first() === first() // => false
 * ```
 */
export function seededRandom(seed: number): Random {
  expectCount('seededRandom', 'seed', seed, Number.MIN_SAFE_INTEGER);
  const generator = xoroshiro128plusFromState(stateFrom(seed));
  return () => uniformFloat64(generator);
}

/**
 * Four words of 32 bits as the state of a generator: two outputs of SplitMix64, which starts at `seed`.
 *
 * Each output is a counter, scrambled so that one changed bit of the counter changes about half of the
 * bits of the output. Neighbouring seeds therefore give unrelated states, and no two seeds give the same.
 *
 * @param seed any whole number; all its 53 bits count
 *
 * Source: G. Steele, D. Lea and C. Flood, "Fast splittable pseudorandom number generators" (2014), with
 * the constants of S. Vigna's splitmix64.c (2015).
 *
 * @example
 * ```ts
 * stateFrom(1234567).map(word => word >>> 0) // => [1503580183, 4211670149, 745795716, 1481904037]
 * ```
 */
export function stateFrom(seed: number): number[] {
  let counter = BigInt(seed);
  return [0, 1].flatMap(() => {
    counter = BigInt.asUintN(64, counter + 0x9e3779b97f4a7c15n);
    let bits = counter;
    bits = BigInt.asUintN(64, (bits ^ (bits >> 30n)) * 0xbf58476d1ce4e5b9n);
    bits = BigInt.asUintN(64, (bits ^ (bits >> 27n)) * 0x94d049bb133111ebn);
    bits ^= bits >> 31n;
    return [Number(BigInt.asIntN(32, bits >> 32n)), Number(BigInt.asIntN(32, bits))];
  });
}

/**
 * One number from the normal distribution with mean 0 and standard deviation 1.
 *
 * A point (u, v) is drawn evenly in the unit disc; with s = u^2 + v^2 the number is
 * u sqrt(-2 ln(s) / s). It takes a logarithm but no cosine: V8 changed its cosine between versions,
 * and the last digits of every noisy dataset would have changed with it.
 *
 * @param random the source of chance; two numbers are taken a try, 2.55 on average
 *
 * Source: G. Marsaglia and T. A. Bray, "A convenient method for generating normal variables" (1964).
 *
 * @example
 * ```ts
 * const numbers = [0.75, 0.5] // u = 0.5, v = 0, so s = 0.25
 * normal(() => numbers.shift() ?? 0).toFixed(4) // => '1.6651'
 * ```
 */
export function normal(random: Random): number {
  for (;;) {
    const u = 2 * random() - 1;
    const v = 2 * random() - 1;
    const s = u * u + v * v;
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
  }
}

/**
 * A whole number from 0 to `size` - 1, each as likely as the others.
 *
 * @param random the source of chance
 * @param size how many numbers to choose from, 1 or more
 * @throws when `size` is not a whole number, 1 or more
 *
 * @example
 * ```ts
 * integerBelow(() => 0.5, 6) // => 3
 * ```
 */
export function integerBelow(random: Random, size: number): number {
  expectCount('integerBelow', 'size', size, 1);
  return Math.floor(random() * size);
}

/**
 * The whole numbers 0 to `size` - 1 in random order, each order as likely as the others.
 *
 * @param random the source of chance
 * @param size how many numbers
 * @returns `size` indices
 * @throws when `size` is not a whole number, 0 or more
 *
 * Source: R. Durstenfeld, "Algorithm 235: random permutation" (1964), known as the Fisher-Yates shuffle.
 *
 * @example
 * ```ts
 * permutation(seededRandom(1), 4).toSorted() // => Uint32Array.of(0, 1, 2, 3)
 * ```
 */
export function permutation(random: Random, size: number): Uint32Array {
  expectCount('permutation', 'size', size, 0);
  const order = Uint32Array.from({ length: size }, (_, index) => index);
  for (let last = size - 1; last > 0; last--) {
    const chosen = integerBelow(random, last + 1);
    [order[last], order[chosen]] = [order[chosen], order[last]];
  }
  return order;
}
