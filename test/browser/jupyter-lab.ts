import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** `npm start` on another folder, with settings and workspaces of its own. */
export class JupyterLab {
  readonly #process: ChildProcess;
  #output = '';

  constructor(folder: string) {
    const env = {
      ...process.env,
      JUPYTERLAB_SETTINGS_DIR: join(folder, '.settings'),
      JUPYTERLAB_WORKSPACES_DIR: join(folder, '.workspaces'),
      LC_ALL: 'en_US.UTF-8',
    };
    const args = ['start', '--silent', '--', '--no-browser', '--port=0', `--ServerApp.root_dir=${folder}`];
    this.#process = spawn('npm', args, { cwd: project, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', data => {
        this.#output += data;
      });
    }
  }

  /** The address of a notebook, once the server answers. */
  async address(notebook: string): Promise<string> {
    for (;;) {
      const match = /^JupyterLab: (http:\S+?\/)lab\S*\?(token=\w+)/m.exec(this.#output);
      if (match) return `${match[1]}lab/tree/${notebook}?${match[2]}`;
      if (this.#process.exitCode !== null) throw new Error(`npm start ended:\n${this.#output}`);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  async stop() {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const closed = once(this.#process, 'close');
    this.#process.kill('SIGTERM');
    await closed;
  }
}
