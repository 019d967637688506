package org.copick.gcs;

import java.util.Optional;
import java.util.function.Supplier;
import org.copick.error.StorageException;
import org.copick.storage.ObjectInfo;

/** Writes a large object from memory, starting another session if the service loses one. */
final class ResumableWrite {
    private static final int SESSIONS = 3;

    private final Supplier<UploadSession> sessions;
    private final byte[] bytes;

    ResumableWrite(Supplier<UploadSession> sessions, byte[] bytes) {
        this.sessions = sessions;
        this.bytes = bytes;
    }

    ObjectInfo run() {
        for (int i = 1; i < SESSIONS; i++) {
            try {
                return inSession(i);
            } catch (StorageException e) {
                if (!(e.getCause() instanceof UploadSession.LostException)) {
                    throw e;
                }
            }
        }
        return inSession(SESSIONS);
    }

    private ObjectInfo inSession(int number) {
        UploadSession session = sessions.get();
        Optional<ObjectInfo> written = session.begin(number, Optional.of(bytes.length));
        if (written.isPresent()) {
            return written.get();
        }
        boolean complete = false;
        try {
            ObjectInfo info = session.send(new UploadSession.Piece(bytes, bytes.length, 0, true, Optional.empty()))
                    .orElseThrow();
            complete = true;
            return info;
        } finally {
            if (!complete) {
                session.giveUp();
            }
        }
    }
}
