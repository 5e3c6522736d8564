// Asks the system's drivers for GPUs. Run as a program it writes one line of JSON, and a driver that breaks takes only
// that program with it.
import process from 'node:process';
import { pathToFileURL } from 'node:url';

/** The adapters as GPUAdapterInfo describes them. */
export async function ask() {
  const { create } = await import('webgpu');
  const gpu = create([]);
  const adapters = [];
  for (const powerPreference of ['high-performance', 'low-power']) {
    const info = (await gpu.requestAdapter({ powerPreference }))?.info;
    if (!info) continue;
    const { vendor, architecture, device, description } = info;
    const isFallback = info.isFallbackAdapter === true;
    adapters.push({ vendor, architecture, device, description, isFallback, powerPreference });
  }
  return adapters;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const line = `${JSON.stringify(await ask())}\n`;
  process.stdout.write(line, () => process.exit(0));
}
