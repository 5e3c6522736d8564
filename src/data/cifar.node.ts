import { type CifarFacts, cifarSource } from './cifar-source.node.ts';

export const cifar10Facts: CifarFacts = {
  id: 'cifar-10',
  title: 'CIFAR-10',
  classes: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
  ...{ trainCount: 50_000, testCount: 10_000 },
  ...{ mean: [0.4914, 0.4822, 0.4465], std: [0.247, 0.2435, 0.2616] },
  archive: { name: 'cifar-10-binary.tar.gz', md5: 'c32a1d4ab5d03f1284b67883e8d87530', megabytes: 170 },
  inside: 'cifar-10-batches-bin',
  train: [1, 2, 3, 4, 5].map((n) => `data_batch_${n}.bin`),
  test: 'test_batch.bin',
  labelBytes: 1,
};

const fine =
  'apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly camel can castle ' +
  'caterpillar cattle chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur dolphin elephant ' +
  'flatfish forest fox girl hamster house kangaroo keyboard lamp lawn_mower leopard lion lizard lobster man ' +
  'maple_tree motorcycle mountain mouse mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree ' +
  'plain plate poppy porcupine possum rabbit raccoon ray road rocket rose sea seal shark shrew skunk skyscraper ' +
  'snail snake spider squirrel streetcar sunflower sweet_pepper table tank telephone television tiger tractor train ' +
  'trout tulip turtle wardrobe whale willow_tree wolf woman worm';

/** By its hundred fine labels. */
export const cifar100Facts: CifarFacts = {
  id: 'cifar-100',
  title: 'CIFAR-100',
  classes: fine.split(' ').map((name) => name.replaceAll('_', ' ')),
  ...{ trainCount: 50_000, testCount: 10_000 },
  ...{ mean: [0.5071, 0.4865, 0.4409], std: [0.2673, 0.2564, 0.2762] },
  archive: { name: 'cifar-100-binary.tar.gz', md5: '03b5dce01913d631647c71ecec9e9cb8', megabytes: 169 },
  inside: 'cifar-100-binary',
  train: ['train.bin'],
  test: 'test.bin',
  labelBytes: 2,
};

export const cifar10 = cifarSource(cifar10Facts);
export const cifar100 = cifarSource(cifar100Facts);
