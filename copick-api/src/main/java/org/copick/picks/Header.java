package org.copick.picks;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The keys that both kinds of documents begin with: object, user, session and run.
 *
 * @param voxelSpacing the voxel spacing of the annotated data, in Å; informational
 * @param unit the unit of the coordinates; Python writes "angstrom" and never reads it
 */
record Header(
        String objectName,
        String userId,
        String sessionId,
        @Nullable String runName,
        @Nullable Double voxelSpacing,
        String unit) {
    private static final String ANGSTROM = "angstrom";

    static Header of(String objectName, String userId, String sessionId, @Nullable String runName) {
        return new Header(objectName, userId, sessionId, runName, null, ANGSTROM);
    }

    Header withIdentity(String objectName, String userId, String sessionId, @Nullable String runName) {
        return new Header(objectName, userId, sessionId, runName, voxelSpacing, unit);
    }

    Header withVoxelSpacing(@Nullable Double voxelSpacing) {
        return new Header(objectName, userId, sessionId, runName, voxelSpacing, unit);
    }

    void write(JsonOutput out) throws IOException {
        out.field("pickable_object_name", objectName);
        out.field("user_id", userId);
        out.field("session_id", sessionId);
        out.field("run_name", runName);
        out.field("voxel_spacing", voxelSpacing);
        out.field("unit", unit);
    }

    @Override
    public String toString() {
        return objectName + ", user " + userId + ", session " + sessionId;
    }

    /** Collects the header's keys from anywhere in the document. */
    static final class Reader {
        private final LaxReader in;
        private @Nullable String objectName;
        private @Nullable String userId;
        private @Nullable String sessionId;
        private @Nullable String runName;
        private @Nullable Double voxelSpacing;
        private String unit = ANGSTROM;

        Reader(LaxReader in) {
            this.in = in;
        }

        /** Reads the value of one of the header's keys; returns false, without reading, for other keys. */
        boolean read(String key) throws IOException {
            switch (key) {
                case "pickable_object_name" -> objectName = in.string();
                case "user_id" -> userId = in.string();
                case "session_id" -> sessionId = in.string();
                case "run_name" -> runName = in.stringOrNull();
                case "voxel_spacing" -> voxelSpacing = in.numberOrNull();
                case "unit" -> unit = in.string();
                default -> {
                    return false;
                }
            }
            return true;
        }

        Header finish() {
            return new Header(
                    required(objectName, "pickable_object_name"),
                    required(userId, "user_id"),
                    required(sessionId, "session_id"),
                    runName,
                    voxelSpacing,
                    unit);
        }

        private String required(@Nullable String value, String key) {
            if (value == null) {
                throw in.missing(key);
            }
            return value;
        }
    }
}
