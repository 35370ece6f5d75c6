// The bottom of the memory belongs to the kernels. The compiler's own tables lie below FACTOR_A.

/** How many steps of the inner sum are done at once, for so many rows: both factors stay in the first cache. */
export const DEPTH: i32 = 256;
export const ROWS: i32 = 16;

/** Some rows of the first factor, in strips of four rows. */
export const FACTOR_A: usize = 16384;

/** As much of the second factor as is multiplied at once: strips of eight columns. */
export const FACTOR_B: usize = FACTOR_A + 4 * ROWS * DEPTH;
export const FACTOR_B_FLOATS: i32 = 131072;

/** One 4 x 8 tile, where the matrix ends before the tile does, and the row that is added to its rows. */
export const TILE: usize = FACTOR_B + 4 * FACTOR_B_FLOATS;
export const TILE_BIAS: usize = TILE + 128;

/** Rows of the derivative by attention's scores: four fit up to 32768 positions, whose weights fill all memory. */
export const SCORES: usize = TILE + 192;
export const SCORES_FLOATS: i32 = 131072;

/** Arrays of the caller start here; ../wasm.ts says the same number. */
export const END: usize = SCORES + 4 * SCORES_FLOATS;
