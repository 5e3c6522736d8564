import { downloadedFolders } from './home.node.ts';
import { idxSource } from './idx-source.node.ts';

export { dataHome } from './home.node.ts';

/** Xiao, Rasul & Vollgraf 2017: 28 × 28 pictures of clothes, as hard to tell apart as MNIST is easy. */
export const fashionMnist = idxSource({
  id: 'fashion-mnist',
  title: 'Fashion-MNIST',
  classes: [
    'T-shirt/top',
    'Trouser',
    'Pullover',
    'Dress',
    'Coat',
    'Sandal',
    'Shirt',
    'Sneaker',
    'Bag',
    'Ankle boot',
  ],
  shape: [28, 28, 1],
  ...{ trainCount: 60_000, testCount: 10_000, validationCount: 0 },
  ...{ mean: [0.286], std: [0.353] },
  licence: 'MIT',
  homepage: 'https://github.com/zalandoresearch/fashion-mnist',
  // Checked against the md5 sums that the homepage states for its .gz files: Debian's, given the name and time of the
  // originals' gzip headers (31 August 2017), have exactly those.
  sha256: {
    'train-images-idx3-ubyte': 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
    'train-labels-idx1-ubyte': 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
    't10k-images-idx3-ubyte': '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
    't10k-labels-idx1-ubyte': '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
  },
  url: 'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com',
  folders: () => [
    ...downloadedFolders('fashion-mnist'),
    // Debian's package dataset-fashion-mnist; the second is a guess for other layouts.
    '/usr/share/datasets/fashion-mnist',
    '/usr/share/dataset-fashion-mnist',
  ],
  hint: "'stemma data get fashion-mnist' fetches it (31 MB); on Debian or Ubuntu so does 'apt-get install dataset-fashion-mnist'; or name a folder that has its four files with --data-dir.",
});
