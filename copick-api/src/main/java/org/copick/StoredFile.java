package org.copick;

import org.copick.error.NotFoundException;
import org.copick.spi.Entry;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;

/** The file of one document, which is replaced only if no other program has written it since it was read. */
final class StoredFile {
    private final Root root;
    private final Entry entry;

    StoredFile(Root root, Entry entry) {
        this.root = root;
        this.entry = entry;
    }

    /**
     * Reads the file.
     *
     * @throws NotFoundException if the file has been deleted since it was listed
     */
    StoredObject read() {
        return root.backend()
                .read(entry)
                .orElseThrow(() -> new NotFoundException(entry + " no longer exists; refresh the run"));
    }

    /**
     * Replaces the file.
     *
     * @param known the version that was last read or written here
     * @return the version that was written
     * @throws org.copick.error.ConflictException if the file has another version by now
     */
    Version replace(byte[] content, Version known) {
        return root.backend().replaceDocument(entry, content, WriteCondition.ifVersion(known));
    }

    @Override
    public String toString() {
        return entry.toString();
    }
}
