// @ts-check
/**
 * Required by the embedded VS Code before it runs (`node --require`): when whoever started it is gone, in whatever way, its
 * whole process group ends. Extension hosts without a reader would stay for hours.
 */
const parent = process.ppid;

setInterval(() => {
  if (process.ppid === parent) return;
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    // Not the leader of a group: an extension host whose server is gone.
    process.exit(1);
  }
}, 1000).unref();
