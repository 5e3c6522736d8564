/** NVIDIA's libraries for the GPU build, within the ranges that tensorflow 2.21's own metadata names. Made by scripts/pin-wheels.py. */
import type { Pin } from './pin.ts';

export const nvidiaPins: readonly Pin[] = [
  {
    name: 'nvidia-cublas-cu12',
    version: '12.9.3.13',
    file: 'nvidia_cublas_cu12-12.9.3.13-py3-none-manylinux_2_27_x86_64.whl',
    sizeBytes: 581217458,
    sha256: 'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
    platforms: ['manylinux_2_27_x86_64', 'manylinux2014_x86_64'],
    files: [
      {
        path: 'nvidia/cublas/lib/libcublas.so.12',
        sizeBytes: 105140976,
        sha256: '9b6997d8ac06badb59b90fd08cb89b1f807576306f6b0d762f3e72000b69d260',
      },
      {
        path: 'nvidia/cublas/lib/libcublasLt.so.12',
        sizeBytes: 749169616,
        sha256: 'fbbf5c66fcc42c4eb6e56a7cb40be3936edbf0d08e757761e95c84afb9606cb6',
      },
    ],
  },
  {
    name: 'nvidia-cuda-cupti-cu12',
    version: '12.8.90',
    file: 'nvidia_cuda_cupti_cu12-12.8.90-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    sizeBytes: 10248621,
    sha256: 'ea0cb07ebda26bb9b29ba82cda34849e73c166c18162d3913575b0c9db9a6182',
    platforms: ['manylinux_2_27_x86_64', 'manylinux2014_x86_64'],
    files: [
      {
        path: 'nvidia/cuda_cupti/lib/libcupti.so.12',
        sizeBytes: 7595792,
        sha256: 'fccdc5fcc7c32f8cf4b3ed9b17f7f187a185a6fa0a5bcc06e3434cbd1687c808',
      },
      {
        path: 'nvidia/cuda_cupti/lib/libnvperf_host.so',
        sizeBytes: 25825936,
        sha256: '609f54063c253daff6efba79fe49252fdd2324308ab0ffb991cc125d3e9a1eab',
      },
      {
        path: 'nvidia/cuda_cupti/lib/libnvperf_target.so',
        sizeBytes: 5275312,
        sha256: '2f10e1109fc341a57434c28e4006b45a89247801e20f5ace135c302c173e0770',
      },
    ],
  },
  {
    name: 'nvidia-cuda-nvrtc-cu12',
    version: '12.9.86',
    file: 'nvidia_cuda_nvrtc_cu12-12.9.86-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl',
    sizeBytes: 89568129,
    sha256: '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
    platforms: ['manylinux_2_27_x86_64', 'manylinux2014_x86_64'],
    files: [
      {
        path: 'nvidia/cuda_nvrtc/lib/libnvrtc-builtins.so.12.9',
        sizeBytes: 7202760,
        sha256: '6507cf33450cfb22970c2c1e7aa8e7c0a33e39d864720277b05f61a92791e2e8',
      },
      {
        path: 'nvidia/cuda_nvrtc/lib/libnvrtc.so.12',
        sizeBytes: 106244480,
        sha256: '7c67c6b51ea0e0279634cebd676ff7efda1674806444520c84430ad5c35fe625',
      },
    ],
  },
  {
    name: 'nvidia-cuda-runtime-cu12',
    version: '12.9.79',
    file: 'nvidia_cuda_runtime_cu12-12.9.79-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    sizeBytes: 3493179,
    sha256: '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
    platforms: ['manylinux_2_27_x86_64', 'manylinux2014_x86_64'],
    files: [
      {
        path: 'nvidia/cuda_runtime/lib/libcudart.so.12',
        sizeBytes: 741088,
        sha256: '256e6409e4f06f618e1fb53d4844a6b81cdded1013afa8ade40c22f99eb133b7',
      },
    ],
  },
  {
    name: 'nvidia-cudnn-cu12',
    version: '9.28.0.42',
    file: 'nvidia_cudnn_cu12-9.28.0.42-py3-none-manylinux_2_27_x86_64.whl',
    sizeBytes: 716538495,
    sha256: '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
    platforms: ['manylinux_2_27_x86_64', 'manylinux2014_x86_64'],
    files: [
      {
        path: 'nvidia/cudnn/lib/libcudnn.so.9',
        sizeBytes: 137432,
        sha256: '727cf38cefa39f745dee3caa207395163a86e8fafdb47e3af6d185fdd67858d4',
      },
      {
        path: 'nvidia/cudnn/lib/libcudnn_adv.so.9',
        sizeBytes: 232904280,
        sha256: 'd7a4f6de7c83eb39506d424cf8f1a6f3715faeee2320f2cc03498c9dcc10283b',
      },
      {
        path: 'nvidia/cudnn/lib/libcudnn_cnn.so.9',
        sizeBytes: 4203992,
        sha256: '5bccc296c64d21ef9326c70ccdcf01b149122dd242ec80a2d3bdc2a4389879ad',
      },
      {
        path: 'nvidia/cudnn/lib/libcudnn_engines_precompiled.so.9',
        sizeBytes: 559964512,
        sha256: '9a9bbe2c9d4be6c324760199f667fa84a2a9a2d66820b8ca55844b9da235e837',
      },
      {
        path: 'nvidia/cudnn/lib/libcudnn_engines_runtime_compiled.so.9',
        sizeBytes: 48269792,
        sha256: '8b49b082768bda0ac9f2465c235331e727682f92139ad41f15276b81f20f0f96',
      },
      {
        path: 'nvidia/cudnn/lib/libcudnn_engines_tensor_ir.so.9',
        sizeBytes: 2099128,
        sha256: '78aa90a0543dd7b097701708f28981657ad04b95d3cac387fed960765404985e',
      },
      {
        path: 'nvidia/cudnn/lib/libcudnn_ext.so.9',
        sizeBytes: 10492448,
        sha256: '7614a9e626eeeacbcfc8aa6633700e3cd4321e18497447825172d2d21f0b0e6f',
      },
      {
        path: 'nvidia/cudnn/lib/libcudnn_graph.so.9',
        sizeBytes: 115563344,
        sha256: 'd56ec4d0cc21836e0138e4e75dcf6a1e589687675e9d6da0d006936ef7169078',
      },
      {
        path: 'nvidia/cudnn/lib/libcudnn_heuristic.so.9',
        sizeBytes: 96473944,
        sha256: 'ab31bec932bc0b37431dfed946ec4c373441e0d5a62ad477e6cd19fc805e7577',
      },
      {
        path: 'nvidia/cudnn/lib/libcudnn_ops.so.9',
        sizeBytes: 92284600,
        sha256: 'fbc82ffd752ec10601b2001226dee311b7ddd034c93a30c3536f2bbd19361b0c',
      },
    ],
  },
  {
    name: 'nvidia-cufft-cu12',
    version: '11.4.1.4',
    file: 'nvidia_cufft_cu12-11.4.1.4-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    sizeBytes: 200877592,
    sha256: 'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
    platforms: ['manylinux_2_27_x86_64', 'manylinux2014_x86_64'],
    files: [
      {
        path: 'nvidia/cufft/lib/libcufft.so.11',
        sizeBytes: 291507928,
        sha256: 'e1d65ebd08895f9d9883f848f3974f89e0130416252477b18835ba7f15d159bc',
      },
    ],
  },
  {
    name: 'nvidia-curand-cu12',
    version: '10.3.10.19',
    file: 'nvidia_curand_cu12-10.3.10.19-py3-none-manylinux_2_27_x86_64.whl',
    sizeBytes: 68295626,
    sha256: '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e',
    platforms: ['manylinux_2_27_x86_64', 'manylinux2014_x86_64'],
    files: [
      {
        path: 'nvidia/curand/lib/libcurand.so.10',
        sizeBytes: 166965432,
        sha256: 'ab8c07338fa663c018b16df5b3f3878c84aaae98bda930e9e8bad340427b0faa',
      },
    ],
  },
  {
    name: 'nvidia-cusolver-cu12',
    version: '11.7.5.82',
    file: 'nvidia_cusolver_cu12-11.7.5.82-py3-none-manylinux_2_27_x86_64.whl',
    sizeBytes: 338117415,
    sha256: '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
    platforms: ['manylinux_2_27_x86_64', 'manylinux2014_x86_64'],
    files: [
      {
        path: 'nvidia/cusolver/lib/libcusolver.so.11',
        sizeBytes: 302024152,
        sha256: '30a1fe2fe22dad7141afaa2878fb6e9d7360b016e164d2153e1f31a46f2a9833',
      },
    ],
  },
  {
    name: 'nvidia-cusparse-cu12',
    version: '12.5.10.65',
    file: 'nvidia_cusparse_cu12-12.5.10.65-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    sizeBytes: 366465088,
    sha256: '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
    platforms: ['manylinux_2_27_x86_64', 'manylinux2014_x86_64'],
    files: [
      {
        path: 'nvidia/cusparse/lib/libcusparse.so.12',
        sizeBytes: 486556368,
        sha256: '6d85ab1acdabfe3b5a54aa76bc948c719bcd03e07eede3eb8122b083c1a6ecf7',
      },
    ],
  },
  {
    name: 'nvidia-nccl-cu12',
    version: '2.32.3',
    file: 'nvidia_nccl_cu12-2.32.3-py3-none-manylinux_2_27_x86_64.whl',
    sizeBytes: 351526311,
    sha256: 'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c',
    platforms: ['manylinux_2_27_x86_64', 'manylinux2014_x86_64'],
    files: [
      {
        path: 'nvidia/nccl/lib/libnccl.so.2',
        sizeBytes: 473614536,
        sha256: 'a23d2e3e47ad7f8987ac73eb04a373d6d40cfbb3a7a5bf41a9e0e8434817559b',
      },
    ],
  },
  {
    name: 'nvidia-nvjitlink-cu12',
    version: '12.9.86',
    file: 'nvidia_nvjitlink_cu12-12.9.86-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl',
    sizeBytes: 39748338,
    sha256: 'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
    platforms: ['manylinux_2_27_x86_64', 'manylinux2014_x86_64'],
    files: [
      {
        path: 'nvidia/nvjitlink/lib/libnvJitLink.so.12',
        sizeBytes: 95935344,
        sha256: '02d3acb5fe598dd20f0fca3cc03734ad164037a22747a01900561a42d0b8448f',
      },
    ],
  },
];
