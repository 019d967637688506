package org.copick.fs;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The permissions that new files and folders inherit from their folder. The members of a group can write in a folder
 * that the group shares, but the usual umask, 022, would prevent them from writing in subfolders that one of them
 * creates.
 */
final class Sharing {
    private static final int STICKY = 01000;
    private static final int GROUP_WRITES = 0020;
    private static final int OTHERS_WRITE = 0002;
    private static final int READ = 0004;
    private static final int WRITE = 0002;
    /** Number of bits by which the group's permissions are shifted from those of others. */
    private static final int GROUP = 3;

    private static final Sharing WITH_NOBODY = new Sharing(0, 0);

    private final int mode;
    private final int gid;

    private Sharing(int mode, int gid) {
        this.mode = mode;
        this.gid = gid;
    }

    static Sharing of(@Nullable Path folder) throws IOException {
        Ownership found = folder == null ? null : Ownership.of(folder);
        return found == null ? WITH_NOBODY : new Sharing(found.mode(), found.gid());
    }

    /** Returns whether users other than the owner may write in the folder, so that its files may belong to anybody. */
    private boolean isWithOthers() {
        return (mode & (GROUP_WRITES | OTHERS_WRITE)) != 0;
    }

    /**
     * Returns whether new files and folders inherit write permissions. They do not in a sticky folder, such as
     * {@code /tmp}, where users cannot change the files of others.
     */
    boolean isPassedOn() {
        return isWithOthers() && (mode & STICKY) == 0;
    }

    /**
     * Lets the users who may write in the folder also write in a new file or folder. This excludes users whom the umask
     * prevents from reading it, and has no effect if the disk does not permit it.
     */
    void passOn(Path made) throws IOException {
        if (isPassedOn()) {
            add(made, READ, WRITE);
        }
    }

    /** Lets the users who may write in the folder lock an empty file, regardless of the umask and the sticky bit. */
    void passOnLock(Path lock) throws IOException {
        if (isWithOthers()) {
            add(lock, 0, READ | WRITE);
        }
    }

    /** Adds permissions for the classes of users that may write in the folder and have the needed permissions. */
    private void add(Path made, int needed, int added) throws IOException {
        Ownership own = Ownership.of(made);
        if (own == null) {
            return;
        }
        int wanted = own.mode();
        // if everybody may write, the group needs the permission, too: for its members only the group's bits count
        boolean everybodyWrites = (mode & OTHERS_WRITE) != 0;
        if ((mode & GROUP_WRITES) != 0
                && has(own.mode() >> GROUP, needed)
                && (own.gid() == gid || Ownership.trySetGroup(made, gid) || everybodyWrites)) {
            wanted |= added << GROUP;
        }
        if (everybodyWrites && has(own.mode(), needed)) {
            wanted |= added;
        }
        if (wanted != own.mode()) {
            Ownership.trySetMode(made, wanted);
        }
    }

    private static boolean has(int permissions, int needed) {
        return (permissions & needed) == needed;
    }

    /**
     * Gives a replacement the permissions of the old file, which may hold secrets that only its owner may read.
     *
     * <p>If the replacement belongs to another user, it is also shared like a new file, so that the former owner
     * can continue to use it.
     *
     * @return whether there is an old file
     */
    static boolean keep(Path old, Path replacement) throws IOException {
        Ownership before = Ownership.of(old);
        Ownership now = before == null ? null : Ownership.of(replacement);
        if (before == null || now == null) {
            return false;
        }
        boolean sameOwner = before.uid() == now.uid() || Ownership.trySetOwner(replacement, before.uid());
        boolean sameGroup = before.gid() == now.gid() || Ownership.trySetGroup(replacement, before.gid());
        int mode = before.mode() & 0777;
        if (!sameGroup) {
            // the group is another one, so it gets no more permissions than everybody has
            mode = (mode & ~0070) | ((mode & 0007) << GROUP & mode);
        }
        if (mode != now.mode()) {
            Ownership.setMode(replacement, mode);
        }
        if (!sameOwner) {
            of(replacement.getParent()).passOn(replacement);
        }
        return true;
    }
}
