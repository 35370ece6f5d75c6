/** The port that the person asked for, undefined where they left it to JupyterLab. */
export function namedPort(args) {
  for (const [index, arg] of args.entries()) {
    const match = /^--(?:ServerApp\.|LabApp\.)?port(?:=(\d+))?$/.exec(arg);
    if (match) return Number(match[1] ?? args[index + 1]);
  }
  return undefined;
}

function hasDisplay(env, platform) {
  if (platform !== 'linux') return true;
  // Without one, "the browser" may turn out to be a text browser in this very terminal.
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY || env.WSL_DISTRO_NAME);
}

/** What `jupyter lab` is called with: ours first, so that the person's own arguments win. */
export function labArguments({ root, firstPage, args, env, platform, isRoot }) {
  const own = [`--ServerApp.root_dir=${root}`];
  if (firstPage) own.push(`--LabApp.default_url=/lab/tree/${firstPage}`);
  if (!hasDisplay(env, platform)) own.push('--no-browser');
  if (isRoot) own.push('--allow-root');
  return ['-m', 'jupyterlab', ...own, ...args];
}
