import { incomplete, requireNode } from '../jupyter/setup/node-version.mjs';

requireNode();
// Loaded only now: an older Node cannot read the rest.
import('./runner/program.mjs').then(
  ({ main }) => main(),
  error => {
    incomplete(error);
    console.log('0 passed, 1 failed');
  },
);
