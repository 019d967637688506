package org.copick.cli.output;

/** Listener notified after each item of long work. */
@FunctionalInterface
public interface ItemListener {
    /**
     * One more item was read.
     *
     * @param ofItems how many there are in all
     */
    void done(int items, int ofItems);
}
