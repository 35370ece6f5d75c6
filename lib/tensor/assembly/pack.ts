/**
 * Copies `depth` steps of four lanes so that the lanes of a step lie side by side: 4 at `to`, 4 at `to + toStep`...
 *
 * Distances are in bytes: from lane to lane and from step to step; one of the two is 4. Only `lanes` lanes are
 * there, the others become 0.
 */
export function packFour(
  from: usize, laneStep: usize, depthStep: usize, lanes: i32, depth: i32, to: usize, toStep: usize,
): void {
  if (lanes < 4) packFew(from, laneStep, depthStep, lanes, depth, to, toStep);
  else if (laneStep == 4) {
    for (; depth > 0; depth--, from += depthStep, to += toStep) v128.store(to, v128.load(from));
  } else packTransposed(from, laneStep, depth, to, toStep);
}

function packFew(
  from: usize, laneStep: usize, depthStep: usize, lanes: i32, depth: i32, to: usize, toStep: usize,
): void {
  for (; depth > 0; depth--, from += depthStep, to += toStep) {
    v128.store(to, f32x4.splat(0));
    for (let lane = 0; lane < lanes; lane++) {
      store<f32>(to + ((<usize>lane) << 2), load<f32>(from + <usize>lane * laneStep));
    }
  }
}

/** Four by four: what lies side by side are the steps, and has to be the lanes. */
function packTransposed(from: usize, laneStep: usize, depth: i32, to: usize, toStep: usize): void {
  const second = from + laneStep, third = second + laneStep, fourth = third + laneStep;
  let at: usize = 0;
  for (; depth >= 4; depth -= 4, at += 16) {
    const a = v128.load(from + at), b = v128.load(second + at);
    const c = v128.load(third + at), d = v128.load(fourth + at);
    const abLow = v128.shuffle<i32>(a, b, 0, 4, 1, 5), abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
    const cdLow = v128.shuffle<i32>(c, d, 0, 4, 1, 5), cdHigh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<i64>(abLow, cdLow, 0, 2));
    v128.store(to + toStep, v128.shuffle<i64>(abLow, cdLow, 1, 3));
    v128.store(to + 2 * toStep, v128.shuffle<i64>(abHigh, cdHigh, 0, 2));
    v128.store(to + 3 * toStep, v128.shuffle<i64>(abHigh, cdHigh, 1, 3));
    to += 4 * toStep;
  }
  for (; depth > 0; depth--, at += 4, to += toStep) {
    store<f32>(to, load<f32>(from + at));
    store<f32>(to, load<f32>(second + at), 4);
    store<f32>(to, load<f32>(third + at), 8);
    store<f32>(to, load<f32>(fourth + at), 12);
  }
}

/** Eight lanes that lie side by side already: only the steps move together. */
export function copyEight(from: usize, depthStep: usize, depth: i32, to: usize): void {
  for (; depth > 0; depth--, from += depthStep, to += 32) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
  }
}

/** Sixteen lanes that lie side by side, as four strips of four: one way through memory for all. */
export function copySixteen(from: usize, depthStep: usize, depth: i32, to: usize): void {
  const strip = (<usize>depth) << 4, second = to + strip, third = second + strip, fourth = third + strip;
  for (let at: usize = 0; at < strip; at += 16, from += depthStep) {
    v128.store(to + at, v128.load(from));
    v128.store(second + at, v128.load(from, 16));
    v128.store(third + at, v128.load(from, 32));
    v128.store(fourth + at, v128.load(from, 48));
  }
}
