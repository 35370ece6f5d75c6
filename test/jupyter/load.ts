import { projectRoot } from './project-root.ts';

/** A module of jupyter/ or test/runner/: plain JavaScript, so without types. */
export function load(path: string) {
  return import(new URL(path, projectRoot).href);
}
