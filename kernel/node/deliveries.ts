import type { ModuleImage } from '../session/messages.ts';

/**
 * Compiled files on their way to the cells. The compiler gives each of them once; where the cell that it came with does
 * not run, it waits here for the next one.
 */
export class Deliveries {
  private waiting: ModuleImage[] = [];
  private readonly delivered = new Map<string, string>();
  /** Files that the present compiler has given. */
  private readonly given = new Set<string>();

  /** A compiler that was started again gives all files again. */
  compilerStarts(): void {
    this.given.clear();
  }

  put(images: readonly ModuleImage[]): void {
    this.waiting.push(...this.changed(images));
  }

  /** Gives what waits along with an answer of the compiler. */
  take<A extends object>(answer: A & { images?: ModuleImage[] }): A {
    if (!answer.images) return answer;
    const images = [...this.waiting, ...this.changed(answer.images)];
    this.waiting = [];
    for (const { path, code } of images) this.delivered.set(path, code);
    return { ...answer, images };
  }

  /** What was taken and never arrived. */
  giveBack(images: readonly ModuleImage[]): void {
    for (const { path } of images) this.delivered.delete(path);
    this.put(images);
  }

  /** What an earlier compiler has given and has not changed since is not run again. */
  private changed(images: readonly ModuleImage[]): ModuleImage[] {
    const changed = new Set(this.waiting.map(image => image.path));
    let size = -1;
    // Files come before what they import.
    while (size !== changed.size) {
      size = changed.size;
      for (const { path, code, references } of images) {
        const isBehind = references.some(to => to?.kind === 'file' && changed.has(to.path));
        if (isBehind || this.given.has(path) || this.delivered.get(path) !== code) changed.add(path);
      }
    }
    for (const { path } of images) this.given.add(path);
    return images.filter(image => changed.has(image.path));
  }
}
