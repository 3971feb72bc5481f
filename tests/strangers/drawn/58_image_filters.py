"""Digital image processing: noise, blur / median / sharpen / sobel on a synthetic picture, with PSNR."""
import numpy as np
import matplotlib.pyplot as plt
from scipy import ndimage as ndi
import ipywidgets as widgets
from livefig import interact

def make_image(n=128):
    yy, xx = np.mgrid[0:n, 0:n]
    img = 0.2 + 0.3*xx/n
    img[(xx - 40)**2 + (yy - 45)**2 < 24**2] = 0.9
    img[75:110, 60:115] = 0.1
    img[80:105:4, 65:110] = 0.7
    return img[::3, ::3]

def filt(kind='gaussian', size=1.5, noise=0.1, salt=0.0):
    rng = np.random.default_rng(0)
    img = make_image()
    noisy = img + noise*rng.standard_normal(img.shape)
    mask = rng.random(img.shape)
    noisy[mask < salt/2] = 0
    noisy[mask > 1 - salt/2] = 1
    noisy = np.round(np.clip(noisy, 0, 1), 2)
    if kind == 'gaussian':
        out = ndi.gaussian_filter(noisy, size)
    elif kind == 'median':
        out = ndi.median_filter(noisy, size=2*int(size) + 1)
    elif kind == 'sharpen':
        out = noisy + size*(noisy - ndi.gaussian_filter(noisy, 2))
    else:
        out = np.hypot(ndi.sobel(ndi.gaussian_filter(noisy, size), 0), ndi.sobel(ndi.gaussian_filter(noisy, size), 1))
        out = out/out.max()
    out = np.round(out, 2)
    psnr = 10*np.log10(1/np.mean((np.clip(out, 0, 1) - img)**2))
    fig, ax = plt.subplots(1, 3, figsize=(13, 4.5))
    for a, im, title in zip(ax, [img, noisy, out], ['original', f'noise {noise}', f'{kind}, PSNR {psnr:.1f} dB']):
        a.imshow(im, cmap='gray', vmin=0, vmax=1)
        a.set_title(title); a.axis('off')
    plt.show()

interact(filt, kind=['gaussian', 'median', 'sharpen', 'sobel'], size=widgets.FloatSlider(min=1.5, max=3.0, step=1.5, value=1.5),
                 noise=(0.0, 0.1, 0.1), salt=[0.0, 0.1], stops=('size', 'noise'));
