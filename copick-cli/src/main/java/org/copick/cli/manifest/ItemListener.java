package org.copick.cli.manifest;

/** Is told after each item that was read. */
@FunctionalInterface
public interface ItemListener {
    /**
     * One more item was read.
     *
     * @param ofItems how many there are in all
     */
    void done(int items, int ofItems);
}
