import type { ModuleImage } from '../session/messages.ts';

/**
 * Compiled files on their way to the cells. The compiler gives each of them once; where the cell that it came with does
 * not run, it waits here for the next one.
 */
export class Deliveries {
  private waiting: ModuleImage[] = [];
  private readonly delivered = new Map<string, string>();

  /** A compiler that was started again gives all files again: those that have not changed are not run again. */
  put(images: readonly ModuleImage[]): void {
    const changed = new Set(this.waiting.map(image => image.path));
    let size = -1;
    // Files come before what they import.
    while (size !== changed.size) {
      size = changed.size;
      for (const { path, code, references } of images) {
        const isBehind = references.some(to => to?.kind === 'file' && changed.has(to.path));
        if (isBehind || this.delivered.get(path) !== code) changed.add(path);
      }
    }
    this.waiting.push(...images.filter(image => changed.has(image.path)));
  }

  /** Gives what waits along with an answer of the compiler. */
  take<A extends object>(answer: A & { images?: ModuleImage[] }): A {
    if (!answer.images) return answer;
    const images = [...this.waiting, ...answer.images];
    this.waiting = [];
    for (const { path, code } of images) this.delivered.set(path, code);
    return { ...answer, images };
  }

  /** What was taken and never arrived. */
  giveBack(images: readonly ModuleImage[]): void {
    for (const { path } of images) this.delivered.delete(path);
    this.put(images);
  }
}
