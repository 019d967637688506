package org.copick.fs;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The permissions that new files and folders take from the folder that they are made in. The members of a group that shares a
 * folder can write in it, but the usual umask, 022, would keep them out of every folder that one of them makes there.
 */
final class Sharing {
    private static final int STICKY = 01000;
    private static final int GROUP_WRITES = 0020;
    private static final int OTHERS_WRITE = 0002;
    private static final int READ = 0004;
    private static final int WRITE = 0002;
    /** How far the bits of the group are shifted from those of others. */
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

    /** Whether others than the owner may write in the folder, so that what is in it may belong to anybody. */
    boolean isWithOthers() {
        return (mode & (GROUP_WRITES | OTHERS_WRITE)) != 0;
    }

    /**
     * Whether new files and folders take over who may write. In a sticky folder, such as {@code /tmp}, users are kept from
     * changing what others have made there.
     */
    boolean isPassedOn() {
        return isWithOthers() && (mode & STICKY) == 0;
    }

    /**
     * Lets the users who may write in the folder write in a new file or folder, except those whom the umask keeps from reading
     * it; as far as the disk allows it.
     */
    void passOn(Path made) throws IOException {
        if (isPassedOn()) {
            add(made, READ, WRITE);
        }
    }

    /** Lets the users who may write in the folder lock a file, which holds nothing, whatever the umask and the sticky bit. */
    void passOnLock(Path lock) throws IOException {
        if (isWithOthers()) {
            add(lock, 0, READ | WRITE);
        }
    }

    /** Adds permissions for those classes of users that may write in the folder and have what is needed. */
    private void add(Path made, int needed, int added) throws IOException {
        Ownership own = Ownership.of(made);
        if (own == null) {
            return;
        }
        int wanted = own.mode();
        // a group whose members may write like everybody would be kept out by permissions of its own
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
     * Gives a new file that replaces another one its permissions: configurations hold secrets that only the owner may read. If
     * the new one belongs to another user, it is also shared like a new file, so that the former owner can go on with it.
     *
     * @return whether there is a file to be replaced
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
            // another group may do what everybody may
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
