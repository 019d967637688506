package org.copick.spark;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * The elements that each of some sources has, one source after the other. Opens a source when it is reached.
 *
 * <p>An iterator over {@code Stream.flatMap} would hold all elements of a source in memory.
 */
final class Flattened<S, E> implements Iterator<E> {
    private final Iterator<S> sources;
    private final Function<S, Iterator<E>> open;
    private Iterator<E> current = Collections.emptyIterator();

    Flattened(Iterator<S> sources, Function<S, Iterator<E>> open) {
        this.sources = sources;
        this.open = open;
    }

    @Override
    public boolean hasNext() {
        while (!current.hasNext()) {
            current = Collections.emptyIterator(); // the last source may go before the next one is opened
            if (!sources.hasNext()) {
                return false;
            }
            current = open.apply(sources.next());
        }
        return true;
    }

    @Override
    public E next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return current.next();
    }
}
