/** What is measured, and the goals of each. */

export type NetworkId = 'resnet18' | 'resnet50' | 'resnext50_32x4d';

/** What a peer is told: the same for everyone. */
export interface Work {
  readonly network: NetworkId;
  /** Height and width. */
  readonly size: number;
  readonly batch: number;
  readonly channels: number;
  readonly classes: number;
  readonly optimizer: 'sgd' | 'momentum';
  readonly learningRate: number;
  readonly momentum: number;
  readonly mode: 'train' | 'evaluate';
  /** Every peer must have made exactly so many. */
  readonly params: number;
  /** Steps before the first that counts. */
  readonly warmup: number;
}

/** At most so many times what PyTorch by default takes; at most so many times the fastest of all. */
export interface Goals {
  readonly toDefault: number;
  readonly toFastest: number;
}

export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly work: Work;
  /** Steps that each does in a round. */
  readonly steps: number;
  readonly goals: Goals;
  /** Memory is compared too: in processes that have done nothing else. */
  readonly memory?: Goals;
  /** The portable engine takes part. */
  readonly portable?: Goals;
  /** Instead of peers: the same step on real pictures, at most so many times one on a fixed batch. */
  readonly pictures?: number;
}

const common = { learningRate: 0.01, momentum: 0.9, mode: 'train', warmup: 3 } as const;

const resnet18 = (size: number, batch: number): Work => ({
  ...{ network: 'resnet18', size, batch, channels: 1, classes: 10, optimizer: 'sgd' },
  ...{ params: 11_178_378, ...common },
});

const bottlenecks = (network: NetworkId, params: number): Work => ({
  ...{ network, size: 64, batch: 16, channels: 3, classes: 1000, optimizer: 'momentum' },
  // Two: some peers need long for a step of a grouped convolution.
  ...{ params, ...common, warmup: 2 },
});

const faster = { toDefault: 0.85, toFastest: 0.9 };

export const entries: readonly Entry[] = [
  {
    ...{ id: 'resnet18-96-b64', title: 'ResNet-18, 96², batch 64', work: resnet18(96, 64), steps: 2 },
    goals: faster,
    memory: { toDefault: 1.1, toFastest: 1 },
    portable: { toDefault: 10, toFastest: 5 },
  },
  {
    ...{ id: 'resnet18-96-b128', title: 'ResNet-18, 96², batch 128', steps: 1 },
    work: { ...resnet18(96, 128), warmup: 2 },
    goals: faster,
  },
  {
    ...{ id: 'resnet18-96-b16', title: 'ResNet-18, 96², batch 16', work: resnet18(96, 16), steps: 3 },
    goals: faster,
  },
  {
    ...{ id: 'resnet18-32-b32', title: 'ResNet-18, 32², batch 32', work: resnet18(32, 32), steps: 6 },
    goals: { toDefault: 0.95, toFastest: 0.95 },
    portable: { toDefault: 8, toFastest: 4 },
  },
  {
    ...{ id: 'resnet50-64-b16', title: 'ResNet-50, 64², batch 16, momentum', steps: 2 },
    work: bottlenecks('resnet50', 25_557_032),
    goals: { toDefault: 0.95, toFastest: 1 },
  },
  {
    ...{ id: 'resnext50-64-b16', title: 'ResNeXt-50 32×4d, 64², batch 16, momentum', steps: 2 },
    work: bottlenecks('resnext50_32x4d', 25_028_904),
    goals: { toDefault: 0.75, toFastest: 0.85 },
  },
  {
    ...{ id: 'resnet18-96-b64-forward', title: 'ResNet-18, 96², batch 64, forward only', steps: 3 },
    work: { ...resnet18(96, 64), mode: 'evaluate' },
    goals: { toDefault: 0.95, toFastest: 1 },
  },
  {
    ...{
      id: 'resnet18-96-b64-pictures',
      title: 'ResNet-18, 96², batch 64',
      work: resnet18(96, 64),
      steps: 4,
    },
    goals: faster,
    pictures: 1.03,
  },
];
