// The bottom of the memory belongs to the kernels. The compiler's own tables lie below FACTOR_A.

/** How many steps of the inner sum are done at once: a strip of either factor then stays in the first cache. */
export const DEPTH: i32 = 256;

/** Four rows of the first factor: for each step four numbers side by side. */
export const FACTOR_A: usize = 16384;

/** As much of the second factor as is multiplied at once: strips of eight columns. */
export const FACTOR_B: usize = FACTOR_A + 4 * 4 * DEPTH;
export const FACTOR_B_FLOATS: i32 = 131072;

/** One 4 x 8 tile, where the matrix ends before the tile does. */
export const TILE: usize = FACTOR_B + 4 * FACTOR_B_FLOATS;

/** Rows of the derivative by attention's scores. */
export const SCORES: usize = TILE + 128;
export const SCORES_FLOATS: i32 = 131072;

/** Arrays of the caller start here. */
export const END: usize = SCORES + 4 * SCORES_FLOATS;
