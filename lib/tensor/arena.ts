import type { Floats, Ids } from './kernels.ts';

/** Addresses are multiples of this, so that no row of a tensor shares a cache line with another tensor. */
const alignment = 64;

/**
 * The part of a block that holds the tensors of one step. They are laid side by side, and `clear` forgets
 * all of them at once: the next step writes over them. A step that asks for the same sizes as the one
 * before gets the same views again, so that steps do not allocate.
 */
export class Arena {
  private readonly buffer: ArrayBufferLike;
  private readonly from: number;
  private readonly bits: 32 | 64;
  private top: number;
  private readonly floatViews: Floats[] = [];
  private readonly idViews: Ids[] = [];
  private floatsGiven = 0;
  private idsGiven = 0;

  constructor(buffer: ArrayBufferLike, from: number, bits: 32 | 64) {
    this.buffer = buffer;
    this.from = aligned(from);
    this.bits = bits;
    this.top = this.from;
  }

  /** Room for some numbers; whatever a step before left there is still in it. */
  floats(count: number): Floats {
    const at = this.take((count * this.bits) / 8);
    const known = this.floatViews[this.floatsGiven];
    const isSame = known?.byteOffset === at && known.length === count;
    const view = isSame ? known : this.newFloats(at, count);
    this.floatViews[this.floatsGiven++] = view;
    return view;
  }

  /** The same for numbers of tokens. */
  ids(count: number): Ids {
    const at = this.take(count * Int32Array.BYTES_PER_ELEMENT);
    const known = this.idViews[this.idsGiven];
    const isSame = known?.byteOffset === at && known.length === count;
    const view = isSame ? known : new Int32Array(this.buffer, at, count);
    this.idViews[this.idsGiven++] = view;
    return view;
  }

  /** Whether a view looks into this memory. */
  holds(view: Floats | Ids): boolean {
    return view.buffer === this.buffer;
  }

  /** Forgets all views given out. */
  clear(): void {
    this.top = this.from;
    this.floatsGiven = 0;
    this.idsGiven = 0;
  }

  private newFloats(at: number, count: number): Floats {
    return this.bits === 64
      ? new Float64Array(this.buffer, at, count)
      : new Float32Array(this.buffer, at, count);
  }

  private take(bytes: number): number {
    const at = this.top;
    const end = at + aligned(bytes);
    if (end > this.buffer.byteLength)
      throw new OutOfRoom(end - this.from, this.buffer.byteLength - this.from);
    this.top = end;
    return at;
  }
}

/** A step asked for more than its memory holds. Networks answer it with larger memory. */
export class OutOfRoom extends RangeError {
  /** Bytes for the tensors of the step so far, the one that did not fit among them. */
  readonly asked: number;

  constructor(asked: number, room: number) {
    super(
      `Arena: expected tensors of at most ${inMegabytes(room)} MB in one step, got ${inMegabytes(asked)} MB`,
    );
    this.name = 'OutOfRoom';
    this.asked = asked;
  }
}

function inMegabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}

/**
 * The next address that is a multiple of 64.
 *
 * @param address a number of bytes
 *
 * @example
 * ```ts
 * aligned(100) // => 128
 * aligned(128) // => 128
 * ```
 */
export function aligned(address: number): number {
  return Math.ceil(address / alignment) * alignment;
}
