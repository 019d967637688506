package org.copick.imagej;

import ij.IJ;
import ij.ImagePlus;
import org.copick.error.CopickException;

/**
 * The image of a {@link VolumeStack}, which shows the previous plane after a failure.
 *
 * <p>ImageJ changes the number of the plane before it reads the plane. After a failure it would show the old pixels
 * under the new number, and not read them again.
 */
final class VolumeImage extends ImagePlus {
    /** The name of the thread of a window's sliders. An exception would end it, and the sliders would be without effect. */
    private static final String SLIDERS = "zSelector";

    VolumeImage(String title, VolumeStack stack) {
        super(title, stack);
        setDimensions(stack.channels(), stack.slices(), 1);
        setOpenAsHyperStack(stack.channels() > 1);
    }

    @Override
    public synchronized void setSlice(int n) {
        int shown = getCurrentSlice();
        try {
            super.setSlice(n);
        } catch (CopickException e) {
            goBack(shown, e);
            if (!Thread.currentThread().getName().equals(SLIDERS)) {
                throw e;
            }
            IJ.handleException(e);
        }
    }

    private void goBack(int shown, CopickException failure) {
        try {
            super.setSlice(shown);
        } catch (CopickException again) {
            // the number is set back, and the pixels are still those of that plane
            if (again != failure) {
                failure.addSuppressed(again);
            }
        }
        int[] position = convertIndexToPosition(shown);
        updatePosition(position[0], position[1], position[2]);
    }
}
