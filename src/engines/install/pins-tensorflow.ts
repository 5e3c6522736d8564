/** The wheels that Stemma installs, and the sums of what it takes out of them. Made by scripts/pin-wheels.py. */
import type { Pin } from './pin.ts';

const linuxX64: Pin = {
  name: 'tensorflow-cpu',
  version: '2.21.0',
  file: 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
  sizeBytes: 273829956,
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  platforms: ['manylinux_2_27_x86_64'],
  files: [
    {
      path: 'tensorflow/libtensorflow_cc.so.2',
      sizeBytes: 788086608,
      sha256: '6505a4b9657e62100c6bdacb683957a395cb047725042945aaa50e40a71e429e',
    },
    {
      path: 'tensorflow/libtensorflow_framework.so.2',
      sizeBytes: 65222328,
      sha256: 'f060b323b26ef80add21b9df9428de3aeaf2843d772c5bb098745f7abff3709b',
    },
  ],
};

const linuxArm64: Pin = {
  name: 'tensorflow',
  version: '2.21.0',
  file: 'tensorflow-2.21.0-cp311-cp311-manylinux_2_27_aarch64.whl',
  sizeBytes: 281828020,
  sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
  platforms: ['manylinux_2_27_aarch64'],
  files: [
    {
      path: 'tensorflow/libtensorflow_cc.so.2',
      sizeBytes: 814885544,
      sha256: '5f7de6ba6478ed7b83767a6e661e3e6e6931b05c64db14ba98250e52316a007c',
    },
    {
      path: 'tensorflow/libtensorflow_framework.so.2',
      sizeBytes: 68176664,
      sha256: 'deade33b9ab90ff468fd1d1f8f6079bec5a3a507cf2d13c3218aa8beec28aeb3',
    },
  ],
};

const macArm64: Pin = {
  name: 'tensorflow',
  version: '2.21.0',
  file: 'tensorflow-2.21.0-cp311-cp311-macosx_12_0_arm64.whl',
  sizeBytes: 223405849,
  sha256: '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
  platforms: ['macosx_12_0_arm64'],
  files: [
    {
      path: 'tensorflow/libtensorflow_cc.2.dylib',
      sizeBytes: 691352648,
      sha256: '753272d059c7be51f64369aaa8e12ac514ce372e0c4ba66f3cc49ec3b1c33384',
    },
    {
      path: 'tensorflow/libtensorflow_framework.2.dylib',
      sizeBytes: 49452976,
      sha256: 'e581d6db9e26f13e49327427e5d304cecbfe45d3467db7700e058857a4fd76bb',
    },
  ],
};

const linuxX64Gpu: Pin = {
  name: 'tensorflow',
  version: '2.21.0',
  file: 'tensorflow-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
  sizeBytes: 572440367,
  sha256: '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
  platforms: ['manylinux_2_27_x86_64'],
  files: [
    {
      path: 'tensorflow/libtensorflow_cc.so.2',
      sizeBytes: 1096372272,
      sha256: '2889ecc99d7641620f41a4bea538f4dd4b626f75aa3e12623161ae939054191c',
    },
    {
      path: 'tensorflow/libtensorflow_framework.so.2',
      sizeBytes: 162648808,
      sha256: '98847c6f0448308159f6d3ff55e13a9e92978598c7fbb34cde63aadf35c6fe84',
    },
  ],
};

export const tensorflowPins = { linuxX64, linuxArm64, macArm64, linuxX64Gpu } as const;
