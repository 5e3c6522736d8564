// Asks the system's drivers for GPUs, in a process of its own: a driver that breaks takes only this one with it.
// Writes one line of JSON: the adapters as GPUAdapterInfo describes them.
import { create } from 'webgpu';

const gpu = create([]);
const adapters = [];
for (const powerPreference of ['high-performance', 'low-power']) {
  const info = (await gpu.requestAdapter({ powerPreference }))?.info;
  if (!info) continue;
  const { vendor, architecture, device, description, isFallbackAdapter } = info;
  adapters.push({
    vendor,
    architecture,
    device,
    description,
    isFallback: isFallbackAdapter === true,
    powerPreference,
  });
}
process.stdout.write(`${JSON.stringify(adapters)}\n`, () => process.exit(0));
