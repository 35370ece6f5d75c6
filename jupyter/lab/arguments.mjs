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

/** JupyterLab refuses a setting that is given twice, so ours gives way to the person's. */
function withoutNamed(own, args) {
  const aliases = { '--ServerApp.root_dir': ['--notebook-dir', '--ServerApp.notebook_dir'] };
  const isNamed = name => args.some(arg => arg === name || arg.startsWith(`${name}=`));
  return own.filter(option => {
    const name = option.split('=')[0];
    return ![name, ...(aliases[name] ?? [])].some(isNamed);
  });
}

/** What `jupyter lab` is called with. */
export function labArguments({ root, firstPage, args, env, platform, isRoot }) {
  const own = [`--ServerApp.root_dir=${root}`];
  if (firstPage) own.push(`--LabApp.default_url=/lab/tree/${firstPage}`);
  if (!hasDisplay(env, platform)) own.push('--no-browser');
  if (isRoot) own.push('--allow-root');
  return ['-m', 'jupyterlab', ...withoutNamed(own, args), ...args];
}
