package org.copick.cli.output;

/** Listener notified after each item of long work. */
@FunctionalInterface
public interface ItemListener {
    /**
     * Reports that another item is done.
     *
     * @param items the number of finished items
     * @param ofItems the total number of items
     */
    void done(int items, int ofItems);
}
